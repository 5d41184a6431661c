"""What to tell people when the embedded Postgres cannot start or stop."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice.errors import VoiceError

FULL = "The disk is full. Free some space, then try again."
MEMORY = "The computer has too little free memory for the database. Close other programs."
DAMAGED = (
    "The database's files are damaged, perhaps because the disk broke or files were deleted."
    " Put back the last backup; keep the damaged folder until the backup runs."
)
REACH = (
    "The account that the database runs under may not use its folder. Give every folder above it"
    " the right to be passed through, or choose another folder, or do not run Voice as root."
)
# The first that is found in the log's last lines wins, so the surest come first.
REASONS = (
    (r"No space left on device|Disk quota exceeded", FULL),
    (r"Cannot allocate memory|could not map anonymous|out of memory", MEMORY),
    (
        r"incompatible with server",
        "The database was made by another version of Postgres. Export it with the version of Voice"
        " that made it, then import it here.",
    ),
    (
        r"could not look up effective user",
        "The account that Voice runs under has no name on this computer. Run it as another one.",
    ),
    (
        r"wrong ownership",
        "The database's folder belongs to another account. Run Voice as that account.",
    ),
    (
        r"group or world access|invalid permissions",
        "Other people may open the database's folder. Take that right away with chmod 700.",
    ),
    (
        r"already in use|already exists|still in use",
        "Another Postgres, started by hand, uses the database's folder. Stop it, then try again.",
    ),
    (r"Read-only file system", "The disk may only be read. Choose a folder that can be written."),
    (
        r"could not bind|could not create any Unix",
        "This disk cannot hold a Unix socket. Choose a folder on a disk of this computer.",
    ),
    (r"Permission denied|could not access", REACH),
    (r"checkpoint record|PANIC|control file|checksum", DAMAGED),
)
PREFIX = re.compile(r"^.*?(?:FATAL|PANIC|ERROR|error|fatal): +")


class PostgresProblem(VoiceError):
    """The embedded Postgres cannot start or stop; the message says why and what to do."""

    title = "The database did not start"


def problem_from(lines: str, log: Path) -> PostgresProblem:
    """Explain the last lines that the server, or the program that makes it, wrote."""
    errors = [line for line in lines.splitlines() if " LOG: " not in line]
    for pattern, words in REASONS:
        if any(re.search(pattern, line) for line in errors):
            return PostgresProblem(f"{words} (The whole story is in “{log}”.)")
    said = [PREFIX.sub("", line) for line in errors if PREFIX.match(line)]
    reason = f" It said: “{said[-1].strip()}”." if said else ""
    return PostgresProblem(f"The database stopped while starting.{reason} Look in “{log}”.")


@contextmanager
def in_plain_words(folder: Path) -> Iterator[None]:
    """Turn what the system refuses about the folder into a problem that people can read."""
    try:
        yield
    except OSError as error:
        raise PostgresProblem(_words(error, folder)) from error


def _words(error: OSError, folder: Path) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return FULL
        case errno.ENOMEM:
            return MEMORY
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return (
                f"Voice may not write in the folder “{folder}”. Choose another folder for its data,"
                " or ask the person who looks after this computer for the right to write there."
            )
        case errno.ENOTDIR | errno.EEXIST:
            return f"“{folder}” is not a folder. Choose another place for Voice's data."
        case errno.ENOLCK | errno.EOPNOTSUPP:
            return f"The disk of “{folder}” cannot keep locks. Choose a disk of this computer."
    return f"The folder “{folder}” cannot be used for the database: {error.strerror}."
