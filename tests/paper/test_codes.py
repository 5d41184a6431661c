"""The codes on paper, and for whom a question is."""

from collections.abc import Mapping

import pytest
from msgspec import convert

from voice.paper.codes import coded, numbers, only_if
from voice.surveys.survey import Survey


def a_survey(*pages: Mapping[str, object]) -> Survey:
    """A survey with these pages."""
    plain = {
        "id": "a-survey",
        "title": "A survey",
        "audience": "everybody",
        "voice": "parent",
        "wave": "2026-autumn",
        "welcome": {"text": ["It is about help."]},
        "pages": pages,
    }
    return convert(plain, Survey)


TELLS = {"kind": "information", "id": "tells", "ask": "About this", "text": ["It is short."]}
PLAN = {
    "kind": "choose_one",
    "id": "plan",
    "ask": "Do you have a plan?",
    "options": [
        {"value": "yes", "label": "Yes"},
        {"value": "waiting", "label": "Waiting"},
        {"value": "not_sure", "label": "Not sure", "dont_know": True},
    ],
}
SCALE = {"kind": "scale", "id": "happy", "ask": "How happy are you?", "low": "Not", "high": "Very"}


def after(question: str, *values: str) -> dict[str, object]:
    when = {"question": question, "is_one_of": values}
    return {"kind": "comment", "id": "why", "ask": "Why?", "when": when}


def test_pages_that_only_tell_something_are_not_counted():
    assert numbers(a_survey(TELLS, PLAN, SCALE)) == {"plan": 1, "happy": 2}


def test_answers_are_lettered_in_the_order_of_the_survey():
    [plan] = a_survey(PLAN).pages
    assert [code for code, _ in coded(plan, 3)] == ["3a", "3b", "3c"]


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((PLAN, after("plan", "yes")), "Did you tick 1a? Then answer this."),
        ((TELLS, PLAN, after("plan", "yes", "waiting")), "Did you tick 1a or 1b? "),
        ((PLAN, after("plan", "yes", "dont_know")), "Did you tick 1a or 1c? Then answer this."),
        ((SCALE, after("happy", "0", "1", "2")), "Did you tick 0, 1 or 2 in question 1? "),
        ((SCALE, after("happy", "dont_know")), "Did you tick I don’t know in question 1? "),
        ((PLAN, SCALE), ""),
    ],
)
def test_a_question_for_some_says_for_whom_it_is(pages, words):
    survey = a_survey(*pages)
    said = only_if(survey, survey.pages[-1])
    assert said.startswith(words)
    assert bool(said) == bool(words)
