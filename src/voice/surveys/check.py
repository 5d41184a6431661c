"""Check surveys before anyone is asked: every rule, in every wording, and all that goes with them.

A survey file holds no answers, so its words may be repeated in a problem.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import structs

from voice.easy_words.check import ABOUT_WORDS, faults_of
from voice.easy_words.lists import shipped_lists
from voice.easy_words.text import text_of
from voice.languages.language import ENGLISH, language_of_wording, translated_wording
from voice.surveys.acceptance import accept, needless
from voice.surveys.easy_rules import people_have_checked_it
from voice.surveys.framework import Area, load_framework
from voice.surveys.help_lines import load_help_lines
from voice.surveys.picture_check import check_pictures, check_shown
from voice.surveys.pictures import LICENCES
from voice.surveys.problem import Around, Problem
from voice.surveys.rules import RULES
from voice.surveys.sources import Shown, own_pictures, pictures_in, shared_pictures
from voice.surveys.survey import BadSurvey, Survey, load
from voice.surveys.translated import check_translation
from voice.surveys.words import lay_over, load_words, read_words

Read = TypeVar("Read")
Source = TypeVar("Source")
ALL_OF_IT = "the whole file"
CHECKED = people_have_checked_it.__name__


def problems(
    survey: Survey,
    folder: Path,
    *,
    family: Sequence[Survey] = (),
    file: str = "survey.toml",
    publishing: bool = False,
    council: Path | None = None,
) -> list[Problem]:
    """Return what is wrong with one survey in one wording, rule by rule.

    Args:
        survey: the survey, with its words laid over it where it has any.
        folder: the survey's folder; its pictures, and those beside it, may be shown.
        family: the other surveys of its family.
        file: the file to name in a problem; its name tells the language.
        publishing: whether the survey is to be published now.
        council: the folder with the council's own pictures.
    """
    around = Around(
        file,
        {name: one.record is not None for name, one in _shown_in(folder, council).items()},
        tuple(family),
        english=language_of_wording(Path(file).stem) == ENGLISH,
        help_lines=bool(_read("", load_help_lines, folder.parent)[0]),
        publishing=publishing,
    )
    found = [
        problem if problem.rule else structs.replace(problem, rule=rule.__name__)
        for rule in RULES
        for problem in rule(survey, around)
    ]
    return accept(found, survey.accepted)


def check(path: Path, *, publishing: bool = False, council: Path | None = None) -> list[Problem]:
    """Return what is wrong with one survey's folder, or with a whole folder of surveys.

    The whole folder has its pictures, frameworks and help lines checked as well, and so has the
    folder with the council's own pictures. A file that cannot be read is a problem, never an error.
    """
    if (path / "survey.toml").is_file():
        found = check_survey(path, publishing=publishing, council=council)
        return [*found, *_check_shared(path, council)]
    surveys = sorted(file.parent for file in path.glob("*/survey.toml"))
    if not surveys:
        what_to_do = "Name a folder with a survey.toml, or the folder above it."
        return [Problem(path.name, "folder", "There is no survey in it.", what_to_do)]
    return [
        *(
            problem
            for survey in surveys
            for problem in check_survey(survey, publishing=publishing, council=council)
        ),
        *check_pictures(path / "pictures", f"pictures/{LICENCES}"),
        *_check_council(council),
        *check_frameworks(path, council),
        *check_help_lines(path),
    ]


def check_survey(
    folder: Path, *, publishing: bool = False, council: Path | None = None
) -> list[Problem]:
    """Return what is wrong with one survey, in its own words and in every other wording.

    Advice says which of its pictures come from `council`, the folder with the council's own.
    """
    name = f"{folder.name}/survey.toml"
    survey, unread = _read(name, load, folder)
    if survey is None:
        return unread
    family = _family(survey, folder.parent)
    held = partial(problems, publishing=publishing, council=council)
    own = held(survey, folder, family=family, file=name)
    known = {(problem.place, problem.message) for problem in own}
    worded: list[Problem] = []
    wordings = [survey]
    for file in sorted((folder / "words").glob("*.toml")):
        in_words, found = _check_words(survey, file, held)
        worded += found
        wordings += in_words
    pictures = folder / "pictures"
    return [
        *own,
        *(one for one in worded if one.rule == CHECKED or (one.place, one.message) not in known),
        *needless(survey.accepted, own + worded, name),
        *(check_pictures(pictures, f"{folder.name}/pictures/{LICENCES}")),
        *check_shown(wordings, _shown_in(folder, council), name),
    ]


def check_frameworks(home: Path, council: Path | None = None) -> list[Problem]:
    """Return what is wrong with the frameworks of improvement areas in `home`."""
    found: list[Problem] = []
    pictures = _shown_in(home / "frameworks", council)
    for file in sorted((home / "frameworks").glob("*.toml")):
        name = f"frameworks/{file.name}"
        framework, unread = _read(name, load_framework, file)
        found += unread
        for area in framework.areas if framework else ():
            found += _check_area(area, name, pictures)
    return found


def check_help_lines(home: Path) -> list[Problem]:
    """Return what is wrong with the help lines of `home`."""
    name = "help-lines.toml"
    lines, found = _read(name, load_help_lines, home)
    if lines == []:
        message = "There is nobody to call."
        found.append(Problem(name, ALL_OF_IT, message, "Add a number for help now."))
    return found


def _check_area(area: Area, name: str, pictures: Iterable[str]) -> Iterator[Problem]:
    """Find a picture that is not there, and easy words that are not easy."""
    place = f"area “{area.id}”"
    if area.picture and area.picture not in pictures:
        message = f"There is no picture “{area.picture}”."
        yield Problem(name, place, message, "Put it in surveys/pictures/, or name another.")
    for fault in faults_of(text_of(area.easy_read), shipped_lists(), ABOUT_WORDS):
        stops = fault.level == "error"
        yield Problem(name, place, fault.why, fault.what_to_do, stops, fault.rule)


def _check_shared(folder: Path, council: Path | None) -> list[Problem]:
    """Return what is wrong with those shared pictures that the survey in `folder` shows."""
    survey, _ = _read("", load, folder)
    if survey is None:
        return []
    words, _ = _read("", load_words, folder)
    worded = (_read("", partial(lay_over, survey), one)[0] for one in (words or {}).values())
    shown = _shown_in(folder, council)
    names = {
        shown[name].file.name
        for one in (survey, *worded)
        for _, name in (pictures_in(one) if one else ())
        if name in shown and shown[name].record
    }
    shared = check_pictures(folder.parent / "pictures", f"pictures/{LICENCES}")
    return [one for one in (*shared, *_check_council(council)) if one.place in {*names, ALL_OF_IT}]


def _check_council(council: Path | None) -> list[Problem]:
    """Return what is wrong with the folder of the council's own pictures, if there is one."""
    if council is None or not council.is_dir():
        return []
    return check_pictures(council, str(council / LICENCES), of_council=True)


