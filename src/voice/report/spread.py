"""Quotes that stand for all of a theme: from its middle to its edge, from several voices."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from voice.report.counted import Quotable

SHORTEST, LONGEST = 5, 40  # Words of a quote that is taken before others.
WHERE = ("In the middle of the theme", "Between its middle and its edge", "At its edge")
ALIKE = 0.01  # Scores that differ by less say nothing about middle and edge.


class Quote(Struct, frozen=True):
    """Words that may be quoted; `voice` is "" where it may not be said, `where` where unknown."""

    words: str
    voice: str
    where: str
    demo: bool


def spread(
    quotable: Sequence[Quotable], named: Collection[str], voices: Callable[[str], str]
) -> list[Quote]:
    """Return up to three quotes: one of each third of the theme, from as many voices as there are.

    Args:
        quotable: nearest to the middle of the theme first.
        named: the voices that may be named; a quote of another one stands without.
        voices: says whose a voice is: “a parent or carer”.
    """
    quoted: Counter[str] = Counter()
    chosen: list[Quote] = []
    said: set[str] = set()
    alike = not quotable or quotable[0].score - quotable[-1].score < ALIKE
    for where, third in zip(WHERE, _thirds(quotable), strict=True):
        new = [one for one in third if one.words not in said]
        if not new:
            continue
        best = min(new, key=lambda one: (quoted[one.voice], not _good_length(one.words)))
        quoted[best.voice] += 1
        said.add(best.words)
        whose = voices(best.voice) if best.voice in named else ""
        chosen.append(Quote(best.words, whose, "" if alike else where, best.demo))
    return chosen


def _thirds(quotable: Sequence[Quotable]) -> list[Sequence[Quotable]]:
    """Return three parts as equal as can be; the last is read from the edge inwards."""
    n = len(quotable)
    first, second = -(-n // 3), -(-2 * n // 3)
    return [quotable[:first], quotable[first:second], quotable[second:][::-1]]


def _good_length(words: str) -> bool:
    return SHORTEST <= len(words.split()) <= LONGEST
