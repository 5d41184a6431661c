"""What a device sends that was away: each answer once, the newest wins, nothing is lost."""

import json
import secrets
import time

import pytest
from litestar.testing import AsyncTestClient
from msgspec import structs

from tests import given as builders
from voice.app import create_app

EASY = "/surveys/support-easy-read"
NOW = int(time.time() * 1000)


def new_key() -> str:
    return secrets.token_urlsafe(24)


def given(page, *values, turn=NOW, words=False, **fields):
    form = {page: list(values), **{name: [value] for name, value in fields.items()}}
    return {"page": page, "turn": turn, "form": form, "words": words}


async def send(client, key, *answers, home=EASY, **more):
    parcel = {"key": key, "given": list(answers), **more}
    return await client.post(f"{home}/device", content=json.dumps(parcel))


async def kept(db):
    return {question: value or state for question, state, value in await builders.said(db)}


async def how_many(db):
    return await db.fetchval("select count(*) from responses")


async def code_of(client):
    page = await client.get(f"{EASY}/thank-you")
    return page.text.partition('<p class="code">')[2].partition("<")[0]


async def test_a_start_that_is_sent_twice_is_one_response(client, db):
    start = {"assent": "yes", "words": "", "device": new_key()}
    first = await client.post(f"{EASY}/start", data=start, follow_redirects=False)
    again = await client.post(f"{EASY}/start", data=start, follow_redirects=False)
    assert await how_many(db) == 1
    same = [one.headers["set-cookie"].partition(";")[0] for one in (first, again)]
    assert same[0] == same[1]
    assert (await client.get(f"{EASY}/check")).url.path == f"{EASY}/check"


async def test_a_key_that_is_no_key_is_left_alone(client, db):
    start = {"assent": "yes", "words": "", "device": "short"}
    assert (await client.post(f"{EASY}/start", data=start)).status_code == 200
    assert await how_many(db) == 1
    assert await db.fetchval("select count(*) from device_responses") == 0


async def test_a_parcel_begins_a_response_and_the_same_sent_twice_is_kept_once(client, db):
    parcel = given("listened", "no"), given("one_change", "be\x00 kind\r\n🙂", turn=NOW + 1)
    key = new_key()
    for _ in range(2):
        receipt = (await send(client, key, *parcel)).json()
        assert (receipt["state"], receipt["unplaced"]) == ("open", 0)
    assert await how_many(db) == 1
    assert await kept(db) == {"listened": "no", "one_change": "be kind\n🙂"}


async def test_an_older_answer_that_comes_later_changes_nothing(client, db):
    key = new_key()
    await send(client, key, given("listened", "yes", turn=NOW))
    await send(client, key, given("listened", "no", turn=NOW - 5))
    assert await kept(db) == {"listened": "yes"}
    await send(client, key, given("listened", "sometimes", turn=NOW + 5))
    assert await kept(db) == {"listened": "sometimes"}


async def test_who_is_here_now_is_right_whatever_the_clock_of_a_device_said(client, db):
    ahead = NOW + 10**9
    await send(client, new_key(), given("listened", "yes", turn=ahead), here=True)
    await client.post(f"{EASY}/pages/listened", data={"listened": "no"})
    assert await kept(db) == {"listened": "no"}


async def test_a_miss_is_kept_and_a_stop_before_answering_is_not(client, db):
    skip, stop = given("listened", go="skip"), given("one_change", "", go="stop")
    await send(client, new_key(), skip, stop)
    assert await kept(db) == {"listened": "skipped"}


async def test_answers_sent_from_the_device_are_sent_once_and_queue_one_job(client, db):
    key = new_key()
    answers = [given("one_change", "more breaks", words=True), given("helped", "alone")]
    for _ in range(3):
        assert (await send(client, key, *answers, send=True)).json()["state"] == "sent"
    row = await db.fetchrow("select helped, sent_at, code_hash from responses")
    assert row["helped"] == "alone"
    assert row["sent_at"]
    assert row["code_hash"]
    assert await db.fetchval("select count(*) from pgqueuer") == 1
    assert not [question for question in await kept(db) if "." in question]


async def test_a_device_cannot_bring_back_what_was_taken_back(client, db):
    key = new_key()
    await send(client, key, given("listened", "no"), send=True, here=True)
    await client.post("/withdraw", data={"code": await code_of(client)})
    assert await how_many(db) == 0
    late = await send(client, key, given("one_change", "late words", words=True))
    assert late.json()["state"] == "gone"
    assert await how_many(db) == 0


async def test_what_fits_no_page_any_more_is_kept_beside_and_its_words_are_read(client, db):
    key = new_key()
    long = "a" * 2100
    answers = [
        given("an_old_page", "somebody hits me", words=True),
        given("listened", "no_such_answer", turn=NOW + 1),
        given("one_change", long, turn=NOW + 2, words=True),
    ]
    receipt = (await send(client, key, *answers)).json()
    assert receipt["unplaced"] == 3
    await send(client, key, send=True)
    found = await kept(db)
    assert found["an_old_page.beside"] == "somebody hits me"
    assert found["listened.beside"] == "no_such_answer"
    assert found["one_change.beside"] == long
    to_read = await db.fetch("select question_id from answers where free_text and state='answered'")
    assert {row["question_id"] for row in to_read} == {"an_old_page.beside", "one_change.beside"}
    assert await db.fetchval("select count(*) from pgqueuer") == 1


