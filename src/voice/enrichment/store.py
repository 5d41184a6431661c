"""Raw words in, redacted comments out. Only this module writes `redacted_comments`."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec import Struct, convert, json

from voice.database import sql
from voice.database.pool import Connection
from voice.database.vault import Vault

SQL = sql.load(__file__)


class RawComment(Struct, frozen=True):
    """A comment as it was written. It goes no further than enrichment."""

    response_id: UUID
    question_id: str
    words: str


class RedactedComment(Struct, frozen=True):
    """A comment as it travels on.

    `taken_out` counts the labels that were replaced; `feeling` is 1 (praise), -1 (complaint) or 0.
    """

    response_id: UUID
    question_id: str
    words: str
    taken_out: Mapping[str, int]
    vector: bytes
    feeling: int


async def raw_comments(
    db: Connection, vault: Vault, response_ids: Sequence[UUID]
) -> list[RawComment]:
    """Return the comments of these responses that have not been enriched, and hold them."""
    rows = await db.fetch(SQL.raw_comments, list(response_ids))
    return [RawComment(row["response_id"], row["question_id"], vault.words_of(row)) for row in rows]


async def keep_redacted(db: Connection, comments: Sequence[RedactedComment]) -> None:
    """Keep redacted comments; one that is there already stays as it is."""
    await db.execute(
        SQL.keep_redacted,
        [comment.response_id for comment in comments],
        [comment.question_id for comment in comments],
        [comment.words for comment in comments],
        [json.encode(comment.taken_out).decode() for comment in comments],
        [comment.vector for comment in comments],
        [comment.feeling for comment in comments],
    )


class Words(Struct, frozen=True):
    """A redacted comment without a vector."""

    response_id: UUID
    question_id: str
    words: str


async def without_vector(db: Connection, limit: int) -> list[Words]:
    """Return redacted comments without a vector, `limit` at most, and hold them."""
    return [convert(dict(row), Words) for row in await db.fetch(SQL.without_vector, limit)]


async def keep_vectors(
    db: Connection, comments: Sequence[Words], vectors: Sequence[bytes], feelings: Sequence[int]
) -> None:
    """Keep a vector for each of these comments, and how it sounds."""
    await db.execute(
        SQL.keep_vectors,
        [comment.response_id for comment in comments],
        [comment.question_id for comment in comments],
        list(vectors),
        list(feelings),
    )


class NotHeard(Struct, frozen=True):
    """A comment with a vector, of which nobody has said yet how it sounds."""

    response_id: UUID
    question_id: str
    vector: bytes


async def not_heard(db: Connection, limit: int) -> list[NotHeard]:
    """Return comments that have not been heard, `limit` at most, and hold them."""
    return [convert(dict(row), NotHeard) for row in await db.fetch(SQL.not_heard, limit)]


async def keep_feelings(
    db: Connection, comments: Sequence[NotHeard], feelings: Sequence[int]
) -> None:
    """Keep how each of these comments sounds: 1 praise, -1 complaint, 0 neither."""
    await db.execute(
        SQL.keep_feelings,
        [comment.response_id for comment in comments],
        [comment.question_id for comment in comments],
        list(feelings),
    )


class Redactable(Struct, frozen=True):
    """A redacted comment in one of these surveys, as a reviewer may take more out of it."""

    response_id: UUID
    question_id: str
    words: str
    held: bool


async def redactable(
    db: Connection, survey_ids: Sequence[str], question_id: str, response_id: UUID
) -> Redactable | None:
    """Return a comment, and hold it; a comment that is held back comes without its words."""
    row = await db.fetchrow(SQL.redactable, list(survey_ids), question_id, response_id)
    return None if row is None else convert(dict(row), Redactable)


async def redact_more(db: Connection, comment: Redactable, words: str, places: int) -> None:
    """Keep these words in place of the comment's; its vector is to be made again."""
    await db.execute(SQL.redact_more, comment.response_id, comment.question_id, words, places)


async def not_enriched(db: Connection, limit: int) -> list[UUID]:
    """Return responses with a comment that has not been enriched, `limit` at most."""
    return [row["id"] for row in await db.fetch(SQL.not_enriched, limit)]


async def how_many_not_enriched(db: Connection) -> int:
    """Return how many comments wait for enrichment."""
    found: int = await db.fetchval(SQL.how_many_not_enriched)
    return found
