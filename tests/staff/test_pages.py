"""Signing in and out, over HTTP."""

import pytest

from tests import given
from voice.staff.entry_pages import inside


async def try_to_sign_in(client, email, password):
    token = await given.token(client, "/staff/sign-in")
    data = {"email": email, "password": password, "_csrf_token": token}
    return await client.post("/staff/sign-in", data=data, follow_redirects=False)


async def test_a_person_signs_in_with_a_new_secret_each_time(client, db):
    await given.person(db, "reviewer")
    secrets = set()
    for _ in range(2):
        response = await try_to_sign_in(client, "Reviewer@example.org ", given.PASSWORD)
        assert response.status_code == 303
        secrets.add(client.cookies["voice_staff"])
    assert len(secrets) == 2
    assert not await db.fetchval(
        "select exists (select from staff_sessions where cookie_sha256 = $1)",
        client.cookies["voice_staff"].encode(),
    )


async def test_a_wrong_password_and_an_unknown_address_get_the_same_words(client, db, read_page):
    await given.person(db, "reviewer")
    wrong = await try_to_sign_in(client, "reviewer@example.org", "not it, sorry")
    unknown = await try_to_sign_in(client, "nobody@example.org", "not it, sorry")
    assert wrong.status_code == unknown.status_code == 422
    words = [read_page(r.text).select_one("[role=alert]").text for r in (wrong, unknown)]
    assert words[0] == words[1]


async def test_five_failures_lock_an_address_even_for_the_right_password(client, db):
    await given.person(db, "reviewer")
    for _ in range(5):
        await try_to_sign_in(client, "reviewer@example.org", "not it, sorry")
    response = await try_to_sign_in(client, "reviewer@example.org", given.PASSWORD)
    assert response.status_code == 422


async def test_a_session_that_was_given_by_somebody_else_is_not_used(client, db):
    await given.person(db, "reviewer")
    client.cookies.set("voice_staff", "planted", path="/staff")
    await try_to_sign_in(client, "reviewer@example.org", given.PASSWORD)
    assert await db.fetchval("select count(*) from staff_sessions") == 1
    planted = await db.fetchval(
        "select count(*) from staff_sessions where cookie_sha256 = sha256('planted')"
    )
    assert planted == 0


async def test_signing_out_ends_the_session(client, db):
    await given.staff(client, db, "reviewer")
    token = await given.token(client, "/staff/sign-in")
    await client.post("/staff/sign-out", data={"_csrf_token": token})
    assert await db.fetchval("select count(*) from staff_sessions") == 0


async def test_a_form_without_its_token_is_refused(client, db):
    await given.person(db, "reviewer")
    data = {"email": "reviewer@example.org", "password": given.PASSWORD}
    response = await client.post("/staff/sign-in", data=data)
    assert response.status_code == 403
    assert await db.fetchval("select count(*) from staff_sessions") == 0


@pytest.mark.parametrize(
    ("wanted", "sent_to"),
    [
        ("/staff/questions", "/staff/questions"),
        ("https://elsewhere.example", "/staff"),
        ("//elsewhere.example", "/staff"),
        ("/staff//elsewhere.example", "/staff"),
        ("/staff/sign-out", "/staff"),
        ("/surveys/x", "/staff"),
    ],
)
def test_after_signing_in_a_person_stays_on_our_staff_pages(wanted, sent_to):
    assert inside(wanted) == sent_to


async def test_the_menu_of_a_phone_opens_without_script_and_offers_the_same(client, db, read_page):
    await given.staff(client, db, "reviewer", "officer")
    page = read_page((await client.get("/staff")).text)
    narrow = page.select_one("details.narrow-menu")
    assert narrow.summary.text == "Menu"
    assert not narrow.has_attr("open")
    offered = [link["href"] for link in narrow.select("a")]
    assert offered == [link["href"] for link in page.select("nav.wide-menu a, a.wide-menu")]
    assert {"/staff/report", "/staff/account"} <= set(offered)
