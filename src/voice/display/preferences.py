"""What a person can choose about how pages look: a closed list, kept in one small cookie."""

from collections.abc import Mapping
from typing import Literal, get_args
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct
from msgspec.structs import asdict

COOKIE = "voice_look"

Words = Literal["", "normal", "large", "larger", "largest"]
Spacing = Literal["normal", "wide"]
Colours = Literal["cream", "white", "blue", "dark"]
Pictures = Literal["on", "off", "big"]
Answers = Literal["pick", "tap"]
Signing = Literal["off", "on"]


class Preferences(Struct, frozen=True, kw_only=True):
    """How one person wants pages. No size of `words` means: as the page thinks best."""

    words: Words = ""
    spacing: Spacing = "normal"
    colours: Colours = "cream"
    pictures: Pictures = "on"
    answers: Answers = "pick"
    signing: Signing = "off"

    @property
    def classes(self) -> str:
        """The classes for the page's `<html>`, one for each choice that is not the usual one."""
        chosen = {field: value for field, value in asdict(self).items() if value != USUAL[field]}
        return " ".join(f"{field}-{value}" for field, value in chosen.items())


OFFERED: dict[str, tuple[str, ...]] = {
    "words": get_args(Words),
    "spacing": get_args(Spacing),
    "colours": get_args(Colours),
    "pictures": get_args(Pictures),
    "answers": get_args(Answers),
    "signing": get_args(Signing),
}
USUAL: dict[str, str] = asdict(Preferences())


def from_cookie(cookie: str) -> Preferences:
    """Return the choices in a cookie; whatever is not on offer counts as not chosen."""
    return chosen_from(dict(parse_qsl(cookie)))


def chosen_from(given: Mapping[str, str]) -> Preferences:
    """Return the choices among these fields; whatever is not on offer counts as not chosen."""
    fields = {
        field: given[field]
        for field, offered in OFFERED.items()
        if given.get(field, USUAL[field]) in offered and field in given
    }
    return Preferences(**fields)  # type: ignore[arg-type]  # Each was looked up in the closed list.


def to_cookie(preferences: Preferences) -> str:
    """Return the cookie that `from_cookie` reads: only what is not the usual choice."""
    chosen = asdict(preferences).items()
    return urlencode([(field, value) for field, value in chosen if value != USUAL[field]])
