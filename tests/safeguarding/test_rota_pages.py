"""The page where the people who read answers in words are put on the rota."""

import pytest

from tests import given
from voice.staff import rota_store

PAGE = "/staff/safeguarding/rota"


async def put(client, **places):
    data = {"_csrf_token": await given.token(client, PAGE), **places}
    return await client.post(PAGE, data={name: str(value) for name, value in data.items()})


@pytest.mark.parametrize("role", ["safeguarding_lead", "administrator"])
async def test_lead_and_deputy_are_set_by_who_may(client, db, read_page, role):
    other = await given.person(db, "safeguarding_lead", email="deputy@example.org")
    await given.staff(client, db, role)
    lead = (await rota_store.on_rota(db))["lead"].id

    page = read_page((await put(client, lead=lead, deputy=other)).text)

    found = await rota_store.on_rota(db)
    assert {place: reader.id for place, reader in found.items()} == {"lead": lead, "deputy": other}
    chosen = [option.text for option in page.select("#deputy option[selected]")]
    assert chosen == ["deputy@example.org"]


async def test_a_place_left_empty_is_nobodys_and_the_queue_says_so(client, db):
    await given.staff(client, db, "safeguarding_lead")
    await put(client, lead="", deputy="")
    assert await rota_store.on_rota(db) == {}
    assert "Nobody is on the rota" in (await client.get("/staff/safeguarding")).text


@pytest.mark.parametrize("role", ["reviewer", "officer"])
async def test_nobody_else_sees_or_sets_the_rota(client, db, role):
    await given.staff(client, db, role)
    assert (await client.get(PAGE)).status_code == 403


async def test_an_administrator_cannot_be_put_on_the_rota_by_a_made_up_form(client, db):
    person = await given.staff(client, db, "administrator")
    before = await rota_store.on_rota(db)
    await put(client, lead=person, deputy=person)
    assert await rota_store.on_rota(db) == before
