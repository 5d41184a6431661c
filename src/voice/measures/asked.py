"""Which closed questions can be measured, and in which words each is asked now.

Two waves can be compared only where the words were the same: what is asked, its hint and its
answers, in every English wording. A wave that was asked in two ways has both, and compares with
neither.
"""

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from voice.languages.language import ENGLISH, language_of_wording
from voice.measures.measure import Asking
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Scale
from voice.surveys.survey import Survey

TWICE = "\n\n– and also –\n\n"
WAVE = re.compile(r"(\d{4})(?:-(spring|summer|autumn|winter|\d{1,2}))?")
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


class Choice(Struct, frozen=True):
    """One answer that can be counted."""

    value: str
    label: str


class Measurable(Struct, frozen=True):
    """A closed question of a survey, with the answers that it offers."""

    survey_id: str
    question_id: str
    survey: str
    ask: str
    choices: Sequence[Choice]

    @property
    def key(self) -> str:
        """What it is called in forms and addresses."""
        return f"{self.survey_id}/{self.question_id}"

    def labels(self, options: Collection[str]) -> list[str]:
        """Return these options as people read them, in the order of the question."""
        return [choice.label for choice in self.choices if choice.value in options]


def measurable(surveys: Sequence[Survey], about_people: Collection[str]) -> list[Measurable]:
    """Return the closed questions of these surveys that are not about who people are."""
    return [
        Measurable(survey.id, page.id, survey.title, page.ask, choices_of(page))
        for survey in surveys
        for page in survey.pages
        if choices_of(page) and page.id not in about_people
    ]


def choices_of(page: AnyPage | None) -> list[Choice]:
    """Return the answers that can be counted; who is not sure has given none."""
    if isinstance(page, Scale):
        return [Choice(str(number), str(number)) for number in range(11)]
    if isinstance(page, ChooseOne | ChooseMany):
        return [Choice(o.value, o.label) for o in page.options if not o.dont_know]
    return []


def words_of(catalogue: Catalogue, asking: Asking) -> str:
    """Return the words in which it is asked now, in every English wording; "" if no more."""
    survey = catalogue.by_id.get(asking.survey_id)
    if survey is None or survey.page(asking.question_id) is None:
        return ""
    english = {"": survey}
    for wording in catalogue.words[survey.id]:
        if language_of_wording(wording) == ENGLISH:
            english[wording] = catalogue.worded[survey.id, wording]
    pages = {name: worded.page(asking.question_id) for name, worded in english.items()}
    return "\n\n".join(_words(name, page) for name, page in sorted(pages.items()) if page)


def asked_in(before: str, now: str) -> str:
    """Return the words of a wave in which it was asked before, and is asked now; "" is unknown."""
    if not before or not now:
        return before or now
    return before if now in before.split(TWICE) else f"{before}{TWICE}{now}"


def are_same(one: str, other: str) -> bool:
    """Tell whether two waves were asked in the same words; unknown ones never are."""
    return one == other != "" and TWICE not in one


def wave_order(wave: str) -> tuple[int, int, str]:
    """Return what sorts waves by time: by year and season or month, others last by name."""
    found = WAVE.fullmatch(wave)
    if found is None:
        return 9999, 0, wave
    part = found[2] or "0"
    return int(found[1]), SEASONS.get(part) or int(part), wave


def _words(wording: str, page: AnyPage) -> str:
    labels = [page.low, page.high] if isinstance(page, Scale) else []
    if isinstance(page, ChooseOne | ChooseMany):
        labels = [option.label for option in page.options]
    lines = [f"({wording})" if wording else "", page.ask, page.hint, *labels]
    return "\n".join(line for line in lines if line)
