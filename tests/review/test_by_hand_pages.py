"""Describing, moving, making and choosing quotes, over HTTP."""

import pytest

from tests import given
from tests.review.test_themes import decide, decisions

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"
REPORT = f"/staff/report/{given.SURVEY}/{given.QUESTION}"


@pytest.fixture
async def said(db):
    return await given.comments(db, 12)


@pytest.fixture
async def theme(db, said):
    return await given.agreed_theme(db, "Waiting", said)


async def members(db, theme):
    rows = await db.fetch("select response_id from agreed_members where theme_id = $1", theme)
    return {row["response_id"] for row in rows}


async def test_a_sentence_of_a_reviewer_stands_in_the_report_in_place_of_the_machines(
    client, db, theme, read_page
):
    person = await given.staff(client, db, "reviewer")
    address = f"#theme-{theme} > p"
    machine = read_page((await client.get(REPORT)).text).select_one(address).text

    response = await decide(
        client, theme, "describe", description="Families  wait a year.", why="It was vague"
    )

    page = read_page(response.text)
    assert "Families wait a year." in page.select_one("h1 + p").text
    told = page.select_one(".history").text
    assert "reviewer@example.org described “Waiting” as “Families wait a year.”" in told
    assert "Why: “It was vague”" in told
    report = read_page((await client.get(REPORT)).text).select_one(address).text
    assert report.startswith("Families wait a year.")
    assert report != machine
    kept = (await decisions(db))[0]
    assert (kept["kind"], kept["decided_by"], kept["theme_ids"]) == ("describe", person, [theme])

    await decide(client, theme, "describe", version="2", description="")
    assert read_page((await client.get(REPORT)).text).select_one(address).text == machine
    told = read_page((await client.get(f"/staff/themes/{theme}")).text).select_one(".history").text
    assert "(before: “Families wait a year.”)" in told


@pytest.mark.parametrize(
    ("description", "problem"), [("", "says that already"), ("long " * 70, "at most 300")]
)
async def test_a_sentence_that_changes_nothing_or_is_too_long_is_shown_again(
    client, db, theme, description, problem, read_page
):
    await given.staff(client, db, "reviewer")
    response = await decide(client, theme, "describe", description=description)
    page = read_page(response.text)
    assert response.status_code == 422
    assert problem in page.select_one("[role=alert]").text
    assert page.select_one("#description").text == description.strip()
    assert await decisions(db) == []


async def test_words_taken_out_of_a_comment_go_from_every_description(client, db, read_page):
    await given.staff(client, db, "reviewer")
    comment = await given.comment(db, "Ask Zebedee about it")
    theme = await given.agreed_theme(db, "Asking", [comment])
    await decide(client, theme, "describe", description="They ask Zebedee.")
    await decide(client, theme, "describe", version="2", description="They ask zebedee all day.")
    await decide(client, theme, "withdraw", version="3", reason="A mistake")
    data = {"words": "zebedee", "_csrf_token": await given.token(client, QUESTION)}
    await client.post(f"{QUESTION}/comments/{comment}/take-out", data=data)

    assert await given.tables_with(db, "zebedee") == []
    page = read_page((await client.get(f"/staff/themes/{theme}")).text)
    assert "described “Asking” as “They ask [words taken out].”" in page.select_one(".history").text
