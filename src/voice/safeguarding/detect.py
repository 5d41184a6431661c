"""How worried an answer should make us, and which of its words say so.

A worry only puts an answer further up the list. It never clears one: every answer is read by a
person. So we rather worry once too often, and calm words lower a score but never make it 0.
"""

import re
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from voice.errors import BadInput
from voice.safeguarding.phrases import PhraseBook, Phrases, pattern_for, vocabulary
from voice.safeguarding.spelling import Reading, Speller

CONCERN_FROM = 0.3
DENIED = 0.3
NEGATIONS = {"no", "not", "never", "nobody", "noone", "without", "dont", "didnt", "doesnt"} | {
    "isnt",
    "wasnt",
    "hasnt",
    "havent",
    "arent",
    "werent",
}
BETWEEN = {"a", "an", "to", "at", "any", "one", "all", "once", "ever", "even", "really"} | {
    "been",
    "being",
    "be",
    "is",
    "are",
    "was",
    "get",
    "gets",
    "got",
    "have",
    "had",
    "has",
    "going",
}


class Concern(Struct, frozen=True):
    """What we noticed. `score` is 0 (nothing) to 1; `because` are the answer's own words."""

    concern: bool
    score: float
    kinds: list[str]
    because: list[str]


class Detector:
    """Notices words that a safeguarding lead should read first."""

    def __init__(self, book: PhraseBook) -> None:
        """Prepare the phrases of `book`."""
        self._speller = Speller(vocabulary(book), book.spellings, book.ordinary.words)
        self._calm = pattern_for(book.calm.say, book.groups)
        self._worries = [(worry, pattern_for(worry.say, book.groups)) for worry in book.worries]

    @classmethod
    def open(cls, nlp_models: Path) -> "Detector":
        """Return a detector that knows the phrases in `nlp_models/safeguarding/phrases.toml`.

        Raises:
            BadInput: the file is not there, or does not say what a phrase book says.
        """
        file = nlp_models / "safeguarding" / "phrases.toml"
        try:
            told = tomllib.loads(file.read_text(encoding="utf-8"))
            return cls(msgspec.convert(told, PhraseBook))
        except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError, KeyError) as error:
            raise BadInput(f"{file}: {error}") from error

    def as_meant(self, text: str) -> str:
        """Return the words of a text as they were meant: lower case, known misspellings read."""
        return self._speller.read(text).words

    def concern(self, text: str) -> Concern:
        """Return how worried these words should make us."""
        reading = self._speller.read(text)
        words = self._calm.sub(_set_aside, reading.words)
        found = sorted(
            Sign(-_weight(worry, words, match), *match.span(), worry.kind)
            for worry, pattern in self._worries
            for match in pattern.finditer(words)
        )
        calmness = 1.0
        for sign in (strongest := _apart(found)):
            calmness *= 1 + sign.minus_weight
        score = round(1 - calmness, 3)
        kinds = list(dict.fromkeys(sign.kind for sign in found))
        because = list(dict.fromkeys(_as_written(text, reading, sign) for sign in strongest))
        return Concern(score >= CONCERN_FROM, score, kinds, because)


class Sign(Struct, frozen=True, order=True):
    """One phrase found. Signs sort by the weight, the heaviest first."""

    minus_weight: float
    start: int
    end: int
    kind: str


def _apart(found: list[Sign]) -> list[Sign]:
    """Return the heaviest signs that share no word, so that no word is counted twice."""
    chosen: list[Sign] = []
    for sign in found:
        if all(sign.end <= other.start or sign.start >= other.end for other in chosen):
            chosen.append(sign)
    return chosen


def _set_aside(match: re.Match[str]) -> str:
    # The blanks keep every later word at its place; "~" is in no phrase.
    return re.sub(r"[^ ]", "~", match[0])


def _weight(worry: Phrases, words: str, match: re.Match[str]) -> float:
    denied = not worry.even_if_denied and _is_denied(words[: match.start()])
    return worry.weight * DENIED if denied else worry.weight


def _is_denied(before: str) -> bool:
    for word in reversed(before.split()[-5:]):
        if word in NEGATIONS:
            return True
        if word not in BETWEEN:
            return False
    return False


def _as_written(text: str, reading: Reading, sign: Sign) -> str:
    start = reading.places[sign.start][0]
    end = reading.places[sign.end - 1][1]
    return " ".join(text[start:end].split())
