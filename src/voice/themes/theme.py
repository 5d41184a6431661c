"""What a theme is, as the machine suggests it."""

from collections.abc import Mapping

from msgspec import Struct

from voice.themes.praise import Split
from voice.themes.prepare import WhyNone
from voice.themes.sure import Sure


class Part(Struct, frozen=True):
    """A sub-theme: its name, its terms, and the places of its comments in the input, best first."""

    name: str
    terms: tuple[str, ...]
    members: tuple[int, ...]


class Theme(Struct, frozen=True):
    """What several comments are about: suggested by the machine, for a person to judge.

    name: a topic's plain name, or the theme's most telling phrases.
    description: one sentence about it.
    terms: up to eight telling phrases.
    members: places in the input, best first.
    scores: for each member its cosine similarity to the theme's middle, from -1 to 1, as seen with
        the codebook where it guides.
    quotes: up to three of the members.
    share: of the comments that say something, from 0 to 1.
    sure: how sure it is.
    split: praise and complaint in it; None if nobody looked.
    parts: its sub-themes, largest first; none if it is one thing, or they were not asked for.
    """

    name: str
    description: str
    terms: tuple[str, ...]
    members: tuple[int, ...]
    scores: tuple[float, ...]
    quotes: tuple[int, ...]
    share: float
    sure: Sure
    split: Split | None = None
    parts: tuple[Part, ...] = ()


class Found(Struct, frozen=True):
    """The themes, largest first, and why each other comment is in none."""

    themes: tuple[Theme, ...]
    why_none: Mapping[int, WhyNone]
