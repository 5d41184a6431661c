"""A comment with what people said of it."""

from collections.abc import Sequence

from msgspec import Struct


class Labelled(Struct, frozen=True):
    """A redacted comment: the survey that asked, its agreed themes, and their areas."""

    survey_id: str
    words: str
    themes: Sequence[str]
    areas: Sequence[str]
