"""Comments in, suggested themes out. Only this module writes the suggestions."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct, convert, json

from voice.database import sql
from voice.database.pool import Connection
from voice.enrichment.embed import unpack
from voice.themes.praise import Split
from voice.themes.readers import AgreedTopic
from voice.themes.sure import Sure
from voice.themes.theme import Part

SQL = sql.load(__file__)


class Comment(Struct, frozen=True):
    """A comment after redaction: the only form in which it travels on."""

    response_id: UUID
    words: str
    vector: bytes


class Question(Struct, frozen=True):
    """What themes are found for: a question, of one survey or a family, in one wave or all."""

    asked_of: str
    question_id: str
    wave: str | None = None


class Counts(Struct, frozen=True):
    """How many comments there were, and how many are in no suggested theme, by the reason.

    `agreed` are in a theme that people agreed on, `placed` near to one of these.
    """

    comments: int
    empty: int
    non_answers: int
    not_themed: int
    agreed: int = 0
    placed: int = 0


class Suggestion(Struct, frozen=True):
    """A theme the machine proposes. A person agrees to it, changes or refuses it.

    `members` are response ids, best first, with their `scores`; the first quotes are numbered
    from 1 in `quotes`, {response id: place}. `in_part` are, with their scores, comments of which
    one clause speaks of the theme; they are in another theme as a whole. `for_theme` is the
    agreed theme that its comments are near to, if it is that.
    """

    name: str
    description: str
    terms: Sequence[str]
    sure: Sure
    split: Split | None
    parts: Sequence[Part]
    members: Sequence[UUID]
    scores: Sequence[float]
    quotes: Mapping[UUID, int]
    in_part: Mapping[UUID, float] = {}
    for_theme: int | None = None


class Agreed(Struct, frozen=True):
    """A comment in a theme that people agreed on."""

    theme_id: int
    name: str
    response_id: UUID
    vector: bytes


class Line(Struct, frozen=True):
    """One suggestion in a list."""

    id: int
    place: int
    name: str
    terms: list[str]
    size: int


async def redacted_comments(
    db: Connection, survey_ids: Sequence[str], question: Question
) -> list[Comment]:
    """Return the question's comments, in a settled order."""
    rows = await db.fetch(
        SQL.redacted_comments, list(survey_ids), question.question_id, question.wave
    )
    return [convert(dict(row), Comment) for row in rows]


async def agreed_members(db: Connection, question: Question) -> list[Agreed]:
    """Return the comments of the question's agreed themes, by theme, in a settled order."""
    rows = await db.fetch(SQL.agreed_members, question.asked_of, question.question_id)
    return [convert(dict(row), Agreed) for row in rows]


async def taken_out(db: Connection, question: Question) -> set[tuple[int, UUID]]:
    """Return (theme, comment) where a person took the comment out of the agreed theme."""
    rows = await db.fetch(SQL.taken_out, question.asked_of, question.question_id)
    return {(row["theme_id"], row["response_id"]) for row in rows}


async def agreed_elsewhere(db: Connection, question: Question) -> list[AgreedTopic]:
    """Return themes of five comments and more that people agreed on about other questions."""
    rows = await db.fetch(SQL.agreed_elsewhere, question.asked_of, question.question_id)
    return [
        AgreedTopic(
            row["name"],
            json.decode(row["areas"], type=dict[str, tuple[str, ...]]),
            row["words"],
            unpack(row["vectors"]),
        )
        for row in rows
    ]


async def replace_suggestions(
    db: Connection,
    question: Question,
    suggestions: Sequence[Suggestion],
    counts: Counts,
    record: Mapping[str, object],
) -> list[int]:
    """Put these suggestions in place of the last ones, all or none; return their ids in order."""
    asked = (question.asked_of, question.question_id, question.wave)
    await db.execute(SQL.lock_question, json.encode(asked).decode())
    await db.execute(SQL.forget_run, *asked)
    run_id = await db.fetchval(
        SQL.start_run,
        *asked,
        counts.comments,
        counts.empty,
        counts.non_answers,
        counts.not_themed,
        counts.agreed,
        counts.placed,
        json.encode(record).decode(),
    )
    return [
        await _keep(db, run_id, place, suggestion, question.question_id)
        for place, suggestion in enumerate(suggestions)
    ]


async def _keep(
    db: Connection, run_id: int, place: int, suggestion: Suggestion, question_id: str
) -> int:
    theme_id: int = await db.fetchval(
        SQL.keep_suggestion,
        run_id,
        place,
        suggestion.name,
        list(suggestion.terms),
        suggestion.description,
        None if suggestion.split is None else json.encode(suggestion.split).decode(),
        suggestion.sure.stability,
        suggestion.sure.separation,
        suggestion.sure.nearest,
        suggestion.sure.between,
        json.encode([_shown(part) for part in suggestion.parts]).decode(),
        suggestion.for_theme,
    )
    await db.execute(
        SQL.keep_members,
        theme_id,
        question_id,
        [*suggestion.members, *suggestion.in_part],
        [*suggestion.scores, *suggestion.in_part.values()],
        [suggestion.quotes.get(member) for member in (*suggestion.members, *suggestion.in_part)],
        [False] * len(suggestion.members) + [True] * len(suggestion.in_part),
    )
    return theme_id


def _shown(part: Part) -> dict[str, object]:
    return {"name": part.name, "terms": part.terms, "size": len(part.members)}


async def suggestions(db: Connection, question: Question) -> list[Line]:
    """Return the suggestions of the last run, largest first."""
    asked = (question.asked_of, question.question_id, question.wave)
    return [convert(dict(row), Line) for row in await db.fetch(SQL.suggestions, *asked)]


async def runs_about(db: Connection, asked_of: Sequence[str], wave: str) -> list[Question]:
    """Return the questions whose suggestions may hold a comment of these surveys, in this wave."""
    rows = await db.fetch(SQL.runs_about, list(asked_of), wave)
    return [convert(dict(row), Question) for row in rows]
