"""How well labels are learnt from labelled comments, and from descriptions with few comments.

    python benchmarks/labels.py [--data ../shared/data] [--only nhs-fft|gambling]

First the comments of NHS patients, many labels a comment: judged in five folds, words, scores and
thresholds learnt anew in each. Then answers about gambling, themes known by their descriptions:
with 0, 4 and 8 labelled comments a theme, drawn twenty times, judged on the rest.
"""

import argparse
import csv
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.enrichment.embed import Embedder
from voice.labels.described import Descriptions, suggest
from voice.labels.labelled import Columns
from voice.labels.measure import Figure, by_comment
from voice.labels.reading import Reading, read
from voice.labels.train import train
from voice.settings import shipped_home

MODELS = shipped_home() / "nlp_models"
AT_LEAST = 20
EACH = (0, 4, 8)
DRAWS = 20
NO_THEMES = ("X", "Y")  # “None of the above” and “no reason”.
Flags = NDArray[np.bool_]


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asked.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked.add_argument("--only", choices=("nhs-fft", "gambling"))
    given = asked.parse_args()
    if given.only != "gambling":
        nhs(given.data / "nhs-fft/dev.csv")
    if given.only != "nhs-fft":
        gambling(given.data / "gambling")


def nhs(file: Path) -> None:
    """Print how well the labels of NHS comments are learnt, and in how many seconds."""
    columns = Columns("comment", "question", labels="labels")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as out:
        report = train(
            file, columns, out=Path(out) / "learnt", nlp_models=MODELS, at_least=AT_LEAST
        )
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in (Path(out) / "learnt").iterdir())
    with file.open(encoding="utf-8", newline="") as rows:
        n_rows = sum(1 for _ in csv.DictReader(rows))
    print(
        f"nhs-fft: {n_rows} comments, {len(report.labels)} labels with {AT_LEAST} or more of them, "
        f"{report.folds} folds; all in {seconds:.0f} s, {size / 1e6:.1f} MB kept"
    )
    for name in ("micro", "macro", "weighted", "samples"):
        print(f"  {name:<9} F1 {_told(getattr(report.f1, name))}")
    print("  label by label:", ", ".join(f"{one.label} {one.f1:.2f}" for one in report.labels))


def gambling(folder: Path) -> None:
    """Print how well described themes are found with 0, 4 and 8 labelled comments each."""
    themes = [
        theme
        for theme in json.loads((folder / "themes.json").read_text(encoding="utf-8"))
        if theme["topic_id"] not in NO_THEMES
    ]
    texts = [str(line["response"]) for line in _lines(folder / "responses.jsonl")]
    given = [line["labels"] for line in _lines(folder / "mapping.jsonl")]
    truth = np.array([[theme["topic_id"] in labels for theme in themes] for labels in given])
    embedder = Embedder.open(MODELS)
    reading = read(texts, [""] * len(texts), embedder)
    described = Descriptions.of(
        [theme["topic_label"] for theme in themes],
        [theme["topic_description"] for theme in themes],
        embedder,
    )
    print(f"gambling: {len(texts)} comments, {len(themes)} themes")
    print("  labelled a theme; labelled in all, judged; sample F1")
    for each in EACH:
        print(f"  {each}; {_few(reading, described, truth, each)}")


def _few(reading: Reading, described: Descriptions, truth: Flags, each: int) -> str:
    how_well = np.full((DRAWS if each else 1, len(truth)), np.nan)
    n_known = []
    for draw, row in enumerate(how_well):
        known = _drawn(truth, each, draw)
        rest = np.setdiff1d(np.arange(len(truth)), known)
        found = suggest(reading, described, known, truth[known])
        row[rest] = by_comment(truth[rest], found.chosen[rest])
        n_known.append(len(known))
    judged = how_well[:, ~np.isnan(how_well).all(axis=0)]
    rng = np.random.default_rng(0)
    again = rng.integers(0, judged.shape[1], (1000, judged.shape[1]))
    low, high = np.percentile([np.nanmean(judged[:, places]) for places in again], (2.5, 97.5))
    known_mean = float(np.mean(n_known))
    figure = Figure(float(np.nanmean(judged)), float(low), float(high))
    return f"{known_mean:.0f}, {len(truth) - known_mean:.0f}; {_told(figure)}"


def _drawn(truth: Flags, each: int, draw: int) -> NDArray[np.int64]:
    """Return the places of comments such that each theme has `each` of them, or all it has."""
    rng = np.random.default_rng(100 + draw)
    taken = np.zeros(len(truth), dtype=bool)
    for theme in truth.T:
        wanted = max(each - int((taken & theme).sum()), 0)
        taken[rng.permutation(np.flatnonzero(theme & ~taken))[:wanted]] = True
    return np.flatnonzero(taken)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _told(figure: Figure) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


if __name__ == "__main__":
    main()
