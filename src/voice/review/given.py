"""How answers were given: alone, with help, by somebody else; and what may be misunderstood.

Voices and ways of helping are never put together, so that nobody takes one for another.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from voice.review.wording import VOICES

HELPED: dict[str | None, str] = {
    "alone": "Alone",
    "read": "Somebody read it out",
    "said": "Somebody helped to say it",
    "answered": "Somebody answered for them",
    "observed": "An adult wrote down what they saw",
    None: "Not said",
}
ROUTES = {"web": "On a screen", "paper": "On paper", "import": "From a file", "demo": "Made up"}
PATTERNS = {
    "opposites_alike": "The same answer to a question and to its opposite",
    "always_first": "Always the answer that stood first",
    "always_last": "Always the answer that stood last",
}


class Given(Struct, frozen=True):
    """So many responses of one voice that came one way, with one kind of help."""

    voice: str
    route: str
    helped: str | None
    patterns: list[str]
    n: int


class Row(Struct, frozen=True):
    """One line of a table: its name, and a number for each voice."""

    name: str
    counts: list[int]


class HowGiven(Struct, frozen=True):
    """The three tables: `voices` are their columns, those that answered at all."""

    voices: list[str]
    helped: list[Row]
    routes: list[Row]
    patterns: list[Row]
    total: list[int]


def how_given(found: Sequence[Given]) -> HowGiven:
    """Return the tables of who helped, which way answers came, and patterns; empty lines left out.

    Each pattern is counted by itself: one response can show two.
    """
    voices = [voice for voice in VOICES if any(one.voice == voice for one in found)]
    helped: Counter[tuple[str, str]] = Counter()
    routes: Counter[tuple[str, str]] = Counter()
    patterns: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for one in found:
        total[one.voice] += one.n
        helped[HELPED[one.helped], one.voice] += one.n
        routes[ROUTES[one.route], one.voice] += one.n
        for pattern in one.patterns:
            patterns[PATTERNS[pattern], one.voice] += one.n
    return HowGiven(
        voices=[VOICES[voice] for voice in voices],
        helped=_rows(HELPED.values(), helped, voices),
        routes=_rows(ROUTES.values(), routes, voices),
        patterns=_rows(PATTERNS.values(), patterns, voices),
        total=[total[voice] for voice in voices],
    )


def _rows(
    names: Iterable[str], counts: Counter[tuple[str, str]], voices: Sequence[str]
) -> list[Row]:
    rows = [Row(name, [counts[name, voice] for voice in voices]) for name in names]
    return [row for row in rows if any(row.counts)]
