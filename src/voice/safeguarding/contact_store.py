"""People who want to be contacted, in a store of its own: nothing in it leads to any answer."""

from datetime import date
from uuid import UUID

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)
MOST_A_DAY = 500
"""More than this in a day is no person asking; the store must not be filled by a machine."""


class ContactRequest(Struct, frozen=True):
    """Somebody who wants to be contacted; `done_on` is None until somebody has done it."""

    id: UUID
    survey_id: str
    name: str
    reach: str
    came_on: date
    done_on: date | None


async def ask(db: Connection, survey_id: str, name: str, reach: str) -> bool:
    """Keep a request; False when so many came today that it is not kept."""
    if await db.fetchval(SQL.asked_lately) >= MOST_A_DAY:
        return False
    await db.execute(SQL.ask, survey_id, name, reach)
    return True


async def requests(db: Connection) -> list[ContactRequest]:
    """Return all requests: those that wait, the oldest first, then those that are done."""
    return [convert(dict(row), ContactRequest) for row in await db.fetch(SQL.requests)]


async def done(db: Connection, request_id: UUID, person: int) -> None:
    """Keep that somebody was contacted, and by whom; doing it again changes nothing."""
    await db.execute(SQL.done, request_id, person)


async def forget_done(db: Connection, today: date, days: int) -> int:
    """Delete the requests that were done more than so many days before `today`; return how many."""
    gone: int = await db.fetchval(SQL.forget_done, today, days)
    return gone
