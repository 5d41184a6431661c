"""Deciding suggestions one after another, over HTTP."""

import pytest

from tests import given
from tests.review.test_themes import decisions

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"


@pytest.fixture
async def three(client, db):
    """Three suggestions, the first the largest; a reviewer who is signed in."""
    await given.staff(client, db, "reviewer")
    return [
        await given.suggestion(db, name, await given.comments(db, n, name))
        for name, n in (("Waiting", 6), ("Buses", 4), ("Staff", 3))
    ]


async def press(client, page, **more):
    """Press the button that has the focus, as Enter does."""
    button = page.select_one("button[autofocus]")
    form = button.find_parent("form")
    data = {
        field["name"]: field.get("value", "") for field in form.select("input:not([type=checkbox])")
    }
    return await client.post(form["action"], data=data | more)


async def test_the_button_to_agree_has_the_focus_and_leads_to_the_next_suggestion(
    client, db, three, read_page
):
    page = read_page((await client.get(QUESTION)).text)
    page = read_page((await client.get(page.select_one("#row")["href"])).text)
    for name, waiting in (("Waiting", 3), ("Buses", 2), ("Staff", 1)):
        assert page.h1.text == f"Suggested theme: {name}"
        assert f"{waiting} suggestion" in page.main.text
        assert page.select_one("[autofocus]").text == f"Agree to {name}"
        assert page.select_one("[autofocus]")["aria-describedby"] == "said"
        assert name in page.select_one("#said blockquote").text
        response = await press(client, page)
        page = read_page(response.text)
        assert f"agreed to “{name}”" in page.select_one("[role=status]").text
    assert response.url.path == QUESTION
    assert [one["kind"] for one in await decisions(db)] == ["agree"] * 3


async def test_one_can_skip_refuse_or_undo_on_the_way(client, db, three, read_page):
    page = read_page((await client.get(f"/staff/suggestions/{three[0]}?row=true")).text)
    page = read_page((await client.get(page.select_one("[autofocus] + a")["href"])).text)
    assert page.h1.text == "Suggested theme: Buses"

    token = page.select_one("[name=_csrf_token]")["value"]
    data = {"row": "true", "reason": "No theme", "_csrf_token": token}
    response = await client.post(f"/staff/suggestions/{three[1]}/refuse", data=data)
    page = read_page(response.text)
    assert page.h1.text == "Suggested theme: Staff"
    undo = page.select_one("form[action$='/undo']")["action"]
    await client.post(undo, data={"_csrf_token": token})
    page = read_page((await client.get(QUESTION)).text)
    assert len(page.select("#together .glance li")) == 3


async def test_a_problem_stays_in_the_row_and_moves_no_focus_to_the_button(
    client, db, three, read_page
):
    page = read_page((await client.get(f"/staff/suggestions/{three[0]}?row=true")).text)
    response = await press(client, page, name="")
    page = read_page(response.text)
    assert response.status_code == 422
    assert not page.select("[autofocus]")
    assert page.select_one("form[action$='/agree'] [name=row]")


async def test_what_is_mostly_in_an_agreed_theme_is_added_to_it(client, db, read_page):
    await given.staff(client, db, "reviewer")
    said = await given.comments(db, 6)
    theme = await given.agreed_theme(db, "Waiting", said[:4])
    suggestion = await given.suggestion(db, "Waits", said)
    await given.suggestion(db, "All known", said[:4])
    page = read_page((await client.get(f"/staff/suggestions/{suggestion}?row=true")).text)
    assert page.select_one("[autofocus]").text == "Add the 2 new to “Waiting”"
    response = await press(client, page)
    assert response.url.path == QUESTION, "what holds nothing new is not in the row"
    count = "select count(*) from agreed_members where theme_id = $1"
    assert await db.fetchval(count, theme) == 6


async def test_who_decides_what_somebody_else_just_decided_reads_what_was_typed(
    client, db, three, read_page
):
    token = await given.token(client, QUESTION)
    address = f"/staff/suggestions/{three[0]}"
    await client.post(f"{address}/agree", data={"name": "Waits", "_csrf_token": token})
    data = {"reason": "I would not call it a theme", "_csrf_token": token}
    response = await client.post(f"{address}/refuse", data=data)
    page = read_page(response.text)
    assert response.status_code == 409
    assert "agreed to “Waits”" in page.main.text
    assert "I would not call it a theme" in page.main.text
