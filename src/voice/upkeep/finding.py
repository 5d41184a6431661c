"""One thing that `voice doctor` looked at: how it is, and what to do about it."""

from typing import Literal

from msgspec import Struct

State = Literal["ok", "warn", "fail"]


class Finding(Struct, frozen=True):
    """What was found. `do` says what to do, and is empty where there is nothing to do."""

    about: str
    state: State
    words: str
    do: str = ""


def ok(about: str, words: str) -> Finding:
    """Return that all is well."""
    return Finding(about, "ok", words)


def warn(about: str, words: str, do: str) -> Finding:
    """Return what works and should be looked at."""
    return Finding(about, "warn", words, do)


def fail(about: str, words: str, do: str) -> Finding:
    """Return what does not work, or is not safe."""
    return Finding(about, "fail", words, do)
