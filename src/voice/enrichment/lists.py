"""The lists of names, places and words to keep, and the words that are ordinary English."""

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

LARGE_BODY = (
    r"\b(?:[A-Z][\w'’-]*|of|and)(?: (?:[A-Z][\w'’-]*|of|and)){0,4}"
    r" (?:Hospital|Infirmary|Trust|Council|University)\b"
)
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "r", "n't", "nt", "est", "able")


def lines_of(file: Path) -> list[str]:
    """Return the lines of a list, without comments and empty lines."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class Lists(Struct, frozen=True, dict=True):
    """What `nlp_models/redaction` knows, and `english`: words of the dictionary, lower case."""

    first_names: frozenset[str]
    introduced_names: frozenset[str]
    lone_names: frozenset[str]
    never_names: frozenset[str]
    kept_phrases: tuple[str, ...]
    place_names: tuple[str, ...]
    english: frozenset[str]

    @classmethod
    def read(cls, folder: Path, english: Iterable[str]) -> "Lists":
        """Return the lists in `folder`."""
        words = " ".join(lines_of(folder / "word_names.txt"))
        introduced, alone = words.removeprefix("[introduced]").split("[alone]")
        return cls(
            first_names=frozenset(" ".join(lines_of(folder / "first_names.txt")).split()),
            introduced_names=frozenset(introduced.split()),
            lone_names=frozenset(alone.split()),
            never_names=frozenset(" ".join(lines_of(folder / "never_names.txt")).split()),
            kept_phrases=tuple(lines_of(folder / "keep.txt")),
            place_names=tuple(lines_of(folder / "places.txt")),
            english=frozenset(english),
        )

    @cached_property
    def kept(self) -> re.Pattern[str]:
        """Find what stays: bodies, conditions, brands, large places."""
        phrases = any_phrase(self.kept_phrases) + r"(?:['’]s)?(?!\w)"
        return re.compile(rf"(?i:{phrases})|{LARGE_BODY}")

    @cached_property
    def places(self) -> re.Pattern[str]:
        """Find listed places: in capitals, or in any case where no dictionary has the words."""
        plain = [name for name in self.place_names if not self._is_only_words(name)]
        return re.compile(f"(?:{any_phrase(self.place_names)}|(?i:{any_phrase(plain)}))")

    def _is_only_words(self, name: str) -> bool:
        return all(self.is_ordinary(word) for word in name.split())

    def is_name(self, word: str) -> bool:
        """Return whether a list has the word as a first name."""
        low = word.lower()
        return low in self.first_names or low in self.lone_names or low in self.introduced_names

    def is_ordinary(self, word: str) -> bool:
        """Return whether the word, or what it is made from, is in the dictionary."""
        low = word.lower().replace("’", "'").removesuffix("'s")
        if low in self.never_names or low in self.english:
            return True
        if "-" in low and all(map(self.is_ordinary, filter(None, low.split("-")))):
            return True
        return any(self._made_with(low, ending) for ending in ENDINGS)

    def _made_with(self, low: str, ending: str) -> bool:
        stem = low.removesuffix(ending)
        if stem == low or len(stem) < 3:
            return False
        makers = (stem, stem + "e", stem[:-1], stem[:-1] + "y" if stem.endswith("i") else stem)
        return any(maker in self.english for maker in makers)


def any_phrase(phrases: Collection[str]) -> str:
    """Return a pattern for any of the phrases as whole words, the longest first."""
    ways = (re.escape(phrase).replace("'", "['’]") for phrase in phrases)
    return r"\b(?:" + "|".join(sorted(ways, key=len, reverse=True)) + r")(?!\w)"
