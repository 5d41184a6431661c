"""The three places a picture comes from: the survey's folder, the council's, and what is shipped.

The first that has a picture of the name shows it. In the council's folder the end of the name does
not count: its `happy.png` stands in for the shipped `happy.svg`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from voice.surveys.licences import refusal
from voice.surveys.pictures import Picture, load_pictures, picture_files
from voice.surveys.problem import options_of
from voice.surveys.survey import BadSurvey, Survey

Source = Literal["survey", "council", "shipped"]
"""Whose picture it is: in the order of looking it up."""


class Shown(Struct, frozen=True):
    """A picture that is shown by a name: its file, whose it is, and its record, if it has one."""

    file: Path
    source: Source
    record: Picture | None


def shared_pictures(home: Path, council: Path | None = None) -> dict[str, Shown]:
    """Return what every survey may show, by name: the council's pictures before those of `home`.

    Raises:
        BadSurvey: the council's records cannot be read.
    """
    shipped = _in_folder(home / "pictures", "shipped")
    of_council = council_pictures(council) if council else {}
    by_stem = {stem(name): shown for name, shown in of_council.items()}
    replaced = {name: by_stem[stem(name)] for name in shipped if stem(name) in by_stem}
    return shipped | of_council | replaced


def own_pictures(survey_folder: Path) -> dict[str, Shown]:
    """Return the pictures that only the survey in this folder may show, by name."""
    return _in_folder(survey_folder / "pictures", "survey")


def council_pictures(folder: Path) -> dict[str, Shown]:
    """Return the pictures in the council's folder, by name; without a good record none is shown.

    Raises:
        BadSurvey: the records cannot be read.
    """
    files = picture_files(folder)
    return {
        record.file: Shown(files[record.file], "council", record)
        for record in load_pictures(folder)
        if record.file in files and refusal(record.terms, of_council=True) is None
    }


def stem(name: str) -> str:
    """Return the name of a picture without its end."""
    return Path(name).stem


def pictures_in(survey: Survey) -> Iterator[tuple[str, str]]:
    """Yield the name of each picture that a survey shows, after the place where it is shown."""
    if survey.welcome.picture:
        yield "welcome", survey.welcome.picture
    for page in survey.all_pages:
        for picture in (page.picture, *(option.picture for option in options_of(page))):
            if picture:
                yield f"page “{page.id}”", picture


def _in_folder(folder: Path, source: Source) -> dict[str, Shown]:
    """Return the pictures of a folder; records that cannot be read are for `check` to name."""
    try:
        records = {record.file: record for record in load_pictures(folder)}
    except BadSurvey:
        records = {}
    return {
        name: Shown(file, source, records.get(name)) for name, file in picture_files(folder).items()
    }
