"""What staff see first: what waits for them, and the list of questions."""

from datetime import date

import pytest

from tests import given

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"
FAMILY = f"/staff/questions/send-support/{given.QUESTION}"


async def test_home_tells_a_reviewer_which_questions_wait(client, db, read_page):
    await given.suggestion(db, "Waiting", await given.comments(db, 6))
    await given.staff(client, db, "reviewer")

    page = read_page((await client.get("/staff")).text)

    assert page.select_one(".waiting a")["href"] == QUESTION
    assert "1 suggestion" in page.select_one(".waiting li").text


async def test_home_tells_an_officer_which_themes_have_no_answer(client, db, read_page):
    theme = await given.agreed_theme(db, "Waiting", await given.comments(db, 6))
    answered = await given.agreed_theme(db, "Being heard", await given.comments(db, 6))
    await given.pledge(db, answered)
    await given.staff(client, db, "officer")

    page = read_page((await client.get("/staff")).text)

    assert [link["href"] for link in page.select(".waiting a")] == [
        f"/staff/themes/{theme}",
        f"/staff/pledges/new?theme={theme}",
    ]


async def test_home_tells_that_a_pledge_has_lost_its_theme(client, db, read_page):
    theme = await given.agreed_theme(db, "Waiting", await given.comments(db, 12))
    await given.pledge(db, theme)
    await given.staff(client, db, "officer")
    assert "lost their theme" not in read_page((await client.get("/staff")).text).text

    await db.execute("update agreed_themes set ended_at = now() where id = $1", theme)
    page = read_page((await client.get("/staff")).text)

    warning = page.select_one(".problem-summary")
    assert warning.a["href"] == "/staff/pledges/1"
    assert "the public could read it" in warning.text
    assert "Waiting" in warning.text


async def test_home_tells_an_officer_what_is_late_what_is_a_draft_and_what_is_challenged(
    client, db, read_page
):
    theme = await given.agreed_theme(db, "Waiting", await given.comments(db, 12))
    late = await given.pledge(db, theme, status="doing", on_day=date(2026, 1, 5))
    draft = await given.pledge(db, theme, published=False)
    challenge = await given.challenge(db, f"pledge-{late}")
    await given.staff(client, db, "officer")
    links = [
        (link["href"], link.parent.text)
        for link in read_page((await client.get("/staff")).text).select(".waiting a")
    ]
    assert [one for one, _ in links] == [
        f"/staff/challenges/{challenge}",
        f"/staff/pledges/{late}",
        f"/staff/pledges/{draft}",
    ]
    assert "its day has passed" in links[1][1]
    assert "a draft" in links[2][1]


async def test_a_safeguarding_lead_sees_their_own_link_and_nothing_else(client, db, read_page):
    await given.agreed_theme(db, "Waiting", await given.comments(db, 6))
    await given.suggestion(db, "Noise", await given.comments(db, 6))
    await given.staff(client, db, "safeguarding_lead")

    page = read_page((await client.get("/staff")).text)

    assert [link["href"] for link in page.main.select("a")] == ["/staff/safeguarding"]
    assert "0 answers wait, 0 with a possible worry" in page.main.text
    assert "Waiting" not in page.text
    assert "Noise" not in page.text


@pytest.mark.parametrize(
    "address",
    ["/staff/questions", QUESTION, f"{QUESTION}/rest", "/staff/suggestions/1", "/staff/themes/1"],
)
async def test_a_safeguarding_lead_sees_no_themes_and_a_stranger_nothing(client, db, address):
    assert (await client.get(address)).url.path == "/staff/sign-in"
    await given.staff(client, db, "safeguarding_lead")
    assert (await client.get(address)).status_code == 403


async def test_the_list_offers_the_family_and_each_survey(client, db, read_page):
    await given.comments(db, 7)
    await given.comments(db, 5, survey="support-easy-read", voice="child", wave="2026-spring")
    await given.staff(client, db, "reviewer")

    page = read_page((await client.get("/staff/questions")).text)

    rows = {card.a["href"]: " ".join(card.text.split()) for card in page.select(".cards li")}
    assert "12 comments (2026-autumn, 2026-spring)" in rows[FAMILY]
    assert "7 comments (2026-autumn)" in rows[QUESTION]
    assert "No comments yet" in rows["/staff/questions/support-practitioners/one_change"]
    assert len(page.select(".cards button")) == 3


async def test_find_themes_is_queued_once_and_shows_that_it_is_worked_on(client, db, read_page):
    await given.comments(db, 7)
    await given.staff(client, db, "officer")
    data = {"_csrf_token": await given.token(client, QUESTION), "wave": ""}

    for _ in range(2):
        response = await client.post(f"{QUESTION}/themes", data=data)

    assert "being worked out" in read_page(response.text).select_one("[role=status]").text
    queued = await db.fetch("select payload from pgqueuer where entrypoint = 'find_themes'")
    expected = b'{"asked_of":"support-parents-carers","question_id":"one_change","wave":null}'
    assert [row["payload"] for row in queued] == [expected]
    listed = read_page((await client.get("/staff/questions")).text)
    assert listed.text.count("being worked out") == 1


async def test_themes_of_one_wave_are_looked_for_on_their_own(client, db):
    await given.comments(db, 7)
    await given.staff(client, db, "reviewer")
    data = {"_csrf_token": await given.token(client, FAMILY), "wave": given.WAVE}
    response = await client.post(f"{FAMILY}/themes", data=data)
    assert "wave=2026-autumn" in str(response.url)
    payload = await db.fetchval("select payload from pgqueuer")
    assert payload.endswith(b'"wave":"2026-autumn"}')


async def test_a_wave_that_nobody_answered_is_refused(client, db, read_page):
    await given.comments(db, 7)
    await given.staff(client, db, "reviewer")
    data = {"_csrf_token": await given.token(client, QUESTION), "wave": "1999"}
    response = await client.post(f"{QUESTION}/themes", data=data)
    assert response.status_code == 404
    assert "wave" in read_page(response.text).main.text


@pytest.mark.parametrize(
    "address",
    [
        "/staff/questions/nope/one_change",
        f"/staff/questions/{given.SURVEY}/nope",
        f"/staff/questions/{given.SURVEY}/listened",
        f"{QUESTION}/rest",
        "/staff/suggestions/77",
        "/staff/themes/77",
        "/staff/themes/99999999999999999999999",
        "/staff/suggestions/99999999999999999999999",
    ],
)
async def test_what_is_not_there_is_said_in_words(client, db, read_page, address):
    await given.staff(client, db, "reviewer")
    response = await client.get(address)
    assert response.status_code == 404
    assert len(read_page(response.text).main.p.text) > 20