async def test_words_that_come_after_the_answers_were_sent_elsewhere_are_kept_and_read(client, db):
    key = new_key()
    await send(client, key, given("one_change", "early"), here=True)
    await client.post(f"{EASY}/send")
    late = given("one_change", "late", turn=NOW + 9, words=True)
    for _ in range(2):
        assert (await send(client, key, late)).json()["state"] == "sent"
    found = await kept(db)
    assert (found["one_change"], found["one_change.beside"]) == ("early", "late")
    assert await db.fetchval("select count(*) from pgqueuer") >= 2


async def test_the_cookie_comes_only_to_who_is_here(client, db):
    key = new_key()
    assert "set-cookie" not in (await send(client, key, given("listened", "no"))).headers
    assert "set-cookie" in (await send(client, key, here=True)).headers
    assert "set-cookie" not in (await send(client, key, here=True)).headers
    page = await client.get(f"{EASY}/pages/listened")
    assert 'value="no" checked' in page.text


async def test_a_response_that_went_on_elsewhere_keeps_the_cookie_of_that_device(
    client, db, settings
):
    key = new_key()
    await send(client, key, given("listened", "no"), here=True)
    words = (await client.get(f"{EASY}/stopped")).text
    words = words.partition('<p class="code">')[2].partition("<")[0]
    async with AsyncTestClient(create_app(settings)) as other:
        await other.post("/come-back", data={"code": words})
        client.cookies.clear()
        late = await send(client, key, given("helped", "alone"), here=True)
        assert "set-cookie" not in late.headers
        assert (await other.get(f"{EASY}/pages/helped")).url.path.endswith("/pages/helped")
    assert await kept(db) == {"listened": "no", "helped": "alone"}


async def test_a_response_that_was_begun_without_a_key_is_taken_up(client, db):
    await client.post(f"{EASY}/start", data={"assent": "yes", "words": ""})
    await client.post(f"{EASY}/pages/listened", data={"listened": "no"})
    key = new_key()
    taken = (await client.post(f"{EASY}/device/take-up", content=json.dumps({"key": key}))).json()
    assert taken["answers"]["listened"]["value"] == "no"
    assert abs(taken["answers"]["listened"]["turn"] - taken["now"]) < 60_000
    await send(client, key, given("helped", "alone", turn=taken["now"]))
    assert await how_many(db) == 1
    assert await kept(db) == {"listened": "no", "helped": "alone"}


async def test_nobody_takes_up_a_response_without_its_cookie(client, db):
    answer = await client.post(
        f"{EASY}/device/take-up", content=json.dumps({"key": new_key()}), follow_redirects=False
    )
    assert answer.status_code == 303
    assert await db.fetchval("select count(*) from device_responses") == 0


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"key": "short"}',
        json.dumps({"key": new_key(), "given": [given("No Page", "x")]}),
        json.dumps({"key": new_key(), "given": [given("listened", "no", turn=-1)]}),
        json.dumps({"key": new_key(), "given": [given("listened", "no")] * 101}),
    ],
)
async def test_what_no_device_sends_is_refused(client, db, body):
    assert (await client.post(f"{EASY}/device", content=body)).status_code == 400
    assert await how_many(db) == 0


async def test_another_site_cannot_send_in_a_persons_name(client, db):
    headers = {"sec-fetch-site": "cross-site"}
    body = json.dumps({"key": new_key(), "given": [given("listened", "no")]})
    assert (await client.post(f"{EASY}/device", content=body, headers=headers)).status_code == 403
    assert await how_many(db) == 0


async def test_an_edition_has_every_page_and_no_answer(client, read_page):
    await client.post(f"{EASY}/start", data={"assent": "yes", "words": ""})
    await client.post(f"{EASY}/pages/one_change", data={"one_change": "nobody may see this"})
    answer = await client.get(f"{EASY}/edition")
    assert answer.headers["content-encoding"] == "gzip"
    assert "nobody may see this" not in answer.text
    edition = answer.json()
    pages = [*edition["pages"].values(), *edition["problems"].values()]
    pages += [*edition["practised"].values()]
    pages += [edition[name] for name in ("start", "started", "practice", "check", "stopped")]
    pages += [edition[name] for name in ("no_thanks", "thank_you", "away")]
    for page in pages:
        read_page(page)
    assert list(edition["pages"]) == [step["id"] for step in edition["steps"]]
    assert any(asset.startswith("/static/voice.css") for asset in edition["assets"])
    same = await client.get(f"{EASY}/edition", headers={"if-none-match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


async def test_an_edition_is_in_the_words_and_looks_of_who_reads_it(client):
    plain = (await client.get(f"{EASY}/edition")).json()
    polish = (await client.get(f"{EASY}/edition?words=pl")).json()
    assert polish["pages"]["listened"] != plain["pages"]["listened"]
    assert 'lang="pl"' in polish["pages"]["listened"]
    assert polish["mark"] != plain["mark"]
    await client.get("/display/words-large,answers-tap/support-easy-read")
    tapped = (await client.get(f"{EASY}/edition")).json()
    assert 'class="tap"' in tapped["pages"]["listened"]


async def test_faces_stand_in_the_other_order_too_where_a_survey_swaps_them(client):
    edition = (await client.get("/surveys/support-youngest/edition")).json()
    for page_id, other in edition["swapped"].items():
        assert other != edition["pages"][page_id]
    assert edition["swapped"]


async def test_who_switches_it_off_has_no_script_and_a_worker_that_takes_itself_away(
    clean, settings
):
    off = create_app(structs.replace(settings, offline=False))
    async with AsyncTestClient(off) as client:
        assert "device.js" not in (await client.get(EASY)).text
        assert "const ON = false" in (await client.get("/worker.js")).text
    async with AsyncTestClient(create_app(settings)) as client:
        assert "device.js" in (await client.get(EASY)).text
        assert "const ON = true" in (await client.get("/worker.js")).text
