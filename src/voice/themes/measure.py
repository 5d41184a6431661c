"""Measuring groups: their middles, and how near comments are to them.

In every function `vectors` has shape (n_comments, n_dimensions) with rows of length 1, `counts`
(n_comments,) says how often each comment was said, and `groups` (n_comments,) its group from 0, or
`ALONE`. Results are rounded, so that the last bit of a float decides nothing.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from voice.themes.graph import DIGITS, Vectors

ALONE = -1

Counts = NDArray[np.int64]
Groups = NDArray[np.int32]


class Sums(NamedTuple):
    """The sum of the vectors of each group (n_groups, n_dimensions), and its size (n_groups,)."""

    vectors: Vectors
    sizes: Counts


class Closeness(NamedTuple):
    """How near each comment is to each group.

    own: shape (n_comments,), cosine to the middle of the other comments of its group; -1 in no
        group, 1 if the group says nothing else.
    means: shape (n_comments, n_groups), mean cosine to the comments of each group, itself left out.
    """

    own: NDArray[np.float64]
    means: NDArray[np.float64]


def sums(vectors: Vectors, counts: Counts, groups: Groups) -> Sums:
    """Add up the vectors of each group, repeats counted."""
    inside = np.flatnonzero(groups != ALONE)
    n_groups = int(groups.max(initial=ALONE)) + 1
    member = sparse.csr_array(
        (counts[inside].astype(np.float32), (groups[inside], inside)),
        shape=(n_groups, len(vectors)),
    )
    sizes = np.bincount(groups[inside], weights=counts[inside], minlength=n_groups)
    return Sums(np.asarray(member @ vectors), sizes.astype(np.int64))


def middles(vectors: Vectors, counts: Counts, groups: Groups) -> Vectors:
    """Return the middle of each group: shape (n_groups, n_dimensions), each row of length 1."""
    summed = sums(vectors, counts, groups).vectors
    lengths = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.asarray(summed / np.maximum(lengths, 1e-9), dtype=np.float32)


def likeness(vectors: Vectors, counts: Counts, groups: Groups) -> NDArray[np.float64]:
    """Return the mean cosine of two comments of each group, from -1 to 1: shape (n_groups,).

    Repeats count as comments; a group of one comment said once has 0.
    """
    summed, sizes = sums(vectors, counts, groups)
    pairs = np.maximum(sizes * (sizes - 1), 1)
    alike = ((summed.astype(np.float64) ** 2).sum(axis=1) - sizes) / pairs
    return np.asarray(np.round(alike, DIGITS))


def closeness(vectors: Vectors, counts: Counts, groups: Groups) -> Closeness:
    """Measure how near each comment is to its own group and to the others."""
    summed, sizes = sums(vectors, counts, groups)
    totals = (vectors @ summed.T).astype(np.float64)
    others = np.broadcast_to(sizes.astype(np.float64), totals.shape).copy()
    inside = np.flatnonzero(groups != ALONE)
    own, repeats = groups[inside], counts[inside]
    totals[inside, own] -= repeats
    others[inside, own] -= repeats
    # For sum s and comment v said c times: |s - cv|² = |s|² - 2c v·(s - cv) - c².
    lengths = (summed.astype(np.float64) ** 2).sum(axis=1)[own]
    left = np.maximum(lengths - 2 * repeats * totals[inside, own] - repeats**2, 1e-9)
    cosines = np.full(len(vectors), -1.0)
    cosines[inside] = np.where(others[inside, own] > 0, totals[inside, own] / np.sqrt(left), 1.0)
    means = totals / np.maximum(others, 1)
    return Closeness(np.round(cosines, DIGITS), np.round(means, DIGITS))


def silhouette(vectors: Vectors, groups: Groups, *, smallest: int = 2) -> float:
    """Return how much nearer comments are to their own group than to the next, from -1 to 1.

    The mean over comments, by cosine distance, to three places; 0 if there is but one group.
    Comments in a group of fewer than `smallest` count as 0.
    """
    sizes = np.bincount(groups)
    if len(sizes) < 2:
        return 0.0
    everyone = np.arange(len(vectors))
    distances = 1 - closeness(vectors, np.ones(len(vectors), dtype=np.int64), groups).means
    own = distances[everyone, groups]
    distances[everyone, groups] = np.inf
    other = distances.min(axis=1)
    values = (other - own) / np.maximum(np.maximum(own, other), 1e-9)
    values[sizes[groups] < smallest] = 0
    return round(float(values.mean()), 3)


def numbered(groups: NDArray[np.integer]) -> Groups:
    """Number the groups from 0 without gaps; alone stays alone."""
    result = np.full(len(groups), ALONE, dtype=np.int32)
    inside = groups != ALONE
    result[inside] = np.unique(groups[inside], return_inverse=True)[1]
    return result


def largest_first(groups: Groups, counts: Counts) -> Groups:
    """Number groups from 0 by size, the largest first; equal ones by their first comment."""
    inside = np.flatnonzero(groups != ALONE)
    names, firsts = np.unique(groups[inside], return_index=True)
    sizes = np.array([counts[groups == name].sum() for name in names])
    order = np.lexsort((inside[firsts], -sizes))
    number = {int(name): place for place, name in enumerate(names[order])}
    return np.array([number.get(int(name), ALONE) for name in groups], dtype=np.int32)
