"""Sign language over the web: a film where one fits and was asked for, and nowhere else."""

import tracemalloc

import pytest
from litestar.testing import AsyncTestClient

from tests import given
from tests.drawn import photo
from tests.filmed import film, mp4
from tests.signing.conftest import EASY
from voice.app import create_app
from voice.signing.pages import PIECE, pieces
from voice.web.byte_range import ByteRange

HOME = f"/surveys/{EASY}"
OFFER = "Show films in British Sign Language (BSL)"


@pytest.fixture
async def visit(clean, db, house):
    """Open the app over the house as it is now: it reads words and videos when it starts."""
    await given.reader_on_rota(clean)
    opened = []

    async def open_app():
        client = await AsyncTestClient(create_app(house.settings)).__aenter__()
        opened.append(client)
        return client

    yield open_app
    for client in opened:
        await client.__aexit__(None, None, None)


async def begin(client, words=""):
    return await client.post(f"{HOME}/start", data={"assent": "yes", "words": words})


async def switch_on(client, back="/"):
    return await client.post("/display", data={"signing": "on", "back": back})


def button(page, words):
    return next((one for one in page.select("button") if one.text == words), None)


async def test_we_ship_no_video_and_without_one_nothing_is_offered(client, read_page):
    await switch_on(client)
    start = read_page((await client.get(HOME)).text)
    question = read_page((await begin(client)).text)
    for page in (start, question):
        assert page.select("video") == []
        assert button(page, OFFER) is None


async def test_the_start_page_offers_films_and_the_button_brings_them(visit, house, read_page):
    house.sign("listened")
    client = await visit()
    start = read_page((await client.get(HOME)).text)
    assert start.select("video") == []
    form = button(start, OFFER).find_parent("form")
    assert (form["method"], form["action"]) == ("post", "/display")

    data = {field["name"]: field["value"] for field in form.select("input")}
    back = await client.post("/display", data=data)
    assert back.url.path == HOME
    assert button(read_page(back.text), OFFER) is None

    await begin(client)
    page = read_page((await client.get(f"{HOME}/pages/listened")).text)
    assert page.select_one("figcaption").text == "This page in British Sign Language"
    assert page.video["aria-labelledby"] == page.figcaption["id"]
    assert "Do people listen to you?" in page.h1.text
    assert page.select("input[type=radio]")


async def test_a_film_waits_until_it_is_asked_for(visit, house, read_page):
    house.sign("start-page")
    client = await visit()
    await switch_on(client)
    video = read_page((await client.get(HOME)).text).video
    assert video["preload"] == "none"
    assert video.has_attr("controls")
    assert video.has_attr("playsinline")
    assert not video.has_attr("autoplay")
    assert not video.has_attr("poster")
    assert not video.has_attr("src")


async def test_only_pages_with_a_video_have_a_player_and_a_page_shown_again_keeps_it(
    visit, house, read_page
):
    house.sign("listened")
    client = await visit()
    await switch_on(client)
    await begin(client)
    other = read_page((await client.get(f"{HOME}/pages/going_well")).text)
    assert other.select("video") == []
    again = await client.post(f"{HOME}/pages/listened", data={"listened": "never"})
    assert again.status_code == 422
    assert read_page(again.text).select_one("video")


async def test_who_has_not_chosen_films_sees_none(visit, house, read_page):
    house.sign("listened")
    client = await visit()
    await begin(client)
    page = read_page((await client.get(f"{HOME}/pages/listened")).text)
    assert page.select("video") == []


async def test_switching_films_on_leaves_all_other_choices_as_they_were(visit, house, read_page):
    house.sign("listened")
    client = await visit()
    await client.post("/display", data={"words": "largest", "colours": "dark", "answers": "tap"})
    await switch_on(client)
    page = read_page((await client.get(HOME)).text)
    chosen = {"words-largest", "colours-dark", "answers-tap", "signing-on"}
    assert chosen <= set(page.html["class"])
    await client.post("/display", data={"signing": "off", "words": ""})
    page = read_page((await client.get(HOME)).text)
    assert set(page.html["class"]) == {"colours-dark", "answers-tap", "easy"}


async def test_films_are_offered_in_the_wording_that_has_them_and_lead_back_to_it(
    visit, house, read_page
):
    survey = "support-parents-carers"
    house.sign("listened", survey=survey, wording="easy-read")
    client = await visit()
    plain = read_page((await client.get(f"/surveys/{survey}")).text)
    assert button(plain, OFFER) is None
    easy = read_page((await client.get(f"/surveys/{survey}?words=easy-read")).text)
    form = button(easy, OFFER).find_parent("form")
    back = form.select_one("[name=back]")["value"]
    assert back == f"/surveys/{survey}?words=easy-read"
    answer = await switch_on(client, back)
    assert str(answer.url).endswith(back)

    await client.post(f"/surveys/{survey}/start", data={"assent": "yes", "words": "easy-read"})
    page = read_page((await client.get(f"/surveys/{survey}/pages/listened")).text)
    assert page.select_one("video")


