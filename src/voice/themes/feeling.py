"""Praise and complaint kept apart: how the comments of a theme are split."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voice.themes.praise import Split


def split(feelings: NDArray[np.int8], members: Sequence[int]) -> Split:
    """Count how the comments of one theme feel.

    Args:
        feelings: shape (n_comments,): 1 praise, -1 complaint, 0 both or neither.
        members: the places of the theme's comments.
    """
    of_theme = feelings[list(members)]
    return Split(*(int((of_theme == way).sum()) for way in (1, -1, 0)))
