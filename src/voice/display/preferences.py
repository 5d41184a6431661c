"""What a person can choose about how pages look: a closed list, kept in one small cookie."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct
from msgspec.structs import asdict, replace

from voice.languages.language import ENGLISH, KNOWN, Language
from voice.languages.messages import offered

COOKIE = "voice_look"

Words = Literal["", "normal", "large", "larger", "largest"]
Spacing = Literal["normal", "wide"]
Colours = Literal["cream", "white", "blue", "dark"]
Font = Literal["atkinson", "device", "opendyslexic"]
Pictures = Literal["on", "off", "big"]
Answers = Literal["pick", "tap"]
Listening = Literal["press", "auto", "off"]
Signing = Literal["off", "on"]


class Preferences(Struct, frozen=True, kw_only=True):
    """How one person wants pages. No size of `words` means: as the page thinks best."""

    words: Words = ""
    spacing: Spacing = "normal"
    colours: Colours = "cream"
    font: Font = "atkinson"
    pictures: Pictures = "on"
    answers: Answers = "pick"
    listening: Listening = "press"
    signing: Signing = "off"
    language: str = ENGLISH.code

    @property
    def speaks(self) -> Language:
        """The language that pages are read in."""
        return KNOWN[self.language]

    @property
    def classes(self) -> str:
        """The classes for the page's `<html>`, one for each choice that is not the usual one."""
        chosen = {field: value for field, value in asdict(self).items() if value != USUAL[field]}
        return " ".join(f"{field}-{value}" for field, value in chosen.items())


OFFERED: dict[str, tuple[str, ...]] = {
    "words": get_args(Words),
    "spacing": get_args(Spacing),
    "colours": get_args(Colours),
    "font": get_args(Font),
    "pictures": get_args(Pictures),
    "answers": get_args(Answers),
    "signing": get_args(Signing),
    "listening": get_args(Listening),
    "language": tuple(language.code for language in offered()),
}
USUAL: dict[str, str] = asdict(Preferences())


@lru_cache(maxsize=1024)
def from_cookie(cookie: str) -> Preferences:
    """Return the choices in a cookie; whatever is not on offer counts as not chosen."""
    return chosen_from(dict(parse_qsl(cookie)))


def chosen_from(given: Mapping[str, str], before: Preferences | None = None) -> Preferences:
    """Return the choices among these fields; whatever is not on offer counts as not chosen.

    What is not among the fields stays as it was `before`, or is the usual choice.
    """
    fields = {
        field: given[field]
        for field, values in OFFERED.items()
        if field in given and given[field] in values
    }
    # Each was looked up in the closed list.
    return replace(before or Preferences(), **fields)


def to_cookie(preferences: Preferences) -> str:
    """Return the cookie that `from_cookie` reads: only what is not the usual choice."""
    chosen = asdict(preferences).items()
    return urlencode([(field, value) for field, value in chosen if value != USUAL[field]])
