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
from voice.enrichment.embed import unpack
from voice.themes import store
from voice.themes.find import Found, find
from voice.themes.prepare import WhyNone
from voice.themes.store import Comment, Counts, Question, Suggestion


class Suggested(Struct, frozen=True):
    """What came of a run: the ids of the suggestions, largest first, and their members.

    `members` has one array for each suggestion, places in `vectors`, shape (n_comments, 384).
    """

    ids: list[int]
    members: list[NDArray[np.intp]]
    vectors: NDArray[np.float32]
    counts: Counts


async def find_themes(
    db: Connection,
    survey_ids: Sequence[str],
    question: Question,
    *,
    smallest: int,
    codebook: Codebook | None = None,
) -> Suggested:
    """Suggest themes for one question in place of the last suggestions.

    Nothing it writes is shown to the public until a reviewer agrees to it.

    Args:
        db: the connection of the caller's transaction.
        survey_ids: the surveys whose answers to the question are looked at together.
        question: what the suggestions are kept under.
        smallest: fewest comments that make a theme.
        codebook: what is known about SEND support, to guide what comes together.
    """
    started = time.perf_counter()
    comments = await store.redacted_comments(db, survey_ids, question)
    vectors = unpack([comment.vector for comment in comments])
    words = [comment.words for comment in comments]
    found = await to_thread(find, words, vectors, smallest=smallest, codebook=codebook)
    counts = _counts(found, len(comments))
    record = {
        "version": version("voice"),
        "smallest": smallest,
        "codebook": codebook.knows(vectors) if codebook and len(vectors) else 0,
        "surveys": list(survey_ids),
        "seconds": round(time.perf_counter() - started, 3),
    }
    suggestions = [_suggestion(found, place, comments) for place in range(len(found.themes))]
    ids = await store.replace_suggestions(db, question, suggestions, counts, record)
    members = [np.array(theme.members, dtype=np.intp) for theme in found.themes]
    return Suggested(ids, members, vectors, counts)


def _suggestion(found: Found, place: int, comments: Sequence[Comment]) -> Suggestion:
    theme = found.themes[place]
    return Suggestion(
        theme.name,
        theme.terms,
        [comments[member].response_id for member in theme.members],
        theme.scores,
        {comments[quote].response_id: number for number, quote in enumerate(theme.quotes, 1)},
    )


def _counts(found: Found, n_comments: int) -> Counts:
    why = Counter(found.why_none.values())
    return Counts(
        n_comments, why[WhyNone.EMPTY], why[WhyNone.NON_ANSWER], why[WhyNone.NO_NEAR_THEME]
    )
