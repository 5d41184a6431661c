"""“I want someone to contact me”: apart from the answers, seen by the safeguarding lead only."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from tests import given
from voice.safeguarding import contact_store, run
from voice.surveys.catalogue import Catalogue

EASY = "/surveys/support-easy-read"
ASK, LIST = f"{EASY}/contact", "/staff/safeguarding/contact"
SAID = {"name": "Will", "reach": "07700 900123, after four"}


@pytest.fixture
def offered(app):
    """The easy-read survey offers contact, which it does not by itself."""
    before: Catalogue = app.state.catalogue
    survey = structs.replace(before.by_id["support-easy-read"], contact=True)
    by_id = {**before.by_id, survey.id: survey}
    app.state["catalogue"] = structs.replace(before, by_id=by_id)
    yield
    app.state["catalogue"] = before


async def test_it_is_off_unless_the_survey_says_so(client, db):
    assert (await client.get(ASK)).status_code == 404
    assert (await client.post(ASK, data=SAID)).status_code == 404
    assert await db.fetchval("select count(*) from contact_requests") == 0


async def send(client):
    await client.post(f"{EASY}/start", data={"assent": "yes", "words": ""})
    return await client.post(f"{EASY}/send")


async def test_the_thank_you_page_offers_it_only_where_the_survey_does(client, offered, read_page):
    page = read_page((await send(client)).text)
    assert page.select_one(f"a[href='{ASK}']")


async def test_the_thank_you_page_of_other_surveys_does_not(client, read_page):
    assert not read_page((await send(client)).text).select_one(f"a[href='{ASK}']")


async def test_a_request_is_kept_without_anything_that_leads_to_the_answers(
    client, db, offered, read_page
):
    await send(client)
    read_page((await client.get(ASK)).text)
    page = read_page((await client.post(ASK, data=SAID)).text)

    row = dict(await db.fetchrow("select * from contact_requests"))
    response = await db.fetchrow("select id from responses")
    assert "We have kept it" in page.text
    assert set(row) == {"id", "survey_id", "name", "reach", "came_on", "done_on", "done_by"}
    assert (row["name"], row["reach"]) == ("Will", "07700 900123, after four")
    assert type(row["came_on"]) is date
    assert str(response["id"]) not in str(row)
    keys = await db.fetch(
        "select confrelid::regclass::text as other from pg_constraint"
        " where conrelid = 'contact_requests'::regclass and contype = 'f'"
    )
    assert [key["other"] for key in keys] == ["people"]


async def test_withdrawing_the_answers_leaves_the_request(client, db, offered):
    await send(client)
    await client.post(ASK, data=SAID)
    await db.execute("delete from responses")
    assert len(await contact_store.requests(db)) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"name": "", "reach": "x"},
        {"name": "Will", "reach": "  "},
        {"name": "x" * 101, "reach": "x"},
        {"name": "Will", "reach": "x" * 201},
        {},
    ],
)
async def test_what_is_not_whole_is_asked_for_again(client, db, offered, read_page, said):
    response = await client.post(ASK, data=said)
    assert response.status_code == 422
    page = read_page(response.text)
    assert page.select_one("[role=alert]")
    assert page.select_one("#reach")["value"] == said.get("reach", "").strip()
    assert await db.fetchval("select count(*) from contact_requests") == 0


async def test_a_machine_cannot_fill_the_store(client, db, offered, monkeypatch):
    monkeypatch.setattr(contact_store, "MOST_A_DAY", 2)
    codes = [(await client.post(ASK, data=SAID)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


async def test_the_lead_sees_it_and_marks_it_done(client, db, offered, read_page):
    await client.post(ASK, data=SAID | {"name": "<b>Will</b>"})
    lead = await given.staff(client, db, "safeguarding_lead")
    page = read_page((await client.get(LIST)).text)
    assert page.select_one(".cards h2").text == "<b>Will</b>"

    request = page.select_one("input[name=request]")["value"]
    token = await given.token(client, LIST)
    await client.post(LIST, data={"request": request, "_csrf_token": token})

    row = await db.fetchrow("select done_on, done_by from contact_requests")
    assert (row["done_on"], row["done_by"]) == (date.today(), lead)


@pytest.mark.parametrize("role", ["reviewer", "officer", "administrator"])
async def test_nobody_else_sees_who_wants_to_be_contacted(client, db, offered, role):
    await client.post(ASK, data=SAID)
    await given.staff(client, db, role)
    response = await client.get(LIST)
    assert response.status_code == 403
    assert "Will" not in response.text


async def test_what_is_done_is_deleted_after_thirty_days_and_what_waits_is_not(db):
    lead = await given.person(db, "safeguarding_lead")
    for name in ("waits", "done"):
        await contact_store.ask(db, "support-easy-read", name, "x")
    done = next(one for one in await contact_store.requests(db) if one.name == "done")
    await contact_store.done(db, done.id, lead)

    today = date.today()
    assert await run.forget_contacts(db, today + timedelta(days=30)) == 0
    assert await run.forget_contacts(db, today + timedelta(days=31)) == 1
    assert [one.name for one in await contact_store.requests(db)] == ["waits"]
