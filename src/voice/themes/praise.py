"""A theme’s comments split into praise and complaint; without arrays, so that any page may."""

from msgspec import Struct

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
