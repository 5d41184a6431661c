"""How near themes are to improvement areas: vectors against vectors, nothing stored.

A suggestion only. Without labels of its own a machine is wrong about a third of the time; a
person decides, and the pages say so.
"""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

NEAREST = 3  # A comment is compared with this many of an area's nearest examples.
SHARPNESS = 25.0  # How strongly a small lead of one area over another counts.
CHOSEN_FROM = 0.25  # The share of a framework from which an area is suggested.
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


def scores(similarities: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how the areas of one framework share a theme: shape kept, each row adds up to 1.

    A soft maximum, so that a clear lead gives one area nearly all, and a tie gives each its half.
    """
    lead = (similarities - similarities.max(axis=1, keepdims=True)) * SHARPNESS
    shares = np.exp(lead)
    return np.asarray(np.round(shares / shares.sum(axis=1, keepdims=True), 4))


def chosen(similarities: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which areas to suggest: shape kept; none for a theme that is far from all."""
    near_enough = similarities.max(axis=1, keepdims=True) >= TOO_FAR
    return np.asarray((scores(similarities) >= CHOSEN_FROM) & near_enough)
