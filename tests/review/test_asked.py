"""Which questions are asked in words, and of whom."""

import pytest

from voice.review import asked
from voice.settings import shipped_home
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import SurveyNotFound


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.read(shipped_home() / "surveys")


def test_a_family_asks_with_all_its_surveys(catalogue):
    found = asked.find(catalogue, "send-support", "one_change")
    assert found.family
    assert len(found.survey_ids) == len(found.wordings) == 5
    assert found.name == "All surveys together"


def test_a_question_of_one_survey_is_found_under_the_survey_alone(catalogue):
    found = asked.find(catalogue, "support-parents-carers", "one_change")
    assert found.survey_ids == ["support-parents-carers"]
    assert found.words == catalogue.find("support-parents-carers").page("one_change").ask


def test_only_questions_that_ask_for_words_are_listed_each_once(catalogue):
    every = asked.every(catalogue)
    keys = [(one.asked_of, one.question_id) for one in every]
    assert len(keys) == len(set(keys))
    assert ("send-support", "one_change") in keys
    assert ("support-easy-read", "one_change") in keys
    assert all(all(wording.words for wording in one.wordings) for one in every)


@pytest.mark.parametrize("question", ["nope", "listened"])
def test_a_question_that_asks_for_no_words_is_not_found(catalogue, question):
    with pytest.raises(asked.QuestionNotFound):
        asked.find(catalogue, "support-easy-read", question)


@pytest.mark.parametrize("asked_of", ["nope", ""])
def test_an_unknown_survey_is_not_found(catalogue, asked_of):
    with pytest.raises(SurveyNotFound):
        asked.find(catalogue, asked_of, "one_change")


def test_each_wave_is_worked_out_under_a_key_of_its_own(catalogue):
    found = asked.find(catalogue, "send-support", "one_change")
    assert found.job_key(None) != found.job_key("2026-autumn")
