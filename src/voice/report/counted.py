"""What a report is made of: exact counts and redacted words, as they are read."""

from msgspec import Struct

from voice.themes.praise import Split


class Answered(Struct, frozen=True):
    """So many people sent answers: their wave, their voice, who helped."""

    wave: str
    voice: str
    helped: str | None
    n: int
    demo: bool


class Wrote(Struct, frozen=True):
    """So many people of a wave said something that is in a theme, in none, or nothing."""

    wave: str
    said: str
    n: int


class Theme(Struct, frozen=True):
    """An agreed theme; `split` is how the machine heard its comments, of those it has heard.

    `description` is a reviewer’s sentence, or empty.
    """

    id: int
    name: str
    description: str
    split: Split


class Member(Struct, frozen=True):
    """So many people are in a theme; of them `in_part` said other things too."""

    theme_id: int
    wave: str
    voice: str
    helped: str | None
    n: int
    in_part: int


class Quotable(Struct, frozen=True):
    """Redacted words that may be quoted; `score` is how near they are to the theme’s middle."""

    words: str
    voice: str
    score: float
    demo: bool


class Said(Struct, frozen=True):
    """A redacted comment, and the themes that it is in."""

    words: str
    theme_ids: list[int]
