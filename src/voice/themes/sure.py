"""How sure a theme is: whether it comes back when some comments are missing, and stands apart."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.themes.cut import CUTS_AT_ONCE, communities, graph_of
from voice.themes.graph import Vectors
from voice.themes.measure import ALONE, Counts, Groups, closeness, middles

ROUNDS = 5
KEPT = 0.8
MOST = 3_000  # Of more comments, so many are drawn once; the share of each theme stays the same.
SEED = 1
AS_NEAR = 0.05  # A comment lies between two themes if its cosines to both differ by no more.


class Sure(Struct, frozen=True):
    """How sure one theme is.

    stability: mean Jaccard index, from 0 to 1, of the theme and what is most like it when four
        fifths of the comments are cut again (Hennig 2007: 0.75 and more is stable, under 0.5 is
        dissolved); None where it cannot be said.
    separation: mean silhouette of its comments by cosine, from -1 to 1.
    nearest: the place of the theme that most of its comments are nearly as close to, or None.
    between: the share of its comments that are, from 0 to 1.
    """

    stability: float | None
    separation: float
    nearest: int | None
    between: float


def how_sure(
    vectors: Vectors, counts: Counts, groups: Groups, resolution: float | None
) -> list[Sure]:
    """Return how sure each theme is.

    Args:
        vectors: shape (n_comments, n_dimensions), rows of length 1.
        counts: shape (n_comments,), how often each was said.
        groups: shape (n_comments,), the theme of each from 0, or `ALONE`.
        resolution: at which the graph was cut; None says that it was not, and then no stability
            can be given.
    """
    n_themes = int(groups.max(initial=ALONE)) + 1
    if not n_themes:
        return []
    stable = _stability(vectors, groups, resolution) if resolution else [None] * n_themes
    apart = _separation(vectors, groups)
    between = _between(vectors, counts, groups)
    return [
        Sure(stable[number], float(apart[number]), *between[number]) for number in range(n_themes)
    ]


def _stability(vectors: Vectors, groups: Groups, resolution: float) -> list[float | None]:
    random = np.random.default_rng(SEED)
    inside = np.flatnonzero(groups != ALONE)
    if len(inside) > MOST:
        inside = np.sort(random.choice(inside, MOST, replace=False))
    draws = [
        np.sort(random.choice(inside, int(KEPT * len(inside)), replace=False))
        for _ in range(ROUNDS)
    ]
    with ThreadPoolExecutor(CUTS_AT_ONCE) as workers:
        cuts = workers.map(lambda kept: communities(graph_of(vectors[kept]), resolution), draws)
        rounds = [_found_again(groups[kept], cut) for kept, cut in zip(draws, cuts, strict=True)]
    n_themes = int(groups.max()) + 1
    return [
        _mean([found[number] for found in rounds if number in found]) for number in range(n_themes)
    ]


def _found_again(themes: Groups, cut: Groups) -> dict[int, float]:
    """Return for each theme the Jaccard index with the community that is most like it."""
    table = np.zeros((int(themes.max()) + 1, int(cut.max()) + 1))
    np.add.at(table, (themes, cut), 1)
    either = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    best = (table / np.maximum(either, 1)).max(axis=1)
    return {int(number): float(best[number]) for number in np.unique(themes)}


def _mean(values: list[float]) -> float | None:
    return round(float(np.mean(values)), 3) if values else None


def _separation(vectors: Vectors, groups: Groups) -> NDArray[np.float64]:
    """Return the mean silhouette of each theme: shape (n_themes,); 0 if there is but one."""
    n_themes = int(groups.max(initial=ALONE)) + 1
    if n_themes < 2:
        return np.zeros(n_themes)
    inside = np.flatnonzero(groups != ALONE)
    own_group = groups[inside]
    once = np.ones(len(inside), dtype=np.int64)
    distances = 1 - closeness(vectors[inside], once, own_group).means
    rows = np.arange(len(inside))
    own = distances[rows, own_group]
    distances[rows, own_group] = np.inf
    other = distances.min(axis=1)
    values = (other - own) / np.maximum(np.maximum(own, other), 1e-9)
    sizes = np.maximum(np.bincount(own_group, minlength=n_themes), 1)
    return np.asarray((np.bincount(own_group, values, minlength=n_themes) / sizes).round(3))


def _between(vectors: Vectors, counts: Counts, groups: Groups) -> list[tuple[int | None, float]]:
    """Return for each theme the other theme that most of its comments touch, and their share."""
    n_themes = int(groups.max(initial=ALONE)) + 1
    if n_themes < 2:
        return [(None, 0.0)] * n_themes
    centres = middles(vectors, counts, groups)
    found: list[tuple[int | None, float]] = []
    for number in range(n_themes):
        members = np.flatnonzero(groups == number)
        cosines = vectors[members] @ centres.T
        near = (cosines >= cosines[:, [number]] - AS_NEAR) * counts[members][:, None]
        share = near.sum(axis=0) / counts[members].sum()
        share[number] = -1
        nearest = int(np.argmax(share.round(4)))
        found.append(
            (nearest, round(float(share[nearest]), 3)) if share[nearest] > 0 else (None, 0.0)
        )
    return found
