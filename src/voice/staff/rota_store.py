"""The rota: who reads answers in words, and who stands in. Only this module writes it."""

from typing import Literal, get_args

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)
Place = Literal["lead", "deputy"]
PLACES: tuple[Place, ...] = get_args(Place)


class Reader(Struct, frozen=True):
    """Somebody who may read raw words."""

    id: int
    email: str


async def on_rota(db: Connection) -> dict[Place, Reader]:
    """Return who has which place now, the lead first; nobody who has left or lost the role."""
    return {row["place"]: Reader(row["id"], row["email"]) for row in await db.fetch(SQL.on_rota)}


async def anybody_on_rota(db: Connection) -> bool:
    """Tell whether somebody reads answers in words. If not, people are not asked for any."""
    return bool(await db.fetchval(SQL.anybody))


async def could_be_on_rota(db: Connection) -> list[Reader]:
    """Return the people whose role lets them read raw words."""
    return [convert(dict(row), Reader) for row in await db.fetch(SQL.could_be)]


async def set_rota(db: Connection, place: Place, person_id: int | None, by: int | None) -> None:
    """Give a place to a person, or to nobody. Somebody without the role is not put there."""
    if person_id is None:
        await db.execute(SQL.clear, place)
    else:
        await db.execute(SQL.put, place, person_id, by)
