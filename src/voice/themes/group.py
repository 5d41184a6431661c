"""Putting comments with a like meaning in one group: communities in a graph of neighbours.

How many groups there are is read from the comments: of several ways to cut the graph we take the
one whose groups are tightest and furthest apart (the mean silhouette).
"""

from typing import NamedTuple

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from voice.themes.graph import Vectors, nearest, shared_neighbour_graph

ALONE = -1
SEED = 1
RESOLUTIONS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.25, 1.5, 2, 2.5, 3)
FINER = (4, 6, 8, 12, 16, 24, 32, 64)
# Below this silhouette the groups run into each other, and the silhouette no longer tells how
# many there are; the middle of the range does as well as the best on the sets we measured.
CLEAR = 0.15
MIDDLE = (1, 2)
# Everyone says one thing: two comments are as alike as this on average, and no cut is good.
ONE_THING, GOOD_CUT = 0.55, 0.35
# Unrelated sentences have a cosine near 0.1, comments about one topic 0.15 to 0.7.
LOOSEST = 0.1
NEAR = 0.2

Counts = NDArray[np.int64]
Groups = NDArray[np.int32]


class Closeness(NamedTuple):
    """How near each comment is to each group.

    own: shape (n_comments,), cosine to the middle of the other comments of its group; -1 in no
        group, 1 if the group says nothing else.
    means: shape (n_comments, n_groups), mean cosine to the comments of each group, itself left out.
    """

    own: NDArray[np.float64]
    means: NDArray[np.float64]


def group_comments(
    vectors: Vectors, counts: Counts, *, themes: int | None = None, smallest: int = 5
) -> Groups:
    """Put comments with a like meaning in one group, largest group first.

    A pure function: the same vectors always give the same groups. Everyone saying one thing is one
    group; comments that have nothing to do with each other are in none.

    Args:
        vectors: shape (n_comments, n_dimensions), each row of length 1, all comments different.
        counts: shape (n_comments,), how often each was said.
        themes: how many groups are wanted; None lets the comments decide.
        smallest: fewest comments, counting repeats, that make a group.

    Returns:
        shape (n_comments,): 0 for the largest group, `ALONE` for a comment in none. Fewer groups
        than `themes` only if there are too few comments for so many of the smallest size.
    """
    if counts.sum() < smallest:
        return np.full(len(vectors), ALONE, dtype=np.int32)
    if themes is not None:
        groups = _exactly(themes, vectors, counts, smallest)
    else:
        groups = _tight(_best_cut(vectors), vectors, counts, smallest)
        groups = _near(groups, vectors, counts, smallest)
    return largest_first(groups, counts)


def communities(graph: sparse.csr_array, resolution: float) -> Groups:
    """Cut a graph into communities by Leiden's method; a higher resolution gives more of them.

    Returns:
        shape (n_nodes,): the community of each node, numbered from 0; always the same for the
        same graph.
    """
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        graph.shape[0],
        resolution=resolution,
        iterations=2,
        seed=SEED,
    )
    # A comment without any neighbour is not in the answer: it is a community of its own.
    n = graph.shape[0]
    return _numbered(np.array([found.get(node, n + node) for node in range(n)]))


