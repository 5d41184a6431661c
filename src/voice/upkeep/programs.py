"""Postgres's own programs for copies: found beside ours or on this machine, fit for the server.

A password never stands on a command line, where everybody on the machine can read it.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote, urlsplit, urlunsplit

from msgspec import Struct

from voice.database.embedded import PostgresProblem, binaries
from voice.errors import VoiceError

if TYPE_CHECKING:
    Running: TypeAlias = subprocess.Popen[bytes]
else:
    Running = subprocess.Popen

NEEDED = ("pg_dump", "pg_restore", "psql")
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
# Nothing of the caller's but where a password file may lie: PGOPTIONS or PGSERVICE must not change
# what is copied.
ENVIRONMENT = {
    "HOME": str(Path.home()),
    "LC_ALL": "C",
    "TZ": "UTC",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}


class NoPrograms(VoiceError):
    """There is no pg_dump, or none that knows a server this new."""

    title = "The database cannot be copied from here"


class CopyFailed(VoiceError):
    """One of the programs said no."""

    title = "The copy was not finished"


class Programs(Struct, frozen=True):
    """A folder with pg_dump, pg_restore and psql of one version."""

    folder: Path
    version: int

    def start(self, program: str, *words: str, dsn: str = "", **how: Any) -> Running:
        """Start one of the programs, over the database at `dsn` if one is given.

        What it writes is for its owner only.
        """
        place, secret = without_password(dsn)
        over = [f"--dbname={place}"] if dsn else []
        return subprocess.Popen(
            [self.folder / program, *over, *words],
            env=ENVIRONMENT | ({"PGPASSWORD": secret} if secret else {}),
            stdin=how.pop("stdin", subprocess.DEVNULL),
            stderr=subprocess.PIPE,
            umask=0o077,
            **how,
        )


def find(server: int) -> Programs:
    """Return the programs to copy a server of this version with: the oldest that know it.

    Older ones refuse a newer server; much newer ones write what an older server does not know.

    Raises:
        NoPrograms: there are none; the message says which to install.
    """
    found = [one for one in map(_in_folder, _folders()) if one is not None]
    fit = sorted((one for one in found if one.version >= server), key=lambda one: one.version)
    if not fit:
        there = ", ".join(str(one.version) for one in found) or "none"
        raise NoPrograms(
            f"The database is Postgres {server}; pg_dump, pg_restore and psql of that version or a "
            f"later one are needed, and here are: {there}. Install postgresql-client-{server}."
        )
    return fit[0]


def without_password(dsn: str) -> tuple[str, str]:
    """Return an address without its password, and the password."""
    parts = urlsplit(dsn)
    who, at, where = parts.netloc.rpartition("@")
    name, _, secret = who.partition(":")
    return urlunsplit(parts._replace(netloc=f"{name}{at}{where}")), unquote(secret)


def wait_for(child: Running, what: str) -> None:
    """Wait until a program has ended.

    Raises:
        CopyFailed: it did not end well. Its words can quote a row, so only their kind is told.
    """
    with pipe(child.stderr) as stream:
        said = stream.read()
    if child.wait():
        raise CopyFailed(f"{what} {_why(said)}")


def _why(said: bytes) -> str:
    words = said.decode(errors="replace")
    for sign, sentence in (
        ("No space left", "The disk is full. Make room, then run it again."),
        ("permission denied", "The user of DATABASE_URL must own the database and its tables."),
        ("must be owner", "The user of DATABASE_URL must own the database and its tables."),
        ("lock timeout", "Others use the database. Stop the web app and the workers first."),
        ("could not connect", "The database does not answer. Look whether it runs."),
        ("connection to server", "The database does not answer. Look whether it runs."),
    ):
        if sign in words:
            return sentence
    return "Nothing was changed. Look at the log of Postgres, which says why."


def _folders() -> Sequence[Path]:
    folders = []
    with suppress(PostgresProblem):
        folders.append(binaries())
    for path in (shutil.which("pg_dump"), *sorted(_of_debian())):
        if path:
            folders.append(Path(path).parent)
    return folders


def _of_debian() -> list[str]:
    return [str(one) for one in Path("/usr/lib/postgresql").glob("*/bin/pg_dump")]


def _in_folder(folder: Path) -> Programs | None:
    if not all((folder / name).exists() for name in NEEDED):
        return None
    try:
        said = subprocess.run(
            [folder / "pg_dump", "--version"], capture_output=True, env=ENVIRONMENT, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = VERSION.search(said.stdout.decode(errors="replace"))
    return Programs(folder, int(version[1])) if version else None


def pipe(end: IO[bytes] | None) -> IO[bytes]:
    """Return one end of a pipe to a program that was started with it."""
    if end is None:
        raise ValueError("The program was started without this pipe.")
    return end
