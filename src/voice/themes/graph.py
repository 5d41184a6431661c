"""Which comments are near which: nearest neighbours, and the graph of shared neighbours.

Similarities are rounded before they are compared, so that the last bit of a float decides nothing.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

EXACT_UP_TO = 20_000
DIGITS = 5
BLOCK = 8_000_000  # similarities held at once: 32 MB
PROBES = 12
COMMENTS_A_CELL = 200

Vectors = NDArray[np.float32]


class Neighbours(NamedTuple):
    """The nearest other comments of each comment, nearest first.

    Both of shape (n_comments, k): their places, and their cosine similarities from -1 to 1.
    """

    places: NDArray[np.int32]
    cosines: NDArray[np.float32]


def nearest(vectors: Vectors, k: int, *, exact_up_to: int = EXACT_UP_TO) -> Neighbours:
    """Find the `k` nearest neighbours of each comment by cosine.

    Exact up to `exact_up_to` comments; beyond, looked for in the nearest cells only, which finds
    nearly all of them. The same vectors always give the same neighbours.

    Args:
        vectors: shape (n_comments, n_dimensions), each row of length 1.
        k: neighbours wanted, at most n_comments - 1 are given.
    """
    n = len(vectors)
    k = min(k, n - 1)
    places = np.zeros((n, k), dtype=np.int32)
    cosines = np.zeros((n, k), dtype=np.float32)
    everyone = np.arange(n, dtype=np.int32)
    groups = [(everyone, everyone)] if n <= exact_up_to else _cells(vectors, k)
    for asking, asked in groups:
        for start in range(0, len(asking), step := max(1, BLOCK // len(asked))):
            block = asking[start : start + step]
            places[block], cosines[block] = _nearest_of(vectors, block, asked, k)
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
    vectors: Vectors, asking: NDArray[np.int32], asked: NDArray[np.int32], k: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    cosines = np.round(vectors[asking] @ vectors[asked].T, DIGITS)
    cosines[asking[:, None] == asked[None, :]] = -2
    best = np.argpartition(-cosines, k - 1, axis=1)[:, :k]
    found = np.take_along_axis(cosines, best, axis=1)
    order = np.lexsort((asked[best], -found), axis=1)
    best = np.take_along_axis(best, order, axis=1)
    return asked[best], np.take_along_axis(found, order, axis=1)


def _cells(vectors: Vectors, k: int) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Cut the comments into cells; give each with the comments of the cells nearest to it."""
    centres = _centres(vectors, max(2, len(vectors) // COMMENTS_A_CELL))
    cell = np.concatenate(
        [
            np.argmax(np.round(vectors[start : start + 4_000] @ centres.T, DIGITS), axis=1)
            for start in range(0, len(vectors), 4_000)
        ]
    )
    inside = [np.flatnonzero(cell == number).astype(np.int32) for number in range(len(centres))]
    by_nearness = np.argsort(-np.round(centres @ centres.T, DIGITS), axis=1, kind="stable")
    groups = []
    for number, members in enumerate(inside):
        if not len(members):
            continue
        probes = PROBES
        asked = np.concatenate([inside[near] for near in by_nearness[number, :probes]])
        while len(asked) <= k:
            probes *= 2
            asked = np.concatenate([inside[near] for near in by_nearness[number, :probes]])
        groups.append((members, np.sort(asked)))
    return groups


def _centres(vectors: Vectors, n_cells: int, rounds: int = 5) -> Vectors:
    random = np.random.default_rng(1)
    size = min(len(vectors), n_cells * 40)
    sample = vectors[np.sort(random.choice(len(vectors), size, replace=False))]
    centres = sample[np.sort(random.choice(size, n_cells, replace=False))]
    for _ in range(rounds):
        cell = np.argmax(np.round(sample @ centres.T, DIGITS), axis=1)
        members = sparse.csr_array((np.ones(size, dtype=np.float32), (cell, np.arange(size))))
        sums = members @ sample
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres[: len(sums)])
    return np.asarray(centres, dtype=np.float32)
