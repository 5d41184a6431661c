"""Listening over the web: a button where there is a clip, and nowhere else."""

import pytest
from litestar.testing import AsyncTestClient

from tests import given
from tests.listening.conftest import EASY, Hummer
from voice.app import create_app
from voice.listening import store
from voice.listening.encode import read_sound
from voice.listening.sound import fault_in

HOME = f"/surveys/{EASY}"


@pytest.fixture
async def visitor(clean, db, house):
    """The app over a house whose words can change. It reads them when it starts."""
    await given.reader_on_rota(clean)
    async with AsyncTestClient(create_app(house.settings)) as client:
        yield client


async def begin(client, words=""):
    return await client.post(f"{HOME}/start", data={"assent": "yes", "words": words})


async def test_without_clips_no_page_has_a_button_or_its_script(visitor, read_page):
    start = read_page((await visitor.get(HOME)).text)
    question = read_page((await begin(visitor)).text)
    for page in (start, question):
        assert page.select(".listen") == []
        assert page.select("script[src^='/static/listen.js']") == []


async def test_a_page_with_a_clip_has_a_link_that_plays_without_script(
    visitor, read_page, db, house
):
    await house.publish(db, Hummer())
    await begin(visitor)
    page = read_page((await visitor.get(f"{HOME}/pages/listened")).text)
    link = page.select_one("a.listen")
    assert link.text.strip() == "Listen"
    assert link["data-stop"] == "Stop"
    assert page.select_one("script[src^='/static/listen.js?']").has_attr("defer")

    mp3 = await visitor.get(link["href"])
    assert mp3.headers["content-type"] == "audio/mpeg"
    assert fault_in(read_sound(mp3.content)) == ""
    opus = await visitor.get(link["data-opus"])
    assert opus.headers["content-type"] == 'audio/ogg; codecs="opus"'
    assert fault_in(read_sound(opus.content)) == ""


async def test_the_start_page_and_a_page_shown_again_have_their_button(
    visitor, read_page, db, house
):
    await house.publish(db, Hummer())
    assert read_page((await visitor.get(HOME)).text).select_one("a.listen")
    await begin(visitor)
    again = await visitor.post(f"{HOME}/pages/listened", data={"listened": "never"})
    assert again.status_code == 422
    assert read_page(again.text).select_one("a.listen")


async def test_only_pages_with_a_clip_have_a_button(visitor, read_page, db, house):
    house.record("listened")
    await house.publish(db)
    await begin(visitor)
    has = {
        place: bool(read_page((await visitor.get(f"{HOME}/pages/{place}")).text).select(".listen"))
        for place in ("listened", "going_well")
    }
    assert has == {"listened": True, "going_well": False}


async def test_a_clip_of_other_words_has_no_button_and_is_not_served(db, house, read_page):
    await house.publish(db, Hummer())
    keys = {clip.place: clip.key for clip in await store.published(db, EASY)}
    house.reword("Do people listen to you?", "Do they hear you?")
    async with AsyncTestClient(create_app(house.settings)) as client:
        await begin(client)
        page = read_page((await client.get(f"{HOME}/pages/listened")).text)
        assert "Do they hear you?" in page.h1.text
        assert page.select(".listen") == []
        assert (await client.get(f"/listening/{keys['listened']}.mp3")).status_code == 404
        assert (await client.get(f"/listening/{keys['age_band']}.mp3")).status_code == 200


@pytest.mark.parametrize("form", ["mp3", "opus"])
async def test_a_clip_whose_bytes_were_changed_is_refused(visitor, db, house, form):
    outcome = await house.publish(db, Hummer())
    key = outcome.clips[0].key
    await db.execute(f"update clips set {form} = {form} || '\\x00' where key = $1", key)
    assert (await visitor.get(f"/listening/{key}.{form}")).status_code == 404


async def test_a_clip_may_be_kept_for_a_year_and_asked_for_in_parts(visitor, db, house):
    outcome = await house.publish(db, Hummer())
    address = f"/listening/{outcome.clips[0].key}.mp3"
    whole = await visitor.get(address)
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert whole.headers["accept-ranges"] == "bytes"
    assert int(whole.headers["content-length"]) == len(whole.content)

    part = await visitor.get(address, headers={"range": "bytes=10-19"})
    assert part.status_code == 206
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
    assert part.content == whole.content[10:20]

    behind = await visitor.get(address, headers={"range": "bytes=999999-"})
    assert behind.status_code == 416
    assert behind.headers["content-range"] == f"bytes */{len(whole.content)}"

    other = {"range": "bytes=10-19", "if-range": '"another"'}
    assert (await visitor.get(address, headers=other)).status_code == 200


@pytest.mark.parametrize(
    "name", ["x.mp3", "0" * 64 + ".mp3", "0" * 64, "0" * 64 + ".wav", "é.opus"]
)
async def test_a_wrong_address_says_what_to_do_next(visitor, read_page, name):
    answer = await visitor.get(f"/listening/{name}")
    assert answer.status_code == 404
    assert "Go back and read the page." in read_page(answer.text).main.text


async def test_an_author_hears_every_clip_and_sees_who_reads_it(visitor, read_page, db, house):
    house.record("listened")
    await house.publish(db, Hummer())
    await given.staff(visitor, db, "reviewer")
    page = read_page((await visitor.get(f"/staff/listening/{EASY}")).text)
    assert len(page.select("a.listen")) == 5
    listened = next(li for li in page.select(".clips li") if li.h3.text == "listened")
    assert "Amina, youth board" in listened.text
    assert "Do people listen to you?" in listened.text
    assert "kB as Opus" in listened.text
    assert "listened" in listened.select_one("a.listen").text


async def test_an_author_sees_which_clips_nobody_hears_and_why(db, house, read_page):
    outcome = await house.publish(db, Hummer())
    key = next(clip.key for clip in outcome.clips if clip.place == "age_band")
    await db.execute("update clips set mp3 = '\\x00' where key = $1", key)
    house.reword("Do people listen to you?", "Do they hear you?")
    async with AsyncTestClient(create_app(house.settings)) as client:
        await given.staff(client, db, "reviewer")
        page = read_page((await client.get(f"/staff/listening/{EASY}")).text)
        said = {li.h3.text: li.select_one(".problem") for li in page.select(".clips li")}
        assert "other words" in said["listened"].text
        assert "bytes were changed" in said["age_band"].text
        assert len(page.select("a.listen")) == 3
        other = read_page((await client.get("/staff/listening/support-parents-carers")).text)
        assert "No clip yet." in other.main.text


async def test_the_page_of_clips_is_for_staff(visitor):
    answer = await visitor.get(f"/staff/listening/{EASY}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/staff/sign-in")


async def test_the_first_survey_opens_when_none_is_named(visitor, db):
    await given.staff(visitor, db, "reviewer")
    answer = await visitor.get("/staff/listening")
    assert answer.url.path == f"/staff/listening/{EASY}"
