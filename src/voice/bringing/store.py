"""Imports, who did them and what came of them; and files on their way in, sealed, for a day."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from msgspec import Struct, convert, json

from voice.bringing.mapping import Mapping
from voice.database import sql
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.errors import VoiceError

SQL = sql.load(__file__)
FILE, ABOUT = "file", "about"


class FileGone(VoiceError):
    """The file that somebody was bringing in is not there, or is somebody else's."""

    status = 404
    title = "That file is not here any more"


class CannotUndo(VoiceError):
    """An import cannot be undone: it was already, or something was built on it."""

    status = 409
    title = "This import cannot be undone"


class Counts(Struct, frozen=True):
    """What came of the rows of a file: kept, there already, rejected, or not agreed to."""

    new: int = 0
    before: int = 0
    rejected: int = 0
    not_agreed: int = 0


class Past(Struct, frozen=True, kw_only=True):
    """An import that was done; `who` is empty for the command line."""

    id: int
    survey_id: str
    wave: str
    tool: str
    n_new: int
    n_before: int
    n_rejected: int
    n_not_agreed: int
    who: str
    day: date
    undone: bool
    can_undo: bool


class About(Struct, frozen=True):
    """What is known of a file on its way in. `done` holds what came of it, once it is in."""

    name: str
    mapping: Mapping
    near: tuple[str, ...] = ()
    done: Counts | None = None


class Waiting(Struct, frozen=True):
    """A file on its way in; after it was brought in, the rows of it that were rejected."""

    id: UUID
    survey_id: str
    about: About
    content: bytes


async def note_import(
    db: Connection,
    survey_id: str,
    wave: str,
    tool: str,
    counts: Counts,
    *,
    by: int | None,
    ids: Sequence[UUID],
) -> int:
    """Keep what came of a file, and which responses came with it; return its number."""
    n = (counts.new, counts.before, counts.rejected, counts.not_agreed)
    number: int = await db.fetchval(SQL.note_import, survey_id, wave, tool, *n, by)
    await db.execute(SQL.note_members, ids, number)
    return number


async def past_imports(db: Connection) -> list[Past]:
    """Return the last hundred imports of the surveys that may be seen, newest first."""
    return [convert(dict(row), Past) for row in await db.fetch(SQL.past_imports)]


async def hold_import(db: Connection, number: int) -> tuple[str, str]:
    """Return survey and wave of an import that was not undone; nobody else can undo it meanwhile.

    Raises:
        CannotUndo: it was undone before, or there is none.
    """
    row = await db.fetchrow(SQL.hold_import, number)
    if row is None:
        raise CannotUndo("It was undone before. Look at the list again.")
    return row["survey_id"], row["wave"]


async def members_of(db: Connection, number: int) -> list[UUID]:
    """Return the responses that came with an import and are still there."""
    return [row["response_id"] for row in await db.fetch(SQL.members_of, number)]


async def in_themes(db: Connection, response_ids: Sequence[UUID]) -> bool:
    """Tell whether a comment of these responses is in a theme that a person agreed to."""
    return bool(await db.fetchval(SQL.in_themes, response_ids))


async def note_undone(db: Connection, number: int, by: int) -> None:
    """Keep who undid an import."""
    await db.execute(SQL.note_undone, number, by)


async def refs_there(db: Connection, survey_id: str, wave: str, refs: Sequence[str]) -> set[str]:
    """Return those of the references that a response of this wave has already."""
    return {row["source_ref"] for row in await db.fetch(SQL.refs_there, survey_id, wave, refs)}


async def ids_of(db: Connection, survey_id: str, wave: str) -> list[UUID]:
    """Return the responses of a wave that were sent."""
    return [row["id"] for row in await db.fetch(SQL.ids_of, survey_id, wave)]


async def keep_file(
    db: Connection, vault: Vault, by: int, survey_id: str, about: About, content: bytes
) -> UUID:
    """Keep a file on its way in, sealed; return what it is called by."""
    await db.execute(SQL.forget_old_files)
    file_id = uuid4()
    key = vault.new_key(file_id)
    sealed = (
        vault.seal(key, json.encode(about), file_id, ABOUT),
        vault.seal(key, content, file_id, FILE),
    )
    await db.execute(SQL.keep_file, file_id, by, survey_id, key, *sealed)
    return file_id


async def file_of(db: Connection, vault: Vault, file_id: UUID, by: int) -> Waiting:
    """Return a file that this person is bringing in.

    Raises:
        FileGone: there is none, or it came more than a day ago.
    """
    row = await db.fetchrow(SQL.file_of, file_id, by)
    if row is None:
        raise FileGone("Files are kept for a day, for the person who brought them. Bring it again.")
    about = vault.open(row["wrapped"], row["about_sealed"], file_id, ABOUT)
    content = vault.open(row["wrapped"], row["file_sealed"], file_id, FILE)
    return Waiting(file_id, row["survey_id"], json.decode(about, type=About), content)


async def hold_file(db: Connection, file_id: UUID, by: int) -> bool:
    """Let nobody else bring the file in meanwhile; False when it is gone."""
    return await db.fetchval(SQL.hold_file, file_id, by) is not None


async def keep_about(db: Connection, vault: Vault, file: Waiting, about: About, by: int) -> None:
    """Keep how a file is read, in place of how it was."""
    key: bytes = await db.fetchval(SQL.key_of, file.id, by)
    await db.execute(SQL.keep_about, file.id, by, _about(vault, key, file.id, about))


async def keep_rejected(
    db: Connection, vault: Vault, file: Waiting, about: About, rejected: bytes, by: int
) -> None:
    """Keep the rows that were rejected in place of the whole file, which is not needed any more."""
    key: bytes = await db.fetchval(SQL.key_of, file.id, by)
    sealed = vault.seal(key, rejected, file.id, FILE)
    await db.execute(SQL.keep_rejected, file.id, by, sealed, _about(vault, key, file.id, about))


async def forget_file(db: Connection, file_id: UUID, by: int) -> None:
    """Delete a file on its way in."""
    await db.execute(SQL.forget_file, file_id, by)


async def forget_old_files(db: Connection) -> None:
    """Delete the files that came more than a day ago."""
    await db.execute(SQL.forget_old_files)


def _about(vault: Vault, key: bytes, file_id: UUID, about: About) -> bytes:
    return vault.seal(key, json.encode(about), file_id, ABOUT)
