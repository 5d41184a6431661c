"""Check the folders of pictures: each picture has its record, and each record lets it be shown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from voice.surveys.licences import CALLED, LICENSED, refusal
from voice.surveys.pictures import Picture, fingerprint, load_pictures, picture_files
from voice.surveys.problem import Problem
from voice.surveys.sources import Shown, pictures_in, stem
from voice.surveys.survey import BadSurvey, Survey

BRING_IN = "Bring it in with “voice pictures import”, or delete it."


def check_pictures(folder: Path, name: str, *, of_council: bool = False) -> list[Problem]:
    """Return what is wrong with a folder of pictures and its records.

    Args:
        folder: the folder; without a LICENCES.toml every picture in it lacks a record.
        name: what to call that file in a problem.
        of_council: whether it is the council's own folder, where "licensed" is a licence.
    """
    try:
        records = load_pictures(folder)
    except BadSurvey as error:
        what_to_do = "Put right what the message says."
        return [Problem(name, "the whole file", error.message, what_to_do)]
    files = picture_files(folder)
    return [
        *_without_a_record(files, records, name, of_council=of_council),
        *_two_of_one_name(files, name, of_council=of_council),
        *(problem for one in records for problem in _judged(one, files, name)),
        *_refused(records, name, of_council=of_council),
    ]


def check_shown(
    surveys: Iterable[Survey], shown: Mapping[str, Shown], file: str
) -> Iterator[Problem]:
    """Say which pictures these wordings of a survey take from the council's folder.

    Args:
        surveys: the survey in each of its wordings.
        shown: the pictures it may show, by name.
        file: the file to name.
    """
    names = {picture for survey in surveys for _, picture in pictures_in(survey)}
    come_from: dict[str, list[str]] = {}
    for name in sorted(names & set(shown)):
        one = shown[name]
        if one.source == "council" and one.record:
            come_from.setdefault(_terms_in_words(one.record), []).append(name)
    for terms, found in sorted(come_from.items()):
        yield Problem(
            file,
            "pictures",
            f"From the council’s folder: {', '.join(found)} ({terms}).",
            "They are shown where that folder is, and nowhere else.",
            stops=False,
            rule="pictures",
        )


def _terms_in_words(record: Picture) -> str:
    if record.licence != LICENSED:
        return f"{record.source}, {CALLED[record.licence][0]}"
    until = f"until {record.until}" if record.until else "until further notice"
    return f"{record.source}, licensed to {record.held_by} {until}"


def _without_a_record(
    files: Mapping[str, Path], records: Sequence[Picture], name: str, *, of_council: bool
) -> Iterator[Problem]:
    what_to_do = BRING_IN if of_council else "Add one, or delete it."
    for missing in sorted(set(files) - {picture.file for picture in records}):
        yield Problem(name, missing, "This picture has no licence record.", what_to_do)


def _two_of_one_name(
    files: Mapping[str, Path], name: str, *, of_council: bool
) -> Iterator[Problem]:
    """Find pictures of the council that differ in the end of their name only: one hides another."""
    stems = Counter(stem(file) for file in files)
    for file in sorted(files) if of_council else ():
        if stems[stem(file)] > 1:
            message = f"{stems[stem(file)]} pictures are called “{stem(file)}”."
            yield Problem(name, file, message, "Keep one, or rename the others.")


def _judged(picture: Picture, files: Mapping[str, Path], name: str) -> Iterator[Problem]:
    if picture.file not in files:
        message = "There is a record, but no such picture."
        yield Problem(name, picture.file, message, "Add the picture, or delete it.")
    elif fingerprint(files[picture.file]) != picture.sha256:
        message = "It is not the picture that the record is about: its sha256 differs."
        yield Problem(name, picture.file, message, "Say in the record what it is now.")


def _refused(records: Sequence[Picture], name: str, *, of_council: bool) -> Iterator[Problem]:
    for picture in records:
        found = refusal(picture.terms, of_council=of_council)
        if found:
            yield Problem(name, picture.file, found.why, found.what_to_do)
