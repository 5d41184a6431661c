"""Putting comments with a like meaning in one group: communities in a graph of neighbours.

How many groups there are is read from the comments: of several ways to cut the graph we take the
one whose groups are tightest and furthest apart (the mean silhouette).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice.themes.cut import communities, cuts_at, graph_of
from voice.themes.graph import DIGITS, Vectors
from voice.themes.measure import (
    ALONE,
    Counts,
    Groups,
    closeness,
    largest_first,
    likeness,
    middles,
    numbered,
    silhouette,
    sums,
)
from voice.themes.wanted import as_many_as

COARSE = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
RESOLUTIONS = (*COARSE, 1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 9)
# So many comments are cut at fewer resolutions, to save time; their quality changes slowly.
MANY, FOR_MANY = 5_000, (0.2, 1, 2, 4, 8)
# Of more than these, a sample is cut, and each other comment goes to the nearest theme.
SAMPLE, SEED = 20_000, 1
FINER = (12, 16, 24, 32, 64)
# Below this silhouette the groups run into each other, and it no longer tells how many there are. A
# choice by it would be chance, and another one with a few comments less; so the resolution is fixed
# then, but for so few comments that a fixed one may leave groups under the smallest size.
CLEAR, UNCLEAR_AT = 0.15, 2.5
HARDLY_FEW, MIDDLE = 1_000, (1.25, 3)
# The quality of many comments hardly changes between resolutions. We take the finest of those that
# are as good, so that not a hair’s breadth chooses.
AS_GOOD = 0.01
# Two comments are as alike as this on average: everyone says one thing, if there are few comments
# (which no cut can divide well), if no cut is good, or however good the cut is.
ONE_THING_OF_FEW, ONE_THING, SURELY_ONE_THING = 0.45, 0.55, 0.7
FEW, GOOD_CUT = 40, 0.35
# Unrelated sentences have a cosine near 0.1 to each other, those about one topic 0.15 to 0.7.
LOOSEST = 0.1
NEAR = 0.2
FEWEST_TO_CUT = 3
AT_ONCE = 20_000


class Grouped(NamedTuple):
    """Which comments go together, and how that was settled.

    groups: shape (n_comments,): 0 for the largest group, `ALONE` for a comment in none.
    resolution: at which the graph was cut; None if everybody says one thing, or as many groups
        were wanted.
    """

    groups: Groups
    resolution: float | None


def group_comments(
    vectors: Vectors, counts: Counts, *, themes: int | None = None, smallest: int = 5
) -> Groups:
    """Return the groups of `grouped` alone."""
    return grouped(vectors, counts, themes=themes, smallest=smallest).groups


def grouped(
    vectors: Vectors, counts: Counts, *, themes: int | None = None, smallest: int = 5
) -> Grouped:
    """Put comments with a like meaning in one group, largest group first.

    A pure function: the same vectors always give the same groups. Everyone saying one thing is one
    group; vectors that have nothing to do with each other are in none.

    Args:
        vectors: shape (n_comments, n_dimensions), each row of length 1, all comments different.
        counts: shape (n_comments,), how often each was said.
        themes: how many groups are wanted; None lets the comments decide.
        smallest: fewest comments, counting repeats, that make a group.

    Fewer groups than `themes` come back only if there are too few comments for so many of the
    smallest size.
    """
    if counts.sum() < smallest:
        return Grouped(np.full(len(vectors), ALONE, dtype=np.int32), None)
    resolution = None
    if len(vectors) > SAMPLE:
        groups, resolution = _from_sample(vectors, counts, themes, smallest)
    elif themes is None:
        cut, resolution = _best_cut(vectors, smallest)
        groups = _near(_tight(cut, vectors, counts, smallest), vectors, counts, smallest)
    elif len(vectors) < FEWEST_TO_CUT:
        groups = np.zeros(len(vectors), dtype=np.int32)
    else:
        graph = graph_of(vectors)
        cuts = (communities(graph, resolution) for resolution in (*RESOLUTIONS, *FINER))
        groups = as_many_as(themes, cuts, vectors, counts, smallest)
    return Grouped(largest_first(groups, counts), resolution)


def _from_sample(vectors: Vectors, counts: Counts, themes: int | None, smallest: int) -> Grouped:
    some = sample_of(len(vectors))
    groups = np.full(len(vectors), ALONE, dtype=np.int32)
    groups[some], resolution = grouped(
        vectors[some], counts[some], themes=themes, smallest=smallest
    )
    return Grouped(_near(groups, vectors, counts, smallest), resolution)


def sample_of(n_comments: int) -> NDArray[np.intp]:
    """Return the places of the comments that are cut, in order; all if they are not too many."""
    if n_comments <= SAMPLE:
        return np.arange(n_comments)
    return np.sort(np.random.default_rng(SEED).choice(n_comments, SAMPLE, replace=False))


def _best_cut(vectors: Vectors, smallest: int) -> Grouped:
    everyone = Grouped(np.zeros(len(vectors), dtype=np.int32), None)
    if len(vectors) < max(FEWEST_TO_CUT, smallest):
        return everyone
    graph = graph_of(vectors)
    cuts = cuts_at(graph, RESOLUTIONS if len(vectors) < MANY else FOR_MANY)
    quality = {at: silhouette(vectors, cut, smallest=smallest) for at, cut in cuts.items()}
    best = max(quality.values())
    if _is_one_thing(vectors, best):
        return everyone
    at = _resolution(quality, len(vectors))
    return Grouped(cuts[at] if at == max(cuts) else communities(graph, at), at)


def _resolution(quality: dict[float, float], n_comments: int) -> float:
    """Choose the resolution by the quality of the cut at each."""
    best = max(quality.values())
    if best < CLEAR and n_comments >= HARDLY_FEW:
        return UNCLEAR_AT
    if best < CLEAR:
        quality = {at: value for at, value in quality.items() if MIDDLE[0] <= at <= MIDDLE[1]}
        best = max(quality.values())
    as_good = best - (AS_GOOD if n_comments >= MANY else 0)
    return max(at for at, value in quality.items() if value >= as_good)


def _is_one_thing(vectors: Vectors, best: float) -> bool:
    everyone = np.zeros(len(vectors), dtype=np.int32)
    alike = likeness(vectors, np.ones(len(vectors), dtype=np.int64), everyone)[0]
    enough = ONE_THING_OF_FEW if len(vectors) < FEW else ONE_THING
    return bool(alike >= SURELY_ONE_THING or (alike >= enough and best < GOOD_CUT))


def _tight(groups: Groups, vectors: Vectors, counts: Counts, smallest: int) -> Groups:
    """Dissolve groups that are too small, and those whose comments are hardly alike."""
    large = sums(vectors, counts, groups).sizes >= smallest
    kept = large & (likeness(vectors, counts, groups) >= LOOSEST)
    return numbered(np.where(kept[groups], groups, ALONE))


def _near(groups: Groups, vectors: Vectors, counts: Counts, smallest: int) -> Groups:
    """Give comments in no group to the nearest; take out those that are not near their group."""
    n_groups = int(groups.max()) + 1
    if not n_groups:
        return groups
    own = closeness(vectors, counts, groups).own
    result = np.where(own >= NEAR, groups, ALONE).astype(np.int32)
    alone = np.flatnonzero(groups == ALONE)
    result[alone] = _nearest_middle(vectors[alone], middles(vectors, counts, groups))
    sizes = np.bincount(result[result != ALONE], counts[result != ALONE], minlength=n_groups)
    kept = np.append(sizes >= smallest, False)  # The last place is that of ALONE, -1.
    return np.where(kept[result], result, ALONE).astype(np.int32)


def _nearest_middle(vectors: Vectors, centres: Vectors) -> Groups:
    """Return the number of the nearest centre, or `ALONE` if none is near: shape (n_comments,)."""
    found = np.full(len(vectors), ALONE, dtype=np.int32)
    for start in range(0, len(vectors), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        cosines = np.round(vectors[part] @ centres.T, DIGITS)
        found[part] = np.where(cosines.max(axis=1) >= NEAR, cosines.argmax(axis=1), ALONE)
    return found
