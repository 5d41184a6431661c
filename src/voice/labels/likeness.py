"""How alike the vectors of comments are, and the same knowledge kept without any comment in it.

The likeness of two comments is the sum of the squared cosines between their vectors. Squares let a
classifier ask for two shades of meaning at once. And they fold: what a sum over all comments says
of a new vector v is v' M v, with one symmetric matrix M a label; no single comment is kept.
"""

import numpy as np
from numpy.typing import NDArray

from voice.labels.reading import Pieces

Floats = NDArray[np.float32]
COMMENTS_A_TIME = 400


def likeness(pieces: Pieces) -> Floats:
    """Return how alike comments are: shape (n, n), symmetric, from 0 to 1, 1 with itself.

    `pieces` are those of n comments.
    """
    vectors, starts = pieces.vectors, pieces.starts
    n = len(starts)
    ends = np.append(starts[1:], len(vectors))
    alike = np.zeros((n, n), dtype=np.float32)
    for a in range(0, n, COMMENTS_A_TIME):
        b = min(a + COMMENTS_A_TIME, n)
        first = starts[a]
        squares = vectors[first : ends[b - 1]] @ vectors[first:].T
        squares *= squares
        rows = np.add.reduceat(squares, starts[a:b] - first, axis=0)
        alike[a:b, a:] = np.add.reduceat(rows, starts[a:] - first, axis=1)
        alike[a:, a:b] = alike[a:b, a:].T
        # Some machines multiply a matrix by its own transpose without making it symmetric.
        block = alike[a:b, a:b]
        alike[a:b, a:b] = np.triu(block) + np.triu(block, 1).T
    sizes = np.sqrt(np.diag(alike))
    alike /= np.outer(sizes, sizes)
    return alike


def sizes_of(pieces: Pieces) -> Floats:
    """Return the root of each comment's sum of squares with itself: shape (n,)."""
    vectors, starts = pieces.vectors, pieces.starts
    ends = starts + pieces.counts
    return np.array(
        [
            np.sqrt(np.square(vectors[a:b] @ vectors[a:b].T).sum())
            for a, b in zip(starts, ends, strict=True)
        ],
        dtype=np.float32,
    )


def folded(pieces: Pieces, shares: NDArray[np.float64]) -> Floats:
    """Return what `shares` times `likeness` comes to, as a matrix a label: (n_labels, 384, 384).

    Args:
        pieces: those of n comments.
        shares: shape (n, n_labels): how much each comment speaks for each label.
    """
    by_vector = np.repeat(shares / sizes_of(pieces)[:, None], pieces.counts, axis=0)
    by_label = by_vector.T.astype(np.float32)
    vectors = pieces.vectors
    return np.stack([(vectors * weight[:, None]).T @ vectors for weight in by_label])


def unfolded(matrices: Floats, pieces: Pieces) -> Floats:
    """Return what the matrices of `folded` say of other comments: shape (n, n_labels)."""
    vectors = pieces.vectors
    said = np.stack([np.einsum("ij,ij->i", vectors @ m, vectors) for m in matrices], axis=1)
    total = np.add.reduceat(said, pieces.starts, axis=0)
    return np.asarray(total / sizes_of(pieces)[:, None], dtype=np.float32)
