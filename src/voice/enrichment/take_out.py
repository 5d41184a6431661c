"""Taking out of a text the words that a person points at, wherever they stand in it."""

import re
from collections.abc import Sequence

from msgspec import Struct

from voice.enrichment.reads import ANOTHER, READS_AS

TAKEN_OUT = "[words taken out]"
REPLACED = "|".join(map(re.escape, [*READS_AS.values(), *ANOTHER.values(), TAKEN_OUT]))
ANY_QUOTE = "['’‘`]"


class Phrases(Struct, frozen=True):
    """Words to take out: any case, any spaces between them, only whole words."""

    patterns: tuple[re.Pattern[str], ...] = ()

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Phrases":
        """Return the phrases in lines that a person typed, one a line or more.

        What was taken out before (“[a name]”) may stand in a line, and parts it.
        """
        pieces = (piece for line in lines for piece in re.split(REPLACED, line))
        return cls(tuple(_pattern(piece) for piece in pieces if re.search(r"\w", piece)))

    def missing_from(self, text: str) -> bool:
        """Return whether there are no phrases, or one of them does not stand in the text."""
        found = [_take_out(text, [pattern], "")[1] for pattern in self.patterns]
        return not found or not all(found)

    def take_out(self, text: str, reads_as: str = TAKEN_OUT) -> tuple[str, int]:
        """Return the text with every phrase replaced, and in how many places that was."""
        return _take_out(text, self.patterns, reads_as)


def _pattern(piece: str) -> re.Pattern[str]:
    words = (re.sub(ANY_QUOTE, lambda _: ANY_QUOTE, re.escape(word)) for word in piece.split())
    found = r"\s+".join(words)
    bare = piece.strip()
    before = r"(?<!\w)" if re.match(r"\w", bare[0]) else ""
    after = r"(?!\w)" if re.match(r"\w", bare[-1]) else ""
    return re.compile(f"(?P<before>{REPLACED})|{before}{found}{after}", re.IGNORECASE)


def _take_out(text: str, patterns: Sequence[re.Pattern[str]], reads_as: str) -> tuple[str, int]:
    places = 0

    def put(match: re.Match[str]) -> str:
        nonlocal places
        if match["before"]:
            return match[0]
        places += 1
        return reads_as

    for pattern in patterns:
        text = pattern.sub(put, text)
    return text, places
