"""Patterns in one person's answers that may show that the questions were not understood.

Reports tell how many there are; no answer is ever left out or deleted because of one.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from voice.surveys.questions import Answer, ChooseOne
from voice.surveys.survey import Survey

Pattern = Literal["opposites_alike", "always_first", "always_last"]

FEWEST = 4
"""Chosen answers from which on the same place every time is worth telling."""


def patterns_in(survey: Survey, answers: Mapping[str, Answer]) -> list[Pattern]:
    """Return the patterns in the answers, given the survey in the order that the person saw."""
    found: list[Pattern] = []
    if any(_alike(page, answers) for page in survey.pages if isinstance(page, ChooseOne)):
        found.append("opposites_alike")
    places = list(_places(survey, answers))
    if len(places) >= FEWEST and all(first for first, _ in places):
        found.append("always_first")
    if len(places) >= FEWEST and all(last for _, last in places):
        found.append("always_last")
    return found


def _alike(page: ChooseOne, answers: Mapping[str, Answer]) -> bool:
    """Tell whether a question and its opposite were given the same answer."""
    here, there = answers.get(page.id), answers.get(page.opposite_of or "")
    if here is None or there is None:
        return False
    return here.state == there.state == "answered" and here.value == there.value


def _places(survey: Survey, answers: Mapping[str, Answer]) -> Iterator[tuple[bool, bool]]:
    """Return for each chosen answer whether it stood first, and whether last of those that say."""
    for page in survey.pages:
        answer = answers.get(page.id)
        if not isinstance(page, ChooseOne) or answer is None or answer.state != "answered":
            continue
        values = [option.value for option in page.options if not option.dont_know]
        yield answer.value == values[0], answer.value == values[-1]
