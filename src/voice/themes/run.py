"""Find themes in what people said to one question: read, think, write."""

import time
from asyncio import to_thread
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.database.pool import Connection
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Read, unpack
from voice.enrichment.large import MOST, Large
from voice.enrichment.sentiment import Sentiment
from voice.themes import store
from voice.themes.find import find
from voice.themes.measure import ALONE
from voice.themes.non_answers import is_non_answer
from voice.themes.prepare import WhyNone
from voice.themes.store import Agreed, Comment, Counts, Question, Suggestion
from voice.themes.sure import Sure
from voice.themes.theme import Found
from voice.themes.waves import place
from voice.themes.words import normalise


class Suggested(Struct, frozen=True):
    """What came of a run: the ids of the suggestions, largest first, and their members.

    `members` has one array for each suggestion, places in the rows of `read`.
    """

    ids: list[int]
    members: list[NDArray[np.intp]]
    read: Read
    counts: Counts


async def find_themes(
    db: Connection,
    survey_ids: Sequence[str],
    question: Question,
    *,
    smallest: int,
    codebook: Codebook | None = None,
    sentiment: Sentiment | None = None,
    large: Large | None = None,
) -> Suggested:
    """Suggest themes for one question in place of the last suggestions.

    Nothing it writes is shown to the public until a reviewer agrees to it. Themes that people have
    agreed on stay: comments near to one are placed in it first, and only what is left is put
    together anew.

    Args:
        db: the connection of the caller's transaction.
        survey_ids: the surveys whose answers to the question are looked at together.
        question: what the suggestions are kept under.
        smallest: fewest comments that make a theme.
        codebook: what is known about SEND support, to guide what comes together.
        sentiment: tells praise from complaint, to split each theme.
        large: the large model, if it is there; it reads small surveys again for the codebook.
    """
    started = time.perf_counter()
    agreed = await store.agreed_members(db, question)
    everyone = await store.redacted_comments(db, survey_ids, question)
    placed, left = await to_thread(_placed, everyone, agreed)
    comments = [everyone[place] for place in left]
    read = unpack([comment.vector for comment in comments])
    words = [comment.words for comment in comments]
    domain, known_by = await to_thread(_read_for, codebook, large, words, read)
    found = await to_thread(
        find,
        words,
        read.vectors,
        smallest=smallest,
        parts=True,
        codebook=known_by,
        domain=domain,
        feelings=sentiment.feelings(read.vectors) if sentiment else None,
    )
    n_placed = sum(len(one.members) for one in placed)
    counts = _counts(found, len(everyone), len(everyone) - len(comments), n_placed)
    record = {
        "version": version("voice"),
        "smallest": smallest,
        "codebook": codebook.knows(read.vectors) if codebook and comments else 0,
        "large_model": known_by is not codebook,
        "surveys": list(survey_ids),
        "seconds": round(time.perf_counter() - started, 3),
    }
    suggestions = [_suggestion(found, place, comments) for place in range(len(found.themes))]
    kept = await store.replace_suggestions(db, question, [*suggestions, *placed], counts, record)
    ids = kept[: len(suggestions)]
    members = [np.array(theme.members, dtype=np.intp) for theme in found.themes]
    return Suggested(ids, members, read, counts)


def _read_for(
    codebook: Codebook | None, large: Large | None, words: Sequence[str], read: Read
) -> tuple[NDArray[np.float32], Codebook | None]:
    """Return what the codebook reads, and the codebook: the large one for a small survey."""
    if not (codebook and large and words and len(words) <= MOST and codebook.knows(read.vectors)):
        return read.domain, codebook
    return large.read(words), large.codebook(codebook)


def _placed(
    comments: Sequence[Comment], agreed: Sequence[Agreed]
) -> tuple[list[Suggestion], list[int]]:
    """Return what agreed themes may take of the comments, and the places of those that are left.

    Comments that people have put in a theme stay there: they are in neither.
    """
    in_one = {one.response_id for one in agreed}
    new = [n for n, comment in enumerate(comments) if comment.response_id not in in_one]
    if not agreed or not new:
        return [], new
    themes = {one.theme_id: one.name for one in agreed}
    members = [
        _meaning([one.vector for one in agreed if one.theme_id == theme_id]) for theme_id in themes
    ]
    nearest, scores = place(_meaning([comments[n].vector for n in new]), members)
    near = [
        (int(theme), round(float(score), 4), n)
        for n, theme, score in zip(new, nearest, scores, strict=True)
        if theme != ALONE and not is_non_answer(normalise(comments[n].words))
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


def _meaning(kept: Sequence[bytes]) -> NDArray[np.float32]:
    """Return both vectors of each comment as one of length 1: the cosine is the mean of theirs."""
    return np.hstack(unpack(kept)) / np.float32(np.sqrt(2))


def _suggestion(found: Found, place: int, comments: Sequence[Comment]) -> Suggestion:
    theme = found.themes[place]
    return Suggestion(
        theme.name,
        theme.description,
        theme.terms,
        theme.sure,
        theme.split,
        theme.parts,
        [comments[member].response_id for member in theme.members],
        theme.scores,
        {comments[quote].response_id: number for number, quote in enumerate(theme.quotes, 1)},
    )


def _counts(found: Found, n_comments: int, n_settled: int, n_placed: int) -> Counts:
    why = Counter(found.why_none.values())
    return Counts(
        n_comments,
        why[WhyNone.EMPTY],
        why[WhyNone.NON_ANSWER],
        why[WhyNone.NO_NEAR_THEME],
        n_settled - n_placed,
        n_placed,
    )
