"""Who did what, in a chain: nobody can take a row out or change one without breaking it.

Each row's SHA-256 is over its own fields and the hash of the row before. The chain shows that
something was changed, not by whom; keep the last hash somewhere else to know of rows cut off.
"""

import hashlib
from datetime import UTC, datetime

from msgspec import Struct, convert, json

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)
FIRST = b"\0" * 32
AT_ONCE = 1_000


class Entry(Struct, frozen=True):
    """One deed. `about` holds ids and settings, never a word of an answer."""

    id: int
    at: datetime
    who: str
    did: str
    about: str


class Checked(Struct, frozen=True):
    """What came of checking the chain: how many rows, the last hash, and the first wrong row."""

    rows: int
    last: bytes
    broken: int | None


async def note(db: Connection, who: str, did: str, about: str = "") -> None:
    """Add a deed, in the caller's transaction: it is noted if and only if it is done.

    Args:
        db: the caller's connection.
        who: the e-mail address of the person, or "" where nobody is signed in.
        did: what, in a few fixed words: “signed in”.
        about: which ids it was about; never words of an answer.
    """
    await db.execute(SQL.lock)
    last = await db.fetchrow(SQL.last)
    number, before = (last["id"] + 1, last["sha256"]) if last else (1, FIRST)
    at = datetime.now(UTC)
    entry = Entry(number, at, who, did, about)
    await db.execute(SQL.add, number, at, who, did, about, before, _hash(entry, before))


async def note_of(db: Connection, person_id: int, did: str, about: str = "") -> None:
    """Add a deed of the person with this id, as `note` does."""
    await note(db, await db.fetchval(SQL.address_of, person_id) or "", did, about)


async def check(db: Connection) -> Checked:
    """Work the whole chain out again, and say which row is the first that does not fit."""
    rows, before = 0, FIRST
    while found := await db.fetch(SQL.rows, rows, AT_ONCE):
        for row in found:
            entry = Entry(row["id"], row["at"], row["who"], row["did"], row["about"])
            right = _hash(entry, before)
            if row["id"] != rows + 1 or row["before_sha256"] != before or row["sha256"] != right:
                return Checked(rows, before, row["id"])
            rows, before = row["id"], right
    return Checked(rows, before, None)


async def lately(db: Connection, limit: int) -> list[Entry]:
    """Return the last deeds, newest first."""
    return [convert(dict(row), Entry) for row in await db.fetch(SQL.lately, limit)]


def _hash(entry: Entry, before: bytes) -> bytes:
    fields = [entry.id, entry.at.astimezone(UTC).isoformat(), entry.who, entry.did, entry.about]
    return hashlib.sha256(before + json.encode(fields)).digest()
