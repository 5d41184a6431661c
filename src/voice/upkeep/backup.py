"""A backup: the database at one moment, a council's own files, and what they are. Never a key."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from voice.database.pool import Connection, connect
from voice.database.sealing import masters_in_use
from voice.errors import BadInput
from voice.secret_key import secret_key
from voice.settings import Settings
from voice.upkeep import files, manifest, programs, rows, store
from voice.upkeep.manifest import DATABASE, FILES, FORMAT, Manifest


async def make(settings: Settings, dsn: str, folder: Path) -> Manifest:
    """Write a backup into a new folder; people may go on answering meanwhile.

    Everything in it is of one moment: what is counted for the manifest is seen by the same
    snapshot as what is copied.

    Raises:
        BadInput: something is in the folder already, or it cannot be written.
        NoPrograms: there is no pg_dump for this server.
        CopyFailed: pg_dump did not end well; nothing is left in the folder.
    """
    with _unfinished(folder) as place:
        db = await connect(dsn)
        try:
            async with db.transaction(isolation="repeatable_read", readonly=True):
                made = await _copy(settings, dsn, db, place)
        finally:
            await db.close()
        manifest.write(place, made)
    return made


async def _copy(settings: Settings, dsn: str, db: Connection, place: Path) -> Manifest:
    server = await store.server_version(db)
    fit = programs.find(server)
    seen = await rows.snapshot(db)
    words = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={seen}")
    dump = fit.start("pg_dump", *words, f"--file={place / DATABASE}", dsn=dsn)
    await asyncio.to_thread(programs.wait_for, dump, "pg_dump stopped.")
    await asyncio.to_thread(files.pack, settings, place / FILES)
    (place / FILES).chmod(0o600)
    return Manifest(
        format=FORMAT,
        voice=version("voice"),
        made_at=datetime.now(UTC),
        postgres=server,
        written_by=fit.version,
        migrations=await store.migrations(db),
        masters=[name.hex() for name in await masters_in_use(dsn)],
        secret=manifest.name_of_secret(secret_key(settings)),
        rows=await rows.count(db),
        sha256={name: manifest.sha256_of(place / name) for name in (DATABASE, FILES)},
    )


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Give a folder to write into that gets its name once it is whole; half of one is removed."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(f"Something is in {folder} already. Give a folder that is new.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = folder.absolute().with_name(f".{folder.name}.unfinished")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        try:
            yield place
            place.rename(folder)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    except OSError as problem:
        raise BadInput(f"We cannot write to {folder}: {problem.strerror}.") from None
