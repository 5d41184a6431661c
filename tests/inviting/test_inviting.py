"""From a group that an officer makes to an answer that nobody can lead back to a code."""

import asyncio
import csv
import io
import re

import pytest

from tests import given
from voice.database.pool import Part, connect
from voice.inviting import store
from voice.inviting.group import Asked

SURVEY = "support-young-people"
HOME = f"/staff/inviting/surveys/{SURVEY}"
MAKE = {"kind": "Special schools", "names": "Oak House\nElm Grove", "codes": "3", "wanted": "25"}
YES = {"assent": "yes", "words": ""}
KEY = "0" * 64


async def post(client, address, form, page=""):
    data = {**form, "_csrf_token": await given.token(client, page or address)}
    return await client.post(address, data=data)


async def made(client, db, settings, **changed) -> list[str]:
    """Codes of one group, made in the database."""
    who = await given.person(db, "officer", email="maker@example.org")
    await store.make(db, SURVEY, Asked("Panels", ("The panel",), 3, None), who)
    [group] = await store.groups(db, SURVEY)
    return await store.codes(db, client.app.state.key, group)


async def close_door(db, state="invited"):
    await db.execute("insert into survey_doors (survey_id, state) values ($1, $2)", SURVEY, state)


async def test_an_officer_makes_codes_and_sees_who_has_been_heard(client, db, read_page):
    await given.staff(client, db, "officer")
    page = read_page((await post(client, HOME, MAKE)).text)
    assert "We have heard from 0 of 25." in page.main.text
    assert "Asked so far: 2." in page.main.text

    rows = list(csv.DictReader(io.StringIO((await client.get(f"{HOME}/codes.csv")).text[1:])))
    assert [row["group"] for row in rows] == ["Elm Grove"] * 3 + ["Oak House"] * 3
    assert len({row["code"] for row in rows}) == 6
    assert all(row["address"].endswith(f"/invited/{row['code']}") for row in rows)

    await client.post("/invited", data={"code": rows[1]["code"]})
    page = read_page((await client.get(HOME)).text)
    assert "We have heard from 1 of 25." in page.main.text
    left = list(csv.DictReader(io.StringIO((await client.get(f"{HOME}/codes.csv?unused=1")).text)))
    assert {row["code"] for row in left} == {row["code"] for row in rows} - {rows[1]["code"]}


async def test_a_name_that_is_there_stays_as_it_is(client, db, read_page):
    await given.staff(client, db, "officer")
    await post(client, HOME, MAKE)
    page = read_page((await post(client, HOME, MAKE | {"names": "Oak House\nAsh"})).text)
    assert "there already, and stay as they are: Oak House." in page.main.text
    assert await db.fetchval("select count(*) from invited_groups") == 3


async def test_what_is_wrong_with_the_form_is_said_and_nothing_typed_is_lost(client, db, read_page):
    await given.staff(client, db, "officer")
    answer = await post(client, HOME, MAKE | {"codes": "no"})
    page = read_page(answer.text)
    assert answer.status_code == 422
    assert "whole number from 1 to 512" in page.main.text
    assert page.select_one("textarea#names").text.strip() == "Oak House\nElm Grove"


async def test_cards_show_codes_that_were_not_used(client, db, settings, read_page):
    codes = await made(client, db, settings)
    await client.post("/invited", data={"code": codes[0]})
    await given.staff(client, db, "officer")
    [group] = await store.groups(db, SURVEY)
    page = read_page((await client.get(f"/staff/inviting/groups/{group.id}/cards")).text)
    assert [card.text for card in page.select(".invitations .code")] == codes[1:]
    assert len(page.select(".invitations svg")) == 2
    noted = await db.fetchval("select count(*) from audit where did = 'read invitation codes'")
    assert noted == 1


