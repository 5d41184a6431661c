"""How well each rule of easy words finds what breaks it, on sentences labelled by hand.

Run `python benchmarks/easy_words.py [--half tune|report|second] [--show]`. Lists and rules were
fitted to "tune" only until the first figures were taken; "report" and "second" were kept back, and
"second" is the harder. R3 and R4 are formulas: they are left out.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

import msgspec

from voice.easy_words.check import faults
from voice.easy_words.lists import Lists, shipped_lists
from voice.easy_words.text import Kind, text_of

DATA = Path(__file__).parent / "data" / "easy_words.jsonl"
FORMULAS = {"R3", "R4"}


class Labelled(msgspec.Struct):
    """A sentence and the rules that it breaks, as a person sees it."""

    id: str
    half: str
    text: str
    breaks: list[str]
    kind: Kind | None = None


def labelled(half: str) -> list[Labelled]:
    """Return the sentences of one half."""
    rows = (msgspec.json.decode(row, type=Labelled) for row in DATA.read_bytes().splitlines())
    return [row for row in rows if row.half == half]


def main() -> None:
    """Print precision and recall for each rule, and how many texts a second are read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["tune", "report", "second"])
    parser.add_argument("--show", action="store_true", help="Show what is missed or found wrongly.")
    asked = parser.parse_args()
    lists = shipped_lists()
    for half in [asked.half] if asked.half else ["tune", "report", "second"]:
        measure(half, lists, show=asked.show)
    texts = [text_of(row.text, row.kind) for row in labelled("tune")]
    started = time.process_time()
    for _ in range(20):
        for text in texts:
            faults(text, lists)
    print(f"{20 * len(texts) / (time.process_time() - started):.0f} texts a second of one core")


def measure(half: str, lists: Lists, *, show: bool) -> None:
    """Print the table of one half."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row in labelled(half):
        found = {fault.rule for fault in faults(text_of(row.text, row.kind), lists)} - FORMULAS
        right.update(found & set(row.breaks))
        wrong.update(found - set(row.breaks))
        missed.update(set(row.breaks) - found)
        if show and found != set(row.breaks):
            print(f"  {row.id} “{row.text}” {sorted(row.breaks)}, found {sorted(found)}")
    print(f"{half}: {len(labelled(half))} sentences")
    for rule in sorted({*right, *wrong, *missed}, key=lambda name: int(name[1:])):
        print(line(rule, right[rule], wrong[rule], missed[rule]))
    print(line("all", right.total(), wrong.total(), missed.total()))


def line(name: str, right: int, wrong: int, missed: int) -> str:
    """Return one line: counts, then precision and recall."""
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    counts = f"{right:3} found, {wrong:2} wrongly, {missed:2} missed"
    return f"  {name:4} {counts}; precision {precision:.2f}, recall {recall:.2f}"


if __name__ == "__main__":
    main()
