"""The pictures beside the words: where each is, who drew it and under which licence."""

from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from voice.errors import VoiceError
from voice.languages.say import later
from voice.surveys.survey import BadSurvey

LICENCES = "LICENCES.toml"

Licence = Literal[
    "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-SA-2.0-UK", "OGL-UK-3.0", "own-work"
]
"""Licences that let a council and a charity print, change and publish a picture."""


class PictureNotFound(VoiceError):
    """No survey has a picture of this name."""

    status = 404
    title = later("We cannot find that picture")


class Picture(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one picture came from.

    `id` is its name at its source; `shows` says what is drawn; `sha256` pins its bytes.
    """

    file: str
    id: str
    shows: str
    author: str
    source: str
    licence: Licence
    sha256: str


class _Records(Struct, frozen=True, forbid_unknown_fields=True):
    """What a LICENCES.toml holds."""

    pictures: tuple[Picture, ...]


def load_pictures(folder: Path) -> list[Picture]:
    """Return the records of the pictures in `folder`, in the file's order; none without a file.

    Raises:
        BadSurvey: LICENCES.toml is not TOML, or a record lacks a part or has another licence.
    """
    file = folder / LICENCES
    if not file.is_file():
        return []
    try:
        return list(msgspec.toml.decode(file.read_bytes(), type=_Records).pictures)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"{file}: {error}") from error


def picture_files(folder: Path) -> dict[str, Path]:
    """Return the picture files in `folder` by name, sorted; none when there is no such folder."""
    if not folder.is_dir():
        return {}
    return {
        file.name: file
        for file in sorted(folder.iterdir())
        if file.is_file() and file.name != LICENCES and not file.name.startswith(".")
    }


def fingerprint(file: Path) -> str:
    """Return the SHA-256 of a file, as 64 hex digits."""
    return sha256(file.read_bytes()).hexdigest()
