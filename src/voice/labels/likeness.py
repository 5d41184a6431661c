"""How alike the vectors of comments are, and the same knowledge kept without any comment in it.

The likeness of two comments is the sum of the squared cosines between their vectors. Squares let a
classifier ask for two shades of meaning at once. And they fold: what a sum over all comments says
of a new vector v is v' M v, with one symmetric matrix M a label; no single comment is kept.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
COMMENTS_A_TIME = 400


def likeness(vectors: Floats, starts: NDArray[np.int64]) -> Floats:
    """Return how alike comments are: shape (n, n), symmetric, from 0 to 1, 1 with itself.

    Args:
        vectors: shape (m, 384), rows of length 1; a comment has one or more, one after another.
        starts: shape (n,): where in `vectors` each comment begins.
    """
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
    sizes = np.sqrt(np.diag(alike))
    alike /= np.outer(sizes, sizes)
    return alike


def sizes_of(vectors: Floats, starts: NDArray[np.int64]) -> Floats:
    """Return the root of each comment's sum of squares with itself: shape (n,)."""
    ends = np.append(starts[1:], len(vectors))
    return np.array(
        [
            np.sqrt(np.square(vectors[a:b] @ vectors[a:b].T).sum())
            for a, b in zip(starts, ends, strict=True)
        ],
        dtype=np.float32,
    )


def folded(vectors: Floats, starts: NDArray[np.int64], shares: NDArray[np.float64]) -> Floats:
    """Return what `shares` times `likeness` comes to, as a matrix a label: (n_labels, 384, 384).

    Args:
        vectors, starts: as for `likeness`.
        shares: shape (n, n_labels): how much each comment speaks for each label.
    """
    counts = np.diff(np.append(starts, len(vectors)))
    by_vector = np.repeat(shares / sizes_of(vectors, starts)[:, None], counts, axis=0)
    by_label = by_vector.T.astype(np.float32)
    return np.stack([(vectors * weight[:, None]).T @ vectors for weight in by_label])


def unfolded(matrices: Floats, vectors: Floats, starts: NDArray[np.int64]) -> Floats:
    """Return what the matrices of `folded` say of other comments: shape (n, n_labels)."""
    said = np.stack([np.einsum("ij,ij->i", vectors @ m, vectors) for m in matrices], axis=1)
    total = np.add.reduceat(said, starts, axis=0)
    return np.asarray(total / sizes_of(vectors, starts)[:, None], dtype=np.float32)
