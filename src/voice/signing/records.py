"""Videos of people signing a page, kept beside the survey with who signed what and when.

`surveys/<id>/signing/<wording>/<page>.mp4` (or .webm, or both), and in the same folder
`VIDEOS.toml` with a record for each. The survey's own wording is `own-words`, the start page
`start-page`.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from hashlib import file_digest
from pathlib import Path

import msgspec
from msgspec import Struct

from voice.listening.spoken import OWN_WORDS, Spoken
from voice.signing.film import KINDS, POSTERS, SAVE_AGAIN, fault_in, fault_in_poster
from voice.surveys.problem import Problem
from voice.surveys.survey import BadSurvey

FOLDER = "signing"
RECORDS = "VIDEOS.toml"


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who signed which words of a page, and when.

    `words_sha256` pins the words that were signed, `sha256` the bytes of the file. `poster` is a
    picture beside it that is shown before it plays, pinned by `poster_sha256`.
    """

    file: str
    who: str
    when: date
    words_sha256: str
    sha256: str
    poster: str = ""
    poster_sha256: str = ""


class _Records(Struct, frozen=True, forbid_unknown_fields=True):
    videos: tuple[Record, ...]


class Video(Struct, frozen=True):
    """A video that fits its page and may be shown."""

    path: Path
    record: Record

    @property
    def poster(self) -> Path | None:
        """The picture that is shown before it plays, if it has one."""
        return self.path.parent / self.record.poster if self.record.poster else None


class Found(Struct, frozen=True):
    """The videos of one wording that may be shown, by place, and what is wrong with the rest.

    A place has one video, or two of the same words: one for each kind of file.
    """

    usable: Mapping[str, Sequence[Video]]
    problems: Sequence[Problem]


def find_videos(survey_folder: Path, wording: str, pages: Sequence[Spoken]) -> Found:
    """Return the videos of one wording, each held against what its page says now."""
    folder = survey_folder / FOLDER / (wording or OWN_WORDS)
    try:
        records = _read_records(folder)
    except BadSurvey as error:
        file = f"{_place(folder)}/{RECORDS}"
        return Found({}, [Problem(file, "the whole file", error.message, "Put it right.")])
    spoken = {page.place: page for page in pages}
    usable: dict[str, list[Video]] = {}
    problems: list[Problem] = []
    for path in _files(folder, KINDS):
        found = _judged(path, spoken.get(path.stem), records.get(path.name))
        if isinstance(found, Problem):
            problems.append(found)
        else:
            usable.setdefault(path.stem, []).append(found)
    problems += _without_a_file(folder, records)
    problems += _posters_of_nobody(folder, records)
    problems += _of_another_kind(folder)
    return Found(usable, problems)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece, as 64 hex digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _read_records(folder: Path) -> dict[str, Record]:
    file = folder / RECORDS
    if not file.is_file():
        return {}
    try:
        read = msgspec.toml.decode(file.read_bytes(), type=_Records).videos
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"It cannot be read: {error}.") from error
    return {record.file: record for record in read}


def _files(folder: Path, kinds: Container[str]) -> list[Path]:
    return [file for file in _all_files(folder) if file.suffix in kinds]


def _all_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if not file.name.startswith("."))


def _judged(path: Path, page: Spoken | None, record: Record | None) -> Video | Problem:
    """Return the video, or why it may not be shown."""
    if page is None:
        return _problem(path, "No page is called like this video.", "Rename or delete it.")
    found = digest(path)
    if record is None:
        what_to_do = f"Add this to {RECORDS} beside it:\n{_blank_record(path, page, found)}"
        return _problem(path, "This video has no record of who signs it and when.", what_to_do)
    if record.sha256 != found:
        message = "It is not the video that the record is about: its sha256 differs."
        return _problem(path, message, "Say in the record what it is now, or put the old one back.")
    if record.words_sha256 != page.fingerprint:
        message = "The page has other words now than this video."
        again = f"with words_sha256 = “{page.fingerprint}”"
        return _problem(path, message, f"Sign it again ({again}), or delete it.")
    fault = fault_in(path)
    if fault:
        return _problem(path, fault, SAVE_AGAIN)
    return _poster_judged(Video(path, record))


def _poster_judged(video: Video) -> Video | Problem:
    """Return the video, or what is wrong with its picture."""
    poster, name = video.poster, video.record.poster
    if poster is None:
        return video
    if Path(name).name != name or not poster.is_file():
        message = f"Its picture “{name}” is not beside it."
        return _problem(video.path, message, "Put it there, or take it out of the record.")
    if digest(poster) != video.record.poster_sha256:
        message = f"Its picture “{name}” is not the one that the record is about."
        what_to_do = f"Write poster_sha256 = “{digest(poster)}”, or put the old one back."
        return _problem(video.path, message, what_to_do)
    fault = fault_in_poster(poster)
    return _problem(video.path, fault, "Save it again, smaller.") if fault else video


def _blank_record(path: Path, page: Spoken, found: str) -> str:
    return (
        f'[[videos]]\nfile = "{path.name}"\nwho = "…"\nwhen = 2026-01-31\n'
        f'words_sha256 = "{page.fingerprint}"\nsha256 = "{found}"'
    )


def _place(folder: Path) -> str:
    return f"{folder.parent.parent.name}/{FOLDER}/{folder.name}"


def _problem(path: Path, message: str, what_to_do: str) -> Problem:
    file = f"{_place(path.parent)}/{path.name}"
    return Problem(file, f"page “{path.stem}”", message, what_to_do)


def _without_a_file(folder: Path, records: Mapping[str, Record]) -> Iterator[Problem]:
    """Give advice about records whose video is gone: whoever signed it may have taken it back."""
    for name in sorted(records):
        if not (folder / name).is_file():
            message = "There is a record, but no such video."
            file = f"{_place(folder)}/{RECORDS}"
            yield Problem(file, name, message, "Delete the record.", stops=False)


def _posters_of_nobody(folder: Path, records: Mapping[str, Record]) -> Iterator[Problem]:
    """Give advice about pictures that no record names: they are not shown."""
    named = {record.poster for record in records.values()}
    for path in _files(folder, POSTERS):
        if path.name not in named:
            lines = f'poster = "{path.name}"\nposter_sha256 = "{digest(path)}"'
            yield Problem(
                f"{_place(folder)}/{path.name}",
                f"page “{path.stem}”",
                "No record names this picture, so it is not shown.",
                f"Add this to the record of its video:\n{lines}",
                stops=False,
            )


def _of_another_kind(folder: Path) -> Iterator[Problem]:
    """Give advice about files that are no video by their name, such as `.MP4` or `.mov`."""
    for path in _all_files(folder):
        if path.suffix not in KINDS and path.suffix not in POSTERS and path.name != RECORDS:
            yield Problem(
                f"{_place(folder)}/{path.name}",
                f"page “{path.stem}”",
                "It is not called .mp4 or .webm, in small letters, so it is not shown.",
                "Save it as one of them, or delete it.",
                stops=False,
            )
