"""Reading comments on a graphics card beside the processor: comments a second, and how alike.

    python benchmarks/graphics_card.py FILE.csv [--processor N] [--times N]

FILE.csv has a column `comment`; `many_comments.py` makes one. The processor, with all its cores,
reads the first N; the card reads all, and those N are compared.
"""

import argparse
import csv
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from voice.enrichment.cuda import on_card
from voice.enrichment.embed import Embedder, Read

NLP_MODELS = Path(__file__).parents[1] / "nlp_models"


def timed(doing: Callable[[], Read], times: int) -> tuple[Read, list[float]]:
    """Do it so often; return what was made and the seconds of each time."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        made = doing()
        taken.append(time.perf_counter() - start)
    return made, taken


def say(what: str, n: int, taken: list[float]) -> None:
    """Print comments a second: the median, and the least and the most."""
    speeds = n / np.array(taken)
    print(
        f"{what:12} {n:8} comments  {np.median(speeds):8.0f} a second "
        f"({speeds.min():.0f} to {speeds.max():.0f})",
        flush=True,
    )


def main() -> None:
    """Print both speeds, and the largest difference of any number of a vector."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("file", type=Path)
    asked.add_argument("--processor", type=int, default=5_000)
    asked.add_argument("--times", type=int, default=3)
    given = asked.parse_args()
    with given.file.open(encoding="utf-8", newline="") as lines:
        texts = [row["comment"] for row in csv.DictReader(lines)]
    some = texts[: given.processor]

    here, card = Embedder.open(NLP_MODELS), on_card(NLP_MODELS)
    card.read(some[:500])  # What is compiled and loaded at the first use is not counted.
    here.read(some[:500])
    start = time.perf_counter()
    tokens = sum(len(ids) for ids in card.tokens(texts))
    taken = time.perf_counter() - start
    print(
        f"tokens alone {len(texts):8} comments  {len(texts) / taken:8.0f} a second, {tokens} tokens"
    )
    wanted, taken_here = timed(lambda: here.read(some), given.times)
    say("processor", len(some), taken_here)
    made, taken_there = timed(lambda: card.read(texts), given.times)
    say("card", len(texts), taken_there)
    n = len(some)
    apart = [np.abs(one[:n] - other).max() for one, other in zip(made, wanted, strict=True)]
    print(f"largest difference of a number: {apart[0]:.1e}, of the model of SEND {apart[1]:.1e}")
    print(f"memory of the card: {memory_mb()} MB")


def memory_mb() -> int:
    """Return the megabytes that CuPy holds of the card: about the most it needed."""
    import cupy

    return int(cupy.get_default_memory_pool().total_bytes() // 1_000_000)


if __name__ == "__main__":
    main()
