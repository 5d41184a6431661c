"""What reviewers see, read from Postgres. Nothing is written here."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypeVar
from uuid import UUID

from asyncpg import Record
from msgspec import convert, json

from voice.database import sql
from voice.database.pool import Connection
from voice.review import reading, wording
from voice.review.agreement import ReadComment
from voice.review.asked import Asked
from voice.review.given import Given
from voice.review.seen import (
    Agreed,
    AgreedCount,
    Challenged,
    Comment,
    CommentCount,
    Overlap,
    Past,
    PledgeAbout,
    Quote,
    Run,
    Suggested,
    SuggestionHead,
    ThemeHead,
    WithoutPledge,
)
from voice.review.theme import AreaKey, Member, Named
from voice.review.undoing import Around, Trace

SQL = sql.load(__file__)
T = TypeVar("T")


async def comment_counts(db: Connection) -> list[CommentCount]:
    """Return how many comments each question has, by survey, wave and voice."""
    return _all(await db.fetch(SQL.comment_counts), CommentCount)


async def runs(
    db: Connection, asked_of: str | None = None, question_id: str | None = None
) -> list[Run]:
    """Return the last run of each question and wave, all waves together first."""
    return _all(await db.fetch(SQL.runs, asked_of, question_id), Run)


async def agreed_counts(db: Connection) -> list[AgreedCount]:
    """Return how many themes are agreed for each question that has any."""
    return _all(await db.fetch(SQL.agreed_counts), AgreedCount)


async def without_pledge(db: Connection) -> list[WithoutPledge]:
    """Return the agreed themes without a pledge, largest first."""
    return _all(await db.fetch(SQL.without_pledge), WithoutPledge)


async def lost_theme(db: Connection) -> list[PledgeAbout]:
    """Return the replies whose theme is agreed no more, those that were public first."""
    return _all(await db.fetch(SQL.lost_theme), PledgeAbout)


async def pledges_waiting(db: Connection) -> list[PledgeAbout]:
    """Return the pledges that are late (published), then the drafts, with their themes."""
    return _all(await db.fetch(SQL.pledges_waiting), PledgeAbout)


async def challenges_waiting(db: Connection) -> list[Challenged]:
    """Return the challenges that nobody has answered, the oldest first."""
    return _all(await db.fetch(SQL.challenges_waiting), Challenged)


async def keys_waiting(db: Connection, job: str) -> set[str]:
    """Return the keys of the jobs of this name that wait or run."""
    return {row["dedupe_key"] for row in await db.fetch(SQL.keys_waiting, job)}


async def how_given(db: Connection, survey_ids: Sequence[str]) -> list[Given]:
    """Return how the answers to these surveys were given, in no order."""
    return _all(await db.fetch(SQL.how_given, survey_ids), Given)


async def suggestions(db: Connection, run_id: int) -> list[Suggested]:
    """Return the run's suggestions that nobody has decided about, largest first."""
    return _all(await db.fetch(SQL.suggestions, run_id), Suggested)


async def suggestion(db: Connection, suggestion_id: int) -> SuggestionHead | None:
    """Return one suggestion, decided about or not; None when the machine has suggested anew."""
    return _one(await db.fetchrow(SQL.suggestion, suggestion_id), SuggestionHead)


async def themes(db: Connection, asked_of: str, question_id: str) -> list[Agreed]:
    """Return the question's agreed themes, largest first; not those that ended."""
    return _all(await db.fetch(SQL.themes, asked_of, question_id), Agreed)


async def theme(db: Connection, theme_id: int) -> ThemeHead | None:
    """Return one agreed theme, ended or not."""
    return _one(await db.fetchrow(SQL.theme, theme_id), ThemeHead)


async def themes_with(db: Connection, response_id: UUID, question_id: str) -> list[Named]:
    """Return the agreed themes that hold or held this comment, those that ended too."""
    return _all(await db.fetch(SQL.themes_with, response_id, question_id), Named)


