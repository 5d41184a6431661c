"""How much of what points at somebody is taken out, how much is taken out needlessly, how fast.

Run `python benchmarks/redaction.py [--set held|tune|own|first] [--show]`. “tune” and “held” are two
halves of comments that somebody wrote who had not seen the rules. Rules were fitted to “tune”;
“held” is the figure to quote, and its mistakes are never shown, so that nobody fits a rule to it.
“own” is what we wrote while we fitted, “first” the older set, of one hand. A span counts as found
when one of the same label overlaps it; “exact” says how many have the same two ends.
"""

import argparse
import csv
import time
from pathlib import Path

import msgspec

from voice.enrichment.patterns import Span
from voice.enrichment.reads import READS_AS
from voice.enrichment.redact import Redacted, Redactor

HERE = Path(__file__).parent
PATIENTS = HERE.parents[1] / "shared" / "data" / "nhs-fft" / "dev.csv"


class Marked(msgspec.Struct):
    """A comment, and what has to be taken out of it."""

    id: str
    text: str
    spans: list[Span]


SETS = {
    "held": "redaction_held.jsonl",
    "tune": "redaction_tune.jsonl",
    "own": "redaction_own.jsonl",
    "first": "redaction.jsonl",
}


def marked(name: str) -> list[Marked]:
    """Return the comments of one set."""
    lines = (HERE / "data" / SETS[name]).read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Marked) for line in lines]


def meets(span: Span, others: list[Span], label: bool = True) -> bool:
    """Return whether one of the others overlaps the span, and has its label if `label`."""
    return any(
        span.start < other.end
        and other.start < span.end
        and (not label or span.label == other.label)
        for other in others
    )


def line(name: str, wanted: list[bool], found: list[bool]) -> str:
    """Return one row: how many of the wanted were found, and of the found were wanted."""
    recall = f"{sum(wanted) / len(wanted):.3f}" if wanted else "-"
    precision = f"{sum(found) / len(found):.3f}" if found else "-"
    counts = f"{len(wanted):4} wanted {len(found):4} found"
    return f"  {name:14} {counts}  recall {recall:5} precision {precision}"


def report(comments: list[Marked], results: list[Redacted]) -> list[str]:
    """Return a row for every label, and for all."""
    pairs = list(zip(comments, results, strict=True))
    rows = []
    for name in READS_AS:
        wanted = [meets(s, r.spans) for c, r in pairs for s in c.spans if s.label == name]
        found = [meets(s, c.spans) for c, r in pairs for s in r.spans if s.label == name]
        rows.append(line(name, wanted, found))
    wanted = [meets(s, r.spans) for c, r in pairs for s in c.spans]
    found = [meets(s, c.spans) for c, r in pairs for s in r.spans]
    rows.append(line("all", wanted, found))
    wanted = [meets(s, r.spans, label=False) for c, r in pairs for s in c.spans]
    found = [meets(s, c.spans, label=False) for c, r in pairs for s in r.spans]
    exact = sum(s in r.spans for c, r in pairs for s in c.spans)
    rows.append(line("any label", wanted, found))
    rows.append(f"  {exact} of {len(wanted)} exact, label and ends")
    return rows


def mistakes(comments: list[Marked], results: list[Redacted]) -> list[str]:
    """Return the comments in which something was missed or needlessly taken out."""
    rows = []
    for comment, result in zip(comments, results, strict=True):
        missed = [s for s in comment.spans if not meets(s, result.spans)]
        needless = [s for s in result.spans if not meets(s, comment.spans)]
        if missed or needless:
            words = [[comment.text[s.start : s.end] for s in spans] for spans in (missed, needless)]
            rows.append(f"  {comment.id} missed {words[0]} needless {words[1]}: {result.words}")
    return rows


def on_patients(redactor: Redactor, show: bool) -> list[str]:
    """Return the lines about real patients' comments, where names are rare."""
    if not PATIENTS.exists():
        return [f"{PATIENTS} is not there: skipped"]
    with PATIENTS.open(encoding="utf-8", newline="") as file:
        texts = [row["comment"] for row in csv.DictReader(file)]
    before = time.process_time()
    results = redactor.redact(texts)
    speed = len(texts) / (time.process_time() - before)
    touched = sum(bool(result.spans) for result in results)
    rows = [
        f"{len(texts)} patients' comments: {1000 * touched / len(texts):.1f} in 1,000 touched; "
        f"{speed:.0f} a CPU second"
    ]
    if show:
        pairs = zip(texts, results, strict=True)
        rows += [f"  {s.label} {t[s.start : s.end]!r}" for t, r in pairs for s in r.spans]
    return rows


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--set", default="held", choices=list(SETS), dest="name")
    ask.add_argument("--show", action="store_true", help="show what it got wrong")
    given = ask.parse_args()
    redactor = Redactor.open(HERE.parent / "nlp_models")
    comments = marked(given.name)
    results = redactor.redact([comment.text for comment in comments])
    rows = [f"{given.name}: {len(comments)} comments", *report(comments, results)]
    rows += mistakes(comments, results) if given.show and given.name != "held" else []
    print("\n".join([*rows, *on_patients(redactor, given.show)]))


if __name__ == "__main__":
    main()
