"""Describing, moving, making and choosing quotes, over HTTP."""

import pytest

from tests import given
from tests.review.test_themes import decide, decisions
from voice.safeguarding.detect import Concern

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
    assert "The reason given was: “It was vague”" in told
    report = read_page((await client.get(REPORT)).text).select_one(address).text
    assert report.startswith("Families wait a year.")
    assert report != machine
    kept = (await decisions(db))[0]
    assert (kept["kind"], kept["decided_by"], kept["theme_ids"]) == ("describe", person, [theme])

    await decide(client, theme, "describe", version="2", description="")
    assert read_page((await client.get(REPORT)).text).select_one(address).text == machine
    told = read_page((await client.get(f"/staff/themes/{theme}")).text).select_one(".history").text
    assert "before, it was “Families wait a year.”" in told


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


async def test_ticked_comments_move_together_and_both_themes_remember_it(
    client, db, said, theme, read_page
):
    other = await given.agreed_theme(db, "Kind staff", await given.comments(db, 2))
    await given.staff(client, db, "reviewer")
    ticked = [str(said[0]), str(said[4])]

    response = await decide(
        client, theme, "ticked", do="move", comment=ticked, to=str(other), why="Misread"
    )

    page = read_page(response.text)
    told = "moved 2 comments from “Waiting” to “Kind staff”"
    assert told in page.select_one("[role=status]").text
    assert len(await members(db, theme)) == 10
    assert {said[0], said[4]} < await members(db, other)
    page = read_page((await client.get(f"/staff/themes/{other}")).text)
    assert told in page.select_one(".history").text
    assert page.main.text.count("put here by a person") == 2
    versions = await db.fetch("select version from agreed_themes order by id")
    assert [row["version"] for row in versions] == [2, 2]


async def test_comments_can_be_in_two_themes_or_leave_theirs(client, db, said, theme):
    other = await given.agreed_theme(db, "Kind staff", await given.comments(db, 2))
    await given.staff(client, db, "reviewer")
    await decide(client, theme, "ticked", do="also", comment=[str(said[0])], to=str(other))
    assert said[0] in await members(db, theme) & await members(db, other)
    await decide(client, theme, "ticked", do="out", comment=[str(said[1]), str(said[2])])
    assert not {said[1], said[2]} & await members(db, theme)
    assert [one["kind"] for one in await decisions(db)] == ["move", "move"]


async def test_a_theme_is_made_of_ticked_comments_which_leave_their_theme(client, db, said, theme):
    await given.staff(client, db, "reviewer")
    ticked = [str(one) for one in said[:3]]
    await decide(client, theme, "ticked", do="make", comment=ticked, new="Being told")
    kept = (await decisions(db))[0]
    assert (kept["kind"], kept["theme_ids"]) == ("make", [theme])
    assert await members(db, kept["made_theme_ids"][0]) == set(said[:3])
    assert await members(db, theme) == set(said[3:])


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "#do"),
        ({"do": "out", "comment": []}, "#comments"),
        ({"do": "out", "comment": "all"}, "#comments"),
        ({"do": "move"}, "#to"),
        ({"do": "move", "to": "self"}, "#to"),
        ({"do": "make", "new": ""}, "#new-name"),
        ({"do": "make", "new": "waiting"}, "#new-name"),
        ({"do": "mark"}, "#comments"),
        ({"do": "unmark"}, "#comments"),
    ],
)
async def test_what_cannot_be_done_with_ticked_comments_is_said_where_it_can_be_mended(
    client, db, said, theme, data, field, read_page
):
    await given.agreed_theme(db, "Kind staff", await given.comments(db, 2))
    await given.staff(client, db, "reviewer")
    data = {"comment": [str(said[0])], "why": "So"} | data
    data |= {"comment": [str(one) for one in said]} if data["comment"] == "all" else {}
    data |= {"to": str(theme)} if data.get("to") == "self" else {}
    response = await decide(client, theme, "ticked", **data)
    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("[role=alert] a")["href"] == field
    boxes = page.select("[name=comment][checked]")
    assert {box["value"] for box in boxes} == set(data["comment"])
    assert page.select_one("#why-ticked")["value"] == "So"
    assert await decisions(db) == []


REST = f"{QUESTION}/rest"


async def put(client, **data):
    data["_csrf_token"] = await given.token(client, REST)
    return await client.post(f"{REST}/ticked", data=data)


@pytest.fixture
async def loose(db, said):
    """Comments in no theme, after the machine has looked."""
    await given.suggestion(db, "Waiting", said[:2])
    return await given.comments(db, 3, "I like the bus")