def _check_words(
    survey: Survey, file: Path, held: Callable[..., list[Problem]]
) -> tuple[list[Survey], list[Problem]]:
    """Return the survey in one wording, if it can be read, and what is wrong with it.

    `held` holds a survey in a folder against every rule.
    """
    name = f"{survey.id}/words/{file.name}"
    words, unread = _read(name, read_words, file)
    if words is None:
        return [], unread
    english, unread = _read(name, partial(_english_of, survey), file)
    if english is None:
        return [], unread
    worded, unread = _read(name, partial(lay_over, english), words)
    if worded is None:
        return [], unread
    found = held(worded, file.parent.parent, file=name)
    found = [*found, *needless(words.accepted, found, name)]
    if words.translation:
        found += check_translation(name, english, worded, words)
    return [worded], found


def _english_of(survey: Survey, file: Path) -> Survey:
    """Return the survey in the English that a wording translates, or that it is laid over.

    Raises:
        BadSurvey: it translates a wording that the survey does not have.
    """
    if language_of_wording(file.stem) == ENGLISH or not translated_wording(file.stem):
        return survey
    english = file.with_name(f"{translated_wording(file.stem)}.toml")
    if not english.is_file():
        raise BadSurvey(f"It translates “{english.name}”, which this survey does not have.")
    return lay_over(survey, read_words(english))


def _family(survey: Survey, home: Path) -> list[Survey]:
    """Return the other surveys of the family, without those that cannot be read."""
    if not survey.family:
        return []
    read = (_read("", load, file.parent)[0] for file in sorted(home.glob("*/survey.toml")))
    return [
        other
        for other in read
        if other is not None and other.family == survey.family and other.id != survey.id
    ]


def _shown_in(folder: Path, council: Path | None) -> dict[str, Shown]:
    """Return the pictures a survey in `folder` may show; records not to be read count as none."""
    try:
        return shared_pictures(folder.parent, council) | own_pictures(folder)
    except BadSurvey:
        return shared_pictures(folder.parent) | own_pictures(folder)


def _read(
    name: str, reader: Callable[[Source], Read], source: Source
) -> tuple[Read | None, list[Problem]]:
    """Return what the reader makes of the source, or None and the problem that stopped it."""
    try:
        return reader(source), []
    except BadSurvey as error:
        what_to_do = "Put right what the message says."
        return None, [Problem(name, ALL_OF_IT, error.message, what_to_do)]