def silhouette(vectors: Vectors, groups: Groups) -> float:
    """Return how much nearer comments are to their own group than to the next, from -1 to 1.

    The mean over comments, by cosine distance; 0 if there is but one group. Groups from 0.
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
    values[sizes[groups] == 1] = 0
    return round(float(values.mean()), 3)


def closeness(vectors: Vectors, counts: Counts, groups: Groups) -> Closeness:
    """Measure how near each comment is to its own group and to the others."""
    sums, sizes = _sums(vectors, counts, groups)
    totals = (vectors @ sums.T).astype(np.float64)
    others = np.broadcast_to(sizes.astype(np.float64), totals.shape).copy()
    inside = np.flatnonzero(groups != ALONE)
    own = groups[inside]
    totals[inside, own] -= counts[inside]
    others[inside, own] -= counts[inside]
    # |sum - c v|^2 = |sum|^2 - 2 c v.sum + c^2, with v.sum = total + c.
    lengths = (sums.astype(np.float64) ** 2).sum(axis=1)[own]
    left = lengths - 2 * counts[inside] * totals[inside, own] - counts[inside] ** 2
    cosines = np.full(len(vectors), -1.0)
    some = others[inside, own] > 0
    cosines[inside] = np.where(some, totals[inside, own] / np.sqrt(np.maximum(left, 1e-9)), 1.0)
    return Closeness(np.round(cosines, 5), np.round(totals / np.maximum(others, 1), 5))


def middles(vectors: Vectors, counts: Counts, groups: Groups) -> Vectors:
    """Return the middle of each group: shape (n_groups, n_dimensions), each row of length 1."""
    sums, _ = _sums(vectors, counts, groups)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, 1e-9), dtype=np.float32)


def largest_first(groups: Groups, counts: Counts) -> Groups:
    """Number groups from 0 by size, the largest first; equal ones by their first comment."""
    names, firsts = np.unique(groups[groups != ALONE], return_index=True)
    firsts = np.flatnonzero(groups != ALONE)[firsts]
    sizes = np.array([counts[groups == name].sum() for name in names])
    order = np.lexsort((firsts, -sizes))
    number = {int(name): place for place, name in enumerate(names[order])}
    return np.array([number.get(int(name), ALONE) for name in groups], dtype=np.int32)


def _best_cut(vectors: Vectors) -> Groups:
    if len(vectors) < 3:
        return np.zeros(len(vectors), dtype=np.int32)
    graph = _graph(vectors)
    cuts = {resolution: communities(graph, resolution) for resolution in RESOLUTIONS}
    quality = {resolution: silhouette(vectors, cut) for resolution, cut in cuts.items()}
    best = max(quality.values())
    if best < GOOD_CUT and _mean_cosine(vectors) >= ONE_THING:
        return np.zeros(len(vectors), dtype=np.int32)
    if best < CLEAR:
        quality = {r: value for r, value in quality.items() if MIDDLE[0] <= r <= MIDDLE[1]}
    return cuts[max(quality, key=lambda resolution: quality[resolution])]


def _graph(vectors: Vectors) -> sparse.csr_array:
    """Join comments by their neighbours, after taking away what all comments have in common."""
    apart = vectors - vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    wanted = int(np.clip(round(1.6 * np.log(len(vectors))), 5, 15))
    return shared_neighbour_graph(nearest(apart / np.maximum(lengths, 1e-9), wanted))


def _tight(groups: Groups, vectors: Vectors, counts: Counts, smallest: int) -> Groups:
    """Dissolve groups that are too small, and those whose comments are hardly alike."""
    sums, sizes = _sums(vectors, counts, groups)
    alike = ((sums**2).sum(axis=1) - sizes) / np.maximum(sizes * (sizes - 1), 1)
    kept = (sizes >= smallest) & (np.round(alike, 5) >= LOOSEST)
    return np.where(kept[groups], groups, ALONE).astype(np.int32)


def _near(groups: Groups, vectors: Vectors, counts: Counts, smallest: int) -> Groups:
    """Give comments in no group to the nearest; take out those that are not near their group."""
    groups = _numbered(groups)
    if groups.max(initial=ALONE) == ALONE:
        return groups
    centres = middles(vectors, counts, groups)
    alone = np.flatnonzero(groups == ALONE)
    own = closeness(vectors, counts, groups).own
    cosines = np.round(vectors[alone] @ centres.T, 5)
    result = np.where(own >= NEAR, groups, ALONE).astype(np.int32)
    result[alone] = np.where(cosines.max(axis=1) >= NEAR, cosines.argmax(axis=1), ALONE)
    sizes = np.array([counts[result == name].sum() for name in range(len(centres))])
    kept = np.append(sizes >= smallest, False)
    return np.where(kept[result], result, ALONE).astype(np.int32)


def _exactly(themes: int, vectors: Vectors, counts: Counts, smallest: int) -> Groups:
    """Cut finely, then join the nearest groups until there are as many as wanted."""
    everyone = np.zeros(len(vectors), dtype=np.int32)
    if themes == 1 or len(vectors) < 3:
        return everyone
    graph = _graph(vectors)
    most = everyone
    for resolution in (*RESOLUTIONS, *FINER):
        cut = _join_small(communities(graph, resolution), vectors, counts, smallest)
        if cut.max() > most.max():
            most = cut
        if most.max() + 1 >= themes:
            break
    return _join_nearest(most, vectors, counts, themes)


def _join_small(groups: Groups, vectors: Vectors, counts: Counts, smallest: int) -> Groups:
    while True:
        sums, sizes = _sums(vectors, counts, groups)
        small = int(np.argmin(sizes))
        if sizes[small] >= smallest or len(sizes) == 1:
            return groups
        near = np.round(sums @ sums[small] / np.linalg.norm(sums, axis=1), 5)
        near[small] = -np.inf
        groups = _numbered(np.where(groups == small, np.argmax(near), groups))


def _join_nearest(groups: Groups, vectors: Vectors, counts: Counts, wanted: int) -> Groups:
    while groups.max() + 1 > wanted:
        sums, sizes = _sums(vectors, counts, groups)
        alike = np.round((sums @ sums.T) / np.outer(sizes, sizes), 5)
        np.fill_diagonal(alike, -np.inf)
        one, other = np.unravel_index(np.argmax(alike), alike.shape)
        groups = _numbered(np.where(groups == other, one, groups))
    return groups


def _sums(vectors: Vectors, counts: Counts, groups: Groups) -> tuple[Vectors, Counts]:
    """Return the sum of the vectors of each group, repeats counted, and the group's size."""
    inside = np.flatnonzero(groups != ALONE)
    n_groups = int(groups.max(initial=ALONE)) + 1
    member = sparse.csr_array(
        (counts[inside].astype(np.float32), (groups[inside], inside)),
        shape=(n_groups, len(vectors)),
    )
    sizes = np.bincount(groups[inside], weights=counts[inside], minlength=n_groups)
    return np.asarray(member @ vectors), sizes.astype(np.int64)


def _numbered(groups: NDArray[np.integer]) -> Groups:
    """Number the groups from 0 without gaps; alone stays alone."""
    result = np.full(len(groups), ALONE, dtype=np.int32)
    inside = groups != ALONE
    result[inside] = np.unique(groups[inside], return_inverse=True)[1]
    return result


def _mean_cosine(vectors: Vectors) -> float:
    n = len(vectors)
    total = vectors.sum(axis=0, dtype=np.float64)
    return float((total @ total - n) / max(n * (n - 1), 1))
