"""How many worries the detector notices, how many it imagines, and how fast it reads.

Run `python benchmarks/safeguarding.py [--split tune|report] [--show]`. Rules were fitted to the
half "tune" only; "report" is the figure to quote.
"""

import argparse
import csv
import time
from collections import Counter
from pathlib import Path

import msgspec

from voice.safeguarding.detect import Concern, Detector

HERE = Path(__file__).parent
PATIENTS = HERE.parents[1] / "shared" / "data" / "nhs-fft" / "dev.csv"


class Marked(msgspec.Struct):
    """A comment, and whether a safeguarding lead should read it first.

    `unseen` ones were written when the rules were finished: they are the hardest, and the fairest.
    """

    id: str
    split: str
    voice: str
    text: str
    unseen: bool
    concern: bool
    kinds: list[str]


def marked(split: str) -> list[Marked]:
    """Return one half of the comments."""
    lines = (HERE / "data" / "safeguarding.jsonl").read_bytes().splitlines()
    comments = [msgspec.json.decode(line, type=Marked) for line in lines]
    return [comment for comment in comments if comment.split == split]


def total(name: str, comments: list[Marked], found: dict[str, Concern]) -> str:
    """Return the line with recall and precision on these comments."""
    hits = sum(comment.concern and found[comment.id].concern for comment in comments)
    flagged = sum(found[comment.id].concern for comment in comments)
    worries = sum(comment.concern for comment in comments)
    rates = f"recall {hits / max(worries, 1):.3f}, precision {hits / max(flagged, 1):.3f}"
    return f"{len(comments)} {name}, {worries} of them worries: {rates}"


def report(detector: Detector, comments: list[Marked], show: bool) -> list[str]:
    """Return the lines to print: totals, then recall by kind."""
    found = {comment.id: detector.concern(comment.text) for comment in comments}
    unseen = [comment for comment in comments if comment.unseen]
    lines = [total("comments", comments, found)]
    lines += [total("written after the rules", unseen, found)] if unseen else []
    kinds = Counter(kind for comment in comments for kind in comment.kinds)
    for kind, n in sorted(kinds.items()):
        these = [comment for comment in comments if kind in comment.kinds]
        noticed = sum(found[comment.id].concern for comment in these)
        named = sum(kind in found[comment.id].kinds for comment in these)
        lines.append(f"  {kind:24} {n:3} comments, {noticed:3} noticed, {named:3} as this kind")
    if show:
        wrong = [comment for comment in comments if comment.concern != found[comment.id].concern]
        lines += [f"  {comment.id} {comment.text} {found[comment.id]}" for comment in wrong]
    return lines


def on_patients(detector: Detector) -> str:
    """Return the line about real patients' comments, where worries are rare."""
    if not PATIENTS.exists():
        return f"{PATIENTS} is not there: skipped"
    with PATIENTS.open(encoding="utf-8", newline="") as file:
        texts = [row["comment"] for row in csv.DictReader(file)]
    before = time.process_time()
    flagged = sum(detector.concern(text).concern for text in texts)
    speed = len(texts) / (time.process_time() - before)
    rate = 1000 * flagged / len(texts)
    return f"{len(texts)} patients' comments: {rate:.1f} in 1,000 flagged; {speed:.0f} a CPU second"


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--split", default="report", choices=["tune", "report"])
    ask.add_argument("--show", action="store_true", help="show the comments it got wrong")
    given = ask.parse_args()
    detector = Detector.open(HERE.parent / "nlp_models")
    lines = report(detector, marked(given.split), given.show)
    print("\n".join([*lines, on_patients(detector)]))


if __name__ == "__main__":
    main()
