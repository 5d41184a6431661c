"""The surveys, pictures, frameworks and help lines that we ship are fit to be used."""

from pathlib import Path

import pytest

from voice.languages.language import Foreign
from voice.surveys.catalogue import Catalogue
from voice.surveys.check import check
from voice.surveys.framework import load_frameworks
from voice.surveys.help_lines import load_help_lines
from voice.surveys.pictures import load_pictures, picture_files
from voice.surveys.problem import options_of
from voice.surveys.questions import ChooseMany, ChooseOne, Faces, Scale
from voice.surveys.survey import load

HOME = Path(__file__).parents[1] / "surveys"
CATALOGUE = Catalogue.read(HOME)
YOUNGEST = "support-youngest"
SURVEYS = [pytest.param(survey, id=survey.id) for survey in CATALOGUE.surveys]
WORDED = {
    f"{survey.id} {wording}".strip(): CATALOGUE.find(survey.id, wording)
    for survey in CATALOGUE.surveys
    for wording in ["", *CATALOGUE.wordings(survey.id)]
}
OLDER = [pytest.param(s, id=s.id) for s in CATALOGUE.surveys if s.id != YOUNGEST]
WORDINGS = [pytest.param(survey, id=name) for name, survey in WORDED.items()]
SHARED = {
    "listened": ["yes", "sometimes", "no", "dont_know"],
    "happy_with_help": ["good", "ok", "bad", "dont_know"],
    "going_well": None,
    "one_change": None,
    "may_quote": ["yes", "no"],
}


def values_on(page):
    return [option.value for option in options_of(page)] or None


def test_no_problem_is_found_in_anything_we_ship():
    assert [problem.line for problem in check(HOME) if problem.stops] == []


def test_every_reason_to_break_a_rule_is_needed():
    assert [problem.line for problem in check(HOME) if problem.rule == "accepted"] == []


@pytest.mark.parametrize("survey", OLDER)
def test_the_shared_pages_offer_the_same_answers(survey):
    assert survey.family == "send-support"
    assert {page_id: values_on(survey.page(page_id)) for page_id in SHARED} == SHARED


def test_the_youngest_choose_between_two_pictures_and_not_sure_with_an_adult_beside():
    survey = CATALOGUE.find(YOUNGEST)
    faces = [page for page in survey.questions if isinstance(page, Faces)]

    assert (survey.family, survey.adult_beside, survey.swap_order) == ("send-support", True, True)
    assert [values_on(page) for page in faces] == [["yes", "no", "dont_know"],
                                                   ["good", "bad", "dont_know"]]  # fmt: skip
    assert all(page.photo for page in survey.questions if page.id != "helped")
    assert survey.practice is not None
    assert values_on(survey.practice) == ["yes", "no", "dont_know"]
    assert survey.page("may_quote") is None, "a child of that age is not asked for consent"


@pytest.mark.parametrize("survey", SURVEYS)
def test_everybody_but_practitioners_is_asked_who_helped(survey):
    helped = survey.page("helped")

    if survey.voice == "practitioner":
        assert helped is None
    else:
        assert values_on(helped) == ["alone", "read", "said", "answered"]
    if survey.page("helped_by"):
        assert survey.page("helped_by").when.is_one_of == ("read", "said", "answered")


@pytest.mark.parametrize("survey", OLDER)
def test_a_page_depends_on_an_earlier_answer_at_least_once(survey):
    assert any(page.when for page in survey.pages)


@pytest.mark.parametrize(
    ("survey_id", "fewest", "most"),
    [
        ("support-youngest", 3, 5),
        ("support-easy-read", 5, 8),
        ("support-young-people", 8, 12),
        ("support-parents-carers", 10, 15),
        ("support-practitioners", 6, 8),
    ],
)
def test_a_survey_is_as_long_as_its_audience_can_bear(survey_id, fewest, most):
    assert fewest <= len(CATALOGUE.find(survey_id).questions) <= most


def test_the_yearly_number_from_0_to_10_is_asked_of_parents_alone():
    asked = {s.id: [p.id for p in s.pages if isinstance(p, Scale)] for s in CATALOGUE.surveys}

    assert {survey: pages for survey, pages in asked.items() if pages} == {
        "support-parents-carers": ["satisfaction"]
    }


@pytest.mark.parametrize("survey", WORDINGS)
def test_every_page_has_a_picture_beside_its_words(survey):
    assert [page.id for page in survey.pages if not page.picture] == []


@pytest.mark.parametrize("survey", WORDINGS)
def test_a_choice_has_a_picture_on_all_its_options_or_on_none(survey):
    half = [
        page.id
        for page in survey.pages
        if isinstance(page, ChooseOne | ChooseMany)
        and 0 < sum(bool(option.picture) for option in page.options) < len(page.options)
    ]

    assert half == []


@pytest.mark.parametrize("survey", WORDINGS)
def test_people_read_whom_to_call_before_the_first_question(survey):
    numbers = {line.number for line in load_help_lines(HOME)}
    first = survey.pages[0]

    assert first.id == "need_help_now"
    told = " ".join(first.text).replace("\u00a0", " ")
    assert any(number in told for number in numbers)


@pytest.mark.parametrize("survey", WORDINGS)
def test_people_read_that_no_name_is_asked_for(survey):
    if isinstance(survey.title, Foreign):
        survey = CATALOGUE.find(survey.id)  # What it says in another language, translators say.
    assert "We do not ask for" in " ".join(survey.page("about_your_answers").text)


def test_every_picture_is_shown_somewhere():
    shown = {a.picture for f in load_frameworks(HOME / "frameworks") for a in f.areas}
    for survey in WORDED.values():
        shown.add(survey.welcome.picture)
        for page in survey.all_pages:
            shown |= {page.picture, *(option.picture for option in options_of(page))}

    assert shown - {""} == set(picture_files(HOME / "pictures"))


def test_pictures_are_small_and_run_nothing():
    files = picture_files(HOME / "pictures").values()

    assert max(file.stat().st_size for file in files) < 10_000
    assert [f.name for f in files if "<script" in f.read_text() or "href" in f.read_text()] == []


def test_every_picture_comes_from_the_one_pinned_source():
    records = load_pictures(HOME / "pictures")

    assert {(record.source, record.licence) for record in records} == {
        ("OpenMoji 17.0.0", "CC-BY-SA-4.0")
    }
    assert all(record.author for record in records)


def test_the_help_lines_are_the_emergency_number_childline_and_the_county():
    lines = load_help_lines(HOME)

    assert [line.number for line in lines] == ["999", "0800 1111", "0300 123 4043"]


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_survey_is_the_same_each_time_it_is_read(survey):
    assert load(HOME / survey.id) == survey
