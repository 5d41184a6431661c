"""A backup comes back: all of it or nothing, never over answers unless told, never without keys."""

import asyncio
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import IO

from voice.database.master_key import is_there, key_file, vault
from voice.database.migrate import FOLDER as MIGRATIONS
from voice.database.pool import Connection, connect
from voice.errors import BadInput, VoiceError
from voice.secret_key import secret_file, secret_key
from voice.settings import Settings
from voice.upkeep import programs, rows, store
from voice.upkeep.manifest import DATABASE, Manifest, name_of_secret
from voice.upkeep.programs import Programs, Running

# In one transaction with all that comes: where anything fails, what was there is still there.
EMPTIED = (
    "set lock_timeout = '10s';"
    " set client_min_messages = warning;"
    " drop schema public cascade; create schema public;"
    " alter schema public owner to pg_database_owner; grant usage on schema public to public;"
)
# Written by pg_restore 17 and later; a server before that does not know it.
UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;\n"
HEAD = 65_536
NOT_RESTORED = "The backup was not restored."


class NotAsItWas(VoiceError):
    """What came back is not what the backup holds."""

    title = "The restored database is not as the backup says"


def check_keys(settings: Settings, manifest: Manifest) -> None:
    """Refuse to restore what could not be read afterwards.

    Raises:
        BadInput: a master key that sealed words of the backup is not here, or the secret key is
            another one. The message says where it belongs.
    """
    here = {name.hex() for name in vault(settings).names} if is_there(settings) else set()
    if lacking := sorted(set(manifest.masters) - here):
        raise BadInput(
            f"The backup’s words are sealed by the master key {', '.join(lacking)}, which is not "
            f"here. Put your copy back as {key_file(settings)} (or in VOICE_MASTER_KEY), or give "
            "--without-keys: all else comes back, and those words stay closed."
        )
    file = secret_file(settings)
    known = bool(settings.secret_key) or file.exists()
    if not known or name_of_secret(secret_key(settings)) != manifest.secret:
        raise BadInput(
            "The secret key is not the one of the backup: nobody’s three words would work any "
            f"more. Put your copy back as {file} (or in VOICE_SECRET_KEY), or give --without-keys."
        )


async def check_place(dsn: str, manifest: Manifest, *, over: bool) -> None:
    """Refuse a database that somebody uses, or that cannot take this backup.

    Raises:
        BadInput: it holds answers or staff and `over` is not given, others are connected, it is
            older than the one of the backup, or the backup is of a newer Voice.
    """
    newer = sorted(set(manifest.migrations) - {file.name for file in MIGRATIONS.glob("*.sql")})
    if newer:
        raise BadInput(f"The backup was made by a newer Voice ({newer[0]}). Use that version.")
    db = await connect(dsn)
    try:
        server = await store.server_version(db)
        if server < manifest.postgres:
            raise BadInput(
                f"The backup is of Postgres {manifest.postgres}, and this database is "
                f"Postgres {server}. Restore it into version {manifest.postgres} or later."
            )
        if not over and await store.is_used(db):
            raise BadInput(
                "There are answers or staff in this database. To lose them all for what is in the "
                "backup, give --over; make a backup of them first."
            )
        await _check_alone(db)
    finally:
        await db.close()


async def _check_alone(db: Connection) -> None:
    if others := await store.others(db):
        raise BadInput(
            f"{others} other connections use this database. Stop the web app and the workers, then "
            "run it again."
        )


async def put_back(dsn: str, folder: Path, manifest: Manifest) -> None:
    """Replace all that is in the database by what is in the backup; check the rows of each table.

    Raises:
        CopyFailed: it could not be done; what was there before is still there.
        NotAsItWas: a table has another number of rows than the backup says.
    """
    db = await connect(dsn)
    server = await store.server_version(db)
    await db.close()
    fit = programs.find(max(server, manifest.written_by))
    await asyncio.to_thread(_replace, fit, dsn, folder / DATABASE, server)
    db = await connect(dsn)
    try:
        await rows.look_again(db)
        found = await rows.count(db)
    finally:
        await db.close()
    wrong = [name for name, many in manifest.rows.items() if found.get(name) != many]
    if wrong:
        raise NotAsItWas(f"Other rows than there were: {', '.join(wrong)}. Take another backup.")


def _replace(fit: Programs, dsn: str, dump: Path, server: int) -> None:
    words = ("--file=-", "--no-owner", "--no-privileges", "--exit-on-error", str(dump))
    reading = fit.start("pg_restore", *words, stdout=subprocess.PIPE)
    how = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    writing = fit.start(
        "psql",
        *(*how, f"--command={EMPTIED}", "--file=-"),
        dsn=dsn,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    with reading, writing:
        with programs.pipe(reading.stdout) as source, suppress(BrokenPipeError):
            # Where psql has ended early, its own words say why.
            _hand_on(source, programs.pipe(writing.stdin), reading, writing, server)
        programs.wait_for(reading, NOT_RESTORED)
        programs.wait_for(writing, NOT_RESTORED)


def _hand_on(
    source: IO[bytes], sink: IO[bytes], reading: Running, writing: Running, server: int
) -> None:
    """Give one program what the other writes.

    Where that one fails, the writing one is killed before it sees the end: it commits nothing.
    """
    with sink:
        head = source.read(HEAD)
        sink.write(head if server >= 17 else head.replace(UNKNOWN_BEFORE_17, b"", 1))
        shutil.copyfileobj(source, sink)
        if reading.wait():
            writing.kill()
