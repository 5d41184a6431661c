"""How much each comment speaks for each label, and what would be said of it by the others alone."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.linalg import cholesky
from scipy.linalg.lapack import dpotri

# How strongly the shares are held back. On NHS comments 1 to 3 were equally good, 0.5 and 4 worse.
HELD_BACK = 2.0


class Shares(Struct, frozen=True):
    """A kernel ridge, solved.

    shares: shape (n, n_labels): the scores of a comment are its likeness to each, times these.
    usual: shape (n_labels,): how many of all comments have each label, from 0 to 1, to which the
        scores add.
    without_itself: shape (n, n_labels): the score that each comment would have got, had it alone
        not been learnt from; about 0 for no, 1 for yes.
    """

    shares: NDArray[np.float64]
    usual: NDArray[np.float64]
    without_itself: NDArray[np.float64]


def solve(
    alike: NDArray[np.float32], truth: NDArray[np.bool_], held_back: float = HELD_BACK
) -> Shares:
    """Return the shares that explain the labels.

    The scores without itself come of the same solution in closed form (Wahba): learning n times is
    not needed.

    Args:
        alike: shape (n, n), symmetric, positive semidefinite: how alike comments are.
        truth: shape (n, n_labels): which comment has which label.
        held_back: how strongly the shares are held back, above 0.
    """
    n = len(alike)
    held = alike.astype(np.float64)
    held[np.diag_indices(n)] += held_back
    inverse, _ = dpotri(cholesky(held, lower=True, overwrite_a=True), lower=1, overwrite_c=1)
    own = np.diag(inverse).copy()
    inverse = np.tril(inverse)
    inverse += np.tril(inverse, -1).T
    usual = truth.mean(axis=0)
    shares = inverse @ (truth - usual)
    return Shares(shares, usual, truth - shares / own[:, None])
