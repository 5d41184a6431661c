"""What stands on a paper, as it is typed in: each question's answer, or why it cannot be kept.

All questions are on the paper, so what is answered is answered, whoever the question is for. An
empty question is missed when the route comes by it, and was not shown when it does not.
"""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from voice.answering import journey
from voice.languages.language import ENGLISH, Foreign, language_of_wording
from voice.languages.say import speaking, spoken
from voice.paper import codes
from voice.surveys.questions import (
    SKIPPED,
    Answer,
    AnswerProblem,
    AnyPage,
    ChooseMany,
    ChooseOne,
    Comment,
    Question,
    Scale,
)
from voice.surveys.survey import Survey

LONGEST_NUMBER = 20
NUMBER = re.compile(rf"[A-Z0-9][A-Z0-9-]{{0,{LONGEST_NUMBER - 1}}}")
TAKEN = "This paper is typed in already. Is it another paper? Then give it another number."
NO_NUMBER = (
    "Type the number on the paper: letters, numbers and dashes. Has it none? Then write one on it."
)


class Choice(Struct, frozen=True):
    """One answer to pick: its code on the paper, its value, its words, and whether it is picked."""

    code: str
    value: str
    label: str
    chosen: bool


class Row(Struct, frozen=True):
    """One question of the form. `kind` is "one", "many" or "words"; `typed` is for words only.

    `observed` tells whether the adult's box is ticked; None where no adult is beside the child.
    """

    id: str
    number: int
    kind: str
    ask: str
    only_if: str
    choices: list[Choice]
    typed: str
    problem: str
    observed: bool | None = None


class Entry(Struct, frozen=True):
    """A paper as typed in. `problems` is {question id: what is wrong}; without any it can be kept.

    `number` is the paper's number in its one spelling, or empty when it cannot be one.
    """

    number: str
    answers: dict[str, Answer]
    problems: dict[str, str]


def read_number(typed: str) -> str:
    """Return a paper's number in one spelling, or nothing: “hs 017” and “HS-17” are one paper."""
    plain = re.sub(r"[\s-]+", "-", typed.strip().upper()).strip("-")
    plain = re.sub(r"(?<![0-9])0+(?=[0-9])", "", plain)
    return plain if NUMBER.fullmatch(plain) else ""


def read_entry(survey: Survey, number: str, form: Mapping[str, Sequence[str]]) -> Entry:
    """Return what was typed in for the survey's questions."""
    answers: dict[str, Answer] = {}
    problems: dict[str, str] = {}
    for question in survey.questions:
        try:
            answers[question.id] = _read(survey, question, form)
        except AnswerProblem as problem:
            problems[question.id] = problem.message
    route = {page.id for page in journey.pages_for(survey, answers)}
    for question_id, answer in answers.items():
        if answer == SKIPPED and question_id not in route:
            answers[question_id] = Answer("not_shown")
    return Entry(read_number(number), answers, problems)


def rows(
    survey: Survey,
    form: Mapping[str, Sequence[str]],
    problems: Mapping[str, str],
    *,
    wording: str = "",
) -> list[Row]:
    """Return the form's questions in order, with what was typed and what is wrong.

    What a paper in this wording says is said as it stands there, in its language.
    """
    numbered = codes.numbers(survey)
    with speaking(language_of_wording(wording)):
        return [
            Row(
                id=page.id,
                number=numbered[page.id],
                kind=_kind(page),
                ask=page.ask,
                only_if=_as_printed(codes.only_if(survey, page)),
                choices=_choices(page, numbered[page.id], form.get(page.id, ())),
                typed="\n".join(form.get(page.id, ())) if isinstance(page, Comment) else "",
                problem=problems.get(page.id, ""),
                observed=_adult_saw(page, form) if survey.adult_beside else None,
            )
            for page in survey.questions
        ]


def _read(survey: Survey, page: AnyPage, form: Mapping[str, Sequence[str]]) -> Answer:
    """Return the answer; “left empty”, which a form must offer beside radios, is none."""
    assert isinstance(page, Question)
    answer = page.read([value for value in form.get(page.id, ()) if value])
    seen = survey.adult_beside and answer != SKIPPED and _adult_saw(page, form)
    return structs.replace(answer, observed=True) if seen else answer


def _adult_saw(page: AnyPage, form: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether the adult's box is ticked; the dash keeps its name apart from questions."""
    return "yes" in form.get(f"adult-saw-{page.id}", ())


def _as_printed(words: str) -> str:
    """Return words of a paper with the language they were said in."""
    return words if spoken() == ENGLISH else Foreign(words, spoken())


def _kind(page: AnyPage) -> str:
    if isinstance(page, Comment):
        return "words"
    return "many" if isinstance(page, ChooseMany) else "one"


def _choices(page: AnyPage, number: int, given: Sequence[str]) -> list[Choice]:
    if isinstance(page, Comment):
        return []
    if isinstance(page, Scale):
        ends = {"0": page.low, "10": page.high}
        found = [(value, value, ends.get(value, "")) for value in map(str, range(11))]
        found.append(("", "dont_know", page.dont_know))
    else:
        found = [(code, option.value, option.label) for code, option in codes.coded(page, number)]
    choices = [Choice(code, value, label, value in given) for code, value, label in found]
    if isinstance(page, ChooseOne | Scale):
        nothing = not any(choice.chosen for choice in choices)
        return [Choice("", "", "Left empty", nothing), *choices]
    return choices
