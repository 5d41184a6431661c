"""What is kept of the answers, wave by wave: all waves, nothing small, nothing twice."""

from datetime import date
from pathlib import Path

import pytest

from tests import given
from voice.answering.background_store import Choosing
from voice.database.pool import Part, connect
from voice.measures import store
from voice.measures.asked import TWICE
from voice.measures.measure import Asking
from voice.measures.run import keep_readings, to_keep
from voice.surveys.catalogue import Catalogue

YES = Asking(given.SURVEY, "listened", ("yes",))
DAY = date(2026, 10, 2)
AUTUMN, SPRING = given.WAVE, "2026-spring"


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.read(Path(__file__).parents[2] / "surveys")


def count(chosen, base, wave=AUTUMN):
    return Choosing(wave, base, chosen, base, DAY)


def keep(chosen, base, before=None, now="A?"):
    return to_keep(1, count(chosen, base), before, now, 10)


async def kept_of(db, number):
    return (await store.actuals(db, [number]))[number]


@pytest.mark.parametrize("more", range(15))
def test_a_wave_is_not_counted_again_for_a_few_people_more(more):
    before = keep(30, 60)
    after = keep(30 + more, 60 + more, before)
    assert after is None or more >= 10


def test_it_is_counted_again_when_many_more_have_answered():
    before = keep(30, 60)
    after = keep(50, 80, before)
    assert after is not None
    assert (after.value, after.people) == (62, 80)


def test_what_was_too_small_is_kept_once_and_counted_when_it_can_be_shown():
    before = keep(3, 12)
    assert before is not None
    assert (before.value, before.people) == (None, None)
    assert keep(5, 15, before) is None
    after = keep(12, 30, before)
    assert after is not None
    assert after.value == 40


def test_what_was_published_stays_when_people_take_their_answers_back():
    assert keep(3, 9, keep(30, 60)) is None


def test_words_that_change_in_the_middle_are_kept_with_the_numbers_as_they_were():
    before = keep(30, 60)
    after = keep(32, 63, before, now="B?")
    assert before is not None
    assert after is not None
    assert after.asked == f"A?{TWICE}B?"
    assert (after.value, after.people) == (before.value, before.people)
    assert keep(32, 63, after, now="B?") is None


def test_the_words_of_a_wave_that_is_over_stay_as_they_are_known():
    before = keep(30, 60)
    assert keep(30, 60, before, now="") is None
    unknown = to_keep(1, count(30, 60), None, "", 10)
    assert unknown is not None
    assert unknown.asked == ""


async def test_every_wave_is_kept_by_the_worker_and_nobody_answers_for_somebody_else(
    db, clean, catalogue
):
    await given.choices(db, "yes", 20)
    await given.choices(db, "no", 20)
    await given.choices(db, "yes", 15, wave=SPRING)
    await given.choices(db, "sometimes", 30, wave=SPRING)
    await given.choices(db, "yes", 30, helped="answered")
    number = await given.measure(db, asking=YES)

    worker = await connect(clean, Part.WORKER)
    try:
        assert await keep_readings(worker, catalogue, 10) == 2
        assert await keep_readings(worker, catalogue, 10) == 0
    finally:
        await worker.close()

    found = {one.wave: one for one in await kept_of(db, number)}
    assert (found[AUTUMN].value, found[AUTUMN].people) == (50, 70)
    assert (found[SPRING].value, found[SPRING].people) == (35, 45)
    assert "Do people listen to you" in found[AUTUMN].asked
    assert found[SPRING].asked == "", "nobody knows in which words an earlier wave was asked"


async def test_of_a_small_group_nothing_is_kept_in_the_database(db, catalogue):
    await given.choices(db, "yes", 4)
    await given.choices(db, "no", 30)
    number = await given.measure(db, asking=YES)
    await keep_readings(db, catalogue, 10)
    [one] = await kept_of(db, number)
    assert (one.value, one.people, one.low, one.high) == (None, None, None, None)


async def test_answers_with_several_ticks_count_each_person_once(db, catalogue):
    from voice.answering import store as answering
    from voice.surveys.questions import Answer

    for place in range(40):
        person = await given.response(db)
        ticks = ["assessment", "therapy"] if place < 20 else ["school"]
        said = Answer("answered", ticks)
        await answering.save_answer(
            db, person, "waiting_for", said, vault=given.VAULT, free_text=False
        )
    asking = Asking(given.SURVEY, "waiting_for", ("assessment", "therapy"))
    number = await given.measure(db, asking=asking)
    await keep_readings(db, catalogue, 10)
    [one] = await kept_of(db, number)
    assert (one.value, one.people) == (50, 40)


async def test_a_number_from_0_to_10_can_be_counted(db, catalogue):
    from voice.answering import store as answering
    from voice.surveys.questions import Answer

    for place in range(40):
        person = await given.response(db)
        said = Answer("answered", 8 if place < 10 else 3)
        await answering.save_answer(
            db, person, "satisfaction", said, vault=given.VAULT, free_text=False
        )
    asking = Asking(given.SURVEY, "satisfaction", ("7", "8", "9", "10"))
    number = await given.measure(db, asking=asking)
    await keep_readings(db, catalogue, 10)
    [one] = await kept_of(db, number)
    assert (one.value, one.people) == (25, 40)
