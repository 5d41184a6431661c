"""What a backup says of itself: when, which version, which keys, and its files' hashes."""

import hashlib
from datetime import datetime
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, json

from voice.errors import BadInput

NAME = "manifest.json"
DATABASE, FILES = "database.dump", "files.tar"
FORMAT = 1


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """One backup. `masters` are names of master keys and `secret` that of the secret key.

    A name is a part of a hash: it says which key is needed, and nothing about it. `rows` gives
    the number of rows of each table as the copy holds them; `written_by` is the version of pg_dump.
    """

    format: int
    voice: str
    made_at: datetime
    postgres: int
    written_by: int
    migrations: list[str]
    masters: list[str]
    secret: str
    rows: dict[str, int]
    sha256: dict[str, str]


def name_of_secret(key: bytes) -> str:
    """Return the name of a secret key."""
    return hashlib.sha256(b"voice secret key" + key).digest()[:8].hex()


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest; it is the last file of a backup, so that half a one has none."""
    (folder / NAME).touch(mode=0o600)
    (folder / NAME).write_bytes(json.format(json.encode(manifest), indent=1) + b"\n")


def read(folder: Path) -> Manifest:
    """Return the manifest of a backup, every file of which is as it was written.

    Raises:
        BadInput: it is no backup, is not whole, was changed, or comes from a newer Voice.
    """
    try:
        found = json.decode((folder / NAME).read_bytes(), type=Manifest)
    except OSError:
        raise BadInput(
            f"{folder} is no whole backup: it has no {NAME}. Give the folder that “voice backup” "
            "made."
        ) from None
    except (DecodeError, ValidationError, UnicodeDecodeError):
        raise BadInput(f"{folder / NAME} was changed, or comes from a newer Voice.") from None
    if found.format != FORMAT:
        raise BadInput(f"{folder} was made by a newer Voice ({found.voice}). Use that version.")
    for name, sha256 in found.sha256.items():
        _check(folder / Path(name).name, sha256)
    return found


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _check(file: Path, sha256: str) -> None:
    try:
        found = sha256_of(file)
    except OSError:
        raise BadInput(f"{file} is missing: the backup is not whole. Take another one.") from None
    if found != sha256:
        raise BadInput(
            f"{file} is not as it was written: it was changed, or copied in part. Take another one."
        )
