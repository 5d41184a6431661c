"""Finding the themes in comments, from words and vectors to named themes with quotes."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.enrichment.codebook import Codebook
from voice.themes.graph import Vectors
from voice.themes.group import group_comments, sample_of
from voice.themes.guide import guide, topic_names
from voice.themes.measure import ALONE, Groups, middles
from voice.themes.name import Label, name_themes
from voice.themes.prepare import Prepared, WhyNone, prepare
from voice.themes.quote import choose_quotes

SMALLEST = 5  # Fewer could point at one child.


class Theme(Struct, frozen=True):
    """What several comments are about: suggested by the machine, for a person to judge.

    `members` are places in the input, best first, and `scores` their cosine similarities to the
    theme's middle, from -1 to 1, as seen with the codebook where it guides; `quotes` are up to
    three of the members.
    """

    name: str
    terms: tuple[str, ...]
    members: tuple[int, ...]
    scores: tuple[float, ...]
    quotes: tuple[int, ...]


class Found(Struct, frozen=True):
    """The themes, largest first, and why each other comment is in none."""

    themes: tuple[Theme, ...]
    why_none: Mapping[int, WhyNone]


def find(
    texts: Sequence[str],
    vectors: NDArray[np.float32],
    *,
    themes: int | None = None,
    smallest: int = SMALLEST,
    codebook: Codebook | None = None,
) -> Found:
    """Find the themes in comments; the same comments in any order give the same themes.

    Args:
        texts: the comments, redacted: their words go into names, and some are quoted.
        vectors: shape (n_comments, n_dimensions), each row of length 1; the rows of comments that
            are empty or say nothing are not looked at.
        themes: how many themes are wanted; None lets the comments decide.
        smallest: fewest comments that make a theme.
        codebook: what is known about SEND support, to guide which comments come together and to
            name themes; it changes nothing for comments about something else.

    Raises:
        ValueError: there are not as many vectors as texts, or a vector is not of length 1.
    """
    if len(texts) != len(vectors):
        raise ValueError(f"{len(texts)} texts but {len(vectors)} vectors")
    ready = prepare(texts)
    different = np.ascontiguousarray(vectors[ready.first], dtype=np.float32)
    lengths = np.linalg.norm(different, axis=1)
    if not np.allclose(lengths, 1, atol=1e-3):
        raise ValueError(f"vectors must have length 1; one has {lengths.min():.3f}")

    guided = guide(different, codebook) if codebook else None
    seen = guided.vectors if guided else different
    groups = group_comments(seen, ready.counts, themes=themes, smallest=smallest)
    scores = _scores(seen, ready, groups)
    said = [texts[place] for place in ready.first]
    members = [np.flatnonzero(groups == number) for number in range(groups.max(initial=-1) + 1)]
    known = topic_names(guided, ready.counts, members, codebook) if guided and codebook else ()
    labels = _named(said, ready.counts, groups, known)
    found = tuple(
        _theme(label, group, said, seen, scores, ready)
        for label, group in zip(labels, members, strict=True)
    )
    return Found(found, _why_none(groups, ready))


def _named(
    said: Sequence[str],
    counts: NDArray[np.int64],
    groups: Groups,
    known: Sequence[str | None],
) -> list[Label]:
    """Name the themes by the words of those comments that were cut: all, or a sample of many."""
    some = sample_of(len(said))
    inside = [np.flatnonzero(groups[some] == n).tolist() for n in range(groups.max(initial=-1) + 1)]
    return name_themes([said[place] for place in some], counts[some].tolist(), inside, known)


def _theme(
    label: Label,
    group: NDArray[np.intp],
    said: Sequence[str],
    vectors: Vectors,
    scores: NDArray[np.float64],
    ready: Prepared,
) -> Theme:
    best_first = group[np.argsort(-scores[group], kind="stable")]
    members = [(int(place), float(scores[one])) for one in best_first for place in ready.said[one]]
    quotes = choose_quotes(
        [said[one] for one in best_first], vectors[best_first], scores[best_first]
    )
    return Theme(
        name=label.name,
        terms=label.terms,
        members=tuple(place for place, _ in members),
        scores=tuple(score for _, score in members),
        quotes=tuple(int(ready.first[best_first[quote]]) for quote in quotes),
    )


def _scores(vectors: Vectors, ready: Prepared, groups: Groups) -> NDArray[np.float64]:
    """Return the cosine of each comment to the middle of its theme, 0 in none, to four places."""
    inside = np.flatnonzero(groups != ALONE)
    centres = middles(vectors, ready.counts, groups)
    scores = np.zeros(len(vectors))
    scores[inside] = np.einsum("ij,ij->i", vectors[inside], centres[groups[inside]])
    return scores.round(4)


def _why_none(groups: Groups, ready: Prepared) -> dict[int, WhyNone]:
    alone = np.flatnonzero(groups == ALONE)
    not_near = {int(place): WhyNone.NO_NEAR_THEME for one in alone for place in ready.said[one]}
    return dict(sorted({**ready.set_aside, **not_near}.items()))
