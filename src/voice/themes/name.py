"""Naming themes by the phrases that are said in them and hardly elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from math import log
from typing import NamedTuple

from voice.themes.phrases import MOST_WORDS, Stems, phrases_in, stems_of
from voice.themes.words import PROPER

FEWEST_TERMS, MOST_TERMS = 5, 8
LONGEST_ABBREVIATION = 6
# A phrase says more than a word: it is preferred though fewer comments hold it.
WORTH = {1: 1.0, 2: 3.0, 3: 4.0}
TELLING = 0.2  # 0 is said here as often as elsewhere; 0.7 is twice as often.
AS_TELLING = 0.2  # The second phrase of a name must tell at least this share of the first.


class Label(NamedTuple):
    """What to call a theme, and up to eight terms that tell it from the others.

    The first `n_shared` terms are said by several people; one person alone may have said the rest.
    """

    name: str
    terms: tuple[str, ...]
    n_shared: int


class _Said(NamedTuple):
    times: Counter[Stems]
    n_comments: int

    def share(self, phrase: Stems) -> float:
        return self.times[phrase] / self.n_comments


class _Telling(NamedTuple):
    said_enough: bool
    score: float
    phrase: Stems


def name_themes(
    texts: Sequence[str],
    counts: Sequence[int],
    groups: Sequence[Sequence[int]],
    known: Sequence[str | None] = (),
) -> list[Label]:
    """Name each group by its topic, if that is known, or else by its telling phrases.

    No two get the same name: a second theme about a topic has its most telling phrase added.

    A phrase tells when many comments of the group hold it and few of the others do. The order of
    the comments decides nothing.

    Args:
        texts: the different comments.
        counts: how often each was said.
        groups: for each theme, the places of its comments in `texts`.
        known: the plain name of the topic of each theme, or None; or nothing at all.
    """
    phrases = [phrases_in(text) for text in texts]
    everywhere = _Said(_count(phrases, counts, range(len(texts))), sum(counts))
    written = _writing(phrases, counts)
    taken: set[frozenset[str]] = set()
    topics: set[str] = set()
    labels = []
    for number, (group, topic) in enumerate(zip_longest(groups, known)):
        size = sum(counts[place] for place in group)
        telling = _most_telling(_Said(_count(phrases, counts, group), size), everywhere)
        best = _name(telling, taken)
        taken.add(stems_of(best[:1]))
        name = ", ".join(written[phrase] for phrase in best) or f"Theme {number + 1}"
        if topic:
            name = f"{topic}: {name.split(', ')[0]}" if topic in topics else topic
            topics.add(topic)
        chosen = _terms(telling)
        terms = tuple(written[one.phrase] for one in chosen)
        n_shared = sum(one.said_enough for one in chosen)
        labels.append(Label(name[0].upper() + name[1:], terms, n_shared))
    return labels


def _count(
    phrases: Sequence[Mapping[Stems, str]], counts: Sequence[int], places: Iterable[int]
) -> Counter[Stems]:
    said: Counter[Stems] = Counter()
    for place in places:
        for phrase in phrases[place]:
            said[phrase] += counts[place]
    return said


def _most_telling(here: _Said, everywhere: _Said) -> list[_Telling]:
    """Rank by how much more often a phrase is said here, weighed by how many say it.

    Phrases that too few say come after all others.
    """
    enough = 2 if here.n_comments < 50 else max(3, here.n_comments // 100)
    telling = []
    for phrase, n_here in here.times.items():
        share = here.share(phrase)
        lift = log(share / everywhere.share(phrase) + 0.1)
        if lift > TELLING or here.n_comments == everywhere.n_comments:
            score = share * max(lift, 0.1) * WORTH[len(phrase)]
            telling.append(_Telling(n_here >= enough, round(score, 6), phrase))
    return sorted(telling, key=lambda one: (not one.said_enough, -one.score, one.phrase))


def _name(telling: Sequence[_Telling], taken: set[frozenset[str]]) -> list[Stems]:
    """Take the most telling phrase, or word if there is none, and one that adds other words."""
    enough = [one for one in telling if one.said_enough]
    if not enough:  # What one person said is no name for a theme, unless in a word or two.
        enough = [one for one in telling if len(one.phrase) < MOST_WORDS]
    longer_first = sorted(enough, key=lambda one: len(one.phrase) == 1)
    chosen: list[_Telling] = []
    for one in longer_first:
        new = frozenset(one.phrase)
        if new & stems_of(other.phrase for other in chosen) or (not chosen and new in taken):
            continue
        if chosen and one.score < chosen[0].score * AS_TELLING:
            continue
        chosen.append(one)
        if len(chosen) == 2:
            break
    return [one.phrase for one in chosen]


def _terms(telling: Sequence[_Telling]) -> list[_Telling]:
    """Take the most telling phrases, none of them a part of another.

    Single words that too few said make up the number when there are hardly any.
    """
    chosen: list[_Telling] = []
    for one in telling:
        if not one.said_enough and len(one.phrase) > 1:
            continue
        if len(chosen) >= (MOST_TERMS if one.said_enough else FEWEST_TERMS):
            break
        new = frozenset(one.phrase)
        if all(not new <= frozenset(other.phrase) for other in chosen):
            chosen = [other for other in chosen if not frozenset(other.phrase) < new]
            chosen.append(one)
    return chosen


def _writing(phrases: Sequence[Mapping[Stems, str]], counts: Sequence[int]) -> dict[Stems, str]:
    """Return how each phrase is mostly written; EHCP keeps its capitals."""
    ways: dict[Stems, Counter[str]] = {}
    for said, count in zip(phrases, counts, strict=True):
        for phrase, way in said.items():
            ways.setdefault(phrase, Counter())[_without_capitals(way)] += count
    return {
        phrase: min(of, key=lambda way: (-of[way], len(way), way)) for phrase, of in ways.items()
    }


def _without_capitals(way: str) -> str:
    """Take capitals away, but not from abbreviations, days and months."""
    return " ".join(
        word
        if word.isupper() and len(word) <= LONGEST_ABBREVIATION
        else word.title()
        if word.lower() in PROPER
        else word.lower()
        for word in way.split()
    )
