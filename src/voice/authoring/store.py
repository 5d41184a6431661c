"""Versions of surveys that are being written, in Postgres: only ever added to."""

from datetime import datetime

from asyncpg import Record
from msgspec import Struct, convert

from voice.authoring.draft import Draft, DraftNotFound
from voice.authoring.files import EASY, SURVEY, as_files, read
from voice.database import sql
from voice.database.pool import Connection
from voice.staff import audit

SQL = sql.load(__file__)
NOT_THERE = "Check the address, or choose a survey from the list."
LARGEST = 2**31 - 1


class Kept(Struct, frozen=True):
    """One version of a draft, with who saved it and when."""

    draft: Draft
    version: int
    writer: str
    written_at: datetime


class Saving(Struct, frozen=True):
    """One line of the history."""

    version: int
    writer: str
    written_at: datetime


async def every(db: Connection) -> list[Kept]:
    """Return the newest version of every draft, the one saved last first."""
    return [_kept(row) for row in await db.fetch(SQL.newest, None)]


async def newest(db: Connection, survey_id: str, *, hold: bool = False) -> Kept:
    """Return the newest version of a draft; `hold` lets nobody else save it meanwhile.

    Raises:
        DraftNotFound: there is no such draft.
    """
    if hold:
        await hold_name(db, survey_id)
    row = await db.fetchrow(SQL.newest, survey_id)
    if row is None:
        raise DraftNotFound(NOT_THERE)
    return _kept(row)


async def version(db: Connection, survey_id: str, number: int) -> Kept:
    """Return one version of a draft.

    Raises:
        DraftNotFound: there is no such version.
    """
    row = await db.fetchrow(SQL.version, survey_id, min(number, LARGEST))
    if row is None:
        raise DraftNotFound(NOT_THERE)
    return _kept(row)


async def history(db: Connection, survey_id: str) -> list[Saving]:
    """Return who saved which version when, the newest first."""
    return [convert(dict(row), Saving) for row in await db.fetch(SQL.history, survey_id)]


async def hold_name(db: Connection, survey_id: str) -> None:
    """Wait until nobody else saves this survey, until the transaction ends."""
    await db.execute(SQL.lock_survey, survey_id)


async def save(db: Connection, draft: Draft, number: int, person_id: int) -> None:
    """Keep a version; what could not be read again is refused before it is kept.

    Raises:
        CannotBeRead: the draft does not fit a survey file.
    """
    files = as_files(draft)
    read(files[SURVEY], files.get(EASY))
    survey_id = draft.survey.id
    await db.execute(SQL.save, survey_id, number, files[SURVEY], files.get(EASY), person_id)
    await audit.note_of(db, person_id, "saved a survey", f"{survey_id}, version {number}")


def _kept(row: Record) -> Kept:
    draft = read(row["survey_toml"], row["easy_toml"])
    return Kept(draft, row["version"], row["writer"], row["written_at"])
