"""People, their sessions and invitations in Postgres. Only this module writes them."""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection
from voice.staff.limits_store import plain_email
from voice.staff.people import Person, Role

SQL = sql.load(__file__)


class PersonToSignIn(Struct, frozen=True):
    """Who an e-mail address belongs to, with the hash to compare with.

    It is empty where only another service can vouch for the person. `has_factor` tells whether a
    second factor is set up.
    """

    person: Person
    password_hash: str
    has_factor: bool


class Listed(Struct, frozen=True):
    """A person as administrators see them; `seen_on` is None where nobody is signed in."""

    id: int
    email: str
    roles: tuple[Role, ...]
    organisation: str
    surveys: tuple[str, ...] | None
    has_factor: bool
    seen_on: date | None


class Session(Struct, frozen=True):
    """One place where a person is signed in."""

    id: int
    started_at: datetime
    seen_at: datetime
    device: str
    this_one: bool


class Invited(Struct, frozen=True):
    """An invitation that nobody has used yet."""

    email: str
    roles: tuple[Role, ...]
    organisation: str
    ends_on: date


class Access(Struct, frozen=True):
    """What a person may do, for whom, and about which surveys; None stands for all."""

    roles: tuple[Role, ...]
    organisation: str = ""
    surveys: tuple[str, ...] | None = None


class Invitation(Struct, frozen=True):
    """Whom a link lets in, and to what."""

    email: str
    access: Access


async def add_person(
    db: Connection,
    email: str,
    roles: Sequence[Role],
    password_hash: str | None,
    access: Access | None = None,
) -> int:
    """Add a person, or give one new roles and a new password and end their sessions."""
    access = access or Access(tuple(roles))
    person_id: int = await db.fetchval(
        SQL.add_person,
        plain_email(email),
        list(roles),
        password_hash,
        access.organisation,
        access.surveys,
    )
    await db.execute(SQL.end_sessions_of, person_id)
    return person_id


async def hold_account(db: Connection, who: bytes) -> bool:
    """Let only this transaction try this account; False where others have it for too long."""
    for _ in range(15):
        if await db.fetchval(SQL.try_to_hold, who):
            return True
        await asyncio.sleep(0.2)
    return False


async def person_to_sign_in(db: Connection, email: str) -> PersonToSignIn | None:
    """Return who has this e-mail address, or None."""
    row = await db.fetchrow(SQL.person_to_sign_in, plain_email(email))
    if row is None:
        return None
    person = convert(dict(row), Person)
    return PersonToSignIn(person, row["password_hash"] or "", row["has_factor"])


async def start_session(db: Connection, person_id: int, hours: int, device: str = "") -> str:
    """Start a session with a new secret and return it: the value of the cookie."""
    secret = secrets.token_urlsafe(32)
    await db.execute(SQL.forget_old_sessions)
    await db.execute(SQL.start_session, sha256(secret), person_id, hours, device)
    return secret


async def person_of_session(db: Connection, secret: str, idle_minutes: int) -> Person | None:
    """Return who is signed in with this cookie, and was here lately; or None."""
    row = await db.fetchrow(SQL.person_of_session, sha256(secret), idle_minutes)
    if row is None:
        return None
    if row["stale"]:
        await db.execute(SQL.note_seen, sha256(secret))
    return convert(dict(row), Person)


async def sessions_of(db: Connection, person_id: int, secret: str) -> list[Session]:
    """Return where a person is signed in, the latest first."""
    rows = await db.fetch(SQL.sessions_of, person_id, sha256(secret))
    return [convert(dict(row), Session) for row in rows]


async def end_session(db: Connection, secret: str) -> int | None:
    """End the session of this cookie; return whose it was."""
    found: int | None = await db.fetchval(SQL.end_session, sha256(secret))
    return found


async def end_session_of(db: Connection, person_id: int, session_id: int) -> bool:
    """End one of a person’s sessions; False when it is not theirs."""
    return await db.fetchval(SQL.end_session_of, person_id, session_id) is not None


async def end_other_sessions_of(db: Connection, person_id: int, secret: str) -> None:
    """End all of a person’s sessions but this one."""
    await db.execute(SQL.end_other_sessions_of, person_id, sha256(secret))


async def people(db: Connection) -> list[Listed]:
    """Return everybody who may sign in, by address."""
    return [convert(dict(row), Listed) for row in await db.fetch(SQL.people)]


async def change_person(db: Connection, person_id: int, access: Access) -> str | None:
    """Give a person other roles, and end their sessions; return the address, or None."""
    about = (list(access.roles), access.organisation, access.surveys)
    email: str | None = await db.fetchval(SQL.change_person, person_id, *about)
    await db.execute(SQL.end_sessions_of, person_id)
    return email


async def end_access(db: Connection, person_id: int) -> str | None:
    """Let a person in no more, from this moment on; return the address, or None."""
    email: str | None = await db.fetchval(SQL.end_access, person_id)
    await db.execute(SQL.end_sessions_of, person_id)
    return email


async def administrators(db: Connection) -> list[int]:
    """Return the administrators, held until the transaction ends."""
    return [row["id"] for row in await db.fetch(SQL.administrators)]


async def invite(db: Connection, invitation: Invitation, by: int | None) -> str:
    """Make an invitation in place of earlier ones for the address; return what its link holds."""
    token = secrets.token_urlsafe(32)
    access, email = invitation.access, plain_email(invitation.email)
    await db.execute(SQL.forget_invitations, email)
    await db.execute(
        SQL.invite,
        sha256(token),
        email,
        list(access.roles),
        access.organisation,
        access.surveys,
        by,
    )
    return token


async def invitations(db: Connection) -> list[Invited]:
    """Return the invitations that nobody has used yet."""
    return [convert(dict(row), Invited) for row in await db.fetch(SQL.invitations)]


async def invitation(db: Connection, token: str) -> Invitation | None:
    """Return the invitation of a link, held until the transaction ends; None when it is used up."""
    return await _invitation(db, sha256(token))


async def invitation_for(db: Connection, email: str) -> Invitation | None:
    """Use up the invitation of an address that another service vouches for; None if there is no."""
    found: bytes | None = await db.fetchval(SQL.invitation_for, plain_email(email))
    if found is None:
        return None
    told = await _invitation(db, found)
    await db.execute(SQL.use_invitation, found)
    return told


async def use_invitation(db: Connection, token: str) -> None:
    """Let a link be good no more."""
    await db.execute(SQL.use_invitation, sha256(token))


async def _invitation(db: Connection, token_sha256: bytes) -> Invitation | None:
    row = await db.fetchrow(SQL.invitation, token_sha256)
    return Invitation(row["email"], convert(dict(row), Access)) if row else None


def sha256(words: str) -> bytes:
    """Return what is kept of a secret."""
    return hashlib.sha256(words.encode()).digest()