async def suggested_voices(db: Connection, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return {suggestion: {voice: how many comments}}."""
    return _counts(await db.fetch(SQL.suggested_voices, ids))


async def agreed_voices(db: Connection, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return {agreed theme: {voice: how many comments}}."""
    return _counts(await db.fetch(SQL.agreed_voices, ids))


async def suggested_quotes(db: Connection, ids: Sequence[int]) -> dict[int, list[Quote]]:
    """Return {suggestion: its quotes in order}."""
    found: dict[int, list[Quote]] = defaultdict(list)
    for row in await db.fetch(SQL.suggested_quotes, ids):
        found[row["theme_id"]].append(Quote(row["words"], row["voice"], row["demo"]))
    return found


async def suggested_areas(db: Connection, ids: Sequence[int]) -> dict[int, dict[AreaKey, str]]:
    """Return {suggestion: {area: “likely” or “possible”}}, only of areas the machine chose."""
    found: dict[int, dict[AreaKey, str]] = defaultdict(dict)
    for row in await db.fetch(SQL.suggested_areas, ids):
        words = wording.area_in_words(row["score"], row["chosen"])
        found[row["theme_id"]][row["framework_id"], row["area_id"]] = words
    return found


async def agreed_areas(db: Connection, ids: Sequence[int]) -> dict[int, set[AreaKey]]:
    """Return {agreed theme: its areas}."""
    found: dict[int, set[AreaKey]] = defaultdict(set)
    for row in await db.fetch(SQL.agreed_areas, ids):
        found[row["theme_id"]].add((row["framework_id"], row["area_id"]))
    return found


async def suggested_comments(
    db: Connection, suggestion_id: int, limit: int | None, offset: int
) -> list[Comment]:
    """Return a suggestion's comments, best first."""
    return _all(await db.fetch(SQL.suggested_comments, suggestion_id, limit, offset), Comment)


async def agreed_comments(
    db: Connection, theme_id: int, limit: int | None, offset: int
) -> list[Comment]:
    """Return an agreed theme's comments, best first."""
    return _all(await db.fetch(SQL.agreed_comments, theme_id, limit, offset), Comment)


async def not_quotable(db: Connection, theme_id: int) -> set[UUID]:
    """Return the comments of an agreed theme that may not be quoted: no permission, or held."""
    return {row["response_id"] for row in await db.fetch(SQL.not_quotable, theme_id)}


async def comments_in_no_theme(
    db: Connection, survey_ids: Sequence[str], run: Run, limit: int, offset: int
) -> tuple[list[Comment], int]:
    """Return comments that neither the run nor a person put in a theme, and how many there are."""
    rows = await db.fetch(
        SQL.comments_in_no_theme,
        survey_ids,
        run.question_id,
        run.wave,
        run.id,
        run.asked_of,
        limit,
        offset,
    )
    return _all(rows, Comment), rows[0]["n"] if rows else 0


async def free_comments(db: Connection, this: Asked, ids: Collection[UUID]) -> set[UUID]:
    """Return those of these comments on the question that are in no agreed theme."""
    asked = (list(ids), this.survey_ids, this.question_id, this.asked_of)
    return {row["response_id"] for row in await db.fetch(SQL.free_comments, *asked)}


async def next_to_read(
    db: Connection, this: Asked, person_id: int, after: UUID | None
) -> Comment | None:
    """Return a comment that nobody has read one by one, the next in this reader's order."""
    for first, last in reading.spans(person_id, after):
        asked = (this.survey_ids, this.question_id, this.asked_of, first, last)
        found = _one(await db.fetchrow(SQL.next_to_read, *asked), Comment)
        if found:
            return found
    return None


async def one_comment(db: Connection, this: Asked, response_id: UUID) -> Comment | None:
    """Return one comment on the question; None where there is none, or it is held back."""
    asked = (this.survey_ids, this.question_id, response_id)
    return _one(await db.fetchrow(SQL.one_comment, *asked), Comment)


async def where_in(db: Connection, this: Asked, response_id: UUID) -> list[int]:
    """Return the agreed themes of the question that hold a comment."""
    rows = await db.fetch(SQL.where_in, this.asked_of, this.question_id, response_id)
    return [row["id"] for row in rows]


async def read_comments(
    db: Connection, asked_of: str | None = None, question_id: str | None = None
) -> list[ReadComment]:
    """Return the comments that were read one by one, of one question or of all."""
    return _all(await db.fetch(SQL.read_comments, asked_of, question_id), ReadComment)


async def overlaps(db: Connection, run: Run, ids: Sequence[int]) -> list[Overlap]:
    """Return how many comments of each suggestion are in each agreed theme, most first."""
    return _all(await db.fetch(SQL.overlaps, ids, run.asked_of, run.question_id), Overlap)


async def decisions_about_question(
    db: Connection, asked_of: str, question_id: str, limit: int
) -> list[Past]:
    """Return the question's last decisions, newest first."""
    return _past(await db.fetch(SQL.decisions_about_question, asked_of, question_id, limit))


async def decisions_about_theme(db: Connection, head: ThemeHead) -> list[Past]:
    """Return every decision that made, changed or ended an agreed theme, newest first."""
    asked = (head.asked_of, head.question_id, head.id)
    return _past(await db.fetch(SQL.decisions_about_theme, *asked))


async def decisions_about_suggestion(db: Connection, suggestion_id: int) -> list[Past]:
    """Return what was decided about a suggestion and stands; empty while nothing is."""
    return _past(await db.fetch(SQL.decisions_about_suggestion, suggestion_id))


async def decision(db: Connection, decision_id: int) -> Past | None:
    """Return one decision."""
    return next(iter(_past(await db.fetch(SQL.decision, decision_id))), None)


async def around(db: Connection, past: Past) -> Around:
    """Return what there is to know before a decision can be taken back."""
    heads = [await theme(db, theme_id) for theme_id in sorted(past.touched)]
    standing = await themes(db, past.asked_of, past.question_id)
    later = await db.fetch(SQL.decisions_after, past.id, list(past.touched))
    return Around(
        traces=[_trace(row) for row in await db.fetch(SQL.traces, past.id)],
        later=_past(later),
        themes=[head for head in heads if head],
        taken=[one.name for one in standing if one.id not in past.touched],
    )


def _trace(row: Record) -> Trace:
    member = Member(*(row[name] for name in Member.__struct_fields__))
    return Trace(row["theme_id"], row["did"], member)


def _counts(rows: Sequence[Record]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["theme_id"]][row["voice"]] = row["n"]
    return found


def _past(rows: Sequence[Record]) -> list[Past]:
    return [convert({**dict(row), "details": json.decode(row["details"])}, Past) for row in rows]


def _all(rows: Sequence[Record], kind: type[T]) -> list[T]:
    return [convert(dict(row), kind, strict=False) for row in rows]


def _one(row: Record | None, kind: type[T]) -> T | None:
    return None if row is None else convert(dict(row), kind)
