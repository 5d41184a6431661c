"""Finding the themes in comments, from words and vectors to named themes with quotes."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice.enrichment.codebook import Codebook
from voice.themes.describe import describe
from voice.themes.feeling import split
from voice.themes.graph import Vectors
from voice.themes.group import grouped, sample_of
from voice.themes.guide import guide, says_nothing, topic_names
from voice.themes.levels import sub_themes
from voice.themes.measure import ALONE, Groups, middles
from voice.themes.name import Label, name_themes
from voice.themes.prepare import Prepared, WhyNone, prepare, without
from voice.themes.quote import choose_quotes
from voice.themes.sure import Sure, how_sure
from voice.themes.theme import Found, Part, Theme

SMALLEST = 5  # Fewer could point at one child.

Places = NDArray[np.intp]


class _Ready(NamedTuple):
    """The different comments: where they stood, their words and vectors, and how they feel."""

    at: Prepared
    said: list[str]
    vectors: Vectors
    feelings: NDArray[np.int8] | None

    @property
    def counts(self) -> NDArray[np.int64]:
        return self.at.counts


def find(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    *,
    themes: int | None = None,
    smallest: int = SMALLEST,
    parts: bool = False,
    codebook: Codebook | None = None,
    domain: NDArray[np.float32] | None = None,
    feelings: NDArray[np.int8] | None = None,
    at: Prepared | None = None,
) -> Found:
    """Find the themes in comments; the same comments in any order give the same themes.

    Args:
        texts: the comments, redacted: their words go into names, and some are quoted.
        vectors: shape (n_comments, n_dimensions), each row of length 1; the rows of comments that
            are empty or say nothing are not looked at.
        themes: how many themes are wanted; None lets the comments decide.
        smallest: fewest comments that make a theme.
        parts: whether to look for sub-themes.
        codebook: what is known about SEND support, to guide which comments come together and to
            name themes; it changes nothing for comments about something else.
        domain: shape (n_comments, n_domain), the vectors that the codebook reads; without them it
            does not guide.
        feelings: shape (n_comments,), 1 praise, -1 complaint, 0 both or neither; or None.
        at: what `prepare` makes of the texts, if the caller has it already.

    Raises:
        ValueError: there are not as many vectors as texts, or a vector is not of length 1.
    """
    if len(texts) != len(vectors):
        raise ValueError(f"{len(texts)} texts but {len(vectors)} vectors")
    at = at or prepare(texts)
    guided = None
    if codebook and domain is not None:
        at = without(at, says_nothing(vectors[at.first], domain[at.first], codebook))
        guided = guide(_unit(vectors[at.first]), _unit(domain[at.first]), codebook)
    seen = guided.vectors if guided else _unit(vectors[at.first])
    ready = _Ready(at, [texts[place] for place in at.first], seen, feelings)
    cut = grouped(seen, at.counts, themes=themes, smallest=smallest)
    members = _members(cut.groups)
    known = topic_names(guided, at.counts, members, codebook) if guided and codebook else ()
    found = [
        _theme(ready, group, label, sure, smallest if parts else None)
        for group, label, sure in zip(
            members,
            _named(ready, cut.groups, known),
            how_sure(seen, at.counts, cut.groups, cut.resolution),
            strict=True,
        )
    ]
    return Found(tuple(found), _why_none(cut.groups, at))


def _unit(vectors: NDArray[np.float32]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.allclose(lengths, 1, atol=1e-3):
        raise ValueError(f"vectors must have length 1; one has {lengths.min():.3f}")
    return np.ascontiguousarray(vectors, dtype=np.float32)


def _members(groups: Groups) -> list[Places]:
    order = np.argsort(groups, kind="stable")
    ends = np.searchsorted(groups[order], np.arange(groups.max(initial=ALONE) + 2))
    return [order[start:end] for start, end in pairwise(ends)]


def _named(ready: _Ready, groups: Groups, known: Sequence[str | None]) -> list[Label]:
    """Name the themes by the words of those comments that were cut: all, or a sample of many."""
    some = sample_of(len(ready.said))
    inside = [places.tolist() for places in _members(groups[some])]
    said = [ready.said[place] for place in some]
    return name_themes(said, ready.counts[some].tolist(), inside, known)


def _theme(ready: _Ready, group: Places, label: Label, sure: Sure, parts_from: int | None) -> Theme:
    """Say of one theme all there is to say; `parts_from` is the smallest part, None for none."""
    scores = _scores(ready, group)
    order = np.argsort(-scores, kind="stable")
    best_first, scores = group[order], scores[order]
    members = [
        (int(place), float(score))
        for one, score in zip(best_first, scores, strict=True)
        for place in ready.at.said[one]
    ]
    quotes = choose_quotes(
        [ready.said[one] for one in best_first], ready.vectors[best_first], scores
    )
    places = tuple(place for place, _ in members)
    share = round(len(members) / int(ready.counts.sum()), 4)
    feeling = None if ready.feelings is None else split(ready.feelings, places)
    return Theme(
        name=label.name,
        description=describe(share, label.terms[: label.n_shared], feeling),
        terms=label.terms,
        members=places,
        scores=tuple(score for _, score in members),
        quotes=tuple(int(ready.at.first[best_first[quote]]) for quote in quotes),
        share=share,
        sure=sure,
        split=feeling,
        parts=() if parts_from is None else _parts(ready, best_first, parts_from),
    )


def _parts(ready: _Ready, best_first: Places, smallest: int) -> tuple[Part, ...]:
    """Return the sub-themes of a theme whose comments are given best first."""
    in_order = np.sort(best_first)
    found = sub_themes(ready.vectors, ready.counts, in_order, smallest)
    if not found:
        return ()
    said = [ready.said[place] for place in in_order]
    inside = [np.searchsorted(in_order, part).tolist() for part in found]
    labels = name_themes(said, ready.counts[in_order].tolist(), inside)
    return tuple(
        Part(
            label.name,
            label.terms,
            tuple(
                int(place)
                for one in best_first[np.isin(best_first, part)]
                for place in ready.at.said[one]
            ),
        )
        for label, part in zip(labels, found, strict=True)
    )


def _scores(ready: _Ready, group: Places) -> NDArray[np.float64]:
    """Return the cosine of each comment of a theme to its middle, to four places."""
    inside = ready.vectors[group]
    together = np.zeros(len(group), dtype=np.int32)
    middle = middles(inside, ready.counts[group], together)[0]
    return np.asarray((inside @ middle).astype(np.float64).round(4))


def _why_none(groups: Groups, at: Prepared) -> dict[int, WhyNone]:
    alone = np.flatnonzero(groups == ALONE)
    not_near = {int(place): WhyNone.NO_NEAR_THEME for one in alone for place in at.said[one]}
    return dict(sorted({**at.set_aside, **not_near}.items()))
