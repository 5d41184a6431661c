"""People and their sessions in Postgres. Only this module writes them."""

import hashlib
import secrets
from collections.abc import Sequence

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection
from voice.staff.people import Person, Role

SQL = sql.load(__file__)
TRIES = 5


class PersonToSignIn(Struct, frozen=True):
    """Who an e-mail address belongs to, with the hash to compare with."""

    person: Person
    password_hash: str


async def add_person(db: Connection, email: str, roles: Sequence[Role], password_hash: str) -> int:
    """Add a person, or give one new roles and a new password and end their sessions."""
    person_id: int = await db.fetchval(
        SQL.add_person, email.strip().lower(), list(roles), password_hash
    )
    await db.execute(SQL.end_sessions_of, person_id)
    return person_id


async def person_to_sign_in(db: Connection, email: str) -> PersonToSignIn | None:
    """Return who has this e-mail address, or None."""
    row = await db.fetchrow(SQL.person_to_sign_in, email.strip().lower())
    if row is None:
        return None
    return PersonToSignIn(convert(dict(row), Person), row["password_hash"])


async def start_session(db: Connection, person_id: int, hours: int) -> str:
    """Start a session with a new secret and return it: the value of the cookie."""
    secret = secrets.token_urlsafe(32)
    await db.execute(SQL.forget_old_sessions)
    await db.execute(SQL.start_session, _sha256(secret), person_id, hours)
    return secret


async def person_of_session(db: Connection, secret: str) -> Person | None:
    """Return who is signed in with this cookie, or None."""
    row = await db.fetchrow(SQL.person_of_session, _sha256(secret))
    return convert(dict(row), Person) if row else None


async def end_session(db: Connection, secret: str) -> None:
    """End the session of this cookie."""
    await db.execute(SQL.end_session, _sha256(secret))


async def locked_out(db: Connection, email: str) -> bool:
    """Tell whether this address failed to sign in too often in the last 15 minutes."""
    failures: int = await db.fetchval(SQL.recent_failures, _sha256(email.strip().lower()))
    return failures >= TRIES


async def note_failure(db: Connection, email: str) -> None:
    """Count one failure to sign in, whether or not anybody has the address."""
    await db.execute(SQL.note_failure, _sha256(email.strip().lower()))


async def forget_failures(db: Connection, email: str) -> None:
    """Forget this address's failures, and everybody's old ones."""
    await db.execute(SQL.forget_failures, _sha256(email.strip().lower()))


def _sha256(words: str) -> bytes:
    return hashlib.sha256(words.encode()).digest()
