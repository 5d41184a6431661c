"""Each rule finds its mistake in a tiny bad survey, and nothing else there."""

from pathlib import Path
from shutil import copytree

import pytest

from voice.surveys.check import check
from voice.surveys.problem import Around
from voice.surveys.rules import RULES
from voice.surveys.survey import load

BAD = Path(__file__).parents[1] / "surveys_for_tests" / "bad"

MISTAKES = [
    ("one-id-twice", "page “food”", "2 pages have this id."),
    ("one-value-twice", "page “food”", "2 options have the value “good”."),
    ("half-unsure", "page “food”", "The option “dont_know” is half a “don’t know”."),
    (
        "when-looks-ahead",
        "page “more”",
        "It waits for the question “food”, which is not before it.",
    ),
    (
        "when-asks-a-comment",
        "page “food”",
        "It waits for the answer “soup”, which “more” does not offer.",
    ),
    (
        "when-value-not-offered",
        "page “more”",
        "It waits for the answer “cold”, which “food” does not offer.",
    ),
    ("question-first", "page “food”", "The first page is a question."),
    (
        "no-words-of-their-own",
        "survey",
        "No page lets people say something in their own words.",
    ),
    ("scale-for-children", "page “score”", "A scale from 0 to 10 is for parents and carers only."),
    (
        "opposite-of-nothing",
        "page “ignored”",
        "It is the opposite of “listened”, which is no earlier question.",
    ),
    ("adult-beside-parents", "survey", "An adult beside is for surveys that children answer."),
    ("picture-without-words", "page “food”", "The option “bad” has no words."),
    ("page-without-words", "page “food”", "The page has no words."),
    ("face-without-face", "page “food”", "The option “bad” has no face."),
    ("picture-not-there", "page “food”", "There is no picture “soup.svg”."),
    ("picture-without-licence", "page “food”", "The picture “sad.svg” has no licence record."),
    (
        "family-one",
        "page “food”",
        "It offers other answers than the same page of “family-two”.",
    ),
    ("easy-read-six-options", "page “food”", "6 answers are many."),
    (
        "easy-read-too-long-sentence",
        "page “more”",
        "“What else do you want to tell us about your lunch at school with your class?” "
        "has 16 words.",
    ),
]


@pytest.mark.parametrize(("survey", "place", "message"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_bad_survey_has_its_one_mistake_named(survey, place, message):
    found = check(BAD / survey)

    assert [(p.file, p.place, p.message, p.stops) for p in found] == [
        (f"{survey}/survey.toml", place, message, True)
    ]
    assert found[0].what_to_do


def test_a_survey_with_nothing_wrong_has_no_problem():
    assert check(BAD / "nothing-wrong") == []


def test_a_page_behind_one_that_nobody_sees_is_named_too():
    assert [(p.place, p.message) for p in check(BAD / "behind-a-hidden-page")] == [
        ("page “food”", "It waits for the question “drink”, which is not before it."),
        ("page “more”", "It waits for the page “food”, which nobody can ever see."),
    ]


def test_a_sentence_of_eleven_words_is_advice_and_does_not_stop_the_survey():
    assert [(p.place, p.stops) for p in check(BAD / "easy-read-long-sentence")] == [
        ("page “more”", False)
    ]


def test_words_for_a_page_that_is_not_there_are_a_mistake_in_the_file_of_words():
    assert [(p.file, p.place) for p in check(BAD / "words-for-no-page")] == [
        ("words-for-no-page/words/easy-read.toml", "the whole file")
    ]


def test_a_mistake_in_the_words_is_found_under_the_rules_of_easy_read():
    assert [(p.file, p.place, p.stops) for p in check(BAD / "words-too-long")] == [
        ("words-too-long/words/easy-read.toml", "page “more”", True)
    ]


def test_a_file_that_cannot_be_read_is_a_problem_and_not_an_error():
    assert [(p.file, p.place) for p in check(BAD / "not-toml")] == [
        ("not-toml/survey.toml", "the whole file")
    ]


def test_a_folder_of_surveys_has_every_survey_checked_and_all_that_goes_with_them():
    files = {problem.file for problem in check(BAD)}

    assert {f"{survey}/survey.toml" for survey, *_ in MISTAKES} <= files
    assert "nothing-wrong/survey.toml" not in files
    assert {"pictures/LICENCES.toml", "help-lines.toml"} <= files


def test_a_folder_without_a_survey_says_so(tmp_path):
    assert [problem.message for problem in check(tmp_path)] == ["There is no survey in it."]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_is_broken_by_one_of_the_bad_surveys(rule):
    surveys = [load(f.parent) for f in BAD.glob("*/survey.toml") if f.parent.name != "not-toml"]
    pictures = {"happy.svg": True, "sad.svg": False}
    around = Around("survey.toml", pictures, tuple(surveys), help_lines=False)

    assert any(list(rule(survey, around)) for survey in surveys)


@pytest.fixture
def home(tmp_path):
    """A copy of the bad surveys' pictures with one good survey, to change."""
    copytree(BAD / "pictures", tmp_path / "pictures")
    copytree(BAD / "nothing-wrong", tmp_path / "nothing-wrong")
    (tmp_path / "pictures" / "sad.svg").unlink()
    (tmp_path / "help-lines.toml").write_text(
        '[[help_lines]]\nname = "Childline"\nnumber = "0800 1111"\nwhen = "You are sad."\n'
    )
    return tmp_path


def test_a_folder_in_order_has_no_problem(home):
    assert check(home) == []


def test_a_picture_that_was_changed_is_a_mistake(home):
    picture = home / "pictures" / "happy.svg"
    picture.write_text(picture.read_text() + " ")

    assert [(p.place, p.message) for p in check(home)] == [
        ("happy.svg", "It is not the picture that the record is about: its sha256 differs.")
    ]


def test_a_record_without_its_picture_is_a_mistake(home):
    (home / "pictures" / "happy.svg").unlink()

    assert [(p.place, p.message) for p in check(home)] == [
        ("happy.svg", "There is a record, but no such picture.")
    ]


def test_a_picture_that_may_not_be_changed_is_refused(home):
    records = home / "pictures" / "LICENCES.toml"
    records.write_text(records.read_text().replace("CC-BY-SA-4.0", "CC-BY-NC-ND-4.0"))

    found = check(home)

    assert [(p.file, p.place) for p in found] == [("pictures/LICENCES.toml", "happy.svg")]
    assert "“CC-BY-NC-ND-4.0” allows non-commercial use only." in found[0].message


def test_without_help_lines_the_folder_is_not_in_order(home):
    (home / "help-lines.toml").unlink()

    assert [p.file for p in check(home)] == ["help-lines.toml"]


def test_help_lines_without_a_number_are_a_mistake(home):
    (home / "help-lines.toml").write_text("help_lines = []\n")

    assert [p.message for p in check(home)] == ["There is nobody to call."]
