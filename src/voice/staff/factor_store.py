"""The second factor in Postgres: who is half signed in, secrets, recovery codes."""

import secrets
from collections.abc import Sequence

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection
from voice.staff.store import sha256
from voice.staff.totp import recovery_sha256

SQL = sql.load(__file__)


class Half(Struct, frozen=True):
    """Somebody whose password was right, and whose code is missing.

    `new_totp_sealed` is a secret that is being set up; `totp_sealed` the one that counts.
    """

    person_id: int
    email: str
    wanted: str
    new_totp_sealed: bytes | None
    totp_sealed: bytes | None
    totp_last_step: int


async def begin(
    db: Connection, person_id: int, wanted: str, new_totp_sealed: bytes | None = None
) -> str:
    """Let a person be half signed in for ten minutes; return the value of the cookie."""
    secret = secrets.token_urlsafe(32)
    await db.execute(SQL.forget_old, person_id)
    await db.execute(SQL.begin, sha256(secret), person_id, wanted, new_totp_sealed)
    return secret


async def half_of(db: Connection, secret: str) -> Half | None:
    """Return who is half signed in with this cookie, held until the transaction ends."""
    row = await db.fetchrow(SQL.half, sha256(secret))
    return convert(dict(row), Half) if row else None


async def end(db: Connection, secret: str) -> None:
    """End being half signed in."""
    await db.execute(SQL.end_half, sha256(secret))


async def use_step(db: Connection, person_id: int, step: int) -> None:
    """Let a code, and every older one, count no more."""
    await db.execute(SQL.use_step, person_id, step)


async def keep_factor(
    db: Connection, person_id: int, sealed: bytes, step: int, recovery: Sequence[str]
) -> None:
    """Keep a new second factor and its recovery codes in place of the last."""
    await db.execute(SQL.keep_factor, person_id, sealed, step)
    await db.execute(SQL.forget_recovery, person_id)
    await db.execute(SQL.keep_recovery, person_id, [recovery_sha256(code) for code in recovery])


async def use_recovery(db: Connection, person_id: int, typed: str) -> bool:
    """Use a recovery code up; False when the person has no such code."""
    return await db.fetchval(SQL.use_recovery, person_id, recovery_sha256(typed)) is not None


async def recovery_left(db: Connection, person_id: int) -> int:
    """Return how many recovery codes a person has left."""
    found: int = await db.fetchval(SQL.recovery_left, person_id)
    return found


async def take_away(db: Connection, person_id: int) -> str | None:
    """Let a person who lost everything set the second factor up anew; return the address."""
    await db.execute(SQL.forget_recovery, person_id)
    email: str | None = await db.fetchval(SQL.take_away, person_id)
    return email


async def offer(db: Connection, secret: str, sealed: bytes) -> None:
    """Keep a secret that is being set up, until its first code is right."""
    await db.execute(SQL.offer, sha256(secret), sealed)
