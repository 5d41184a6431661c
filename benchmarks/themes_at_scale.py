"""Themes of 1,000 to 1,000,000 comments: seconds of each step, memory, and how both grow.

    python benchmarks/themes_at_scale.py [DATA] [--sizes N ...] [--times N] [--plot FILE.svg]
                                         [--beside] [--shuffles N]

The comments are those of `many_comments.py`, with known topics. Voice runs as its command does,
from the file to the named themes, in a process of its own. `--beside` also runs BERTopic (as it
comes, and tuned; benchmarks/compare.txt) on the same comments with the same vectors up to
MOST_BESIDE comments; up to MOST_SHUFFLED all find themes again in comments that were shuffled.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from compare import METHODS, run
from many_comments import many_comments, write
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, v_measure_score
from themes import NLP_MODELS, Labelled

from voice.enrichment.bulk import bulk_read
from voice.enrichment.embed import Embedder, Read
from voice.themes.embedded import READ_ALL_UP_TO

SIZES = (1_000, 10_000, 100_000)
MOST_BESIDE, MOST_SHUFFLED = 100_000, 10_000
STEPS = ("read", "embed", "find", "write")
HEAD = "comments | method | seconds | CPU s | MB | themes | NMI | ARI | V | not themed | agree"


class Row(NamedTuple):
    """One run: the theme of each comment, -1 for none; seconds, CPU seconds, megabytes."""

    themes: np.ndarray
    wall: float
    cpu: float
    memory: int
    steps: dict[str, float]


def with_voice(labelled: Labelled) -> Row:
    """Run the command on a file of the comments, its start included."""
    with tempfile.TemporaryDirectory() as place:
        file, out = Path(place, "comments.csv"), Path(place, "found")
        write(labelled, file)
        asked = [sys.executable, "-m", "voice", "themes", "discover", str(file)]
        start, before = time.perf_counter(), _cpu_of_children()
        options = ["--text", "comment", "--out", str(out)]
        subprocess.run([*asked, *options], check=True, capture_output=True)
        wall, cpu = time.perf_counter() - start, _cpu_of_children() - before
        done = json.loads((out / "run.json").read_text())
        with (out / "assignments.csv").open(encoding="utf-8", newline="") as lines:
            named = [row["theme_id"] for row in csv.DictReader(lines)]
    numbers = {name: number for number, name in enumerate(sorted(set(named) - {""}))}
    themes = np.array([numbers.get(name, -1) for name in named])
    return Row(themes, wall, cpu, done["peak_memory_mb"], done["seconds"])


def _cpu_of_children() -> float:
    from resource import RUSAGE_CHILDREN, getrusage

    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def shuffled(labelled: Labelled, seed: int) -> tuple[Labelled, np.ndarray]:
    """Return the comments in another order, and where each came from."""
    order = np.random.default_rng(seed).permutation(len(labelled.texts))
    texts, topics = ([some[place] for place in order] for some in labelled[1:])
    return Labelled(labelled.name, texts, topics), order


def voice_again(labelled: Labelled, shuffles: int) -> list[Row]:
    """Return the run on the comments as they are, and those on shuffled ones, in the old order."""
    rows = [with_voice(labelled)]
    for seed in range(1, shuffles + 1):
        other, order = shuffled(labelled, seed)
        row = with_voice(other)
        themes = np.empty_like(row.themes)
        themes[order] = row.themes
        rows.append(row._replace(themes=themes))
    return rows


def beside(method: str, labelled: Labelled, read: Read, shuffles: int) -> list[Row]:
    """Return the same of another method, given the vectors; each run in its own process."""
    rows = []
    for seed in range(shuffles + 1):
        order = shuffled(labelled, seed)[1] if seed else np.arange(len(labelled.texts))
        with get_context("spawn").Pool(1) as process:
            one = process.apply(run, (method, labelled, read, order))
        rows.append(Row(one.themes, one.wall, one.seconds, one.memory, {}))
    return rows


def vectors(labelled: Labelled) -> tuple[Read, float]:
    """Return the vectors as Voice makes them for so many comments, and the seconds it took."""
    start = time.perf_counter()
    embedder = Embedder.open(NLP_MODELS)
    if len(labelled.texts) > READ_ALL_UP_TO:
        meaning, domain = bulk_read(labelled.texts, embedder)
        assert domain is not None
        return Read(meaning, domain), time.perf_counter() - start
    return embedder.read(labelled.texts), time.perf_counter() - start


def report(labelled: Labelled, method: str, rows: Sequence[Row], extra: float = 0.0) -> None:
    """Print one line: medians over the runs, and how much pairs of runs agree (ARI)."""
    topics = np.unique(labelled.topics, return_inverse=True)[1]
    scores = (normalized_mutual_info_score, adjusted_rand_score, v_measure_score)
    quality = [float(np.median([score(topics, row.themes) for row in rows])) for score in scores]
    seconds = np.array([row.wall + extra for row in rows])
    agree = [adjusted_rand_score(a.themes, b.themes) for a, b in combinations(rows, 2)]
    print(
        f"{len(topics)} | {method} | {np.median(seconds):.1f} ({seconds.min():.1f} to "
        f"{seconds.max():.1f}) | {np.median([row.cpu for row in rows]) + extra:.1f} | "
        f"{max(row.memory for row in rows)} | {len(set(rows[0].themes.tolist()) - {-1})} | "
        + " | ".join(f"{one:.3f}" for one in quality)
        + f" | {np.median([(row.themes < 0).mean() for row in rows]):.1%} | "
        + (f"{np.mean(agree):.3f}" if agree else "-"),
        flush=True,
    )


def growth(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the exponent b of seconds = a · size^b, by least squares over the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def plot(series: dict[str, list[tuple[int, float]]], file: Path) -> None:
    """Draw seconds over comments, both by powers of ten, as SVG."""
    colours = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9")
    points = [point for some in series.values() for point in some]
    across, up = (np.log10([point[axis] for point in points]) for axis in (0, 1))
    left, right = np.floor(across.min()), np.ceil(across.max())
    low, high = np.floor(up.min()), np.ceil(up.max())

    def place(size: float, taken: float) -> tuple[float, float]:
        x = 70 + 480 * (np.log10(size) - left) / (right - left)
        return float(x), float(340 - 310 * (np.log10(taken) - low) / (high - low))

    drawn = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 390" role="img" '
        'font-family="sans-serif" font-size="14"><title>Seconds over comments</title>'
        '<rect width="100%" height="100%" fill="#fff"/>'
    ]
    for power in np.arange(left, right + 1):
        x = place(10**power, 10**low)[0]
        drawn.append(f'<path d="M{x:.0f} 30V340" stroke="#ddd"/>')
        drawn.append(f'<text x="{x:.0f}" y="362" text-anchor="middle">{10**power:,.0f}</text>')
    for power in np.arange(low, high + 1):
        y = place(10**left, 10**power)[1]
        drawn.append(f'<path d="M70 {y:.0f}H550" stroke="#ddd"/>')
        drawn.append(f'<text x="62" y="{y + 5:.0f}" text-anchor="end">{10**power:g} s</text>')
    for number, (name, some) in enumerate(series.items()):
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in (place(*point) for point in some))
        colour = colours[number % len(colours)]
        drawn.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = 50 + 22 * number
        drawn.append(f'<text x="565" y="{y}" fill="{colour}">{name}</text>')
    drawn.append('<text x="310" y="384" text-anchor="middle">comments</text></svg>\n')
    file.write_text("\n".join(drawn), encoding="utf-8")


def main() -> None:
    """Print the table and the exponents; draw the plot."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    asked.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    asked.add_argument("--beside", action="store_true")
    asked.add_argument("--shuffles", type=int, default=2)
    asked.add_argument("--plot", type=Path)
    given = asked.parse_args()
    others = [name for name in METHODS if "BERTopic" in name] if given.beside else []
    if others and not find_spec("bertopic"):
        sys.exit("BERTopic is not installed: see benchmarks/compare.txt.")
    series: dict[str, list[tuple[int, float]]] = {}
    steps: dict[str, list[tuple[int, float]]] = {}
    print(HEAD)
    for size in given.sizes:
        labelled = many_comments(given.data, size)
        shuffles = given.shuffles if size <= MOST_SHUFFLED else 0
        rows = voice_again(labelled, shuffles)
        report(labelled, "Voice", rows)
        series.setdefault("Voice", []).append((size, rows[0].wall))
        for step in STEPS:
            steps.setdefault(step, []).append((size, max(rows[0].steps[step], 1e-3)))
        if others and size <= MOST_BESIDE:
            read, taken = vectors(labelled)
            for method in others:
                rows = beside(method, labelled, read, shuffles)
                report(labelled, method, rows, taken)
                series.setdefault(method, []).append((size, rows[0].wall + taken))
    for name, some in {**series, **{f"Voice: {step}": steps[step] for step in STEPS}}.items():
        said = ", ".join(f"{size}: {taken:.2f} s" for size, taken in some)
        by = f"grows by size^{growth(*zip(*some, strict=True)):.2f}" if len(some) > 1 else ""
        print(f"{name}: {said} {by}")
    if given.plot:
        plot(series, given.plot)


if __name__ == "__main__":
    main()
