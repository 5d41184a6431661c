"""The keys that devices made for their responses. Only the SHA-256 of a key is kept."""

import hashlib
from uuid import UUID

from msgspec import convert

from voice.answering.store import Response
from voice.database import sql
from voice.database.pool import Connection
from voice.surveys.survey import Survey

SQL = sql.load(__file__)


async def claim(db: Connection, key: str) -> bool:
    """Note that a device has made this key; False when it is known already."""
    return bool(await db.fetchval(SQL.claim_key, _sha256(key)))


async def begin(
    db: Connection, survey: Survey, key: str, *, wording: str, secret: str, swapped: bool
) -> None:
    """Open a response under a key that was just claimed, known by a cookie with this secret."""
    about = (survey.id, survey.wave, survey.voice, wording)
    response_id = await db.fetchval(
        SQL.begin_response, *about, _sha256(secret), swapped and survey.swap_order
    )
    await tie(db, key, response_id)


async def tie(db: Connection, key: str, response_id: UUID) -> None:
    """Let a device speak for a response under this key from now on."""
    await db.execute(SQL.tie_key, _sha256(key), response_id)


async def response_of_key(db: Connection, survey_id: str, key: str) -> Response | None:
    """Return the response under this key, held until the transaction ends.

    None when it was taken back, or the key belongs to another survey.
    """
    row = await db.fetchrow(SQL.response_of_key, _sha256(key), survey_id)
    return convert(dict(row), Response) if row else None


async def cookie_is_own(db: Connection, response_id: UUID, secret: str) -> bool:
    """Tell whether the response is known by this cookie, not by one of another device."""
    return bool(await db.fetchval(SQL.cookie_is_own, response_id, _sha256(secret)))


def _sha256(words: str) -> bytes:
    return hashlib.sha256(words.encode()).digest()
