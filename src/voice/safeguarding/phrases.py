"""The phrase language of `phrases.toml`: from what a person wrote there to a pattern.

A phrase is matched against words in lower case, each followed by one space, with " . " between
sentences, so that no phrase reaches from one sentence into the next.
"""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

GAPS = {"..": 2, "...": 5}


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """Some ways to say one kind of worry, and how worried one of them makes us (0 to 1)."""

    kind: str
    weight: float
    say: tuple[str, ...]
    even_if_denied: bool = False


class Sayings(Struct, frozen=True, forbid_unknown_fields=True):
    """Sayings that mean something else, such as “dying to”."""

    say: tuple[str, ...]


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are left as they are."""

    words: tuple[str, ...]


class PhraseBook(Struct, frozen=True, forbid_unknown_fields=True):
    """All that `phrases.toml` says."""

    groups: dict[str, tuple[str, ...]]
    calm: Sayings
    spellings: dict[str, str]
    ordinary: Words
    worries: tuple[Phrases, ...]


def pattern_for(phrases: Iterable[str], groups: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """Return one pattern that finds any of the phrases, from a word's start to a space.

    Raises:
        KeyError: a phrase names a group that is not there.
    """
    ways = "|".join(_one(phrase, groups) for phrase in phrases)
    return re.compile(rf"(?<![^ ])(?:{ways})")


def _one(phrase: str, groups: Mapping[str, Iterable[str]]) -> str:
    return "".join(_step(step, groups) for step in _steps(phrase))


def _steps(phrase: str) -> list[str]:
    return phrase.replace("'", "").split()


def _step(step: str, groups: Mapping[str, Iterable[str]]) -> str:
    if step in GAPS:
        return rf"(?:[^ .]+ ){{0,{GAPS[step]}}}?"
    optional = step.startswith("?")
    words = [word for part in step.removeprefix("?").split("|") for word in _words(part, groups)]
    either = "|".join(_word(word) for word in words)
    return f"(?:(?:{either}) )" + ("?" if optional else "")


def _words(part: str, groups: Mapping[str, Iterable[str]]) -> list[str]:
    part = part.removeprefix("?")
    return list(groups[part[1:-1]]) if part.startswith("{") else [part]


def _word(word: str) -> str:
    stem = re.escape(word.removesuffix("*").replace("'", ""))
    return stem + ("[^ .]*" if word.endswith("*") else "")


def vocabulary(book: PhraseBook) -> frozenset[str]:
    """Return every whole word that a worry's phrases mention."""
    found: set[str] = set()
    for phrases in book.worries:
        for phrase in phrases.say:
            for step in _steps(phrase):
                for part in step.removeprefix("?").split("|"):
                    for word in _words(part, book.groups):
                        found.update(word.removesuffix("*").split())
    return frozenset(word for word in found if word.isalpha())
