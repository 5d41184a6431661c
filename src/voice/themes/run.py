"""Find themes in what people said to one question: read, think, write."""

import time
from asyncio import to_thread
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from uuid import UUID

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.database.pool import Connection
from voice.enrichment.embed import Read, both, unpack
from voice.themes import store
from voice.themes.clauses import Mention, clauses, mentions
from voice.themes.find import find
from voice.themes.placing import placed
from voice.themes.prepare import WhyNone
from voice.themes.readers import Known, Readers, also_here, read_for
from voice.themes.store import Comment, Counts, Question, Suggestion
from voice.themes.theme import Found

MOST_CLAUSES = 3_000  # Five seconds of reading; themes of more comments have evidence enough.


class Suggested(Struct, frozen=True):
    """What came of a run: the ids of the suggestions, largest first, and their members.

    `members` has one array for each suggestion, places in the rows of `read`.
    """

    ids: list[int]
    members: list[NDArray[np.intp]]
    read: Read
    counts: Counts


class _Thought(Struct, frozen=True):
    """What was found in the comments, what is known beside, and what else they speak of."""

    found: Found
    known: Known
    also: list[Mention]


async def find_themes(
    db: Connection,
    survey_ids: Sequence[str],
    question: Question,
    *,
    smallest: int,
    readers: Readers | None = None,
) -> Suggested:
    """Suggest themes for one question in place of the last suggestions.

    Nothing it writes is shown to the public until a reviewer agrees to it. Themes that people have
    agreed on stay: comments near to one are placed in it first, and only what is left is put
    together anew. Themes agreed on about other questions help the codebook.

    Args:
        db: the connection of the caller's transaction.
        survey_ids: the surveys whose answers to the question are looked at together.
        question: what the suggestions are kept under.
        smallest: fewest comments that make a theme.
        readers: the models; without them, words and stored vectors must do.
    """
    started = time.perf_counter()
    readers = readers or Readers()
    agreed = await store.agreed_members(db, question)
    elsewhere = await store.agreed_elsewhere(db, question) if readers.codebook else []
    everyone = await store.redacted_comments(db, survey_ids, question)
    taken_out = await store.taken_out(db, question)
    near, left = await to_thread(placed, everyone, agreed, taken_out)
    comments = [everyone[place] for place in left]
    read = unpack([comment.vector for comment in comments])
    words = [comment.words for comment in comments]
    spoken_of = await to_thread(also_here, elsewhere, read, smallest)
    known = await to_thread(read_for, readers, words, read, spoken_of)
    thought = await to_thread(_think, words, read, known, readers, smallest)
    found = thought.found
    n_placed = sum(len(one.members) for one in near)
    counts = _counts(found, len(everyone), len(everyone) - len(comments), n_placed)
    record = {
        "version": version("voice"),
        "smallest": smallest,
        "codebook": readers.codebook.knows(read.vectors) if readers.codebook and comments else 0,
        "large_model": known.large,
        "agreed_topics": known.learnt,
        "mentions": len(thought.also),
        "surveys": list(survey_ids),
        "seconds": round(time.perf_counter() - started, 3),
    }
    suggestions = [_suggestion(thought, place, comments) for place in range(len(found.themes))]
    kept = await store.replace_suggestions(db, question, [*suggestions, *near], counts, record)
    ids = kept[: len(suggestions)]
    members = [np.array(theme.members, dtype=np.intp) for theme in found.themes]
    return Suggested(ids, members, read, counts)


def _think(
    words: Sequence[str], read: Read, known: Known, readers: Readers, smallest: int
) -> _Thought:
    sentiment = readers.sentiment
    found = find(
        words,
        read.vectors,
        smallest=smallest,
        parts=True,
        codebook=known.codebook,
        domain=known.domain,
        feelings=sentiment.feelings(read.vectors) if sentiment else None,
    )
    said = clauses(words)
    if readers.embedder is None or len(said) > MOST_CLAUSES:
        return _Thought(found, known, [])
    of_clauses = both(readers.embedder.read([clause.words for clause in said]))
    return _Thought(found, known, mentions(found, said, of_clauses, both(read)))


def _suggestion(thought: _Thought, place: int, comments: Sequence[Comment]) -> Suggestion:
    theme = thought.found.themes[place]
    in_part: dict[UUID, float] = {
        comments[one.place].response_id: one.score for one in thought.also if one.theme == place
    }
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
        in_part,
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
