"""Check videos before a survey is published: none that is stale or of nobody may be left."""

from collections.abc import Iterator
from pathlib import Path

from voice.listening.spoken import OWN_WORDS, said
from voice.signing.records import FOLDER, find_videos
from voice.surveys.problem import Problem
from voice.surveys.survey import BadSurvey, Survey, load
from voice.surveys.words import lay_over, load_words


def check_videos(path: Path) -> list[Problem]:
    """Return what is wrong with the videos of one survey's folder, or of a folder of surveys.

    A survey that cannot be read is left out: the check of surveys names it.
    """
    alone = (path / "survey.toml").is_file()
    surveys = [path] if alone else [file.parent for file in sorted(path.glob("*/survey.toml"))]
    return [
        problem
        for folder in surveys
        if (folder / FOLDER).is_dir()
        for problem in _check_survey(folder)
    ]


def _check_survey(folder: Path) -> Iterator[Problem]:
    try:
        worded = dict(_worded(folder))
    except BadSurvey:
        return
    for wording, survey in worded.items():
        yield from find_videos(folder, wording, said(survey, wording)).problems
    known = {wording or OWN_WORDS for wording in worded}
    for other in sorted((folder / FOLDER).iterdir()):
        if other.is_dir() and other.name not in known:
            file = f"{folder.name}/{FOLDER}/{other.name}"
            message = "The survey has no wording of this name."
            yield Problem(file, "folder", message, f"It has: {', '.join(sorted(known))}.")


def _worded(folder: Path) -> Iterator[tuple[str, Survey]]:
    """Yield a survey in its own words and in every other wording."""
    survey = load(folder)
    yield "", survey
    for wording, words in load_words(folder).items():
        yield wording, lay_over(survey, words)
