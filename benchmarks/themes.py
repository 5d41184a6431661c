"""How well, how fast and in how much memory themes are found, on comments with known topics.

    python benchmarks/themes.py [DATA] [--only NAME] [--times N]

With --times each set is measured N times, and the median is printed; where runs differed (times and
memory do), the least and the most stand behind it.

DATA is the folder with banking77, clinc150, nhs-fft and send-codebook; see benchmarks/README.md.
"""

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, v_measure_score

from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder
from voice.themes.discover import peak_memory_mb
from voice.themes.find import find
from voice.themes.prepare import WhyNone

NLP_MODELS = Path(__file__).parents[1] / "nlp_models"
# How many comments, of how many topics, drawn how often; with 14 topics their sizes are uneven.
DRAWS = ((30, 3, 10), (100, 8, 10), (150, 14, 10), (300, 22, 5))


class Labelled(NamedTuple):
    """Comments, and the one topic that people gave to each."""

    name: str
    texts: list[str]
    topics: list[str]


class Figures(NamedTuple):
    """What was measured on one set; the shares from 0 to 1, memory in megabytes."""

    comments: int
    topics: int
    themes: int
    nmi: float
    ari: float
    v_measure: float
    accuracy: float
    not_themed: float
    set_aside: float
    embedding: float
    finding: float
    memory: int


def measure(labelled: Labelled) -> Figures:
    """Find themes and compare them with the topics; comments in no theme are one more group."""
    start = time.perf_counter()
    read = Embedder.open(NLP_MODELS).read(labelled.texts)
    embedded = time.perf_counter()
    # The codebook was learnt from its own comments: small_surveys.py measures what it does there.
    known = None if labelled.name.startswith("codebook") else Codebook.open(NLP_MODELS)
    found = find(labelled.texts, read.vectors, codebook=known, domain=read.domain)
    done = time.perf_counter()
    themes = np.full(len(labelled.texts), -1)
    for number, theme in enumerate(found.themes):
        themes[list(theme.members)] = number
    topics = np.unique(labelled.topics, return_inverse=True)[1]
    why = Counter(found.why_none.values())
    return Figures(
        comments=len(topics),
        topics=len(set(labelled.topics)),
        themes=len(found.themes),
        nmi=normalized_mutual_info_score(topics, themes),
        ari=adjusted_rand_score(topics, themes),
        v_measure=v_measure_score(topics, themes),
        accuracy=accuracy(topics, themes),
        not_themed=why[WhyNone.NO_NEAR_THEME] / len(topics),
        set_aside=(why[WhyNone.NON_ANSWER] + why[WhyNone.EMPTY]) / len(topics),
        embedding=embedded - start,
        finding=done - embedded,
        memory=peak_memory_mb(),
    )


def sets(data: Path) -> Iterator[Labelled]:
    """Read all sets: surveys drawn from the codebook first, then the large ones."""
    lines = (data / "send-codebook/comments.jsonl").read_text().splitlines()
    codebook = [json.loads(line) for line in lines]
    for n_comments, n_topics, times in DRAWS:
        for seed in range(times):
            yield _draw(codebook, n_comments, n_topics, seed)
    yield _nhs(data / "nhs-fft/dev.csv")
    for name in ("banking77", "clinc150"):
        rows = _rows(data / name / "comments.csv")
        yield Labelled(name, [row["comment"] for row in rows], [row["label"] for row in rows])


def _draw(codebook: list[dict[str, str]], n_comments: int, n_topics: int, seed: int) -> Labelled:
    random = np.random.default_rng([n_comments, seed])
    names = sorted({line["topic"] for line in codebook} - {"none"})
    chosen = random.choice(names, n_topics, replace=False)
    shares = random.dirichlet(np.full(n_topics, 3.0 if n_topics == 14 else 1000.0))
    drawn: list[dict[str, str]] = []
    for name, share in zip(chosen, shares, strict=True):
        lines = [line for line in codebook if line["topic"] == name]
        wanted = min(len(lines), max(5, round(share * n_comments)))
        drawn += [lines[place] for place in random.permutation(len(lines))[:wanted]]
    uneven = ", uneven" if n_topics == 14 else ""
    return Labelled(
        f"codebook, about {n_comments} in {n_topics}{uneven}",
        [line["text"] for line in drawn],
        [line["topic"] for line in drawn],
    )


def _nhs(file: Path) -> Labelled:
    """Of a comment's several labels take the one that fewest comments have: it says most."""
    rows = _rows(file)
    labels = [row["labels"].split("|") for row in rows]
    times = Counter(label for some in labels for label in some)
    topics = [min(some, key=lambda label: (times[label], label)) for some in labels]
    return Labelled("nhs-fft", [row["comment"] for row in rows], topics)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def accuracy(topics: np.ndarray, themes: np.ndarray) -> float:
    """Return the share of comments that are right if each theme is given its best own topic."""
    table = np.zeros((topics.max() + 1, themes.max() + 2), dtype=int)
    np.add.at(table, (topics, themes), 1)
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum() / len(topics))


def spread(runs: np.ndarray) -> str:
    """Write the median of several runs, and the least and the most if they differ."""
    said = f"{np.median(runs):.6g}"
    return said if np.ptp(runs) == 0 else f"{said} ({runs.min():.6g} to {runs.max():.6g})"


def main() -> None:
    """Measure every set in a process of its own and print a table, means over the draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--only", default="", help="measure only sets with this in their name")
    parser.add_argument("--times", type=int, default=1, help="measure each set so often")
    chosen = parser.parse_args()
    by_name: dict[str, list[Labelled]] = {}
    for labelled in sets(chosen.data):
        if chosen.only in labelled.name:
            by_name.setdefault(labelled.name, []).append(labelled)
    print(" | ".join(("set", *Figures._fields)))
    for name, several in by_name.items():
        runs = []
        for _ in range(chosen.times):
            with get_context("spawn").Pool(1) as process:
                figures = np.array(process.map(measure, several))
            runs.append(figures.mean(axis=0).round(3))
        print(" | ".join((name, *map(spread, np.transpose(runs)))), flush=True)


if __name__ == "__main__":
    main()
