"""Changing what was agreed, over HTTP."""

import asyncio

import asyncpg
import pytest
from msgspec import json

from tests import given

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"
PA1 = ("hertfordshire-2023", "PA1")


@pytest.fixture
async def said(db):
    return await given.comments(db, 6)


@pytest.fixture
async def theme(db, said):
    return await given.agreed_theme(db, "Waiting", said, areas=[PA1])


async def decide(client, theme, what, version="1", **data):
    address = f"/staff/themes/{theme}"
    data |= {"_csrf_token": await given.token(client, address), "version": version}
    return await client.post(f"{address}/{what}", data=data)


async def decisions(db):
    rows = await db.fetch("select * from decisions order by id")
    return [{**dict(row), "details": json.decode(row["details"])} for row in rows]


async def current(db):
    rows = await db.fetch("select name from agreed_themes where ended_at is null order by id")
    return [row["name"] for row in rows]


async def test_renaming_keeps_the_old_name_in_the_history(client, db, theme, read_page):
    person = await given.staff(client, db, "reviewer")

    response = await decide(client, theme, "rename", name="Long waits", why="Clearer")

    page = read_page(response.text)
    assert page.h1.text == "Agreed theme: Long waits"
    assert "renamed “Waiting” to “Long waits”" in page.select_one("[role=status]").text
    assert "The reason given was: “Clearer”" in page.select_one(".history").text
    kept = (await decisions(db))[0]
    assert (kept["kind"], kept["decided_by"], kept["theme_ids"]) == ("rename", person, [theme])


async def test_areas_are_ticked_over_every_framework_with_their_provenance(
    client, db, theme, read_page
):
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get(f"/staff/themes/{theme}")).text)
    assert len(page.select("#areas fieldset p")) == 2
    assert [box["value"] for box in page.select("#areas [checked]")] == ["hertfordshire-2023/PA1"]
    assert "council’s paraphrase" in page.select_one("#areas").text

    await decide(
        client, theme, "areas", areas="shown", area=["every-area/heard", "hertfordshire-2023/IA1"]
    )

    rows = await db.fetch("select framework_id, area_id from agreed_areas order by 1, 2")
    assert [tuple(row) for row in rows] == [
        ("every-area", "heard"),
        ("hertfordshire-2023", "IA1"),
    ]
    assert (await decisions(db))[0]["details"]["were"] == ["hertfordshire-2023/PA1"]


async def test_a_theme_put_into_another_ends_and_its_comments_move(client, db, said, theme):
    other = await given.agreed_theme(db, "Long waits", [*said[:2], *await given.comments(db, 3)])
    await given.staff(client, db, "reviewer")

    response = await decide(client, theme, "merge", into=str(other))

    assert response.url.path == QUESTION
    assert await current(db) == ["Long waits"]
    members = "select count(*) from agreed_members where theme_id = $1"
    assert await db.fetchval(members, other) == 9
    assert await db.fetchval(members, theme) == 6, "what ended is kept"
    assert (await decisions(db))[0]["theme_ids"] == [other, theme]


@pytest.mark.parametrize("into", ["", "99", "-1", "self"])
async def test_a_theme_is_put_only_into_another_one_of_its_question(
    client, db, theme, into, read_page
):
    elsewhere = await given.agreed_theme(db, "Fun", [], question="going_well")
    await given.agreed_theme(db, "Long waits", await given.comments(db, 3))
    await given.staff(client, db, "reviewer")
    for chosen in (into.replace("self", str(theme)), str(elsewhere)):
        response = await decide(client, theme, "merge", into=chosen)
        assert response.status_code == 422
        assert read_page(response.text).select_one("[role=alert] a")["href"] == "#into"
    assert await decisions(db) == []


async def test_a_split_theme_ends_and_its_parts_keep_its_areas(client, db, said, theme):
    await given.staff(client, db, "reviewer")
    await decide(
        client,
        theme,
        "ticked",
        do="split",
        comment=[str(said[0])],
        first="Waiting",
        rest="Being told",
    )
    assert await current(db) == ["Waiting", "Being told"]
    kept = (await decisions(db))[0]
    assert kept["theme_ids"] == [theme]
    assert len(kept["made_theme_ids"]) == 2
    assert await db.fetchval("select count(*) from agreed_areas where area_id = 'PA1'") == 3


async def test_taking_back_needs_a_reason_and_keeps_the_theme_for_the_record(
    client, db, theme, read_page
):
    await given.staff(client, db, "reviewer")
    assert (await decide(client, theme, "withdraw", reason="")).status_code == 422
    response = await decide(client, theme, "withdraw", reason="A mistake")

    assert response.url.path == QUESTION
    assert await current(db) == []
    page = read_page((await client.get(f"/staff/themes/{theme}")).text)
    assert "counts no more" in page.main.text
    assert "The reason given was: “A mistake”" in page.select_one(".history").text
    assert not page.select("form[action*=themes]")