async def test_a_theme_is_made_of_comments_in_no_theme(client, db, loose, read_page):
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get(REST)).text)
    ticked = [str(one) for one in loose[:2]]
    assert {box["value"] for box in page.select("[name=comment]")} > set(ticked)

    response = await put(client, do="make", comment=ticked, new="The bus", why="Two say so")

    page = read_page(response.text)
    assert "made “The bus” by hand of 2 comments" in page.select_one("[role=status]").text
    assert not {box["value"] for box in page.select("[name=comment]")} & set(ticked)
    made = await db.fetchval("select id from agreed_themes where name = 'The bus'")
    assert await members(db, made) == set(loose[:2])

    await put(client, do="in", comment=[str(loose[2])], to=str(made))
    assert await members(db, made) == set(loose)
    assert [one["kind"] for one in await decisions(db)] == ["make", "move"]


async def test_who_takes_comments_that_somebody_else_just_placed_is_told_and_loses_nothing(
    client, db, loose, read_page
):
    await given.staff(client, db, "administrator")
    await given.staff(client, db, "reviewer")
    await put(client, do="make", comment=[str(loose[0])], new="The bus", seen="0")

    ticked = [str(one) for one in loose]
    response = await put(client, do="make", comment=ticked, new="Buses", why="Mine", seen="0")

    page = read_page(response.text)
    assert response.status_code == 409
    assert "made “The bus” by hand" in page.select_one(".history").text
    assert page.select_one("#new-name")["value"] == "Buses"
    assert page.select_one("#why-ticked")["value"] == "Mine"
    left = {box["value"] for box in page.select("[name=comment][checked]")}
    assert left == {str(one) for one in loose[1:]}
    assert len(await decisions(db)) == 1


async def test_comments_of_another_question_are_not_taken(client, db, loose):
    elsewhere = await given.comments(db, 1, question="going_well")
    await given.staff(client, db, "reviewer")
    response = await put(client, do="make", comment=[str(elsewhere[0])], new="Elsewhere")
    assert response.status_code == 409
    assert await decisions(db) == []


async def quotes_of(client, theme, read_page):
    """The quotes of a theme in the report, on the public page and in an export."""
    report = read_page((await client.get(REPORT)).text)
    said = {one.text for one in report.select(f"#theme-{theme} blockquote")}
    public = {
        one.text for one in read_page((await client.get("/you-said/1")).text).select("blockquote")
    }
    file = (await client.get("/staff/exports/you-said.csv")).text
    return said, public, {words for words in ("Quotable 0", "Quotable 4") if words in file}


async def test_where_quotes_were_chosen_only_those_are_published(client, db, read_page):
    person = await given.staff(client, db, "administrator")
    comments = await given.comments(db, 12, "Quotable", may_quote=True)
    await given.comments(db, 30)
    theme = await given.agreed_theme(db, "Waiting", comments, by=person)
    await given.pledge(db, theme, by=person)
    report, public, _ = await quotes_of(client, theme, read_page)
    assert report - {"Quotable 4"}
    assert public - {"Quotable 4"}

    await decide(client, theme, "ticked", do="mark", comment=[str(comments[4])])
    assert await quotes_of(client, theme, read_page) == (
        {"Quotable 4"},
        {"Quotable 4"},
        {"Quotable 4"},
    )

    await decide(client, theme, "ticked", "2", do="unmark", comment=[str(comments[4])])
    assert await quotes_of(client, theme, read_page) == (set(), set(), set())


async def test_what_nobody_may_quote_cannot_be_chosen_and_is_not_published_if_it_was(
    client, db, read_page
):
    person = await given.staff(client, db, "administrator")
    comments = await given.comments(db, 12, "Quotable", may_quote=True)
    await given.comments(db, 30)
    secret = await given.comment(db, "Do not quote me")
    theme = await given.agreed_theme(db, "Waiting", [*comments, secret], by=person)
    await given.pledge(db, theme, by=person)
    response = await decide(client, theme, "ticked", do="mark", comment=[str(secret)])
    assert response.status_code == 422
    assert "no permission" in read_page(response.text).select_one("[role=alert]").text

    await decide(client, theme, "ticked", do="mark", comment=[str(comments[4])])
    await given.flag(db, comments[4], given.QUESTION, Concern(True, 0.9, ["x"], ["y"]))
    report, public, file = await quotes_of(client, theme, read_page)
    assert (report, public, file) == (set(), set(), set())
    page = (await client.get(f"/staff/themes/{theme}")).text
    assert "Quote: chosen, but may not be published" in page
