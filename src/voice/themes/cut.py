"""Cutting the graph of comments into communities, coarsely or finely."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import graspologic_native
import numpy as np
from scipy import sparse

from voice.themes.graph import Vectors, nearest, shared_neighbour_graph
from voice.themes.measure import Groups, numbered

SEED = 1
# The more neighbours, the less a theme depends on single comments; of many comments more cost time.
FEWEST_NEIGHBOURS, MOST_NEIGHBOURS = 7, 45
QUICK, THOROUGH = 2, 6  # How often Leiden's method goes over the whole graph again.
CUTS_AT_ONCE = 2  # The runtime lets two run side by side.


def graph_of(vectors: Vectors) -> sparse.csr_array:
    """Join comments that share neighbours, after taking away what all comments have in common.

    `vectors` has shape (n_comments, n_dimensions), rows of length 1. A comment has 7 neighbours
    among 60, 28 among 1,000, and 45 at most.
    """
    apart = vectors - vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    apart /= np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
    wanted = round(0.9 * float(len(vectors)) ** 0.5)
    near = nearest(apart, min(max(wanted, FEWEST_NEIGHBOURS), MOST_NEIGHBOURS))
    return shared_neighbour_graph(near)


def communities(graph: sparse.csr_array, resolution: float, rounds: int = THOROUGH) -> Groups:
    """Cut a graph into communities by Leiden's method; a higher resolution gives more of them.

    A thorough cut is nearer to the best there is, so it changes less when the comments do.

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
        iterations=rounds,
        seed=SEED,
    )
    # A comment without any neighbour is not in the answer: it is a community of its own.
    n = graph.shape[0]
    return numbered(np.array([found.get(node, n + node) for node in range(n)]))


def cuts_at(graph: sparse.csr_array, resolutions: Sequence[float]) -> dict[float, Groups]:
    """Cut a graph at several resolutions, two at once: quickly, but thoroughly at the finest.

    Many comments mostly want the finest, and it is cut while others are.
    """
    finest = max(resolutions)
    with ThreadPoolExecutor(CUTS_AT_ONCE) as workers:
        jobs = {
            at: workers.submit(communities, graph, at, THOROUGH if at == finest else QUICK)
            for at in sorted(resolutions, reverse=True)
        }
        return {at: jobs[at].result() for at in resolutions}