async def test_a_video_of_other_words_is_on_no_page_and_is_not_served(visit, house, read_page):
    house.sign("listened")
    address = house.videos.at(EASY, "", "listened").sources[0][0]
    house.reword("Do people listen to you?", "Do they hear you?")
    client = await visit()
    await switch_on(client)
    await begin(client)
    page = read_page((await client.get(f"{HOME}/pages/listened")).text)
    assert "Do they hear you?" in page.h1.text
    assert page.select("video") == []
    assert (await client.get(address)).status_code == 404


async def test_a_video_without_a_record_is_on_no_page(visit, house, read_page):
    (house.sign("listened").parent / "VIDEOS.toml").unlink()
    client = await visit()
    assert button(read_page((await client.get(HOME)).text), OFFER) is None


async def test_a_file_that_was_changed_since_voice_started_is_not_served(visit, house, read_page):
    file = house.sign("listened")
    client = await visit()
    address = house.videos.at(EASY, "", "listened").sources[0][0]
    assert (await client.get(address)).status_code == 200
    file.write_bytes(film(3))
    answer = await client.get(address)
    assert answer.status_code == 404
    assert "Go back and read the page." in read_page(answer.text).main.text
    file.unlink()
    assert (await client.get(address)).status_code == 404


async def test_a_video_may_be_kept_for_a_year_and_asked_for_in_parts(visit, house):
    written = mp4(more=bytes(range(256)) * 4000)
    house.sign("listened", written, suffix=".mp4")
    client = await visit()
    address, kind = house.videos.at(EASY, "", "listened").sources[0]
    whole = await client.get(address)
    assert whole.content == written
    assert whole.headers["content-type"] == kind == "video/mp4"
    assert whole.headers["content-length"] == str(len(written))
    assert whole.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert whole.headers["accept-ranges"] == "bytes"

    for asked, first, last in (("0-1", 0, 2), ("500000-", 500_000, None), ("-7", -7, None)):
        part = await client.get(address, headers={"range": f"bytes={asked}"})
        assert part.status_code == 206
        assert part.content == written[first:last]
        assert part.headers["content-length"] == str(len(part.content))
    behind = await client.get(address, headers={"range": "bytes=99999999-"})
    assert behind.status_code == 416
    assert behind.headers["content-range"] == f"bytes */{len(written)}"
    other = {"range": "bytes=10-19", "if-range": '"another"'}
    assert (await client.get(address, headers=other)).status_code == 200


async def test_both_kinds_of_file_and_the_picture_before_are_on_the_page(visit, house, read_page):
    house.sign("listened", poster=photo())
    house.sign("listened", mp4(), suffix=".mp4")
    client = await visit()
    await switch_on(client)
    await begin(client)
    video = read_page((await client.get(f"{HOME}/pages/listened")).text).video
    assert [source["type"] for source in video.select("source")] == ["video/mp4", "video/webm"]
    poster = await client.get(video["poster"])
    assert poster.headers["content-type"] == "image/jpeg"
    assert poster.content == photo()


@pytest.mark.parametrize("name", ["x.mp4", "0" * 64 + ".webm", "VIDEOS.toml", "..%2fsurvey.toml"])
async def test_nothing_but_a_video_is_handed_out_as_one(visit, house, name):
    house.sign("listened")
    client = await visit()
    assert (await client.get(f"/signing/{name}")).status_code == 404


def test_a_large_video_is_never_in_memory_as_a_whole(tmp_path):
    file = tmp_path / "large.mp4"
    with file.open("wb") as out:
        out.truncate(30_000_000)
    tracemalloc.start()
    sizes = [len(piece) for piece in pieces(file, ByteRange(5, 29_999_999))]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(sizes) == 29_999_995
    assert max(sizes) == PIECE
    assert most < 4 * PIECE


async def test_films_can_be_chosen_where_all_looks_are_chosen(client, read_page):
    page = read_page((await client.get("/display")).text)
    assert page.select_one("#signing-off").has_attr("checked")
    await client.get(f"/display/signing-on/{EASY}")
    page = read_page((await client.get("/display")).text)
    assert page.select_one("#signing-on").has_attr("checked")
