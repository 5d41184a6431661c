"""Recordings of people reading a page aloud, kept beside the survey with who read what and when.

`surveys/<id>/recordings/<wording>/<page>.wav` (or .flac, .opus, .ogg, .mp3), and in the same
folder `RECORDINGS.toml` with a record for each. The survey's own wording is `own-words`, the start
page `start-page`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from voice.listening.encode import NotSound, read_sound
from voice.listening.sound import fault_in
from voice.listening.spoken import OWN_WORDS, Spoken
from voice.surveys.problem import Problem
from voice.surveys.survey import BadSurvey

RECORDS = "RECORDINGS.toml"
KINDS = (".wav", ".flac", ".opus", ".ogg", ".mp3")


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who read which words of a page, and when.

    `words_sha256` pins the words that were read, `sha256` the bytes of the file.
    """

    file: str
    who: str
    when: date
    words_sha256: str
    sha256: str


class _Records(Struct, frozen=True, forbid_unknown_fields=True):
    recordings: tuple[Record, ...]


class Recording(Struct, frozen=True):
    """A recording that fits its page and may be used."""

    path: Path
    record: Record


class Recordings(Struct, frozen=True):
    """The recordings of one wording that may be used, by place, and what is wrong with the rest."""

    usable: Mapping[str, Recording]
    problems: Sequence[Problem]


def find_recordings(survey_folder: Path, wording: str, pages: Sequence[Spoken]) -> Recordings:
    """Return the recordings of one wording, each held against what its page says now."""
    folder = survey_folder / "recordings" / (wording or OWN_WORDS)
    place = f"{survey_folder.name}/recordings/{folder.name}"
    try:
        records = _read_records(folder)
    except BadSurvey as error:
        problem = Problem(f"{place}/{RECORDS}", "the whole file", error.message, "Put it right.")
        return Recordings({}, [problem])
    spoken = {page.place: page for page in pages}
    usable: dict[str, Recording] = {}
    problems: list[Problem] = []
    for path in _sound_files(folder):
        found = _judged(path, spoken.get(path.stem), records.get(path.name))
        if isinstance(found, Recording) and path.stem not in usable:
            usable[path.stem] = found
        elif isinstance(found, Recording):
            problems.append(_problem(path, "There are two recordings of it.", "Keep one."))
        else:
            problems.append(found)
    return Recordings(usable, problems + _without_a_file(folder, place, records))


def _read_records(folder: Path) -> dict[str, Record]:
    file = folder / RECORDS
    if not file.is_file():
        return {}
    try:
        read = msgspec.toml.decode(file.read_bytes(), type=_Records).recordings
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"It cannot be read: {error}.") from error
    return {record.file: record for record in read}


def _sound_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.suffix in KINDS)


def _judged(path: Path, page: Spoken | None, record: Record | None) -> Recording | Problem:
    """Return the recording, or why it may not be used."""
    if page is None:
        return _problem(path, "No page is called like this recording.", "Rename or delete it.")
    written = path.read_bytes()
    found = sha256(written).hexdigest()
    if record is None:
        what_to_do = f"Add this to {RECORDS} beside it:\n{_blank_record(path, page, found)}"
        return _problem(path, "This recording has no record of who read it and when.", what_to_do)
    if record.sha256 != found:
        message = "It is not the recording that the record is about: its sha256 differs."
        return _problem(path, message, "Say in the record what it is now, or put the old one back.")
    if record.words_sha256 != page.fingerprint:
        message = "The page has other words now than this recording."
        again = f"with words_sha256 = “{page.fingerprint}”"
        return _problem(path, message, f"Record it again ({again}), or delete it.")
    fault = _fault_in(written)
    return _problem(path, fault, "Record it again.") if fault else Recording(path, record)


def _fault_in(written: bytes) -> str:
    try:
        return fault_in(read_sound(written))
    except NotSound as error:
        return str(error)


def _blank_record(path: Path, page: Spoken, found: str) -> str:
    return (
        f'[[recordings]]\nfile = "{path.name}"\nwho = "…"\nwhen = 2026-01-31\n'
        f'words_sha256 = "{page.fingerprint}"\nsha256 = "{found}"'
    )


def _problem(path: Path, message: str, what_to_do: str) -> Problem:
    folder = path.parent
    file = f"{folder.parent.parent.name}/recordings/{folder.name}/{path.name}"
    return Problem(file, f"page “{path.stem}”", message, what_to_do)


def _without_a_file(folder: Path, place: str, records: Mapping[str, Record]) -> list[Problem]:
    """Return advice about records whose recording is gone: the next source is used."""
    gone = sorted(name for name in records if not (folder / name).is_file())
    message = "There is a record, but no such recording."
    return [
        Problem(f"{place}/{RECORDS}", name, message, "Delete the record.", stops=False)
        for name in gone
    ]
