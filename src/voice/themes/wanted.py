"""Making as many themes as a person asks for: join what is nearest, halve what is largest."""

from collections.abc import Iterable

import numpy as np

from voice.themes.graph import DIGITS, Vectors
from voice.themes.measure import Counts, Groups, numbered, sums


def as_many_as(
    wanted: int, cuts: Iterable[Groups], vectors: Vectors, counts: Counts, smallest: int
) -> Groups:
    """Return `wanted` groups of at least the smallest size, from 0: shape (n_comments,).

    Args:
        wanted: how many; fewer come back only if the comments cannot be halved so often.
        cuts: groupings from coarse to fine, each of shape (n_comments,).
        vectors: shape (n_comments, n_dimensions), each row of length 1.
        counts: shape (n_comments,), how often each was said.
        smallest: fewest comments, counting repeats, that make a group.
    """
    groups = np.zeros(len(vectors), dtype=np.int32)
    for cut in cuts:
        finer = _join_small(cut, vectors, counts, smallest)
        # Groups of nine hold one theme of five each; such a cut may have no room for all.
        room = (sums(vectors, counts, finer).sizes // smallest).sum()
        if finer.max() > groups.max() and room >= min(wanted, counts.sum() // smallest):
            groups = finer
        if groups.max() + 1 >= wanted:
            break
    groups = _join_nearest(groups, vectors, counts, wanted)
    return _halve_largest(groups, vectors, counts, wanted, smallest)


def _join_small(groups: Groups, vectors: Vectors, counts: Counts, smallest: int) -> Groups:
    """Join every group that is too small to the one nearest to it, the smallest first."""
    while True:
        summed, sizes = sums(vectors, counts, groups)
        small = int(np.argmin(sizes))
        if sizes[small] >= smallest or len(sizes) == 1:
            return groups
        lengths = np.maximum(np.linalg.norm(summed, axis=1), 1e-9)
        near = np.round(summed @ summed[small] / lengths, DIGITS)
        near[small] = -np.inf
        groups = numbered(np.where(groups == small, np.argmax(near), groups))


def _join_nearest(groups: Groups, vectors: Vectors, counts: Counts, wanted: int) -> Groups:
    """Join the two groups whose comments are most alike, until there are as many as wanted."""
    while groups.max() + 1 > wanted:
        summed, sizes = sums(vectors, counts, groups)
        alike = np.round((summed @ summed.T) / np.outer(sizes, sizes), DIGITS)
        np.fill_diagonal(alike, -np.inf)
        one, other = np.unravel_index(np.argmax(alike), alike.shape)
        groups = numbered(np.where(groups == other, one, groups))
    return groups


def _halve_largest(
    groups: Groups, vectors: Vectors, counts: Counts, wanted: int, smallest: int
) -> Groups:
    """Cut the largest group that can be cut in two, until there are as many as wanted."""
    groups = groups.copy()
    while (n_groups := groups.max() + 1) < wanted:
        sizes = sums(vectors, counts, groups).sizes
        for name in np.argsort(-sizes, kind="stable"):
            members = np.flatnonzero(groups == name)
            far = _far_half(vectors[members], counts[members], smallest)
            if len(far):
                groups[members[far]] = n_groups
                break
        else:
            return groups
    return groups


def _far_half(vectors: Vectors, counts: Counts, smallest: int) -> Counts:
    """Return the places of one half along the direction in which a group differs most, or none."""
    apart = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(apart.T @ apart)
    order = np.argsort(np.round(apart @ directions[:, -1], DIGITS), kind="stable")
    before = np.cumsum(counts[order])[:-1]
    after = counts.sum() - before
    room = np.where(
        np.minimum(before, after) >= smallest, before // smallest + after // smallest, 0
    )
    if not room.any():
        return np.zeros(0, dtype=np.int64)
    # Of the cuts that leave room for most themes, the most even one.
    unevenness = np.where(room == room.max(), np.abs(before - after), counts.sum() + 1)
    return np.sort(order[int(np.argmin(unevenness)) + 1 :])