async def test_a_code_leads_to_its_survey_once(client, db, settings, read_page):
    [first, *_] = await made(client, db, settings)
    scanned = read_page((await client.get(f"/invited/{first}")).text)
    assert scanned.select_one("#code")["value"] == first
    answer = await client.post("/invited", data={"code": first.lower().replace("-", " ")})
    assert answer.url.path == f"/surveys/{SURVEY}"
    again = await client.post("/invited", data={"code": first})
    assert again.status_code == 422
    assert "was used already" in read_page(again.text).main.text


async def test_looking_where_a_link_leads_uses_no_code(client, db, settings):
    codes = await made(client, db, settings)
    for one in codes:
        await client.get(f"/invited/{one}")
    assert await db.fetchval("select max(bit_count(used)) from invited_groups") == 0


async def test_one_code_tried_by_many_at_once_is_taken_once(client, db, settings):
    [first, *_] = await made(client, db, settings)
    tries = [client.post("/invited", data={"code": first}) for _ in range(8)]
    done = await asyncio.gather(*tries)
    assert sum(answer.url.path == f"/surveys/{SURVEY}" for answer in done) == 1


async def test_wrong_codes_stop_the_place_they_come_from(client, db, settings):
    [first, *_] = await made(client, db, settings)
    for _ in range(90):
        await client.post("/invited", data={"code": "ABCDE-FGHJK"})
    answer = await client.post("/invited", data={"code": first})
    assert answer.status_code == 429


async def test_only_invited_people_begin_where_an_officer_says_so(client, db, settings, read_page):
    [first, second, _] = await made(client, db, settings)
    await close_door(db)
    page = read_page((await client.get(f"/surveys/{SURVEY}")).text)
    assert page.select_one('.note a[href="/invited"]')
    assert not page.select_one("form")
    refused = await client.post(f"/surveys/{SURVEY}/start", data=YES)
    assert refused.status_code == 403
    assert read_page(refused.text).select_one("p.alone a")["href"] == "/invited"

    page = read_page((await client.post("/invited", data={"code": first})).text)
    assert page.select_one(f'form[action="/surveys/{SURVEY}/start"]')
    assert (await client.post(f"/surveys/{SURVEY}/start", data=YES)).status_code == 200
    again = await client.post(f"/surveys/{SURVEY}/start", data=YES)
    assert again.status_code == 403, "a ticket begins one answer"
    assert await db.fetchval("select count(*) from responses") == 1
    await client.post("/invited", data={"code": second})
    assert (await client.post(f"/surveys/{SURVEY}/start", data=YES)).status_code == 200


async def test_a_device_begins_only_with_a_ticket_and_loses_nothing_without(client, db, settings):
    [first, *_] = await made(client, db, settings)
    await close_door(db)
    begin = YES | {"device": KEY}
    assert (await client.post(f"/surveys/{SURVEY}/start", data=begin)).status_code == 403
    await client.post("/invited", data={"code": first})
    for _ in range(2):  # A device that sends twice begins once.
        assert (await client.post(f"/surveys/{SURVEY}/start", data=begin)).status_code == 200
    assert await db.fetchval("select count(*) from responses") == 1


async def test_a_closed_survey_takes_nobody_new_and_lets_everybody_finish(client, db, read_page):
    await client.post(f"/surveys/{SURVEY}/start", data=YES)
    await close_door(db, "closed")
    begun = await client.get(f"/surveys/{SURVEY}/check")
    assert begun.url.path.endswith("/check"), "whoever has begun can go on"

    client.cookies.clear()
    page = read_page((await client.get(f"/surveys/{SURVEY}")).text)
    assert page.select_one('.note a[href="/you-said"]')
    assert not page.select_one("form")
    refused = await client.post(f"/surveys/{SURVEY}/start", data=YES)
    assert refused.status_code == 410
    assert "is closed" in read_page(refused.text).h1.text
    home = read_page((await client.get("/")).text)
    assert not home.select_one(f'a[href="/surveys/{SURVEY}"]')
    assert home.select_one('a[href="/surveys/support-easy-read"]')


