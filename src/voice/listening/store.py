"""Clips in Postgres, and where each is heard. Only this module writes them."""

from collections.abc import Collection, Sequence
from hashlib import sha256

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection
from voice.listening.clip import Form, Listen, NewClip, Place, Published
from voice.listening.spoken import said_at
from voice.surveys.survey import Survey

SQL = sql.load(__file__)


class Stored(Struct, frozen=True):
    """The bytes of a clip, and what they say."""

    bytes: bytes
    sha256: str
    words: str
    language: str

    @property
    def whole(self) -> bool:
        """Tell whether the bytes are the ones that were made."""
        return sha256(self.bytes).hexdigest() == self.sha256


async def listen_to(db: Connection, survey: Survey, wording: str, place: str) -> Listen | None:
    """Return the clip that says just what a page says, or else its words; None for no such page.

    `survey` is in the words of `wording`; `place` is a page's id or `START`.
    """
    spoken = said_at(survey, place, wording)
    if spoken is None:
        return None
    key = await db.fetchval(SQL.key_at, survey.id, wording, place, spoken.words, spoken.language)
    return Listen(key) if key else Listen(words=spoken.words, language=spoken.language)


async def keep(db: Connection, clip: NewClip) -> None:
    """Keep a clip under its key; nobody hears it before it is published."""
    await db.execute(
        SQL.keep,
        clip.key,
        clip.words,
        clip.language,
        clip.source,
        clip.voice,
        clip.engine,
        clip.seconds,
        clip.cpu_seconds,
        clip.opus,
        clip.mp3,
    )


async def whole_among(db: Connection, keys: Collection[str]) -> set[str]:
    """Return those of the keys whose clips are kept, with the bytes that were made."""
    return {row["key"] for row in await db.fetch(SQL.whole_among, list(keys))}


async def published(db: Connection, survey_id: str) -> list[Published]:
    """Return every clip that a survey's pages have, with the size of its forms."""
    rows = await db.fetch(SQL.published, survey_id)
    return [convert(dict(row), Published) for row in rows]


async def publish(db: Connection, survey_id: str, keys: Sequence[tuple[str, str, str]]) -> None:
    """Put these clips, (wording, place, key), in place of all that the survey had."""
    await db.execute(SQL.take_away, survey_id)
    await db.executemany(SQL.publish, [(survey_id, *where) for where in keys])
    await db.execute(SQL.forget_unused)


async def clip_bytes(db: Connection, key: str, form: Form) -> Stored | None:
    """Return a clip in one of its forms, or None when there is no such clip."""
    row = await db.fetchrow(SQL.opus if form == "opus" else SQL.mp3, key)
    return convert(dict(row), Stored) if row else None


async def places_of(db: Connection, key: str) -> list[Place]:
    """Return where a clip is heard."""
    return [Place(**dict(row)) for row in await db.fetch(SQL.places_of, key)]
