"""Rules of easy words on pages and whole surveys, each on a tiny survey that breaks it."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from msgspec import json

from voice.surveys.check import check

BAD = Path(__file__).parents[1] / "surveys_for_tests" / "bad"
UNCHECKED = "people_have_checked_it"

BROKEN = [
    ("easy-read-long-screen", "page “more”", "R2", "error"),
    ("easy-read-long-sentence", "page “more”", "R1", "warn"),
    ("easy-read-too-long-sentence", "page “more”", "R1", "error"),
    ("easy-read-six-options", "page “food”", "R14", "error"),
    ("easy-read-two-scales", "page “room”", "R16", "error"),
    ("easy-read-many-questions", "survey", "R17", "warn"),
    ("easy-read-only-typing", "page “more”", "R20", "warn"),
    ("easy-read-no-picture", "page “more”", "R22", "warn"),
    ("easy-read-unsafe", "page “more”", "R23", "error"),
    ("easy-read-unchecked", "survey", UNCHECKED, "warn"),
]


def changed(tmp_path, survey, *changes):
    """A copy of a bad survey with some of its words changed."""
    copytree(BAD / "pictures", tmp_path / "pictures")
    copytree(BAD / survey, tmp_path / survey)
    file = tmp_path / survey / "survey.toml"
    text = file.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)
    return tmp_path / survey


def rules(found):
    return [(problem.rule, problem.level) for problem in found]


@pytest.mark.parametrize(("survey", "place", "rule", "level"), BROKEN, ids=[b[0] for b in BROKEN])
def test_a_survey_that_breaks_one_rule_has_it_named(survey, place, rule, level):
    found = check(BAD / survey)

    assert [(p.file, p.place, p.rule, p.level) for p in found] == [
        (f"{survey}/survey.toml", place, rule, level)
    ]
    assert found[0].what_to_do


def test_an_easy_read_survey_in_order_has_no_problem():
    assert check(BAD / "easy-read-nothing-wrong") == []


def test_a_rule_that_is_broken_for_a_reason_is_shown_and_stops_nothing():
    found = [problem for problem in check(BAD / "easy-read-with-a-reason") if problem.accepted]

    assert rules(found) == [("R9", "accepted")]
    assert "Because: The cook wants to know what to leave out." in found[0].line


def test_a_reason_that_nothing_needs_is_advice():
    found = [problem for problem in check(BAD / "easy-read-with-a-reason") if not problem.accepted]

    assert [(p.place, p.rule, p.level) for p in found] == [("food", "accepted", "warn")]


def test_a_reason_in_the_survey_holds_for_its_other_wordings_too(tmp_path):
    folder = changed(tmp_path, "easy-read-with-a-reason", ("do you not", "do you never"))
    (folder / "words").mkdir()
    (folder / "words" / "easy-read.toml").write_text(
        'name = "Easy read"\neasy_read = true\npages.more.ask = "What is not good?"\n'
    )

    found = [p for p in check(folder) if p.file.endswith("words/easy-read.toml")]

    assert rules(found) == [("R9", "accepted"), (UNCHECKED, "warn")]


def test_a_short_reason_is_refused(tmp_path):
    folder = changed(
        tmp_path, "easy-read-with-a-reason", ("The cook wants to know what to leave out.", "ok")
    )

    assert [p.place for p in check(folder)] == ["the whole file"]


@pytest.mark.parametrize(
    ("explained", "expected"),
    [
        ('means = "A person who helps you move."', [("R11", "error"), ("R22", "warn")]),
        ('means = "A person who helps you move."\nsay = "O T"', []),
    ],
)
def test_a_word_of_the_glossary_needs_how_it_is_said(tmp_path, explained, expected):
    folder = changed(
        tmp_path,
        "easy-read-not-said",
        ('means = "A person who helps you move and do things."', explained),
    )

    assert rules(check(folder)) == expected


@pytest.mark.parametrize(
    ("survey", "rule"), [("easy-read-no-picture", "R22"), ("easy-read-not-said", "R22")]
)
def test_what_is_advice_while_writing_stops_when_publishing(survey, rule):
    found = check(BAD / survey, publishing=True)

    assert (rule, "error") in rules(found)


def test_without_a_dont_know_an_easy_read_page_is_stopped(tmp_path):
    folder = changed(
        tmp_path,
        "easy-read-nothing-wrong",
        ('{ value = "dont_know", label = "I don’t know", dont_know = true },', ""),
    )

    assert rules(check(folder)) == [("R14", "error")]


def test_not_wanting_to_say_is_a_way_out_too(tmp_path):
    folder = changed(
        tmp_path,
        "easy-read-nothing-wrong",
        ('value = "dont_know", label = "I don’t know", dont_know = true', RATHER_NOT),
    )

    assert check(folder) == []


RATHER_NOT = 'value = "rather_not", label = "I won’t say"'


def test_a_scale_that_goes_from_worst_to_best_is_stopped_in_any_words(tmp_path):
    page = """ask = "How is the food?"
