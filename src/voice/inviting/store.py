"""Groups, which of their codes were used, and tickets: what the database knows of who is asked."""

import secrets
from collections.abc import Sequence
from typing import Literal

from msgspec import convert

from voice.database import sql
from voice.database.pool import Connection
from voice.inviting.code import Place, code, ours
from voice.inviting.group import Asked, Group, GroupNotFound
from voice.inviting.ticket import hashed
from voice.staff import audit

SQL = sql.load(__file__)
NOWHERE = "Check the address, or choose a group from the list."
Taken = Literal["taken", "used", "unknown"]
Door = Literal["open", "invited", "closed"]


async def groups(db: Connection, survey_id: str) -> list[Group]:
    """Return the groups that are asked to answer a survey, ended ones too."""
    return [convert(dict(row), Group) for row in await db.fetch(SQL.groups, survey_id)]


async def group(db: Connection, group_id: int) -> Group:
    """Return one group.

    Raises:
        GroupNotFound: there is none with this number, or not for this person.
    """
    row = await db.fetchrow(SQL.group, group_id) if 0 < group_id < 2**14 else None
    if row is None:
        raise GroupNotFound(NOWHERE)
    return convert(dict(row), Group)


async def wanted(db: Connection, survey_id: str) -> dict[str, int]:
    """Return of how many groups of each kind we want to hear."""
    return {row["kind"]: row["wanted"] for row in await db.fetch(SQL.wanted, survey_id)}


async def make(db: Connection, survey_id: str, asked: Asked, person_id: int) -> list[str]:
    """Make a group for each name; return the names that there were already, which stay as they are.

    Raises:
        asyncpg.SequenceGeneratorLimitExceededError: there were 16,383 groups already.
    """
    there = []
    for name in asked.names:
        seed = secrets.token_bytes(16)
        if not await db.fetchval(SQL.make, survey_id, asked.kind, name, seed, asked.codes):
            there.append(name)
    if asked.wanted is not None:
        await db.execute(SQL.want, survey_id, asked.kind, asked.wanted)
    made = len(asked.names) - len(there)
    await audit.note_of(db, person_id, "made invitations", f"{survey_id}, {made} groups")
    return there


async def end(db: Connection, group_id: int, person_id: int) -> None:
    """End a group: none of its codes is taken from now on. What came of used ones stays."""
    if await db.fetchval(SQL.end_group, group_id):
        await audit.note_of(db, person_id, "ended invitations", f"group {group_id}")


async def codes(db: Connection, key: bytes, group: Group, *, unused: bool = False) -> list[str]:
    """Return the codes of a group in their order; with `unused` only those that nobody used."""
    return (await codes_of(db, key, [group], unused=unused))[group.id]


async def codes_of(
    db: Connection, key: bytes, groups: Sequence[Group], *, unused: bool = False
) -> dict[int, list[str]]:
    """Return the codes of each group, as `codes` does; an ended group has none."""
    rows = await db.fetch(SQL.secrets, [group.id for group in groups])
    secret = {row["id"]: (row["seed"], row["used"]) for row in rows}
    found: dict[int, list[str]] = {group.id: [] for group in groups}
    for group in groups:
        seed, used = secret.get(group.id, (b"", None))
        for n in range(group.codes if used else 0):
            if not (unused and used[n // 8] >> n % 8 & 1):
                found[group.id].append(code(key, seed, group.id, n))
    return found


async def take(db: Connection, key: bytes, place: Place) -> tuple[Taken, str]:
    """Use a code, once; return whether it was taken now, and the id of its survey.

    Nobody is told whether a code that is unknown was nearly right.
    """
    row = await db.fetchrow(SQL.secret, place.group_id)
    if row is None or not ours(key, row["seed"], place):
        return "unknown", ""
    survey_id = await db.fetchval(SQL.use, place.group_id, place.number)
    if survey_id is not None:
        return "taken", survey_id
    used = await db.fetchval(SQL.is_used, place.group_id, place.number)
    return ("used" if used else "unknown"), ""


async def door(db: Connection, survey_id: str) -> Door:
    """Return who may begin a survey: everybody, only people with a code, or nobody any more."""
    found: Door | None = await db.fetchval(SQL.door, survey_id)
    return found or "open"


async def closed(db: Connection) -> set[str]:
    """Return the ids of the surveys that are closed."""
    return {row["survey_id"] for row in await db.fetch(SQL.closed)}


async def set_door(db: Connection, survey_id: str, state: Door, person_id: int) -> None:
    """Say who may begin a survey. Whoever has begun can go on in any case."""
    if state == "open":
        await db.execute(SQL.open_door, survey_id)
    else:
        await db.execute(SQL.set_door, survey_id, state)
    await audit.note_of(db, person_id, "said who may answer", f"{survey_id}: {state}")


async def use_ticket(db: Connection, ticket: str) -> bool:
    """Use a ticket; return False when it was used before. Forget those that are good no more."""
    await db.execute(SQL.forget_tickets)
    return bool(await db.fetchval(SQL.use_ticket, hashed(ticket)))
