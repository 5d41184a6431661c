"""What rooms after this one have to say beside a reply or an area: challenges, measures.

A room knows only those before it, so the app hands their finders in: `state.beside`.
"""

from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from voice.database.pool import Connection
from voice.you_said.reply import Reading


class Note(Struct, frozen=True):
    """One thing beside a reply: its name, the address of its page, and a few words about it.

    `theirs` are words that people wrote, in whatever language; `ours` are in that of the page, and
    so is the name where it is `named_by_us`.
    """

    name: str
    address: str
    theirs: Sequence[str] = ()
    ours: Sequence[str] = ()
    demo: bool = False
    named_by_us: bool = False


class Beside(Struct, frozen=True):
    """Notes under one heading."""

    heading: str
    notes: Sequence[Note]


class Place(Struct, frozen=True):
    """What a page is about: the pledge with this number, or the area “framework/area”."""

    pledge: int | None = None
    area: str = ""


Find = Callable[[Connection, Reading, Place, bool], Awaitable[Beside | None]]
"""Finds what stands beside a place, in easy words if the last says so."""


async def all_beside(
    finders: Sequence[Find], db: Connection, reading: Reading, place: Place, *, easy: bool
) -> list[Beside]:
    """Return what every finder has to say; who has nothing is left out."""
    found = [await find(db, reading, place, easy) for find in finders]
    return [one for one in found if one is not None and one.notes]