async def test_an_officer_closes_a_survey_and_opens_it_again(client, db, read_page):
    await given.staff(client, db, "officer")
    for state in ("closed", "invited", "open"):
        page = read_page((await post(client, f"{HOME}/door", {"door": state}, page=HOME)).text)
        assert page.select_one("input[name=door][checked]")["value"] == state
        assert await store.door(db, SURVEY) == state
    said = await db.fetchval("select count(*) from audit where did = 'said who may answer'")
    assert said == 3


async def test_an_ended_group_takes_no_code(client, db, settings, read_page):
    codes = await made(client, db, settings)
    await given.staff(client, db, "officer")
    [group] = await store.groups(db, SURVEY)
    where = f"/staff/inviting/groups/{group.id}"
    page = read_page((await post(client, f"{where}/end", {}, page=where)).text)
    assert "not taken any more" in page.main.text
    answer = await client.post("/invited", data={"code": codes[0]})
    assert "do not know this code" in read_page(answer.text).main.text
    assert (await client.get(f"{where}/cards")).status_code == 200


async def test_a_reviewer_may_not_invite(client, db):
    await given.staff(client, db, "reviewer")
    assert (await client.get("/staff/inviting")).status_code == 403
    assert (await client.get(f"{HOME}/codes.csv")).status_code == 403


@pytest.mark.parametrize("place", ["surveys/nowhere", "groups/9", "groups/99999999999"])
async def test_what_is_not_there_is_not_found(client, db, place):
    await given.staff(client, db, "officer")
    assert (await client.get(f"/staff/inviting/{place}")).status_code == 404


async def test_the_database_cannot_tell_which_code_gave_an_answer(client, db, clean, settings):
    """The attack: all that the database holds, of every row and of what its rows were written by.

    Three people use codes of three groups, each then answers. Whoever reads the database looks for
    a value that stands both with a code and with an answer, and a transaction that wrote both.
    """
    who = await given.person(db, "officer", email="maker@example.org")
    await store.make(db, SURVEY, Asked("Schools", ("Oak", "Elm", "Ash"), 2, None), who)
    await close_door(db)
    key = client.app.state.key
    for group in await store.groups(db, SURVEY):
        client.cookies.clear()
        [first, _] = await store.codes(db, key, group)
        await client.post("/invited", data={"code": first})
        await client.post(f"/surveys/{SURVEY}/start", data=YES)
    assert await db.fetchval("select count(*) from responses") == 3

    attacker = await connect(clean)
    groups = await attacker.fetch("select *, xmin::text as written_by from invited_groups")
    tables = ("responses", "response_keys", "answers", "used_tickets")
    answers = [
        row
        for table in tables
        for row in await attacker.fetch(f"select *, xmin::text as written_by from {table}")
    ]
    await attacker.close()
    assert not {row["written_by"] for row in groups} & {row["written_by"] for row in answers}
    told = {str(value) for row in groups for name, value in row.items() if _tells(name)}
    assert not told & {str(value) for row in answers for value in row.values()}
    assert {bytes(row["used"]).hex().rstrip("0") for row in groups} == {"01"}, "no order, no time"
    assert not any("time" in type(value).__name__ for row in groups for value in row.values())


def _tells(name: str) -> bool:
    """Whether a column could lead to one group; the survey and the day are those of everybody."""
    return name not in ("survey_id", "made_on", "ended_on", "kind", "id", "codes", "used")


async def test_no_column_of_the_database_joins_codes_to_answers(clean):
    db = await connect(clean, Part.WEB)
    joined = await db.fetch(
        "select conrelid::regclass::text as one, confrelid::regclass::text as other"
        " from pg_constraint where contype = 'f'"
    )
    await db.close()
    inviting = re.compile(r"invited_|used_tickets")
    assert not [row for row in joined if inviting.search(f"{row['one']} {row['other']}")]
