"""Which improvement areas themes belong to: vectors against vectors, nothing stored.

Two views are mixed: how like a theme's comments are to an area's examples, and which topics of the
codebook they seem to be about, where the codebook knows about such comments. Then likeness, too, is
that of the model of SEND support.

A suggestion only. Without labels of its own a machine is wrong about a third of the time; a person
decides, and the pages say so.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

NEAREST = 3  # A comment is compared with this many of an area's nearest examples.
# How strongly a small lead of one area over another counts; the domain's vectors lie further apart.
SHARPNESS, SHARPNESS_KNOWN = 25.0, 10.0
CHOSEN_FROM = 0.25  # The share of a theme from which an area is suggested, by likeness alone.
CHOSEN_FROM_KNOWN = 0.225  # The same where the codebook has its say, and shares are smaller.
TOO_FAR = 0.20  # Mean cosine similarity under which a theme belongs to no area at all.


def comment_similarities(comments: Vectors, areas: list[Vectors]) -> NDArray[np.float64]:
    """Return how near each comment is to each area.

    Args:
        comments: shape (n_comments, n_dimensions), rows of length 1.
        areas: for each area, shape (n_examples, n_dimensions), rows of length 1.

    Returns:
        shape (n_comments, n_areas): the mean cosine similarity, from -1 to 1, to the area's
        `NEAREST` nearest examples.
    """
    columns = []
    for examples in areas:
        cosines = comments.astype(np.float64) @ examples.astype(np.float64).T
        kept = min(NEAREST, cosines.shape[1])
        columns.append(np.sort(cosines, axis=1)[:, -kept:].mean(axis=1))
    return np.stack(columns, axis=1)


def theme_similarities(
    comments: Vectors, members: list[NDArray[np.intp]], areas: list[Vectors]
) -> NDArray[np.float64]:
    """Return how near each theme is to each area: the mean over the theme's comments.

    Args:
        comments: shape (n_comments, n_dimensions), rows of length 1.
        members: for each theme, the places of its comments; none is empty.
        areas: as for `comment_similarities`.

    Returns:
        shape (n_themes, n_areas), from -1 to 1.
    """
    near = comment_similarities(comments, areas)
    return np.array([near[places].mean(axis=0) for places in members]).reshape(-1, len(areas))


class Known(NamedTuple):
    """What the codebook makes of themes.

    shares: shape (n_themes, n_areas), how much of each theme is about topics of each area, from 0
        to 1; what is about topics of no area is in none.
    similarities: the same shape, how near each theme is to each area by the domain's vectors.
    trust: how much the codebook knows about such comments, from 0 to 1.
    """

    shares: NDArray[np.float64]
    similarities: NDArray[np.float64]
    trust: float


def topic_shares(
    likely: NDArray[np.float32], members: list[NDArray[np.intp]], areas: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how much of each theme is about topics of each area: shape (n_themes, n_areas).

    Args:
        likely: shape (n_comments, n_topics), how likely each comment is about each topic.
        members: for each theme, the places of its comments; none is empty.
        areas: shape (n_topics, n_areas), rows that add up to 1, or to 0 for topics of no area.
    """
    themes = np.array([likely[places].mean(axis=0, dtype=np.float64) for places in members])
    return np.asarray(themes.reshape(-1, len(areas)) @ areas)


def scores(similarities: NDArray[np.float64], known: Known | None = None) -> NDArray[np.float64]:
    """Return how much of each theme belongs to each area of one framework: shape kept, 0 to 1.

    By likeness alone a soft maximum, so that a clear lead gives one area nearly all, and a tie
    gives each its half: each row adds up to 1. Where the codebook knows, half of it counts, and
    what it holds to be about no area is taken away, so rows add up to less.
    """
    alike = _shares(similarities, SHARPNESS)
    if known:
        inside = known.shares.sum(axis=1, keepdims=True)
        mixed = (known.shares + _shares(known.similarities, SHARPNESS_KNOWN) * inside) / 2
        alike = known.trust * mixed + (1 - known.trust) * alike
    return np.asarray(np.round(alike, 4))


def _shares(similarities: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    lead = np.exp((similarities - similarities.max(axis=1, keepdims=True)) * sharpness)
    return np.asarray(lead / lead.sum(axis=1, keepdims=True))


def chosen(similarities: NDArray[np.float64], known: Known | None = None) -> NDArray[np.bool_]:
    """Return which areas to suggest: shape kept; none for a theme that is far from all."""
    trust = known.trust if known else 0.0
    enough = CHOSEN_FROM - trust * (CHOSEN_FROM - CHOSEN_FROM_KNOWN)
    near_enough = (similarities.max(axis=1, keepdims=True) >= TOO_FAR) | (trust > 0.5)
    return np.asarray((scores(similarities, known) >= enough) & near_enough)
