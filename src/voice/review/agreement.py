"""How far machine and people agree, over comments that a person read one by one.

Sample F1: for each comment, twice the themes that both give it, over the themes of the one and of
the other together; and the mean of that over comments. The 95 % interval is a bootstrap of the
mean: 1,000 times as many comments are drawn anew, with a seed, and the outer 2.5 % of the means at
each end are cut off. Comments that both leave in no theme are not counted: they would flatter the
machine.
"""

import random
from collections.abc import Collection, Sequence
from functools import lru_cache

from msgspec import Struct

FEWEST = 30
DRAWS = 1000
CUT = 25  # Of the draws, at each end.
SEED = 20240501
MOST = 2000  # More do not narrow the interval by what anybody can see.


class ReadComment(Struct, frozen=True):
    """The agreed themes that the machine put a comment in first, and those that people say."""

    asked_of: str
    question_id: str
    machine: frozenset[int]
    people: frozenset[int]


class Agreement(Struct, frozen=True):
    """Sample F1 from 0 to 1 with its 95 % interval, and over how many comments."""

    n: int
    f1: float
    low: float
    high: float

    @property
    def words(self) -> str:
        """The figures, to two places: “0.82 (0.75 to 0.88)”."""
        return f"{self.f1:.2f} ({self.low:.2f} to {self.high:.2f})"


def sample_f1(machine: Collection[int], people: Collection[int]) -> float:
    """Return how far two sets of themes of one comment agree, from 0 to 1; one is not empty."""
    return 2 * len(set(machine) & set(people)) / (len(machine) + len(people))


def agreement(read: Sequence[ReadComment]) -> Agreement | None:
    """Return how far machine and people agree, or None under 30 comments: not yet."""
    if len(read) < FEWEST:
        return None
    return _over(tuple(sorted(sample_f1(one.machine, one.people) for one in read)))


@lru_cache(maxsize=256)
def _over(scores: tuple[float, ...]) -> Agreement:
    dice = random.Random(SEED)
    n = len(scores)
    # Of very many comments the spread is found from fewer, and made as narrow as it is.
    drawn = min(n, MOST)
    narrower = (drawn / n) ** 0.5
    mean = sum(scores) / n
    means = sorted(sum(dice.choices(scores, k=drawn)) / drawn for _ in range(DRAWS))
    low, high = means[CUT - 1], means[DRAWS - CUT]
    return Agreement(n, mean, mean + (low - mean) * narrower, mean + (high - mean) * narrower)
