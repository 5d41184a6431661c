"""A map of the comments to look at: near dots say much the same, a colour and a number is a theme.

Positions come from t-SNE (van der Maaten and Hinton 2008) over at most 1,500 comments. Distances
between far dots mean nothing, and the words under the picture say so.
"""

from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import TSNE

from voice.errors import BadInput
from voice.themes.graph import Vectors
from voice.themes.theme import Found

MOST, SEED = 1_500, 1
WIDE, HIGH, MARGIN, LINE = 900, 640, 30, 22
# Okabe and Ito's colours, which people with any colour vision can tell apart; then again, paler.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#8C6D1F")
FEWEST = 5


def draw(found: Found, vectors: Vectors, file: Path) -> None:
    """Write the map as SVG, with the names of the themes as text beside it.

    Raises:
        BadInput: the file cannot be written.
    """
    try:
        file.write_text(_svg(found, vectors), encoding="utf-8")
    except OSError as problem:
        raise BadInput(f"We cannot write to {file}: {problem.strerror}.") from None


def _svg(found: Found, vectors: Vectors) -> str:
    places, themes = _chosen(found)
    points = _positions(vectors[places]) if len(places) >= FEWEST else np.zeros((len(places), 2))
    dots = [
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{_colour(theme)}" fill-opacity=".7"/>'
        for (x, y), theme in zip(points, themes, strict=True)
    ]
    numbers = [
        _number(np.median(points[themes == theme], axis=0), int(theme))
        for theme in np.unique(themes)
    ]
    names = [_name(number, theme.name) for number, theme in enumerate(found.themes)]
    high = max(HIGH, LINE * (len(names) + 3))
    about = (
        "A map of comments. Near dots say much the same; how far apart far dots are means nothing."
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE + 460} {high}" role="img"'
            ' aria-labelledby="title" font-family="sans-serif" font-size="15">',
            f'<title id="title">{about}</title>',
            '<rect width="100%" height="100%" fill="#fff"/>',
            *dots,
            *numbers,
            *names,
            f'<text x="{MARGIN}" y="{high - 8}" fill="#333">{about}</text>',
            "</svg>",
            "",
        ]
    )


def _chosen(found: Found) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of the comments to draw, and the theme of each; each theme by its share."""
    n_members = sum(len(theme.members) for theme in found.themes)
    keep = min(1.0, MOST / max(n_members, 1))
    parts = [theme.members[: max(1, round(keep * len(theme.members)))] for theme in found.themes]
    places = np.array([place for part in parts for place in part], dtype=np.intp)
    return places, np.repeat(np.arange(len(parts)), [len(part) for part in parts])


def _positions(vectors: Vectors) -> NDArray[np.float64]:
    method = TSNE(
        init="pca",
        metric="cosine",
        perplexity=min(30, (len(vectors) - 1) / 3),
        random_state=SEED,
        n_jobs=1,
    )
    points = method.fit_transform(vectors)
    low, high = points.min(axis=0), points.max(axis=0)
    unit = (points - low) / np.maximum(high - low, 1e-9)
    return np.asarray(MARGIN + unit * (np.array([WIDE, HIGH]) - 2 * MARGIN))


def _colour(theme: int) -> str:
    return COLOURS[theme % len(COLOURS)]


def _number(at: NDArray[np.float64], theme: int) -> str:
    return (
        f'<text x="{at[0]:.0f}" y="{at[1]:.0f}" font-size="18" font-weight="bold" fill="#000" '
        f'stroke="#fff" stroke-width="4" paint-order="stroke">{theme + 1}</text>'
    )


def _name(number: int, name: str) -> str:
    y = MARGIN + LINE * number
    return (
        f'<circle cx="{WIDE + 20}" cy="{y - 5}" r="7" fill="{_colour(number)}"/>'
        f'<text x="{WIDE + 36}" y="{y}" fill="#000">{number + 1}. {escape(name)}</text>'
    )
