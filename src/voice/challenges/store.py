"""Challenges and answers in Postgres: only ever added to. Only this module writes them."""

from datetime import date, datetime

from asyncpg import Record
from msgspec import Struct, convert, structs

from voice.challenges.challenge import About, ChallengeNotFound, Statement
from voice.database import sql
from voice.database.pool import Connection
from voice.staff import audit
from voice.you_said.pledge import SavedMeanwhile
from voice.you_said.store import LARGEST_NUMBER

SQL = sql.load(__file__)
NOT_SAID = "confidential"
"""Stands in place of the reason, which is for staff, where an answer may not be read."""
LOOK_BELOW = "Your words are still here. Look at the history below, then save yours again."
GONE = "It is not there any more. Choose another from the list."


class Seen(Struct, frozen=True):
    """The versions of a challenge and of its answer that somebody had before them."""

    version: int
    answer_version: int


class Answered(Statement, frozen=True, kw_only=True):
    """An answer as it is kept; `on` is the day of the first answer, which nothing changes."""

    version: int
    organisation: str
    on: date


class Kept(Statement, frozen=True, kw_only=True):
    """The newest version of a challenge, with its answer if there is one.

    `theme` and `pledge` name what it is about: the theme while it is agreed, the pledge by what
    people said, in easy words. `pledge_public`: everybody may read the pledge.
    """

    number: int
    version: int
    about: About
    put_on: date
    organisation: str
    theme: str | None
    pledge: str | None
    pledge_public: bool
    demo: bool
    answer: Answered | None

    @property
    def seen(self) -> Seen:
        """What somebody has before them who sees this."""
        return Seen(self.version, self.answer.version if self.answer else 0)


class Version(Statement, frozen=True, kw_only=True):
    """One version of a challenge or of its answer, with who wrote it: for staff only."""

    version: int
    is_answer: bool
    organisation: str
    written_at: datetime
    writer: str


async def save_new(
    db: Connection, about: About, said: Statement, person_id: int, *, put_on: date
) -> int:
    """Keep a new challenge and return its number; saving the same twice keeps it once.

    Raises:
        ChallengeNotFound: what it is about is not there: no agreed theme, no such pledge.
    """
    place = await _place(db, about)
    theme_id, _, area_id, pledge_number, _ = place
    await db.execute(SQL.lock_challenge, 0)
    there: int | None = await db.fetchval(
        SQL.same_challenge, put_on, said.words, person_id, theme_id, area_id, pledge_number
    )
    if there is not None:
        return there
    number: int = await db.fetchval(SQL.new_number)
    organisation = await db.fetchval(SQL.organisation_of, person_id) or ""
    words = (said.words, said.easy_words, said.confidential_because)
    await db.execute(SQL.save, number, 1, *place, *words, put_on, organisation, person_id)
    await _note(db, person_id, "put a challenge", number, said)
    return number


async def save_again(
    db: Connection, number: int, seen: Seen, said: Statement, person_id: int
) -> None:
    """Keep a new version of a challenge; the one before stays in the history.

    Raises:
        SavedMeanwhile: somebody saved the challenge, or answered it, since it was seen.
    """
    await _must_be_newest(db, number, seen)
    words = (said.words, said.easy_words, said.confidential_because)
    await db.execute(SQL.save_again, number, seen.version, *words, person_id)
    await _note(db, person_id, "changed a challenge", number, said)


async def save_answer(
    db: Connection, number: int, seen: Seen, said: Statement, person_id: int, *, on: date
) -> None:
    """Keep an answer, or a new version of it.

    Raises:
        SavedMeanwhile: somebody saved the challenge, or answered it, since it was seen.
    """
    await _must_be_newest(db, number, seen)
    organisation = await db.fetchval(SQL.organisation_of, person_id) or ""
    words = (said.words, said.easy_words, said.confidential_because)
    place = (number, seen.answer_version + 1, seen.version)
    await db.execute(SQL.save_answer, *place, *words, on, organisation, person_id)
    await _note(db, person_id, "answered a challenge", number, said)


async def every(db: Connection) -> list[Kept]:
    """Return the newest version of every challenge, confidential or not, the newest first."""
    return [_kept(row) for row in await db.fetch(SQL.current, None)]


async def published(db: Connection) -> list[Kept]:
    """Return the challenges that everybody may read, the newest first.

    A confidential answer, and the pledge that nobody may read yet, are not in them.
    """
    return [public(one) for one in await every(db) if not one.confidential]


async def one(db: Connection, number: int) -> Kept:
    """Return the newest version of a challenge.

    Raises:
        ChallengeNotFound: there is none with this number.
    """
    row = await db.fetchrow(SQL.current, min(number, LARGEST_NUMBER))
    if row is None:
        raise ChallengeNotFound("Check the address, or choose a challenge from the list.")
    return _kept(row)


async def history(db: Connection, number: int) -> list[Version]:
    """Return all versions of a challenge and of its answer, the newest first."""
    return [convert(dict(row), Version) for row in await db.fetch(SQL.history, number)]


async def put_by(db: Connection, number: int) -> set[int]:
    """Return the ids of the people who wrote a version of the challenge."""
    return {row["written_by"] for row in await db.fetch(SQL.writers, number)}


async def themes_and_pledges(db: Connection) -> list[tuple[About, str]]:
    """Return what people agreed on and what was pledged, with the words to know it by."""
    rows = await db.fetch(SQL.themes_and_pledges)
    return [(About(row["kind"], row["key"]), row["words"]) for row in rows]


def public(one: Kept) -> Kept:
    """Return what everybody may read of a challenge that is not confidential."""
    answer = one.answer
    if answer is not None and answer.confidential:
        answer = structs.replace(answer, words="", easy_words="", confidential_because=NOT_SAID)
    return structs.replace(one, answer=answer, pledge=one.pledge if one.pledge_public else None)


async def _place(db: Connection, about: About) -> tuple[int | str | None, ...]:
    """Return theme id, framework, area, pledge and its version, of which most are None."""
    if about.kind == "area":
        framework_id, _, area_id = about.key.partition("/")
        return None, framework_id, area_id, None, None
    asked = SQL.theme_in_use if about.kind == "theme" else SQL.pledge_now
    found = await db.fetchval(asked, int(about.key))
    if found is None:
        raise ChallengeNotFound(GONE)
    if about.kind == "theme":
        return found, None, None, None, None
    return None, None, None, int(about.key), found


async def _must_be_newest(db: Connection, number: int, seen: Seen) -> None:
    await db.execute(SQL.lock_challenge, number)
    newest = await db.fetchrow(SQL.newest, number)
    if newest is None or Seen(newest["version"] or 0, newest["answer_version"]) != seen:
        raise SavedMeanwhile(LOOK_BELOW)


async def _note(db: Connection, person_id: int, did: str, number: int, said: Statement) -> None:
    secret = ", confidential" if said.confidential else ""
    await audit.note_of(db, person_id, did, f"challenge {number}{secret}")


def _kept(row: Record) -> Kept:
    fields = dict(row)
    answer = {
        name.removeprefix("answer_"): fields.pop(name)
        for name in list(fields)
        if name.startswith("answer_")
    }
    answer["on"] = fields.pop("answered_on")
    theme_id, pledge, area = fields["theme_id"], fields["pledge_number"], fields["area_id"]
    about = About("area", f"{fields['framework_id']}/{area}")
    if theme_id is not None:
        about = About("theme", str(theme_id))
    elif pledge is not None:
        about = About("pledge", str(pledge))
    fields |= {"about": about, "answer": answer if answer["version"] else None}
    return convert(fields, Kept)
