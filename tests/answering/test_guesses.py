"""Guessing three words: a place that mistypes stops itself, and all guessing together ends."""

import pytest
from msgspec import structs

from tests import given
from voice.answering import codes
from voice.answering import guesses_store as guesses
from voice.staff.limits_store import FROM_ONE_PLACE

WRONG = {"code": "not these words"}
SCHOOL, HOME, NEIGHBOUR = "203.0.113.9", "198.51.100.7", "198.51.100.8"


@pytest.fixture(autouse=True)
def behind_a_proxy(app, monkeypatch):
    """Voice behind a proxy that says who is asking."""
    settings = structs.replace(app.state.settings, behind_proxy=True)
    monkeypatch.setattr(app.state, "settings", settings)


async def guess(client, place, *, door="/withdraw", code=WRONG, times=1):
    """The last answer to so many guesses from a place."""
    for _ in range(times):
        answer = await client.post(door, data=code, headers={"x-forwarded-for": place})
    return answer


async def sent_words(db, app):
    """The three words of an answer that was sent."""
    response_id = await given.response(db)
    words, hashed = "apple river stone", codes.code_hash(app.state.key, "apple river stone")
    await db.execute("update responses set code_hash = $2 where id = $1", response_id, hashed)
    return {"code": words}


async def test_a_class_of_thirty_may_each_mistype_three_times(client, db, app):
    theirs = await sent_words(db, app)
    assert (await guess(client, SCHOOL, times=89)).status_code == 422
    assert (await guess(client, SCHOOL, code=theirs)).status_code == 200


@pytest.mark.parametrize("door", ["/withdraw", "/come-back", "/you-said/yours"])
async def test_a_place_that_guesses_stops_itself_and_nobody_else(client, db, app, read_page, door):
    theirs = await sent_words(db, app)
    await guess(client, SCHOOL, door=door, times=guesses.FROM_ONE_PLACE.most)
    stopped = await guess(client, SCHOOL, code=theirs)
    assert stopped.status_code == 429
    assert "Wait ten minutes" in read_page(stopped.text).main.text
    assert (await guess(client, HOME, door=door)).status_code == 422
    assert (await guess(client, HOME, code=theirs)).status_code == 200


async def test_a_place_may_try_again_after_ten_minutes(client, db):
    await guess(client, SCHOOL, times=guesses.FROM_ONE_PLACE.most)
    await db.execute("update tries set at = at - $1::interval", guesses.WITHIN)
    assert (await guess(client, SCHOOL)).status_code == 422


async def test_all_addresses_of_one_connection_are_one_place(client):
    for n in range(guesses.FROM_ONE_PLACE.most):
        await guess(client, f"2001:db8:1:2::{n:x}")
    assert (await guess(client, "2001:db8:1:2:ffff::1")).status_code == 429
    assert (await guess(client, "2001:db8:1:3::1")).status_code == 422


async def test_all_places_together_may_not_guess_without_end(client, db):
    await db.execute(
        "insert into code_failures select now() from generate_series(2, $1)", guesses.BY_EVERYBODY
    )
    assert (await guess(client, HOME)).status_code == 422
    assert (await guess(client, NEIGHBOUR)).status_code == 429


async def test_wrong_words_do_not_lock_the_door_of_staff(client, db):
    await guess(client, SCHOOL, times=FROM_ONE_PLACE.most)
    assert await db.fetchval("select count(*) from tries where what = 'sign in'") == 0


async def test_nothing_of_an_address_is_kept(client, db):
    await guess(client, SCHOOL)
    kept = await db.fetch("select tries::text as row from tries")
    kept += await db.fetch("select code_failures::text as row from code_failures")
    assert len(kept) == 2
    assert not any(SCHOOL in row["row"] or SCHOOL.encode().hex() in row["row"] for row in kept)
