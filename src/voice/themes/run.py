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
from voice.enrichment.sentiment import Sentiment
from voice.themes import store
from voice.themes.find import find
from voice.themes.prepare import WhyNone
from voice.themes.store import Comment, Counts, Question, Suggestion
from voice.themes.theme import Found


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
) -> Suggested:
    """Suggest themes for one question in place of the last suggestions.

    Nothing it writes is shown to the public until a reviewer agrees to it.

    Args:
        db: the connection of the caller's transaction.
        survey_ids: the surveys whose answers to the question are looked at together.
        question: what the suggestions are kept under.
        smallest: fewest comments that make a theme.
        codebook: what is known about SEND support, to guide what comes together.
        sentiment: tells praise from complaint, to split each theme.
    """
    started = time.perf_counter()
    comments = await store.redacted_comments(db, survey_ids, question)
    read = unpack([comment.vector for comment in comments])
    found = await to_thread(
        find,
        [comment.words for comment in comments],
        read.vectors,
        smallest=smallest,
        parts=True,
        codebook=codebook,
        domain=read.domain,
        feelings=sentiment.feelings(read.vectors) if sentiment else None,
    )
    counts = _counts(found, len(comments))
    record = {
        "version": version("voice"),
        "smallest": smallest,
        "codebook": codebook.knows(read.vectors) if codebook and comments else 0,
        "surveys": list(survey_ids),
        "seconds": round(time.perf_counter() - started, 3),
    }
    suggestions = [_suggestion(found, place, comments) for place in range(len(found.themes))]
    ids = await store.replace_suggestions(db, question, suggestions, counts, record)
    members = [np.array(theme.members, dtype=np.intp) for theme in found.themes]
    return Suggested(ids, members, read, counts)


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


def _counts(found: Found, n_comments: int) -> Counts:
    why = Counter(found.why_none.values())
    return Counts(
        n_comments, why[WhyNone.EMPTY], why[WhyNone.NON_ANSWER], why[WhyNone.NO_NEAR_THEME]
    )
