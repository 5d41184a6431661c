"""The safeguarding lead's queue, over HTTP, and what others may read before it is done."""

from datetime import datetime

import pytest

from tests import given
from voice.safeguarding import clock, store
from voice.safeguarding.detect import Concern

WORDS = "he hits me <b>a lot</b>"


async def answer(db, words=WORDS, *, concern: bool = True, score: float = 0.9):
    """An answer in words that came and was looked at by the machine."""
    response_id = await given.comment(db, words, survey="support-easy-read", voice="child")
    await given.answer(db, response_id, words)
    found = Concern(concern, score, ["physical_abuse"] if concern else [], ["he hits me"])
    await given.flag(db, response_id, "one_change", found)
    return response_id


async def act(client, response_id, action, reference=""):
    data = {
        "response": str(response_id),
        "question": "one_change",
        "action": action,
        "reference": reference,
        "_csrf_token": await given.token(client, "/staff/safeguarding"),
    }
    return await client.post("/staff/safeguarding", data=data)


async def test_every_answer_is_in_the_queue_the_most_worrying_first(client, db, read_page):
    await answer(db, "more clubs", concern=False, score=0.0)
    await answer(db)
    await given.staff(client, db, "safeguarding_lead")

    page = read_page((await client.get("/staff/safeguarding")).text)

    assert [quote.text for quote in page.select("blockquote")] == [WORDS, "more clubs"]
    assert "he hits me" in page.select_one(".tag").text


async def test_every_answer_can_be_reached_fifty_at_a_time(client, db, read_page):
    for number in range(52):
        await answer(db, f"number {number}", score=0.9 - number / 100)
    await given.staff(client, db, "safeguarding_lead")

    first = read_page((await client.get("/staff/safeguarding")).text)
    onward = first.select_one("nav.pages a")["href"]
    second = read_page((await client.get(onward)).text)
    beyond = read_page((await client.get("/staff/safeguarding?page=99")).text)

    said = [quote.text for page in (first, second) for quote in page.select("blockquote")]
    assert said == [f"number {number}" for number in range(52)]
    assert beyond.select("blockquote") == second.select("blockquote")


async def test_an_answer_that_the_machine_has_not_seen_waits_as_a_worry(client, db):
    response_id = await answer(db, "more clubs", concern=False)
    await db.execute("delete from flags where response_id = $1", response_id)
    assert (await store.waiting(db, given.VAULT, 5))[0].concern


async def test_what_was_done_is_kept_with_who_and_takes_the_answer_off_the_queue(client, db):
    response_id = await answer(db)
    person = await given.staff(client, db, "safeguarding_lead")

    await act(client, response_id, "referred", "CS-12, 10:40")
    await act(client, response_id, "no_concern")

    rows = await db.fetch("select action, reference, done_by from flag_actions")
    assert [tuple(row) for row in rows] == [("referred", "CS-12, 10:40", person)]
    assert await store.waiting(db, given.VAULT, 5) == []


async def test_a_referral_without_its_reference_leads_to_the_answer_it_is_about(
    client, db, read_page
):
    await answer(db)
    second = await answer(db, "more clubs", concern=False, score=0.0)
    await given.staff(client, db, "safeguarding_lead")
    page = read_page((await act(client, second, "referred")).text)
    field = f"reference-{second}-one_change"
    assert page.select_one(".problem-summary a")["href"] == f"#{field}"
    assert page.select_one(f"[id='{field}']")["aria-invalid"] == "true"
    chosen = [one for one in page.select("option") if one.has_attr("selected")]
    assert [one["value"] for one in chosen] == ["referred"]
    assert chosen[0].find_parent("select")["id"] == f"action-{second}-one_change"


@pytest.mark.parametrize(("action", "reference"), [("", ""), ("referred", ""), ("nonsense", "x")])
async def test_an_action_that_is_not_whole_is_asked_for_again(
    client, db, read_page, action, reference
):
    response_id = await answer(db)
    await given.staff(client, db, "safeguarding_lead")
    response = await act(client, response_id, action, reference)
    assert response.status_code == 422
    assert read_page(response.text).select_one("[role=alert]")
    assert await db.fetchval("select count(*) from flag_actions") == 0


@pytest.mark.parametrize("role", ["reviewer", "officer", "administrator"])
async def test_nobody_else_sees_the_queue(client, db, role):
    await answer(db)
    await given.staff(client, db, role)
    response = await client.get("/staff/safeguarding")
    assert response.status_code == 403
    assert "hits" not in response.text


async def test_who_is_not_signed_in_is_sent_to_sign_in(client, db):
    await answer(db)
    response = await client.get("/staff/safeguarding")
    assert response.url.path == "/staff/sign-in"


async def test_a_worry_is_held_back_from_everybody_else_until_there_is_no_concern(client, db):
    worry, other = await answer(db), await answer(db, "more clubs", concern=False)
    shown = "select words from shown_comments where response_id = $1"
    assert "hits" not in await db.fetchval(shown, worry)
    assert await db.fetchval(shown, other) == "more clubs"

    await given.staff(client, db, "safeguarding_lead")
    await act(client, worry, "no_concern")
    assert await db.fetchval(shown, worry) == WORDS


async def test_a_referred_answer_stays_held_back(client, db):
    worry = await answer(db)
    await given.staff(client, db, "safeguarding_lead")
    await act(client, worry, "referred", "CS-12")
    assert "hits" not in await db.fetchval("select words from shown_comments")


async def test_an_overdue_answer_is_on_top_and_says_until_when_it_should_have_been_read(
    client, db, read_page
):
    await answer(db)
    old = await answer(db, "more clubs", concern=False, score=0.0)
    sent = datetime(2026, 1, 9, 15, 0, tzinfo=clock.HERE)  # A Friday.
    await db.execute("update responses set sent_at = $2 where id = $1", old, sent)
    await given.staff(client, db, "safeguarding_lead")

    page = read_page((await client.get("/staff/safeguarding")).text)

    first, second = page.select(".cards > li")
    assert first.h2.text.startswith("Overdue")
    assert "Should have been read by 15:00 on 12 January 2026" in " ".join(first.text.split())
    assert first.blockquote.text == "more clubs"
    assert "Overdue" not in second.h2.text
    assert "To be read by" in second.text
    assert "1 is overdue" in page.text
