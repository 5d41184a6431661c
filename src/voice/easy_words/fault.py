"""A fault in a text: which rule it breaks, how badly, why, and what to do about it."""

from typing import Literal

from msgspec import Struct

Level = Literal["warn", "error"]


class Fault(Struct, frozen=True):
    """One rule that a text breaks.

    `rule` is R1 to R23; an "error" keeps a survey from being published, a "warn" is shown.
    """

    rule: str
    level: Level
    why: str
    what_to_do: str


def over(number: float, warn: float, error: float) -> Level | None:
    """Return how bad a number is that should be at most `warn`; None when it is not over."""
    if number > error:
        return "error"
    return "warn" if number > warn else None


def quoted(words: list[str]) -> str:
    """Return up to five words in quotation marks, each once, in order."""
    each = list(dict.fromkeys(words))
    return ", ".join(f"“{word}”" for word in each[:5]) + (" and more" if len(each) > 5 else "")
