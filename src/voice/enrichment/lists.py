"""The lists of names, places and words to keep, and the words that are ordinary English."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec import Struct

LARGE_BODY = (
    r"\b(?:[A-Z][\w'’-]*|of|and)(?: (?:[A-Z][\w'’-]*|of|and)){0,4}"
    r" (?:Hospital|Infirmary|Trust|Council|University)\b"
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "r", "n't", "nt", "est", "able")


def lines_of(file: Path) -> list[str]:
    """Return the lines of a list, without comments and empty lines."""
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class Lists(Struct, frozen=True, dict=True):
    """What `nlp_models/redaction` knows, and English words in lower case.

    `english` are those of a dictionary, `frequent` those used once in a million words and more.
    """

    first_names: frozenset[str]
    introduced_names: frozenset[str]
    lone_names: frozenset[str]
    never_names: frozenset[str]
    kept_phrases: tuple[str, ...]
    place_names: tuple[str, ...]
    school_names: tuple[str, ...]
    given_names: frozenset[str]
    english: frozenset[str]
    frequent: frozenset[str]

    @classmethod
    def read(cls, folder: Path, english: Iterable[str], frequent: Iterable[str]) -> "Lists":
        """Return the lists in `folder`, with a dictionary’s words and those often used."""
        words = " ".join(lines_of(folder / "word_names.txt"))
        introduced, alone = words.removeprefix("[introduced]").split("[alone]")
        return cls(
            first_names=frozenset(" ".join(lines_of(folder / "first_names.txt")).split()),
            introduced_names=frozenset(introduced.split()),
            lone_names=frozenset(alone.split()),
            never_names=frozenset(" ".join(lines_of(folder / "never_names.txt")).split()),
            kept_phrases=tuple(lines_of(folder / "keep.txt")),
            place_names=tuple(lines_of(folder / "places.txt")),
            school_names=tuple(lines_of(folder / "schools.txt")),
            given_names=frozenset(" ".join(lines_of(folder / "given_names.txt")).split()),
            english=frozenset(english),
            frequent=frozenset(frequent),
        )

    @cached_property
    def kept(self) -> re.Pattern[str]:
        """Find what stays: bodies, conditions, brands, large places."""
        phrases = any_phrase(self.kept_phrases) + r"(?:['’]s)?(?!\w)"
        return re.compile(rf"(?i:{phrases})|{LARGE_BODY}")

    @cached_property
    def places(self) -> re.Pattern[str]:
        """Find listed places: in capitals, or in any case where no dictionary has the words."""
        return self._listed(self.place_names)

    @cached_property
    def schools(self) -> re.Pattern[str]:
        """Find listed schools in the same way."""
        return self._listed(self.school_names)

    def _listed(self, names: Sequence[str]) -> re.Pattern[str]:
        plain = [name for name in names if not self._is_only_words(name)]
        return re.compile(f"(?:{any_phrase(names)}|(?i:{any_phrase(plain)}))")

    def _is_only_words(self, name: str) -> bool:
        return all(self.is_ordinary(word) for word in name.split())

    def is_name(self, word: str) -> bool:
        """Return whether a list has the word as a first name."""
        return self.is_sure_name(word) or self.is_well_known(word)

    def is_well_known(self, word: str) -> bool:
        """Return whether the word is a first name that is heard in England often."""
        low = word.lower()
        return low in self.first_names or low in self.lone_names or low in self.introduced_names

    def is_sure_name(self, word: str) -> bool:
        """Return whether a list has the word as a first name that is no English word.

        Of the long list, names of three letters need a capital.
        """
        low = word.lower()
        if low in self.first_names:
            return True
        long_enough = len(word) > 3 or (word[0].isupper() and not word.isupper())
        return long_enough and low in self.given_names and not self.is_ordinary(low)

    def is_at_times_a_name(self, word: str) -> bool:
        """Return whether the word is a name where it has a capital: it is one, and a rare word."""
        low = word.lower()
        return low in self.lone_names or (low in self.given_names and low not in self.frequent)

    def is_ordinary(self, word: str) -> bool:
        """Return whether the word, or what it is made from, is in the dictionary."""
        return self._is_in(self.english, word)

    def is_common(self, word: str) -> bool:
        """Return whether the word is ordinary and often used, so that it is hardly a name."""
        return self._is_in(self.english, word) and self._is_in(self.frequent, word)

    def _is_in(self, known: frozenset[str], word: str) -> bool:
        low = word.lower().replace("’", "'").removesuffix("'s")
        if low in self.never_names or low in known:
            return True
        if "-" in low and all(self._is_in(known, part) for part in filter(None, low.split("-"))):
            return True
        return any(_made_with(known, low, ending) for ending in ENDINGS)

    def is_misspelt(self, word: str) -> bool:
        """Return whether one letter too many, too few, wrong or swapped makes it ordinary."""
        low = word.lower()
        cuts = [(low[:at], low[at:]) for at in range(len(low) + 1)]
        ways = (
            head + letter + tail
            for head, rest in cuts
            for letter in ("", *LETTERS)
            for tail in (rest, rest[1:])
        )
        swaps = (head + rest[1] + rest[0] + rest[2:] for head, rest in cuts if len(rest) > 1)
        known = (way for way in chain(ways, swaps) if way != low)
        return any(way in self.english or way in self.never_names for way in known)


def _made_with(known: frozenset[str], low: str, ending: str) -> bool:
    stem = low.removesuffix(ending)
    if stem == low or len(stem) < 3:
        return False
    makers = (stem, stem + "e", stem[:-1], stem[:-1] + "y" if stem.endswith("i") else stem)
    return any(maker in known for maker in makers)


def any_phrase(phrases: Collection[str]) -> str:
    """Return a pattern for any of the phrases as whole words, the longest first."""
    ways = (re.escape(phrase).replace("'", "['’]") for phrase in phrases)
    return r"\b(?:" + "|".join(sorted(ways, key=len, reverse=True)) + r")(?!\w)"
