"""The export of each tool is known by its columns, mapped, and read as the people answered."""

from datetime import date

import pytest
from msgspec import structs

from tests.bringing import samples
from voice.bringing.checking import Checker
from voice.bringing.reading import open_rows
from voice.bringing.suggest import suggest, unknown_values
from voice.settings import read as settings
from voice.surveys.catalogue import Catalogue

CATALOGUE = Catalogue.read(settings().surveys)
TODAY = date(2026, 12, 1)


def wordings(survey_id="support-parents-carers"):
    own = CATALOGUE.find(survey_id)
    return [own, *(CATALOGUE.find(survey_id, words) for words in CATALOGUE.wordings(survey_id))]


def suggested(content, survey_id="support-parents-carers"):
    opened = open_rows("file", content)
    return suggest(wordings(survey_id), opened.columns, list(opened.rows))


def checked(content, mapping, survey_id="support-parents-carers", key=b"k" * 32):
    opened = open_rows("file", content, mapping.heading)
    checker = Checker(wordings(survey_id), mapping, opened.columns, key=key, today=TODAY)
    return list(checker.check_all(opened.rows))


@pytest.mark.parametrize("tool", samples.EVERY)
def test_the_sample_of_each_tool_is_known_and_says_what_people_said(tool):
    content = samples.EVERY[tool]()
    found = suggested(content)

    assert found.tool.id == tool
    assert found.near == ()
    rows = checked(content, found.mapping)

    assert [one.problems for one in rows] == [(), ()]
    for one, wanted in zip(rows, (samples.FIRST, samples.SECOND), strict=True):
        said = one.response.answers
        assert {name: answer.value for name, answer in said.items()} == wanted
    states = {name: answer.state for name, answer in rows[1].response.answers.items()}
    assert {name: states[name] for name in samples.STATES} == samples.STATES
    assert [one.response.may_quote for one in rows] == [True, False]
    assert [one.response.helped for one in rows] == ["alone", "read"]


def test_full_questions_of_limesurvey_are_known_too():
    content = samples.limesurvey("full")
    found = suggested(content)
    assert found.tool.id == "limesurvey"
    [first, second] = checked(content, found.mapping)
    assert {n: a.value for n, a in first.response.answers.items()} == samples.FIRST
    assert second.response.answers["waiting_for"].state == "not_shown"


@pytest.mark.parametrize(
    ("tool", "days"),
    [
        ("microsoft-forms", [date(2026, 11, 20), date(2026, 11, 21)]),
        ("google-forms", [date(2026, 11, 20), date(2026, 11, 21)]),
        ("smartsurvey", [date(2026, 11, 20)] * 2),
        ("limesurvey", [None, None]),  # It was told to keep no day.
        ("snap", [date(2026, 11, 20)] * 2),
    ],
)
def test_the_day_of_each_answer_is_read(tool, days):
    content = samples.EVERY[tool]()
    rows = checked(content, suggested(content).mapping)
    assert [one.response.day for one in rows] == days


def test_names_and_addresses_are_never_mapped():
    rows = [["Timestamp", "Email Address", "Your name", samples.WELL], ["", "a@b.c", "Ann", "All"]]
    found = suggested(samples.to_csv(rows))
    assert set(found.mapping.columns) == {samples.WELL}
    assert {"Email Address", "Your name"} <= set(found.left_out)


def test_close_words_are_suggested_and_said_to_be_close():
    rows = [["What’s the one thing you would like to change?", "Are you happy?"], ["a", "b"]]
    found = suggested(samples.to_csv(rows))
    assert found.mapping.columns == {rows[0][0]: "one_change"}
    assert found.near == (rows[0][0],)


def test_a_question_that_means_the_opposite_is_not_close():
    rows = [["Do people not listen to you about the support your child needs?"], ["Yes"]]
    assert suggested(samples.to_csv(rows)).mapping.columns == {}


def test_polish_words_of_the_survey_are_read_like_the_english():
    content = samples.to_csv([["Czy ludzie cię słuchają?"], ["Tak"], ["Nie wiem"], ["yes"]])
    mapping = suggested(content, "support-easy-read").mapping
    rows = checked(content, mapping, "support-easy-read")
    answers = [one.response.answers["listened"] for one in rows]
    assert [(a.state, a.value) for a in answers] == [
        ("answered", "yes"),
        ("dont_know", None),
        ("answered", "yes"),
    ]


def test_any_other_word_can_mean_an_answer_and_known_ones_keep_their_own():
    said = f"{samples.ASSESSMENT}, Tom, {samples.THERAPY}, Ann"
    content = samples.to_csv([["Timestamp", samples.WAITING_FOR], ["1/1/2026", said]])
    found = suggested(content)
    [refused] = checked(content, found.mapping)
    assert len(refused.problems) == 1
    mapped = structs.replace(found.mapping, values={"waiting_for": {"*": "something_else"}})
    [row] = checked(content, mapped)
    assert row.response.answers["waiting_for"].value == ["assessment", "therapy", "something_else"]
    one = samples.to_csv([[samples.LISTENED], ["Yes"], ["Tom"]])
    any_other = structs.replace(suggested(one).mapping, values={"listened": {"*": ""}})
    assert [r.response.answers["listened"].value for r in checked(one, any_other)] == ["yes", None]


def test_words_that_are_no_answer_are_listed_and_can_be_mapped():
    content = samples.to_csv([[samples.WAITING], ["Yep"], ["Nah"], ["Yep"], ["No"]])
    found = suggested(content)
    opened = open_rows("file", content)
    assert unknown_values(wordings(), found.mapping, opened.columns, list(opened.rows)) == {
        "waiting": ["Yep", "Nah"]
    }
    mapped = structs.replace(found.mapping, values={"waiting": {"Yep": "yes", "Nah": ""}})
    rows = checked(content, mapped)
    states = [
        (r.response.answers["waiting"].state, r.response.answers["waiting"].value) for r in rows
    ]
    assert states == [
        ("answered", "yes"),
        ("skipped", None),
        ("answered", "yes"),
        ("answered", "no"),
    ]
