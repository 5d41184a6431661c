"""Naming themes by the phrases that are said in them and hardly elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

from voice.themes.words import STOP_WORDS, normalise

N_TERMS = 8
_CLAUSE = re.compile(r"[.!?,;:()\[\]\"“”\n\r–—/|]+|\s-\s")
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")

Phrase = tuple[str, ...]


class Label(NamedTuple):
    """What to call a theme, and up to eight terms that tell it from the others."""

    name: str
    terms: tuple[str, ...]


class _Telling(NamedTuple):
    score: float
    phrase: Phrase


def name_themes(
    texts: Sequence[str], counts: Sequence[int], groups: Sequence[Sequence[int]]
) -> list[Label]:
    """Name each group by its telling phrases; no two get the same name.

    A phrase tells when many comments of the group hold it and few of the others do. The order of
    the comments decides nothing.

    Args:
        texts: the different comments.
        counts: how often each was said.
        groups: for each theme, the places of its comments in `texts`.
    """
    phrases = [_phrases(text) for text in texts]
    everywhere = _said(phrases, counts, range(len(texts)))
    n_everywhere = sum(counts)
    written = _spelling(texts)
    taken: set[frozenset[str]] = set()
    labels = []
    for number, group in enumerate(groups):
        here = _said(phrases, counts, group)
        size = sum(counts[place] for place in group)
        telling = _most_telling(here, size, everywhere, n_everywhere)
        best = _name(telling, taken)
        taken.add(_stems(word for phrase in best for word in phrase))
        name = ", ".join(_spell(phrase, written) for phrase in best) or f"Theme {number + 1}"
        terms = [_spell(phrase, written) for phrase in _terms(telling)]
        labels.append(Label(name[0].upper() + name[1:], tuple(terms)))
    return labels


def _phrases(text: str) -> set[Phrase]:
    """Return the one- to three-word phrases of a comment that begin and end with a telling word."""
    found: set[Phrase] = set()
    for clause in _CLAUSE.split(text):
        words = [_plain(word) for word in _WORD.findall(clause)]
        for start, word in enumerate(words):
            if not _tells(word):
                continue
            for length in (1, 2, 3):
                phrase = tuple(words[start : start + length])
                if len(set(phrase)) == length and _tells(phrase[-1]):
                    found.add(phrase)
    return found


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _tells(word: str) -> bool:
    return len(word) > 2 and not word.isdigit() and word.replace("'", "") not in STOP_WORDS


def _said(
    phrases: Sequence[set[Phrase]], counts: Sequence[int], places: Iterable[int]
) -> Counter[Phrase]:
    said: Counter[Phrase] = Counter()
    for place in places:
        for phrase in phrases[place]:
            said[phrase] += counts[place]
    return said


def _most_telling(
    here: Counter[Phrase], size: int, everywhere: Counter[Phrase], n_everywhere: int
) -> list[_Telling]:
    """Rank by how much more often a phrase is said here, weighed by how many say it."""
    fewest = 2 if size < 100 else 3
    telling = []
    for phrase, n_here in here.items():
        if n_here < fewest:
            continue
        share, share_elsewhere = n_here / size, everywhere[phrase] / n_everywhere
        lift = log((share + 1e-3) / (share_elsewhere + 1e-3))
        if lift > 0:
            telling.append(_Telling(round(share * lift, 6), phrase))
    return sorted(telling, key=lambda one: (-one.score, one.phrase))


def _name(telling: Sequence[_Telling], taken: set[frozenset[str]]) -> list[Phrase]:
    """Take the best phrase of two or three words, and a second that adds other words."""
    strongest = telling[0].score if telling else 0
    phrases = [one for one in telling if len(one.phrase) > 1 and one.score > strongest / 8]
    words = [one for one in telling if len(one.phrase) == 1]
    chosen: list[Phrase] = []
    for one in [*phrases, *words]:
        used = _stems(word for phrase in chosen for word in phrase)
        stems = _stems(one.phrase)
        if stems & used or (not chosen and stems in taken):
            continue
        chosen.append(one.phrase)
        if len(chosen) == 2:
            break
    return chosen


def _terms(telling: Sequence[_Telling]) -> list[Phrase]:
    chosen: list[Phrase] = []
    for one in telling:
        stems = _stems(one.phrase)
        if all(not stems <= _stems(other) for other in chosen):
            chosen = [other for other in chosen if not _stems(other) < stems]
            chosen.append(one.phrase)
        if len(chosen) == N_TERMS:
            break
    return chosen


def _stems(words: Iterable[str]) -> frozenset[str]:
    return frozenset(
        re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word for word in words
    )


def _spelling(texts: Iterable[str]) -> dict[str, str]:
    """Return how each word is mostly written, so that EHCP keeps its capitals."""
    ways: dict[str, Counter[str]] = {}
    for text in texts:
        for word in _WORD.findall(text):
            ways.setdefault(_plain(word), Counter())[word.replace("’", "'")] += 1
    return {plain: max(sorted(ways[plain]), key=lambda way: ways[plain][way]) for plain in ways}


def _spell(phrase: Phrase, written: dict[str, str]) -> str:
    words = (written.get(word, word) for word in phrase)
    return " ".join(word if _keeps_capitals(word) else word.lower() for word in words)


def _keeps_capitals(word: str) -> bool:
    return word[1:] != word[1:].lower() and len(word) <= 6 or word in ("I",)
