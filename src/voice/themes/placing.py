"""Comments that are near to a theme people agreed on: offered to it, before anything is found."""

from collections.abc import Collection, Sequence
from uuid import UUID

from voice.enrichment.embed import both, unpack
from voice.themes.measure import ALONE
from voice.themes.non_answers import is_non_answer
from voice.themes.store import Agreed, Comment, Suggestion
from voice.themes.sure import Sure
from voice.themes.waves import place
from voice.themes.words import normalise


def placed(
    comments: Sequence[Comment],
    agreed: Sequence[Agreed],
    taken_out: Collection[tuple[int, UUID]] = (),
) -> tuple[list[Suggestion], list[int]]:
    """Return what agreed themes may take of the comments, and the places of those that are left.

    Comments that people have put in a theme stay there: they are in neither. What a person took
    out of a theme, `taken_out`, is not offered to it again.
    """
    in_one = {one.response_id for one in agreed}
    new = [n for n, comment in enumerate(comments) if comment.response_id not in in_one]
    if not agreed or not new:
        return [], new
    themes = {one.theme_id: one.name for one in agreed}
    members = [
        both(unpack([one.vector for one in agreed if one.theme_id == theme_id]))
        for theme_id in themes
    ]
    nearest, scores = place(both(unpack([comments[n].vector for n in new])), members)
    ids = list(themes)
    near = [
        (int(theme), round(float(score), 4), n)
        for n, theme, score in zip(new, nearest, scores, strict=True)
        if theme != ALONE
        and (ids[int(theme)], comments[n].response_id) not in taken_out
        and not is_non_answer(normalise(comments[n].words))
    ]
    suggestions = [
        _for_theme(
            theme_id, name, [(score, comments[n]) for one, score, n in near if one == number]
        )
        for number, (theme_id, name) in enumerate(themes.items())
    ]
    gone = {n for _, _, n in near}
    return [one for one in suggestions if one.members], [n for n in new if n not in gone]


def _for_theme(theme_id: int, name: str, near: list[tuple[float, Comment]]) -> Suggestion:
    best_first = sorted(near, key=lambda one: (-one[0], one[1].response_id))
    ids = [comment.response_id for _, comment in best_first]
    return Suggestion(
        name=name,
        description="New comments that are near to this agreed theme.",
        terms=(),
        sure=Sure(None, 0.0, None, 0.0),
        split=None,
        parts=(),
        members=ids,
        scores=[score for score, _ in best_first],
        quotes={one: number for number, one in enumerate(ids[:3], 1)},
        for_theme=theme_id,
    )