options = [
    { value = "bad", label = "Bad" },
    { value = "ok", label = "OK" },
    { value = "good", label = "Good" },
]"""
    old = 'ask = "How is the food?"\noptions = [{ value = "good", label = "Good" }, '
    folder = changed(tmp_path, "nothing-wrong", (old + '{ value = "bad", label = "Bad" }]', page))

    assert rules(check(folder)) == [("R16", "error")]


def test_two_scales_in_one_order_are_no_problem_where_words_are_not_easy(tmp_path):
    folder = changed(tmp_path, "easy-read-two-scales", ("easy_read = true", "easy_read = false"))

    assert check(folder) == []


@pytest.mark.parametrize(
    ("group", "level"),
    [("4-7", "error"), ("8-11", "warn"), ("severe learning disability", "error"), ("11-17", "")],
)
def test_how_many_questions_are_too_many_depends_on_the_age(tmp_path, group, level):
    folder = changed(
        tmp_path, "easy-read-many-questions", ("wave =", f'age_group = "{group}"\nwave =')
    )

    assert rules(check(folder)) == ([("R17", level)] if level else [])


def test_a_number_to_call_makes_a_question_about_danger_fit(tmp_path):
    folder = changed(tmp_path, "easy-read-unsafe")
    (tmp_path / "help-lines.toml").write_text(
        '[[help_lines]]\nname = "Childline"\nnumber = "0800 1111"\nwhen = "You are sad."\n'
    )

    assert check(folder) == []


@pytest.mark.parametrize(
    ("ask", "rule"),
    [
        ("What do you not like about the food?", "R9"),
        ("What does the SENCO do at lunch?", "R11"),
        ("How satisfied are you with lunch?", "R12"),
        ("Don’t you like lunch?", "R19"),
        ("Do 40% of you like lunch?", "R21"),
    ],
)
def test_some_rules_hold_where_words_need_not_be_easy(tmp_path, ask, rule):
    folder = changed(tmp_path, "nothing-wrong", ("How is the food?", ask))

    assert rule in [problem.rule for problem in check(folder)]


@pytest.mark.parametrize(
    "ask",
    [
        "Is the food that is served at the canteen generally adequate?",
        "Do you get on with the people who cook, and do you tell them what you enjoy eating?",
    ],
)
def test_hard_words_and_passives_are_left_alone_where_words_need_not_be_easy(tmp_path, ask):
    folder = changed(tmp_path, "nothing-wrong", ("How is the food?", ask))

    assert check(folder) == []


def test_practitioners_may_read_their_own_initials(tmp_path):
    folder = changed(
        tmp_path,
        "nothing-wrong",
        ("How is the food?", "Does the SENCO eat here?"),
        ('voice = "child"', 'voice = "practitioner"'),
    )

    assert check(folder) == []


def test_a_wording_in_another_language_is_spared_the_rules_of_english(tmp_path):
    folder = changed(tmp_path, "easy-read-nothing-wrong")
    (folder / "words").mkdir()
    (folder / "words" / "cy.toml").write_text(
        'name = "Cymraeg"\ntranslation.by = "Nobody"\n'
        'pages.food.ask = "Sut mae’r bwyd amser cinio?"\n'
        'pages.more.ask = "un dau tri pedwar pump chwech saith wyth naw deg un dau tri pedwar '
        'pump chwech"\n'
    )

    found = [p for p in check(folder) if p.file.endswith("cy.toml") and p.rule.startswith("R")]

    assert rules(found) == [("R1", "error")]


def test_the_command_prints_json_for_programs():
    done = subprocess.run(
        [sys.executable, "-m", "voice", "survey", "check", "--json", BAD / "easy-read-two-scales"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert json.decode(done.stdout) == [
        {
            "file": "easy-read-two-scales/survey.toml",
            "id": "room",
            "rule": "R16",
            "level": "error",
            "why": "Its answers are another scale than those of “food”.",
            "what_to_do": "Use one scale all through.",
            "accepted": "",
        }
    ]


def test_a_wording_for_somebody_is_still_in_english(tmp_path):
    folder = changed(tmp_path, "easy-read-nothing-wrong")
    (folder / "words").mkdir()
    (folder / "words" / "for-mum.toml").write_text(
        'name = "For mums"\neasy_read = true\npages.more.ask = "What is not good?"\n'
    )

    assert ("R9", "error") in rules(check(folder))