async def test_when_two_people_change_a_theme_the_second_is_told_and_loses_nothing(
    client, db, theme, read_page
):
    await given.staff(client, db, "administrator")
    await decide(client, theme, "rename", name="Long waits")
    await given.staff(client, db, "reviewer")

    response = await decide(client, theme, "rename", version="1", name="Waiting lists", why="Mine")

    page = read_page(response.text)
    assert response.status_code == 409
    assert "administrator@example.org renamed “Waiting”" in page.select_one("[role=alert]").text
    assert page.select_one("#name")["value"] == "Waiting lists"
    assert page.select_one("#why-rename")["value"] == "Mine"
    assert not page.select_one("#why-areas")["value"]
    assert page.select_one("[name=version]")["value"] == "2"
    assert await current(db) == ["Long waits"]
    assert len(await decisions(db)) == 1


async def test_ticks_stay_when_somebody_was_faster(client, db, said, theme, read_page):
    await given.staff(client, db, "reviewer")
    await decide(client, theme, "rename", name="Long waits")
    response = await decide(
        client, theme, "ticked", do="split", comment=[str(said[1])], first="A", rest="B"
    )
    page = read_page(response.text)
    assert response.status_code == 409
    assert [box["value"] for box in page.select("[name=comment][checked]")] == [str(said[1])]


async def test_pressing_twice_decides_once(client, db, theme):
    await given.staff(client, db, "reviewer")
    for what, data in (
        ("rename", {"name": "Long waits"}),
        ("withdraw", {"reason": "A mistake", "version": "2"}),
    ):
        for _ in range(2):
            response = await decide_as_is(client, theme, what, {"version": "1"} | data)
            assert response.status_code == 200
    assert [one["kind"] for one in await decisions(db)] == ["rename", "withdraw"]


async def decide_as_is(client, theme, what, data):
    data["_csrf_token"] = await given.token(client, QUESTION)
    return await client.post(f"/staff/themes/{theme}/{what}", data=data)


async def test_two_people_at_the_very_same_time_decide_one_after_the_other(client, db, theme):
    await given.staff(client, db, "reviewer")
    sent = await asyncio.gather(
        *(decide(client, theme, "rename", name=f"Name {number}") for number in range(4))
    )
    assert sorted(response.status_code for response in sent) == [200, 409, 409, 409]
    assert await db.fetchval("select version from agreed_themes") == 2
    assert len(await decisions(db)) == 1


async def test_a_decision_and_what_it_does_are_kept_together_or_not_at_all(
    client, db, theme, monkeypatch
):
    await given.staff(client, db, "reviewer")

    def fall_over(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("voice.review.decision_store.json.encode", fall_over)
    response = await decide(client, theme, "rename", name="Long waits")
    assert response.status_code == 500
    assert await current(db) == ["Waiting"]
    assert await decisions(db) == []


@pytest.mark.parametrize("what", ["rename", "describe", "areas", "merge", "ticked", "withdraw"])
async def test_an_officer_reads_a_theme_but_cannot_change_it(client, db, theme, what, read_page):
    await given.staff(client, db, "officer")
    page = read_page((await client.get(f"/staff/themes/{theme}")).text)
    assert page.select_one("a[href^='/staff/pledges/new']")
    assert not page.select("form[action*=themes]")
    response = await decide_as_is(client, theme, what, {"version": "1", "name": "x"})
    assert response.status_code == 403
    assert await decisions(db) == []


@pytest.mark.parametrize("what", ["rename", "describe", "areas", "merge", "ticked", "withdraw"])
async def test_changing_a_theme_that_is_not_there_says_so(client, db, what):
    await given.staff(client, db, "reviewer")
    await given.comments(db, 1)
    response = await decide_as_is(client, 4141, what, {"version": "1", "name": "x"})
    assert response.status_code == 404


async def test_a_theme_with_an_answer_warns_before_it_is_taken_back(client, db, theme, read_page):
    await given.pledge(db, theme)
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get(f"/staff/themes/{theme}")).text)
    assert "the public will not see that answer" in page.main.text


async def test_looking_at_themes_asks_the_database_as_often_for_many_as_for_one(
    client, db, monkeypatch
):
    asked = []
    real = asyncpg.Connection.fetch

    async def counting(self, query, *args, **more):
        asked.append(query)
        return await real(self, query, *args, **more)

    monkeypatch.setattr("asyncpg.Connection.fetch", counting)
    await given.staff(client, db, "reviewer")
    numbers = []
    for name in ("A", "B", "C", "D"):
        comments = await given.comments(db, 5)
        await given.suggestion(db, f"Suggested {name}", comments)
        await given.agreed_theme(db, f"Agreed {name}", comments[:2])
        asked.clear()
        await client.get(QUESTION)
        numbers.append(len(asked))
    assert len(set(numbers)) == 1
    assert numbers[0] > 5
