"""Pledges in Postgres, and what was said. Only this module writes pledges."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import convert

from voice.database import sql
from voice.database.pool import Connection
from voice.report import store as report
from voice.report.spread import spread
from voice.staff import audit
from voice.you_said.pledge import Pledge, PledgeNotFound, SavedMeanwhile, long_sentence
from voice.you_said.said import VOICES, Heard

SQL = sql.load(__file__)
LARGEST_NUMBER = 2**31 - 1
LARGEST_ID = 2**63 - 1
LOOK_BELOW = "Your words are still here. Look at theirs below, then save yours again."


class Kept(Pledge, frozen=True, kw_only=True):
    """A pledge as it is kept. `number` is the same for all its versions."""

    number: int
    version: int
    theme_id: int
    updated_on: date


class Version(Kept, frozen=True, kw_only=True):
    """One version in a pledge's history, with who wrote it: for staff only."""

    writer: str


def _says(kept: Kept, pledge: Pledge) -> bool:
    """Tell whether what is kept says all that this pledge says: then Save was pressed twice."""
    return all(getattr(kept, name) == getattr(pledge, name) for name in Pledge.__struct_fields__)


async def save_new(db: Connection, theme_id: int, pledge: Pledge, person_id: int) -> int:
    """Keep a new pledge and return its number; saving the same twice keeps it once.

    Raises:
        PledgeNotFound: no theme with this id is agreed.
    """
    if await db.fetchval(SQL.lock_theme, theme_id) is None:
        raise PledgeNotFound("That theme is not agreed any more. Choose one from the list.")
    there: int | None = await db.fetchval(
        SQL.same_pledge, theme_id, pledge.status, pledge.words, pledge.on_day
    )
    if there is not None and _says((await versions(db, there))[0], pledge):
        return there
    number: int = await db.fetchval(SQL.new_number)
    await _save(db, (number, 1, theme_id), pledge, person_id)
    return number


async def save_again(
    db: Connection, kept: Kept, pledge: Pledge, person_id: int, *, theme_id: int
) -> None:
    """Keep a new version in place of `kept`, which stays in the history.

    Raises:
        SavedMeanwhile: `kept` is not the newest version any more.
        PledgeNotFound: no theme with this id is agreed.
    """
    moved = theme_id != kept.theme_id
    if moved and await db.fetchval(SQL.lock_theme, theme_id) is None:
        raise PledgeNotFound("That theme is not agreed any more. Choose one from the list.")
    if await db.fetchval(SQL.supersede, kept.number, kept.version) is None:
        raise SavedMeanwhile(LOOK_BELOW)
    await _save(db, (kept.number, kept.version + 1, theme_id), pledge, person_id)


async def current(db: Connection) -> list[Kept]:
    """Return the newest version of every pledge, published or not, by number."""
    return [convert(dict(row), Kept) for row in await db.fetch(SQL.current)]


async def published(db: Connection) -> list[Kept]:
    """Return what the public may read, the last updated first."""
    return [convert(dict(row), Kept) for row in await db.fetch(SQL.published)]


async def versions(db: Connection, number: int) -> list[Version]:
    """Return all versions of a pledge, the newest first.

    Raises:
        PledgeNotFound: there is no pledge with this number.
    """
    rows = await db.fetch(SQL.versions, min(number, LARGEST_NUMBER))
    if not rows:
        raise PledgeNotFound("Check the address, or choose a pledge from the list.")
    return [convert(dict(row), Version) for row in rows]


async def themes_in_use(db: Connection) -> list[int]:
    """Return the ids of all agreed themes that were not merged, split or taken back."""
    return [row["id"] for row in await db.fetch(SQL.themes_in_use)]


async def heard(
    db: Connection, theme_ids: Collection[int], *, quotes: bool = True
) -> dict[int, Heard]:
    """Return what was said in these themes, with exact counts, by theme id.

    Without `quotes` none is looked for, which takes most of the time.
    """
    ids = [theme_id for theme_id in theme_ids if abs(theme_id) <= LARGEST_ID]
    parts: dict[int, dict[str, Any]] = defaultdict(
        lambda: {"counts": {}, "demo": False, "waves": [], "areas": []}
    )
    for row in await db.fetch(SQL.counts, ids):
        parts[row["theme_id"]]["counts"][row["voice"]] = row["people"]
        parts[row["theme_id"]]["demo"] |= row["demo"]
    for row in await db.fetch(SQL.waves, ids):
        parts[row["theme_id"]]["waves"].append(row["wave"])
    for theme_id, quotable in (await report.quotable(db, ids if quotes else [])).items():
        short = [one for one in quotable if not long_sentence(one.words)]
        for name, some in (("quotes", quotable), ("easy_quotes", short)):
            chosen = spread(some, VOICES, str)  # As the report does, so that both agree.
            parts[theme_id][name] = [(quote.words, quote.voice) for quote in chosen]
    for row in await db.fetch(SQL.areas, ids):
        parts[row["theme_id"]]["areas"].append((row["framework_id"], row["area_id"]))
    rows = await db.fetch(SQL.themes, ids)
    return {row["theme_id"]: convert(dict(row) | parts[row["theme_id"]], Heard) for row in rows}


async def themes_of_code(db: Connection, code_hash: bytes) -> set[int]:
    """Return the agreed themes that hold comments of the sent answers with these three words."""
    return {row["theme_id"] for row in await db.fetch(SQL.themes_of_code, code_hash)}


async def _save(
    db: Connection, place: tuple[int, int, int], pledge: Pledge, person_id: int
) -> None:
    said = (getattr(pledge, name) for name in Pledge.__struct_fields__)
    await db.execute(SQL.save, *place, *said, person_id)
    number, version, _ = place
    about = f"pledge {number}, version {version}, {pledge.status}"
    await audit.note_of(db, person_id, "saved a pledge", about)
