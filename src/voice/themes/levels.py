"""Sub-themes: what a theme falls into when it is looked at alone."""

import numpy as np
from numpy.typing import NDArray

from voice.themes.graph import Vectors
from voice.themes.group import group_comments
from voice.themes.measure import ALONE, Counts

# A theme of fewer is not divided: its parts would hold hardly more than the smallest theme.
FEWEST_PARTS = 4
MOST_PARTS = 6  # More would be a second list of themes rather than a look into one.


def sub_themes(
    vectors: Vectors, counts: Counts, group: NDArray[np.intp], smallest: int
) -> list[NDArray[np.intp]]:
    """Return the places of the comments of each part of a theme, largest first; none if it is one.

    Args:
        vectors: shape (n_comments, n_dimensions), rows of length 1.
        counts: shape (n_comments,), how often each was said.
        group: the places of the theme's comments.
        smallest: fewest comments, repeats counted, that make a part.
    """
    if counts[group].sum() < FEWEST_PARTS * smallest:
        return []
    inside = vectors[group]
    # What the theme has in common would hide what its parts do not.
    apart = inside - inside.mean(axis=0)
    apart /= np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
    parts = group_comments(apart, counts[group], smallest=smallest)
    if parts.max(initial=ALONE) + 1 > MOST_PARTS:
        parts = group_comments(apart, counts[group], themes=MOST_PARTS, smallest=smallest)
    found = [group[parts == number] for number in range(int(parts.max(initial=ALONE)) + 1)]
    return found if len(found) > 1 else []
