"""Which comments to show for a theme: the one nearest its middle, and two that differ."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 5, 40  # words
TOO_LONG = 90


def choose_quotes(
    texts: Sequence[str], vectors: NDArray[np.float32], scores: NDArray[np.float64], n: int = 3
) -> list[int]:
    """Return the places of up to `n` comments that show what a theme is about.

    The first is near the middle; the next are near it too, but unlike those before them.
    Comments of 5 to 40 words are preferred, others are taken when there are no more.

    Args:
        texts: the theme's different comments.
        vectors: shape (n_comments, n_dimensions), each row of length 1.
        scores: shape (n_comments,), cosine to the theme's middle.
    """
    fit = np.round(scores + [_length_matters(text) for text in texts], 4)
    chosen = [int(np.argmax(fit))] if len(texts) else []
    while len(chosen) < min(n, len(texts)):
        like_chosen = np.round((vectors @ vectors[chosen].T).max(axis=1), 4)
        worth = np.round(fit - 0.6 * like_chosen, 4)
        worth[chosen] = -np.inf
        chosen.append(int(np.argmax(worth)))
    return chosen


def _length_matters(text: str) -> float:
    n_words = len(text.split())
    if n_words > TOO_LONG:
        return -1.0
    if n_words > LONGEST:
        return -0.15
    return 0.0 if n_words >= SHORTEST else -0.4
