"""What is said: the words of the page, as a voice should say them."""

import pytest
from msgspec import structs

from voice.easy_words.text import Explained
from voice.listening.spoken import START, Spoken, all_said, said, said_at
from voice.settings import shipped_home
from voice.surveys.catalogue import Catalogue
from voice.surveys.order import SWAPPED
from voice.surveys.questions import Faces, Information, Scale

CATALOGUE = Catalogue.read(shipped_home() / "surveys")
EASY = CATALOGUE.find("support-easy-read")


def test_a_question_is_said_with_its_hint_and_all_its_answers():
    spoken = said_at(EASY, "listened")
    assert spoken is not None
    assert spoken.lines == (
        "Do people listen to you?",
        "Think about the people who help you.",
        "Yes.",
        "Sometimes.",
        "No.",
        "I’m not sure.",
    )


def test_the_start_page_ends_with_the_question_whether_it_is_ok():
    spoken = said_at(EASY, START)
    assert spoken is not None
    assert spoken.lines[0] == "Tell us about your help."
    assert spoken.lines[-1] == "Is it OK to ask you some questions?"


def test_a_scale_says_what_its_ends_mean():
    survey = CATALOGUE.find("support-parents-carers", "easy-read")
    spoken = said_at(survey, "satisfaction")
    assert spoken is not None
    assert spoken.lines[-3:] == ("0: Very sad.", "10: Very happy.", "I’m not sure.")


def test_a_number_to_call_is_said_digit_by_digit_and_other_numbers_are_not():
    page = Information(
        id="who",
        ask="Call 0300 123 4043",
        text=("Or 999.", "Or call Childline on 0800 1111", "Ages 11 to 15, and 1000 others"),
    )
    survey = structs.replace(EASY, pages=(page,))
    spoken = said_at(survey, "who")
    assert spoken is not None
    assert spoken.lines == (
        "Call 0 3 0 0, 1 2 3, 4 0 4 3.",
        "Or 9 9 9.",
        "Or call Childline on 0 8 0 0, 1 1 1 1.",
        "Ages 11 to 15, and 1000 others.",
    )


def test_a_word_of_the_glossary_is_said_as_it_tells_and_only_as_a_whole_word():
    page = Information(id="plan", ask="Your EHC plan", text=("An EHC is not an EHCP", "ehc"))
    explained = {"EHC": Explained("A plan.", "E, H, C"), "plan": Explained("What is to be done.")}
    survey = structs.replace(EASY, pages=(page,), glossary=explained)
    spoken = said_at(survey, "plan")
    assert spoken is not None
    assert spoken.lines == ("Your E, H, C plan.", "An E, H, C is not an EHCP.", "E, H, C.")


def test_a_longer_word_of_the_glossary_goes_before_one_inside_it():
    page = Information(id="plan", ask="Your EHC plan", text=("EHC",))
    explained = {"EHC": Explained("m", "letters"), "EHC plan": Explained("m", "help paper")}
    spoken = said_at(structs.replace(EASY, pages=(page,), glossary=explained), "plan")
    assert spoken is not None
    assert spoken.lines == ("Your help paper.", "letters.")


@pytest.mark.parametrize(
    ("wording", "language"),
    [("", "en-GB"), ("easy-read", "en-GB"), ("en-easy", "en-GB"), ("pl", "pl"), ("ur-easy", "ur")],
)
def test_a_wording_is_read_in_its_language(wording, language):
    spoken = said_at(EASY, "listened", wording)
    assert spoken is not None
    assert spoken.language == language


def test_every_place_of_every_shipped_survey_says_something():
    for survey in CATALOGUE.surveys:
        for wording, pages in all_said(CATALOGUE, survey.id).items():
            worded = CATALOGUE.find(survey.id, wording)
            ids = [page.id for page in worded.all_pages]
            others = [page.id + SWAPPED for page in worded.all_pages if isinstance(page, Faces)]
            assert [page.place for page in pages] == [
                START,
                *ids,
                *(others if worded.swap_order else []),
            ]
            assert all(page.lines for page in pages)


def test_no_page_can_have_the_id_of_the_start_page():
    assert said_at(structs.replace(EASY, pages=()), "listened") is None
    without = structs.replace(EASY, pages=(), practice=None)
    assert [page.place for page in said(without)] == [START]


def test_the_fingerprint_changes_with_every_word_and_with_the_language():
    one = Spoken("a", ("Yes.", "No."))
    assert one.fingerprint == Spoken("b", ("Yes.", "No.")).fingerprint
    others = [Spoken("a", ("Yes.", "No!")), Spoken("a", ("Yes.", "No."), "cy")]
    assert one.fingerprint not in {other.fingerprint for other in others}


def test_every_word_that_stands_on_a_scale_is_said():
    survey = CATALOGUE.find("support-parents-carers")
    page = next(page for page in survey.pages if isinstance(page, Scale))
    spoken = said_at(survey, page.id)
    assert spoken is not None
    for words in (page.low, page.high, page.dont_know):
        assert words.rstrip("?.") in spoken.words
