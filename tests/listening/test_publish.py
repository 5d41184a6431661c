"""Publishing: the best source there is, once, whole, and never with other words than the page."""

import pytest

from tests.listening.conftest import EASY, Hummer, places, tone
from voice.listening import run, store
from voice.listening.encode import MOST_BYTES, read_sound
from voice.listening.engine import EngineFailed
from voice.listening.sound import fault_in, seconds_of
from voice.listening.spoken import said

NEURAL = Hummer(source="neural", name="hummer 2", pitch=300)
ESPEAK = Hummer()
PAGES = 5


async def source_of(db, place="listened"):
    clips = await store.published(db, EASY)
    return next((clip.source for clip in clips if clip.place == place), None)


async def test_every_page_gets_a_small_clip_that_can_be_heard(db, house):
    outcome = await house.publish(db, ESPEAK)
    assert len(outcome.clips) == len(outcome.made) == PAGES
    assert outcome.problems == []
    for clip in outcome.clips:
        assert clip.whole
        for form in ("opus", "mp3"):
            kept = await store.clip_bytes(db, clip.key, form)
            assert kept is not None
            assert len(kept.bytes) <= MOST_BYTES
            heard = read_sound(kept.bytes)
            assert fault_in(heard) == ""
            assert abs(seconds_of(heard) - clip.seconds) < 0.2


async def test_espeak_reads_a_whole_survey(db, house, espeak):
    outcome = await house.publish(db, espeak)
    assert {clip.source for clip in outcome.clips} == {"espeak"}
    assert len(outcome.made) == PAGES
    assert all(2 < clip.seconds < 40 for clip in outcome.clips)


async def test_a_second_time_nothing_is_made(db, house):
    first = await house.publish(db, ESPEAK)
    made_at = await db.fetch("select key, made_at from clips order by key")
    second = await house.publish(db, ESPEAK)
    assert second.made == frozenset()
    assert second.clips == first.clips
    assert await db.fetch("select key, made_at from clips order by key") == made_at


async def test_taken_away_one_by_one_each_source_gives_way_to_the_next(db, house):
    file = house.record("listened")
    await house.publish(db, NEURAL, ESPEAK)
    assert await source_of(db) == "recording"
    assert await source_of(db, "age_band") == "neural"

    file.unlink()
    outcome = await house.publish(db, NEURAL, ESPEAK)
    assert await source_of(db) == "neural"
    assert len(outcome.made) == 1

    await house.publish(db, ESPEAK)
    assert await source_of(db) == "espeak"

    await run.take_away(db, EASY)
    outcome = await house.publish(db)
    assert await source_of(db) is None
    assert len(outcome.silent) == PAGES
    assert outcome.problems[0].stops is False


async def test_a_recording_that_is_taken_away_is_heard_no_more_even_with_nothing_else(db, house):
    file = house.record("listened")
    await house.publish(db)
    assert await source_of(db) == "recording"
    file.unlink()
    await house.publish(db)
    assert await source_of(db) is None
    assert await db.fetchval("select count(*) from clips") == 0


async def test_without_any_machine_clips_that_fit_are_kept(db, house):
    await house.publish(db, ESPEAK)
    outcome = await house.publish(db)
    assert len(outcome.clips) == PAGES
    assert outcome.made == frozenset()


async def test_changed_words_with_no_machine_stop_and_leave_all_as_it_was(db, house):
    before = await house.publish(db, ESPEAK)
    house.reword("Do people listen to you?", "Do they hear you?")
    outcome = await house.publish(db)
    assert [(p.place, p.stops) for p in outcome.problems] == [("page “listened”", True)]
    assert "no longer what the page says" in outcome.problems[0].message
    assert await store.published(db, EASY) == list(before.clips)


async def test_changed_words_make_one_new_clip_and_forget_the_old_one(db, house):
    await house.publish(db, ESPEAK)
    old = {clip.place: clip.key for clip in await store.published(db, EASY)}
    house.reword("Do people listen to you?", "Do they hear you?")
    outcome = await house.publish(db, ESPEAK)
    new = {clip.place: clip.key for clip in outcome.clips}
    assert outcome.made == {new["listened"]}
    assert {place for place in new if new[place] != old[place]} == {"listened"}
    assert await store.clip_bytes(db, old["listened"], "mp3") is None


async def test_a_recording_of_other_words_stops_although_a_machine_could_read(db, house):
    house.record("listened")
    house.reword("Do people listen to you?", "Do they hear you?")
    outcome = await house.publish(db, ESPEAK)
    assert [problem.stops for problem in outcome.problems] == [True]
    assert await store.published(db, EASY) == []


async def test_a_clip_whose_bytes_were_changed_is_made_again(db, house):
    outcome = await house.publish(db, ESPEAK)
    key = outcome.clips[0].key
    await db.execute("update clips set mp3 = '\\x00' where key = $1", key)
    assert [clip.whole for clip in await store.published(db, EASY)].count(False) == 1
    again = await house.publish(db, ESPEAK)
    assert again.made == {key}
    assert all(clip.whole for clip in again.clips)


async def test_pages_with_the_same_words_share_one_clip(db, house):
    pages = said(house.catalogue.find(EASY))
    both = {"": pages, "again": pages}
    outcome = await run.publish(db, house.folder, both, [ESPEAK], lambda *_: None)
    assert len(outcome.clips) == 2 * PAGES
    assert len(outcome.made) == PAGES


async def test_a_page_with_too_much_to_say_gets_advice_and_no_clip(db, house):
    class Slow(Hummer, frozen=True):
        def say(self, line, language):
            return tone(60.0) if line == "Do people listen to you?" else tone(0.6)

    outcome = await house.publish(db, Slow())
    assert [(p.place, p.stops) for p in outcome.problems] == [("page “listened”", False)]
    assert "seconds to say" in outcome.problems[0].message
    assert "listened" not in places(outcome)
    assert len(outcome.clips) == PAGES - 1


async def test_a_machine_that_fails_publishes_nothing_and_keeps_what_it_made(db, house):
    class Failing(Hummer, frozen=True):
        def say(self, line, language):
            if line == "Sometimes.":
                raise EngineFailed("It broke.")
            return super().say(line, language)

    with pytest.raises(EngineFailed):
        await house.publish(db, Failing())
    assert await store.published(db, EASY) == []
    assert await db.fetchval("select count(*) from clips") == 2

    outcome = await house.publish(db, ESPEAK)
    assert len(outcome.made) == PAGES - 2


async def test_two_surveys_do_not_take_away_each_others_clips(db, house):
    await house.publish(db, ESPEAK)
    await run.take_away(db, "support-practitioners")
    assert len(await store.published(db, EASY)) == PAGES
