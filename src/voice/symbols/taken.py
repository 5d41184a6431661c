"""The pictures that are in a folder already, and the file that says who made each of them."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from voice.surveys.pictures import LICENCES, Picture, fingerprint, load_pictures, picture_files
from voice.surveys.sources import stem

HEAD = "# One record for each picture in this folder, written by “voice pictures import”.\n"


class Taken(Struct, frozen=True):
    """What a folder holds: its records and its files, by the name without its end."""

    records: Mapping[str, Picture]
    files: Mapping[str, Path]

    def as_recorded(self, name: str) -> bool:
        """Tell whether the file of this name is there as its record says."""
        record, file = self.records.get(stem(name)), self.files.get(stem(name))
        return record is not None and file is not None and fingerprint(file) == record.sha256


def look_at(folder: Path) -> Taken:
    """Return what a folder holds; it need not be there.

    Raises:
        BadSurvey: its records cannot be read.
    """
    return Taken(
        {stem(record.file): record for record in load_pictures(folder)},
        {stem(name): file for name, file in picture_files(folder).items()},
    )


def write_records(folder: Path, records: Mapping[str, Picture]) -> None:
    """Put these records in place of those of a folder, all at once, in the order of their names.

    What stands in the file before the first record stays.
    """
    file = folder / LICENCES
    head = file.read_text(encoding="utf-8").partition("[[")[0] if file.is_file() else f"{HEAD}\n"
    new = folder / f".{LICENCES}.new"
    written = "\n".join(_as_toml(records[name]) for name in sorted(records))
    new.write_text(head + written, encoding="utf-8")
    new.replace(file)


def _as_toml(picture: Picture) -> str:
    lines = ["[[pictures]]"]
    for field in Picture.__struct_fields__:
        value = getattr(picture, field)
        if value:
            # A text between quotes is written alike in JSON and in TOML; a day stands bare.
            bare = value if field == "until" else msgspec.json.encode(value).decode()
            lines.append(f"{field} = {bare}")
        elif field in ("id", "shows", "author", "source"):
            lines.append(f'{field} = ""')
    return "\n".join(lines) + "\n"
