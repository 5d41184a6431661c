"""The pictures beside the words: where each is, who drew it and under which licence."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from voice.errors import VoiceError
from voice.languages.say import later
from voice.surveys.licences import Terms
from voice.surveys.survey import BadSurvey

LICENCES = "LICENCES.toml"

KINDS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""The kinds of file that a picture can be, by the end of their name."""


class PictureNotFound(VoiceError):
    """No survey has a picture of this name."""

    status = 404
    title = later("We cannot find that picture")


class Picture(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one picture came from.

    `id` is its name at its source; `shows` says what is drawn; `sha256` pins its bytes. Which
    licences may be shown where, `licences.refusal` says. `held_by` and `until` go with the licence
    "licensed"; `original_sha256` pins the file it was made from, where it was brought in.
    """

    file: str
    id: str
    shows: str
    author: str
    source: str
    licence: str
    sha256: str
    held_by: str = ""
    until: date | None = None
    original_sha256: str = ""

    @property
    def terms(self) -> Terms:
        """Under which terms it is shown."""
        return Terms(
            source=self.source,
            author=self.author,
            licence=self.licence,
            held_by=self.held_by,
            until=self.until,
        )


class _Records(Struct, frozen=True, forbid_unknown_fields=True):
    """What a LICENCES.toml holds."""

    pictures: tuple[Picture, ...]


def load_pictures(folder: Path) -> list[Picture]:
    """Return the records of the pictures in `folder`, in the file's order; none without a file.

    Raises:
        BadSurvey: LICENCES.toml is not TOML, or a record lacks a part.
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
