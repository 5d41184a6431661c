"""Reading words as they were meant: how children, and people in a hurry, spell."""

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

TOKEN = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*|[.!?;\n]+")
STRETCHED = re.compile(r"(.)\1{2,}")
SHORTEST_GUESS = 6


class Reading(Struct, frozen=True):
    """A text as it is matched: `words` in lower case, each followed by one space.

    `places` has, for each character of `words`, the (start, end) in the text that it came from.
    """

    words: str
    places: list[tuple[int, int]]


class Speller:
    """Reads misspelt words as the word of a known vocabulary that was most likely meant."""

    def __init__(
        self, known: Iterable[str], spellings: Mapping[str, str], ordinary: Iterable[str]
    ) -> None:
        """Keep the `known` words, the listed `spellings`, and `ordinary` words to leave alone."""
        self._known = frozenset(known)
        self._spellings = dict(spellings)
        self._ordinary = frozenset(ordinary)
        self._near: dict[str, str] = {}
        for word in sorted(self._known, reverse=True):
            if len(word) >= SHORTEST_GUESS:
                self._near.update(dict.fromkeys(_one_less(word), word))

    def read(self, text: str) -> Reading:
        """Return the text's words as they were meant, and where each came from."""
        parts: list[str] = []
        places: list[tuple[int, int]] = []
        for token in TOKEN.finditer(text):
            plain = token[0].lower()
            meant = self.meant(re.sub(r"['’`´]", "", plain)) if plain[0].isalnum() else "."
            parts.append(meant + " ")
            places.extend([token.span()] * (len(meant) + 1))
        return Reading("".join(parts), places)

    def meant(self, word: str) -> str:
        """Return the word that was meant: itself when it is known, ordinary or past guessing."""
        if STRETCHED.search(word):  # “feeeel” has two of them, “sooo” has one.
            twice = STRETCHED.sub(r"\1\1", word)
            word = twice if twice in self._known else STRETCHED.sub(r"\1", word)
        if word in self._spellings:
            return self._spellings[word]
        if len(word) < SHORTEST_GUESS or word in self._known or word in self._ordinary:
            return word
        guesses = {self._near[near] for near in (word, *_one_less(word)) if near in self._near}
        return min((guess for guess in guesses if guess[0] == word[0]), default=word)


def _one_less(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(len(word))]
