"""Suggestions decided one after another: which comes next, and which theme may take it."""

from collections.abc import Sequence

from msgspec import Struct

from voice.database.pool import Connection
from voice.review import store
from voice.review.asked import Asked
from voice.review.seen import Overlap, Suggested


class Inside(Struct, frozen=True):
    """The agreed theme that holds half of a suggestion's comments or more."""

    theme_id: int
    name: str
    n: int


class Row(Struct, frozen=True):
    """Suggestions of a run that nobody has decided about and that hold something new.

    `ids` has the largest first; `inside` is {suggestion: the agreed theme that holds half of it
    or that it is near to}, and `n_new` how many comments that theme does not hold.
    """

    ids: Sequence[int]
    inside: dict[int, Inside]
    n_new: dict[int, int]

    def after(self, suggestion_id: int) -> int | None:
        """Return what comes after one; after one that is not in the row, the first."""
        if suggestion_id not in self.ids:
            return next(iter(self.ids), None)
        return next(iter(self.ids[self.ids.index(suggestion_id) + 1 :]), None)


async def row(db: Connection, this: Asked, wave: str) -> Row:
    """Return the row of a wave, or of all waves together ("")."""
    runs = await store.runs(db, this.asked_of, this.question_id)
    run = next((one for one in runs if (one.wave or "") == wave), None)
    if run is None:
        return Row((), {}, {})
    found = await store.suggestions(db, run.id)
    overlaps = await store.overlaps(db, run, [one.id for one in found])
    themes = await store.themes(db, this.asked_of, this.question_id)
    inside = inside_of(found, overlaps, {theme.id: theme.name for theme in themes})
    n_new = {one.id: one.n - (inside[one.id].n if one.id in inside else 0) for one in found}
    return Row([one.id for one in found if n_new[one.id]], inside, n_new)


def inside_of(
    found: Sequence[Suggested], overlaps: Sequence[Overlap], names: dict[int, str]
) -> dict[int, Inside]:
    """Return {suggestion: the agreed theme that holds most of it}, from half of it on.

    Where none does, it is the theme that its comments are near to, if there is one.
    """
    sizes = {one.id: one.n for one in found}
    inside: dict[int, Inside] = {}
    for overlap in overlaps:
        if 2 * overlap.n >= sizes[overlap.suggestion_id]:
            most = Inside(overlap.theme_id, names[overlap.theme_id], overlap.n)
            inside.setdefault(overlap.suggestion_id, most)
    for one in found:
        if one.for_theme in names:
            inside.setdefault(one.id, Inside(one.for_theme, names[one.for_theme], 0))
    return inside
