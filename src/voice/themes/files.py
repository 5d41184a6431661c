"""The files that themes are written to: themes.json, assignments.csv and mentions.csv."""

import csv
import io
from collections.abc import Sequence

from msgspec import Struct, json, to_builtins

from voice.characters import harmless
from voice.csv_file import Comment
from voice.themes.clauses import Mention
from voice.themes.praise import Split
from voice.themes.theme import Found, Theme


class FoundPart(Struct, frozen=True):
    """A sub-theme in themes.json."""

    id: str
    name: str
    size: int
    terms: tuple[str, ...]


class FoundTheme(Struct, frozen=True):
    """One theme in themes.json. `share` is of the comments that say something, from 0 to 1.

    stability and separation are as in `voice.themes.sure.Sure`; near is the id of the theme that
    most of its comments are nearly as close to, and between their share.
    """

    id: str
    name: str
    size: int
    share: float
    terms: tuple[str, ...]
    quotes: tuple[str, ...]
    description: str
    split: Split | None
    stability: float | None
    separation: float
    near: str | None
    between: float
    parts: tuple[FoundPart, ...]


def themes_file(found: Found, texts: Sequence[str]) -> bytes:
    """Return the bytes of themes.json."""
    return readable([_shown(theme, n, texts) for n, theme in enumerate(found.themes)])


def _shown(theme: Theme, number: int, texts: Sequence[str]) -> FoundTheme:
    return FoundTheme(
        id=theme_id(number),
        name=theme.name,
        size=len(theme.members),
        share=theme.share,
        terms=theme.terms,
        quotes=tuple(texts[place].strip() for place in theme.quotes),
        description=theme.description,
        split=theme.split,
        stability=theme.sure.stability,
        separation=theme.sure.separation,
        near=None if theme.sure.nearest is None else theme_id(theme.sure.nearest),
        between=theme.sure.between,
        parts=tuple(
            FoundPart(_part_id(number, n), part.name, len(part.members), part.terms)
            for n, part in enumerate(theme.parts)
        ),
    )


def assignments_file(found: Found, comments: Sequence[Comment], *, parts: bool) -> str:
    """Return assignments.csv: one row a comment, in order; with a column more for sub-themes."""
    theme_of = {
        place: (theme_id(number), f"{score:.4f}")
        for number, theme in enumerate(found.themes)
        for place, score in zip(theme.members, theme.scores, strict=True)
    }
    part_of = {
        place: _part_id(number, n)
        for number, theme in enumerate(found.themes)
        for n, part in enumerate(theme.parts)
        for place in part.members
    }
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("comment_id", "theme_id", "score", *(["part_id"] if parts else [])))
    for place, comment in enumerate(comments):
        more = [part_of.get(place, "")] if parts else []
        rows.writerow((comment.id, *theme_of.get(place, ("", "")), *more))
    return written.getvalue()


def mentions_file(mentions: Sequence[Mention], comments: Sequence[Comment]) -> str:
    """Return mentions.csv: a row for each other theme that a comment speaks of, and its clause."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("comment_id", "theme_id", "score", "clause"))
    for one in mentions:
        score = f"{one.score:.4f}"
        rows.writerow((comments[one.place].id, theme_id(one.theme), score, harmless(one.words)))
    return written.getvalue()


def theme_id(number: int) -> str:
    """Return the id of the theme with this number, from 0."""
    return f"T{number + 1:03d}"


def _part_id(theme: int, number: int) -> str:
    return f"{theme_id(theme)}.{number + 1}"


def readable(what: object) -> bytes:
    """Return JSON that a person can read."""
    return json.format(json.encode(to_builtins(what)), indent=1) + b"\n"
