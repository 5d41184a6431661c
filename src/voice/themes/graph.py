"""Which comments are near which: nearest neighbours, and the graph of shared neighbours.

Similarities are rounded before they are compared, so that the last bit of a float decides nothing.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

DIGITS = 5
BLOCK = 8_000_000  # similarities held at once: 32 MB
SPARE = 8

Vectors = NDArray[np.float32]


class Neighbours(NamedTuple):
    """The nearest other comments of each comment, nearest first.

    Both of shape (n_comments, k): their places, and their cosine similarities from -1 to 1.
    """

    places: NDArray[np.int32]
    cosines: NDArray[np.float32]


def nearest(vectors: Vectors, k: int) -> Neighbours:
    """Find the `k` nearest neighbours of each comment by cosine, comparing all with all.

    The same vectors always give the same neighbours.

    Args:
        vectors: shape (n_comments, n_dimensions), each row of length 1.
        k: neighbours wanted, at most n_comments - 1 are given.
    """
    n = len(vectors)
    k = min(k, n - 1)
    places = np.zeros((n, k), dtype=np.int32)
    cosines = np.zeros((n, k), dtype=np.float32)
    for start in range(0, n, step := max(1, BLOCK // n)):
        block = slice(start, start + step)
        places[block], cosines[block] = _nearest_of(vectors, block, k)
    return Neighbours(places, cosines)


def shared_neighbour_graph(near: Neighbours) -> sparse.csr_array:
    """Join neighbours by an edge that weighs more the more neighbours they share.

    Returns:
        symmetric, shape (n_comments, n_comments), weights over 0 up to 1: the share of the
        neighbours of both (each counted as its own neighbour) that are neighbours of both.
    """
    n, k = near.places.shape
    rows = np.repeat(np.arange(n, dtype=np.int32), k + 1)
    own = np.arange(n, dtype=np.int32)[:, None]
    columns = np.hstack([own, near.places]).ravel()
    lists = sparse.csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(n, n))
    turned = lists.T.tocsr()
    parts = []
    for start in range(0, n, step := 2_000):
        block = lists[start : start + step]
        parts.append((block @ turned).multiply(block).tocsr())
    shared = sparse.vstack(parts).tocsr()
    shared.data = shared.data / (2 * (k + 1) - shared.data)
    graph = shared.maximum(shared.T).tocsr()
    graph.setdiag(0)
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph


def _nearest_of(
    vectors: Vectors, block: slice, k: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    cosines = vectors[block] @ vectors.T
    rows = np.arange(len(cosines))[:, None]
    cosines[rows[:, 0], np.arange(len(vectors))[block]] = -2
    # A few more than wanted are compared after rounding, so that a tie is settled by the place.
    some = min(k + SPARE, len(vectors) - 1)
    near = np.argpartition(cosines, -some, axis=1)[:, -some:].astype(np.int32)
    found = np.round(cosines[rows, near], DIGITS)
    best = np.lexsort((near, -found), axis=1)[:, :k]
    return near[rows, best], found[rows, best]
