"""As many comments as are wanted, all different, with known topics: clauses of real ones combined.

    python benchmarks/many_comments.py N FILE.csv [DATA]

A comment is one clause or two of banking77, clinc150 and nhs-fft that people gave the same topic;
its topic is theirs, and topics are as frequent as they are there. Seeded.
"""

import argparse
import csv
import re
from pathlib import Path

import numpy as np
from themes import Labelled, sets

SEED = 1
FROM = ("nhs-fft", "banking77", "clinc150")
BETWEEN = re.compile(r"(?<=[.!?])\s+")
LEAST = 8  # Letters of a clause: shorter ones say little.


def clauses(data: Path) -> dict[str, list[str]]:
    """Return the clauses of each topic, none of them twice in it."""
    found: dict[str, dict[str, None]] = {}
    for labelled in sets(data):
        if labelled.name in FROM:
            for text, topic in zip(labelled.texts, labelled.topics, strict=True):
                said = (part.strip() for part in BETWEEN.split(text))
                kept = found.setdefault(f"{labelled.name}: {topic}", {})
                kept.update(dict.fromkeys(part for part in said if len(part) >= LEAST))
    return {topic: list(some) for topic, some in found.items()}


def many_comments(data: Path, n: int) -> Labelled:
    """Return `n` comments, all different.

    Raises:
        SystemExit: there are not so many pairs of clauses.
    """
    known = clauses(data)
    topics = list(known)
    sizes = np.array([len(known[topic]) for topic in topics])
    random = np.random.default_rng(SEED)
    made: dict[str, str] = {}
    for _ in range(20):
        wanted = n - len(made)
        if wanted <= 0:
            break
        for number in random.choice(len(topics), 2 * wanted, p=sizes / sizes.sum()):
            some = known[topics[number]]
            first, second = random.integers(len(some), size=2)
            alone = random.random() < 0.3
            text = some[first] if alone else f"{some[first]} {some[second]}"
            made.setdefault(text, topics[number])
            if len(made) == n:
                break
    if len(made) < n:
        raise SystemExit(f"There are not {n} different pairs of clauses in {data}.")
    return Labelled(f"{n} comments", list(made), list(made.values()))


def write(labelled: Labelled, file: Path) -> None:
    """Write comments and topics as a CSV file that `voice themes discover` reads."""
    with file.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["comment_id", "comment", "topic"])
        for number, row in enumerate(zip(labelled.texts, labelled.topics, strict=True), 1):
            rows.writerow([number, *row])


def main() -> None:
    """Write them to a file."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("n", type=int)
    asked.add_argument("file", type=Path)
    asked.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    given = asked.parse_args()
    write(many_comments(given.data, given.n), given.file)


if __name__ == "__main__":
    main()
