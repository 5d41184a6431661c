"""Praise and complaint kept apart: how the comments of a theme are split."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

MOSTLY = 0.6  # From this share of those that are clear a theme is mostly the one or the other.


class Split(Struct, frozen=True):
    """How many of a theme's comments praise, complain, or do both or neither."""

    positive: int
    negative: int
    mixed: int

    @property
    def in_words(self) -> str:
        """Say the split as a person would."""
        clear = self.positive + self.negative
        if not clear or self.mixed > clear:
            return "neither clearly good nor clearly bad"
        if self.positive >= MOSTLY * clear:
            return "mostly what goes well"
        if self.negative >= MOSTLY * clear:
            return "mostly what goes wrong"
        return "some of it good, some of it bad"


def split(feelings: NDArray[np.int8], members: Sequence[int]) -> Split:
    """Count how the comments of one theme feel.

    Args:
        feelings: shape (n_comments,): 1 praise, -1 complaint, 0 both or neither.
        members: the places of the theme's comments.
    """
    of_theme = feelings[list(members)]
    return Split(*(int((of_theme == way).sum()) for way in (1, -1, 0)))
