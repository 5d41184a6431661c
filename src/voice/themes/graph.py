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
    step = min(n, max(1, BLOCK // n))
    held = np.empty((step, n), dtype=np.float32)  # Once for all blocks: new memory takes time.
    for start in range(0, n, step):
        block = slice(start, start + step)
        places[block], cosines[block] = _nearest_of(vectors, block, k, held)
    return Neighbours(places, cosines)


def shared_neighbour_graph(near: Neighbours) -> sparse.csr_array:
    """Join neighbours by an edge that weighs more the more neighbours they share, near ones most.

    The first neighbour of a comment counts k, the last 1, and the comment itself k + 1: a neighbour
    that comes or goes at the end of a list changes little.

    Returns:
        symmetric, shape (n_comments, n_comments), weights over 0 up to 1: the cosine of two lists
        of neighbours that are counted so.
    """
    n, k = near.places.shape
    rows = np.repeat(np.arange(n, dtype=np.int32), k + 1)
    own = np.arange(n, dtype=np.int32)[:, None]
    columns = np.hstack([own, near.places]).ravel()
    # Whole numbers, so that their sums are exact in whatever order they are added up.
    worth = np.arange(k + 1, 0, -1, dtype=np.float32)
    lists = sparse.csr_array((np.tile(worth, n), (rows, columns)), shape=(n, n))
    turned = lists.T.tocsr()
    parts = []
    for start in range(0, n, step := 2_000):
        block = lists[start : start + step]
        parts.append((block @ turned).multiply(block > 0).tocsr())
    shared = sparse.vstack(parts).tocsr()
    shared.data = shared.data / (worth**2).sum()
    graph = shared.maximum(shared.T).tocsr()
    graph.setdiag(0)
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph


def _nearest_of(
    vectors: Vectors, block: slice, k: int, held: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    n = len(vectors[block])
    cosines = np.matmul(vectors[block], vectors.T, out=held[:n])
    cosines[np.arange(n), np.arange(len(vectors))[block]] = -2
    # A few more than wanted are compared after rounding, so that a tie is settled by the place.
    rows, places = _largest(cosines, min(k + SPARE, len(vectors) - 1))
    found = np.round(cosines[rows, places], DIGITS)
    order = np.lexsort((places, -found, rows))
    best = order[np.searchsorted(rows, np.arange(n))[:, None] + np.arange(k)]
    return places[best].astype(np.int32), found[best]


def _largest(values: NDArray[np.float32], some: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of the `some` largest values of each row, and of a few more.

    To sort whole rows takes longest of all. But if `some` groups of values have a maximum over a
    bound, so many values are over it; and to find that bound only the maxima are sorted.

    Returns:
        rows and columns, in this order, each of shape (n_found,).
    """
    n, width = values.shape
    in_group = max(1, width // (8 * max(some, 1)))
    even = width - width % in_group
    maxima = values[:, :even].reshape(n, in_group, -1).max(axis=1)
    maxima = np.hstack([maxima, values[:, even:]])
    bound = np.partition(maxima, -some, axis=1)[:, -some]
    return np.divmod(np.flatnonzero(values >= bound[:, None]), width)
