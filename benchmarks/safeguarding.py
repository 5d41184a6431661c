"""How many worries are noticed, how many are imagined, and how fast it reads.

Run `python benchmarks/safeguarding.py [--half tune|held] [--show]`. The comments were written by
somebody who had not seen the phrases or the comments that were learnt from. Where a worry begins,
and phrases, were chosen on the half “tune” only; “held” is the figure to quote.
"""

import argparse
import csv
import time
from collections import Counter
from pathlib import Path

import msgspec

from voice.enrichment.embed import Embedder
from voice.enrichment.worry import WorryFinder
from voice.safeguarding.detect import Concern

HERE = Path(__file__).parent
MODELS = HERE.parent / "nlp_models"
PATIENTS = HERE.parents[1] / "shared" / "data" / "nhs-fft" / "dev.csv"
OURS = {  # What the writer of the comments calls these kinds.
    "restraint": "restraint_or_seclusion",
    "online": "online_contact",
    "carer_strain": "breaking_point",
}
CUTS = (0.15, 0.3, 0.5, 0.7, 0.9)


class Marked(msgspec.Struct):
    """A comment, and whether a safeguarding lead should read it first."""

    id: str
    text: str
    concern: bool
    kinds: list[str]


def marked(half: str) -> list[Marked]:
    """Return one half of the comments."""
    lines = (HERE / "data" / f"safeguarding.{half}.jsonl").read_bytes().splitlines()
    comments = [msgspec.json.decode(line, type=Marked) for line in lines]
    for comment in comments:
        comment.kinds = [OURS.get(kind, kind) for kind in comment.kinds]
    return comments


def total(comments: list[Marked], found: dict[str, Concern], cut: float) -> str:
    """Return recall and precision on these comments, for one score from which it is a worry."""
    hits = sum(comment.concern and found[comment.id].score >= cut for comment in comments)
    flagged = sum(found[comment.id].score >= cut for comment in comments)
    worries = sum(comment.concern for comment in comments)
    return f"recall {hits / max(worries, 1):.3f}, precision {hits / max(flagged, 1):.3f}"


def report(finder: WorryFinder, comments: list[Marked], show: bool) -> list[str]:
    """Return the lines to print: totals, then recall by kind."""
    concerns = finder.concerns([comment.text for comment in comments])
    found = {comment.id: concern for comment, concern in zip(comments, concerns, strict=True)}
    worries = sum(comment.concern for comment in comments)
    lines = [f"{len(comments)} comments, {worries} of them worries: {total(comments, found, 0.3)}"]
    lines += [f"  from a score of {cut}: {total(comments, found, cut)}" for cut in CUTS]
    kinds = Counter(kind for comment in comments for kind in comment.kinds)
    for kind, n in sorted(kinds.items()):
        these = [comment for comment in comments if kind in comment.kinds]
        noticed = sum(found[comment.id].concern for comment in these)
        named = sum(kind in found[comment.id].kinds for comment in these)
        lines.append(f"  {kind:24} {n:3} comments, {noticed:3} noticed, {named:3} as this kind")
    if show:
        wrong = [comment for comment in comments if comment.concern != found[comment.id].concern]
        lines += [f"  {c.id} {c.kinds} {c.text} {found[c.id]}" for c in wrong]
    return lines


def on_patients(finder: WorryFinder) -> str:
    """Return the line about real patients' comments, where worries are rare."""
    if not PATIENTS.exists():
        return f"{PATIENTS} is not there: skipped"
    with PATIENTS.open(encoding="utf-8", newline="") as file:
        texts = [row["comment"] for row in csv.DictReader(file)]
    before = time.process_time()
    flagged = sum(concern.concern for concern in finder.concerns(texts))
    speed = len(texts) / (time.process_time() - before)
    rate = 1000 * flagged / len(texts)
    return f"{len(texts)} patients' comments: {rate:.1f} in 1,000 flagged; {speed:.0f} a CPU second"


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--half", default="held", choices=["tune", "held"])
    ask.add_argument("--show", action="store_true", help="show what it got wrong; only of “tune”")
    given = ask.parse_args()
    if given.show and given.half != "tune":
        ask.error("the half that is held back must stay unread")
    finder = WorryFinder.open(MODELS, Embedder.open(MODELS, threads=1))
    lines = report(finder, marked(given.half), given.show)
    print("\n".join([*lines, on_patients(finder)]))


if __name__ == "__main__":
    main()
