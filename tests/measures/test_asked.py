"""Which questions can be measured, and whether two waves were asked in the same words."""

from pathlib import Path

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st
from msgspec import structs

from voice.measures.asked import TWICE, are_same, asked_in, measurable, wave_order, words_of
from voice.measures.measure import Asking
from voice.surveys.catalogue import Catalogue

YES = Asking("support-parents-carers", "listened", ("yes",))


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.read(Path(__file__).parents[2] / "surveys")


def changed(catalogue, **fields):
    """The catalogue with the question asked in other words, in its own wording."""
    survey = catalogue.by_id[YES.survey_id]
    pages = tuple(
        structs.replace(page, **fields) if page.id == YES.question_id else page
        for page in survey.pages
    )
    other = structs.replace(survey, pages=pages)
    return structs.replace(catalogue, by_id={**catalogue.by_id, survey.id: other})


def test_closed_questions_can_be_measured_and_who_people_are_cannot(catalogue):
    found = measurable(catalogue.surveys, {"age_band"})
    ids = {one.question_id for one in found}
    assert {"listened", "satisfaction", "waiting_for"} <= ids
    assert not ids & {"one_change", "need_help_now", "age_band"}
    [listened] = [one for one in found if one.key == "support-parents-carers/listened"]
    assert [choice.value for choice in listened.choices] == ["yes", "sometimes", "no"]


def test_the_words_are_those_of_every_english_wording(catalogue):
    words = words_of(catalogue, YES)
    assert "Do people listen to you about the support your child needs?" in words
    assert "(easy-read)" in words
    assert words_of(catalogue, Asking("no-such-survey", "listened", ("yes",))) == ""


def test_another_question_or_another_answer_is_other_words(catalogue):
    now = words_of(catalogue, YES)
    options = catalogue.by_id[YES.survey_id].page("listened").options
    other = (structs.replace(options[0], label="Always"), *options[1:])
    assert words_of(changed(catalogue, ask="Are you heard?"), YES) != now
    assert words_of(changed(catalogue, hint="Think of school."), YES) != now
    assert words_of(changed(catalogue, options=other), YES) != now
    assert words_of(changed(catalogue, picture="star.svg"), YES) == now


def test_a_wave_asked_in_two_ways_compares_with_nothing_not_even_itself():
    mixed = asked_in("Are you heard?", "Do people listen?")
    assert mixed == f"Are you heard?{TWICE}Do people listen?"
    assert asked_in(mixed, "Are you heard?") == mixed
    assert not are_same(mixed, mixed)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("A?", "A?", True), ("A?", "B?", False), ("", "", False), ("A?", "", False)],
)
def test_words_that_nobody_knows_are_never_the_same(one, other, same):
    assert are_same(one, other) == same


@whatever(st.sampled_from(["", "A?", "B?"]), st.sampled_from(["", "A?", "B?"]))
def test_what_was_asked_before_stays_in_what_is_kept(before, now):
    kept = asked_in(before, now)
    assert asked_in(kept, now) == kept
    assert before in kept
    assert now in kept


def test_waves_stand_in_the_order_of_time():
    waves = ["2026-autumn", "pilot", "2027", "2026-spring", "2025-winter", "2026-07"]
    assert sorted(waves, key=wave_order) == [
        "2025-winter",
        "2026-spring",
        "2026-07",
        "2026-autumn",
        "2027",
        "pilot",
    ]
