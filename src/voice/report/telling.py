"""Telling words: what people say in a theme more than elsewhere, and never one person alone."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Self

from msgspec import Struct

from voice.themes.words import STOP_WORDS, WEAK_WORDS

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
BRACKETS = re.compile(r"\[[^\]]*\]")
DASHES = re.compile(r"[’'-]")
LITTLE = STOP_WORDS | WEAK_WORDS
FEWEST = 5  # People who use a word before it is shown.
MOST = 8
SHORTEST = 3


class Vocabulary(Struct, frozen=True):
    """The words of each comment of a question, and in how many of all comments each word is."""

    said: Sequence[frozenset[str]]
    everywhere: Mapping[str, int]

    @classmethod
    def of(cls, comments: Iterable[str]) -> Self:
        """Read comments. What stands in [brackets] took the place of a name: no word of theirs."""
        said = [_words(comment) for comment in comments]
        return cls(said, Counter(word for words in said for word in words))

    def telling(self, inside: Sequence[int]) -> list[str]:
        """Return words that many comments of a theme hold and few others do, best first.

        A word counts once for each comment: share in the theme × log(share in the theme / share in
        all).

        Args:
            inside: the places of the theme’s comments.
        """
        here = Counter(word for place in inside for word in self.said[place])
        telling = [
            (n / len(inside) * log(ratio), word)
            for word, n in here.items()
            if n >= FEWEST
            and (ratio := n / len(inside) / (self.everywhere[word] / len(self.said))) > 1
        ]
        best_first = sorted(telling, key=lambda one: (-round(one[0], 6), one[1]))
        return [word for _, word in best_first][:MOST]


def _words(comment: str) -> frozenset[str]:
    found = WORD.findall(BRACKETS.sub(" ", comment).casefold())
    return frozenset(w for w in found if len(w) >= SHORTEST and not _says_little(w))


def _says_little(word: str) -> bool:
    return (word if word.isalpha() else DASHES.sub("", word)) in LITTLE
