"""Measures and what was found, in Postgres: only ever added to. Only this module writes them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from asyncpg import Record
from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection
from voice.measures.figures import size_in_words
from voice.measures.measure import Asking, Found, Measure, MeasureNotFound, Planned
from voice.staff import audit
from voice.you_said.pledge import SavedMeanwhile
from voice.you_said.store import LARGEST_NUMBER

SQL = sql.load(__file__)
LOOK_BELOW = "Your words are still here. Look at the history below, then save yours again."


class Kept(Measure, frozen=True, kw_only=True):
    """The newest version of a measure. `demo`: it is made up, or comes of made-up answers."""

    number: int
    version: int
    updated_on: date
    demo: bool

    @property
    def area(self) -> str:
        """The area it belongs to, as “framework/area”."""
        return f"{self.framework_id}/{self.area_id}"


class Version(Kept, frozen=True, kw_only=True):
    """One version of a measure, with who wrote it: for staff only."""

    writer: str


class Actual(Struct, frozen=True, kw_only=True):
    """What was found on a day, or in a wave; `value` is None where too few people are behind it.

    `asked` are the words of the wave, "" where they are not known. `people`, `low` and `high` are
    of shares of answers only: exactly how many sent answers, which no page
    says, and the 95 % interval.
    """

    number: int
    id: int
    on_day: date
    source: str
    value: Decimal | None
    not_comparable: str
    note: str
    wave: str | None
    asked: str
    people: int | None
    low: int | None
    high: int | None
    written_on: date

    @property
    def crowd(self) -> str:
        """How many sent answers, as a band in words; "" where that is not known."""
        return "" if self.people is None else size_in_words(self.people)


def _says(kept: Kept, measure: Measure) -> bool:
    """Tell whether what is kept says all that this measure says: then Save was pressed twice."""
    return all(getattr(kept, name) == getattr(measure, name) for name in Measure.__struct_fields__)


async def save_new(db: Connection, measure: Measure, person_id: int, *, demo: bool = False) -> int:
    """Keep a new measure and return its number; saving the same twice keeps it once."""
    await db.execute(SQL.lock_measure, 0)
    asking = measure.asking
    there: int | None = await db.fetchval(
        SQL.same_measure,
        measure.framework_id,
        measure.area_id,
        measure.name,
        person_id,
        asking and asking.survey_id,
        asking and asking.question_id,
    )
    if there is not None and _says(await one(db, there), measure):
        return there
    number: int = await db.fetchval(SQL.new_number)
    await _save(db, (number, 1), measure, person_id, demo=demo)
    return number


async def save_again(db: Connection, kept: Kept, measure: Measure, person_id: int) -> None:
    """Keep a new version in place of `kept`, which stays in the history.

    Raises:
        SavedMeanwhile: `kept` is not the newest version any more.
    """
    await db.execute(SQL.lock_measure, kept.number)
    if await db.fetchval(SQL.newest, kept.number) != kept.version:
        raise SavedMeanwhile(LOOK_BELOW)
    await _save(db, (kept.number, kept.version + 1), measure, person_id, demo=kept.demo)


async def other_options(db: Connection, asking: Asking) -> list[str]:
    """Return what another measure of the same question counts, if it counts something else."""
    found = await db.fetchval(
        SQL.other_options, asking.survey_id, asking.question_id, sorted(asking.options)
    )
    return list(found or [])


async def every(db: Connection) -> list[Kept]:
    """Return the newest version of every measure, published or not, area by area."""
    return [convert(_fields(row), Kept) for row in await db.fetch(SQL.current, None)]


async def published(db: Connection) -> list[Kept]:
    """Return the measures that everybody may read, area by area."""
    return [kept for kept in await every(db) if kept.published]


async def one(db: Connection, number: int) -> Kept:
    """Return the newest version of a measure.

    Raises:
        MeasureNotFound: there is none with this number.
    """
    row = await db.fetchrow(SQL.current, min(number, LARGEST_NUMBER))
    if row is None:
        raise MeasureNotFound("Check the address, or choose a measure from the list.")
    return convert(_fields(row), Kept)


async def history(db: Connection, number: int) -> list[Version]:
    """Return all versions of a measure, the newest first."""
    return [convert(_fields(row), Version) for row in await db.fetch(SQL.history, number)]


async def pledges_now(db: Connection) -> dict[int, str]:
    """Return what people said, in easy words, by the number of the pledge that answers it."""
    return {row["number"]: row["easy_said"] for row in await db.fetch(SQL.pledges_now)}


async def actuals(db: Connection, numbers: Sequence[int]) -> Mapping[int, list[Actual]]:
    """Return all that was ever found, by the number of the measure, in the order it was kept."""
    found: dict[int, list[Actual]] = {number: [] for number in numbers}
    for row in await db.fetch(SQL.actuals, list(numbers)):
        found[row["number"]].append(convert(dict(row), Actual))
    return found


async def add_found(db: Connection, number: int, found: Found, person_id: int) -> None:
    """Keep an outside figure; one of the same day is mended by it, and stays in the history."""
    words = (found.source, found.value, found.not_comparable, found.note)
    none = (None, "", None, None, None)
    await db.execute(SQL.add_actual, number, found.on_day, *words, *none, person_id)
    await audit.note_of(db, person_id, "added a figure", f"measure {number}")


async def add_reading(db: Connection, actual: Actual, person_id: int | None = None) -> None:
    """Keep what the answers of a wave say; `person_id` is who said something about them."""
    words = (actual.source, actual.value, actual.not_comparable, actual.note)
    sure = (actual.wave, actual.asked, actual.people, actual.low, actual.high)
    await db.execute(SQL.add_actual, actual.number, actual.on_day, *words, *sure, person_id)
    if person_id is not None:
        about = f"measure {actual.number}, wave {actual.wave}"
        await audit.note_of(db, person_id, "said in which words a wave was asked", about)


async def lock(db: Connection, number: int) -> None:
    """Wait until nobody else adds to this measure, until the transaction ends."""
    await db.execute(SQL.lock_measure, number)


async def _save(
    db: Connection, place: tuple[int, int], measure: Measure, person_id: int, *, demo: bool
) -> None:
    asking = measure.asking
    await db.execute(
        SQL.save,
        *place,
        measure.framework_id,
        measure.area_id,
        measure.name,
        measure.easy_name,
        measure.better,
        measure.unit,
        measure.source,
        asking and asking.survey_id,
        asking and asking.question_id,
        sorted(asking.options) if asking else [],
        *_apart(measure.baseline),
        *_apart(measure.target),
        [step.value for step in measure.milestones],
        [step.on for step in measure.milestones],
        list(measure.pledges),
        measure.published,
        demo,
        person_id,
    )
    number, version = place
    await audit.note_of(db, person_id, "saved a measure", f"measure {number}, version {version}")


def _apart(planned: Planned | None) -> tuple[Decimal | None, date | None]:
    return (planned.value, planned.on) if planned else (None, None)


def _fields(row: Record) -> dict[str, Any]:
    fields = dict(row)
    asking = [fields.pop(name) for name in ("survey_id", "question_id", "options")]
    fields["asking"] = Asking(asking[0], asking[1], tuple(asking[2])) if asking[0] else None
    for name in ("baseline", "target"):
        value, on = fields[name], fields.pop(f"{name}_on")
        fields[name] = None if value is None else Planned(value, on)
    steps = zip(fields["milestones"], fields.pop("milestone_days"), strict=True)
    fields["milestones"] = tuple(Planned(value, on) for value, on in steps)
    return fields
