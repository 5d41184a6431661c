"""Where the embedded Postgres keeps its files, and how its folder is locked.

The locks, and never a number in a file, say who is alive: the system lets a lock go with the last
process that holds it, however that process ended.
"""

import asyncio
import fcntl
import hashlib
import os
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from voice.database.embedded_problem import PostgresProblem

PLAIN_PATH = re.compile(r"[\w./-]+", re.ASCII)
# A socket's whole path may take 103 bytes on macOS; Postgres adds 16 of its own to the folder's.
LONGEST_SOCKET_FOLDER = 85


@dataclass(frozen=True)
class Place:
    """All paths of one embedded Postgres; `folder` is absolute and free of links."""

    folder: Path

    @property
    def name(self) -> str:
        """Return a short name that no other folder's database has, for sockets and processes."""
        return f"voice-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:20]}"

    @property
    def data(self) -> Path:
        """Return the folder that Postgres itself owns; it is there once it is complete."""
        return self.folder / "postgres"

    @property
    def unfinished(self) -> Path:
        """Return the folder in which a new database is made, before it gets its real name."""
        return self.folder / "postgres.new"

    @property
    def log(self) -> Path:
        """Return the server's log."""
        return self.folder / "postgres.log"

    @property
    def programs(self) -> Path:
        """Return where the programs are copied when the server's account cannot read ours."""
        return self.folder / "postgres.programs"

    @property
    def locks(self) -> Path:
        """Return the folder of the locks `starting`, `running` and `attached`."""
        return self.folder / "postgres.locks"

    @property
    def starting(self) -> Path:
        """Return the lock held while one process starts or stops the server."""
        return self.locks / "starting"

    @property
    def running(self) -> Path:
        """Return the lock that the server's own processes hold as long as one of them lives."""
        return self.locks / "running"

    @property
    def attached(self) -> Path:
        """Return the lock that every process using the server shares."""
        return self.locks / "attached"

    @property
    def sockets(self) -> Path:
        """Return the folder of the server's socket: in our folder, or in /tmp when that is long."""
        near = self.folder / "postgres.socket"
        if len(str(near)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(near)):
            return near
        return Path("/tmp") / self.name

    def dsn(self, database: str = "voice") -> str:
        """Return the address of one database on this server."""
        return f"postgresql://voice@/{database}?host={quote(str(self.sockets))}"


def take(lock: Path, how: int = fcntl.LOCK_EX) -> int | None:
    """Take a lock without waiting: an open file that holds it, or None when another has it."""
    file = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    except OSError:
        os.close(file)
        raise
    return file


async def wait_for(lock: Path, how: int = fcntl.LOCK_EX, *, seconds: float) -> int:
    """Take a lock, waiting this long for others to let it go.

    Raises:
        PostgresProblem: another process held it all that time.
    """
    end = time.monotonic() + seconds
    while (file := take(lock, how)) is None:
        if time.monotonic() > end:
            raise PostgresProblem(
                "Another program has been starting or stopping the database in the folder"
                f" “{lock.parent.parent}” for a long time. Stop the other program, then try again."
            )
        await asyncio.sleep(0.01)
    return file


@asynccontextmanager
async def only_one(lock: Path) -> AsyncIterator[None]:
    """Let one process at a time through; a start may take minutes after a power cut."""
    file = await wait_for(lock, seconds=330)
    try:
        yield
    finally:
        os.close(file)
