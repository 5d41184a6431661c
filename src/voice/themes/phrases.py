"""The phrases in a comment: “waiting times”, “waited for an appointment”, “EHCP”.

Phrases with the same stems are the same phrase, whatever little words stand between.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from voice.themes.words import STOP_WORDS, WEAK_WORDS

MOST_WORDS = 3  # that tell something
MOST_BETWEEN = 2  # little words between two of them

Stems = tuple[str, ...]

# What stands in place of a name that was taken out, such as “[a school]”, is nobody's words.
_TAKEN_OUT = re.compile(r"\[[^\[\]]{1,60}\]")
_CLAUSE = re.compile(r"[.!?,;:()\[\]\"“”\n\r–—/|…]+|\s-\s|\W{3,}")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


def phrases_in(text: str) -> dict[Stems, str]:
    """Return the phrases of one to three telling words, and how the comment writes each."""
    found: dict[Stems, str] = {}
    text = _TAKEN_OUT.sub(" | ", text)
    if text.isupper() and " " in text:  # Shouted: the capitals mark no abbreviation.
        text = text.lower()
    for clause in _CLAUSE.split(text):
        words = [word.replace("’", "'") for word in _WORD.findall(clause)]
        telling = [place for place, word in enumerate(words) if _tells(word)]
        for places in _runs(telling):
            stems = tuple(stem(words[place]) for place in places)
            if len(set(stems)) == len(stems) and any(_is_strong(words[p]) for p in places):
                found.setdefault(stems, " ".join(words[places[0] : places[-1] + 1]))
    return found


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return what “wait”, “waits”, “waited” and “waiting” have in common."""
    plain = word.lower()
    if len(plain) <= 4:
        return re.sub(r"(?<=[a-z]{3})s$", "", plain)
    plain = re.sub(r"'s$", "", plain)
    plain = re.sub(r"(?:ies|y)$", "i", plain)
    return re.sub(r"(?<=[a-z]{3})(?:ing|ed|es|(?<!s)s|e)$", "", plain)


def stems_of(phrases: Iterable[Stems]) -> frozenset[str]:
    """Return all stems that occur in some phrases."""
    return frozenset(one for phrase in phrases for one in phrase)


def _runs(telling: list[int]) -> Iterator[list[int]]:
    for start in range(len(telling)):
        for end in range(start + 1, min(start + MOST_WORDS, len(telling)) + 1):
            run = telling[start:end]
            if end > start + 1 and run[-1] - run[-2] > MOST_BETWEEN + 1:
                break
            yield run


def _tells(word: str) -> bool:
    # Of words of two letters only abbreviations tell something: GP, TA, EP.
    long_enough = len(word) > 2 or (len(word) == 2 and word.isupper())
    return long_enough and not word.isdigit() and _bare(word) not in STOP_WORDS


def _is_strong(word: str) -> bool:
    return _bare(word) not in WEAK_WORDS


def _bare(word: str) -> str:
    return word.lower().replace("'", "")
