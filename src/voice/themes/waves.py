"""A later wave: agreed themes stay, new comments are placed in them first, and change is honest."""

from collections.abc import Sequence
from enum import StrEnum
from math import sqrt

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.themes.graph import DIGITS, Vectors
from voice.themes.measure import ALONE, Groups

# A comment belongs to an agreed theme if it is as near to its middle as all but this share of
# those that people put there.
FURTHEST = 0.2
LEAST_NEAR = 0.2  # Whatever a loose theme holds, what is further away than this is something else.
CONFIDENT = 1.959964  # 95 %


class Change(StrEnum):
    """What became of a theme between two waves."""

    NEW = "new"
    GONE = "gone"
    GROWN = "grown"
    SHRUNK = "shrunk"
    UNCLEAR = "no clear change"


class Changed(Struct, frozen=True):
    """How the share of a theme changed.

    difference: later share less earlier share, from -1 to 1.
    low, high: its 95 % interval.
    """

    change: Change
    difference: float
    low: float
    high: float


def place(vectors: Vectors, agreed: Sequence[Vectors]) -> tuple[Groups, NDArray[np.float64]]:
    """Put each comment in the agreed theme that it is nearest to, if it is near enough to any.

    Args:
        vectors: shape (n_comments, n_dimensions), rows of length 1.
        agreed: for each agreed theme the vectors of its comments, shape (n_members, n_dimensions),
            one at least.

    Returns:
        The place of each comment's theme in `agreed`, or `ALONE`, shape (n_comments,); and its
        cosine to the middle of the nearest theme, the same shape.
    """
    if not agreed or not len(vectors):
        return np.full(len(vectors), ALONE, dtype=np.int32), np.zeros(len(vectors))
    centres = np.stack([middle_of(members) for members in agreed])
    least = np.array([threshold_of(members) for members in agreed])
    cosines = np.round((vectors @ centres.T).astype(np.float64), DIGITS)
    nearest = cosines.argmax(axis=1)
    score = cosines[np.arange(len(vectors)), nearest]
    return np.where(score >= least[nearest], nearest, ALONE).astype(np.int32), score


def middle_of(members: Vectors) -> NDArray[np.float32]:
    """Return the middle of comments (n, n_dimensions) as a vector of length 1."""
    middle = members.mean(axis=0, dtype=np.float64)
    return np.asarray(middle / max(float(np.linalg.norm(middle)), 1e-9), dtype=np.float32)


def threshold_of(members: Vectors) -> float:
    """Return how near to the middle of the others all but the furthest comments of a theme are."""
    if len(members) == 1:
        return 1.0
    others = members.sum(axis=0) - members
    lengths = np.maximum(np.linalg.norm(others, axis=1), 1e-9)
    own = np.einsum("ij,ij->i", members, others) / lengths
    return max(float(np.quantile(own, FURTHEST)), LEAST_NEAR)


def compare(before: int, of_before: int, after: int, of_after: int) -> Changed:
    """Say how a theme's share of the comments changed from one wave to the next.

    The interval is Newcombe's hybrid score interval for two independent shares (1998, method 10).
    A change is called grown or shrunk only if the interval leaves out 0; new or gone only if, on
    top of that, there was none before, or is none now.

    Args:
        before, after: the theme's comments in each wave.
        of_before, of_after: all comments that say something, 1 or more.
    """
    difference = after / of_after - before / of_before
    low_1, high_1 = _wilson(before, of_before)
    low_2, high_2 = _wilson(after, of_after)
    low = difference - sqrt((after / of_after - low_2) ** 2 + (high_1 - before / of_before) ** 2)
    high = difference + sqrt((high_2 - after / of_after) ** 2 + (before / of_before - low_1) ** 2)
    if low > 0:
        change = Change.NEW if not before else Change.GROWN
    elif high < 0:
        change = Change.GONE if not after else Change.SHRUNK
    else:
        change = Change.UNCLEAR
    return Changed(change, round(difference, 4), round(low, 4), round(high, 4))


def _wilson(some: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % score interval of a share (1927)."""
    share, square = some / of, CONFIDENT**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = CONFIDENT * sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)
