"""Frozen packs in Postgres: kept as they were, byte for byte, with the hash of it."""

from datetime import date, datetime

from msgspec import Struct, convert

from voice.database import sql
from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.exports.document import (
    Cell,
    Document,
    canonical,
    opened,
    quotes_of,
    sha256,
    without,
)
from voice.exports.making import Layer
from voice.staff import audit
from voice.you_said.pledge import STATUSES

SQL = sql.load(__file__)
LARGEST_ID = 2**63 - 1


class PackNotFound(VoiceError):
    """There is no such pack, or not for this person, or its content was taken out."""

    status = 404
    title = "We cannot find that pack"


class Frozen(Struct, frozen=True, kw_only=True):
    """A pack that is kept. `size`, in bytes, is None once the content was taken out.

    `sha256` is of the content as it was frozen, `content_sha256` of what is there now:
    `taken_back` quotes may not be shown any more and were taken out.
    """

    id: int
    layer: Layer
    day: date
    sha256: str
    made_at: datetime
    made_by: str
    size: int | None
    content_sha256: str
    taken_back: int
    taken_back_on: date | None
    withdrawn_on: date | None
    withdrawn_because: str


async def freeze(db: Connection, document: Document, layer: Layer, person_id: int) -> int:
    """Keep a pack for good and return its id; the same content is kept once."""
    content = canonical(document)
    digest = sha256(content)
    day = date.fromisoformat(document.day)
    made: int | None = await db.fetchval(SQL.freeze, layer, day, content, digest, person_id)
    if made is None:
        there: int = await db.fetchval(SQL.same, digest)
        return there
    await audit.note_of(db, person_id, "froze an evidence pack", f"pack {made}, {layer}, {digest}")
    return made


async def packs(db: Connection, layers: list[Layer]) -> list[Frozen]:
    """Return the packs of these layers, the newest first."""
    return [convert(dict(row), Frozen) for row in await db.fetch(SQL.packs, layers)]


async def content(db: Connection, pack_id: int) -> bytes:
    """Return a pack as it was frozen, byte for byte.

    Raises:
        PackNotFound: there is none, or its content was taken out.
    """
    found: bytes | None = await db.fetchval(SQL.content, min(pack_id, LARGEST_ID))
    if found is None:
        raise PackNotFound("Its content was taken out. Choose another pack from the list.")
    return found


async def as_frozen(db: Connection, pack: Frozen) -> bool | None:
    """Tell whether a pack's content has the hash it must have; None where it was taken out."""
    if pack.size is None:
        return None
    return sha256(await content(db, pack.id)) == pack.content_sha256


async def gone_quotes(db: Connection, document: Document) -> list[str]:
    """Return the quotes of a pack that may not be shown any more.

    Somebody took their answers back, words were taken out, or the safeguarding lead holds it back.
    """
    quotes = quotes_of(document.sections)
    still = {row["words"] for row in await db.fetch(SQL.still_quotable, quotes)}
    return [words for words in quotes if words not in still]


async def take_back(db: Connection, pack_id: int | None = None) -> int:
    """Take quotes that may not be shown any more out of a pack, or of all; return how many.

    Words that are gone from Voice go from what was frozen, too: they belong to who said them.
    """
    n = 0
    for row in await db.fetch(SQL.with_content, pack_id):
        document = opened(row["content"])
        gone = await gone_quotes(db, document)
        if gone:
            left = canonical(without(document, frozenset(gone)))
            await db.execute(SQL.take_back, row["id"], left, sha256(left), len(gone))
            n += len(gone)
    return n


async def withdraw(db: Connection, pack_id: int, because: str, person_id: int) -> bool:
    """Take the content of a pack out for good; its hash, day and maker stay. False: it is out."""
    done = await db.fetchval(SQL.withdraw, pack_id, because, person_id) is not None
    if done:
        await audit.note_of(db, person_id, "took an evidence pack out", f"pack {pack_id}")
    return done


async def changes(db: Connection) -> list[tuple[Cell, ...]]:
    """Return every version of every pledge, the newest first."""
    return [
        (
            row["number"],
            row["version"],
            row["written_on"].isoformat(),
            STATUSES[row["status"]],
            "yes" if row["published"] else "no",
        )
        for row in await db.fetch(SQL.changes)
    ]


async def runs(db: Connection) -> list[tuple[Cell, ...]]:
    """Return when themes were last looked for, question by question, and with what."""
    return [
        (
            row["asked_of"],
            row["question_id"],
            row["wave"],
            row["found_on"].isoformat(),
            row["version"],
            "yes" if row["large"] else "no",
        )
        for row in await db.fetch(SQL.runs)
    ]
