"""One's own account: where one is signed in, and ending it."""

from tests import given


async def post(client, address, **fields):
    token = await given.token(client, "/staff/account")
    data = {**fields, "_csrf_token": token}
    return await client.post(address, data=data, follow_redirects=False)


async def test_it_lists_where_one_is_signed_in_and_ends_one_or_all_others(client, db, read_page):
    await given.staff(client, db, "reviewer")
    mine = dict(client.cookies)
    for _ in range(2):
        client.cookies.clear()
        await given.sign_in(client, "reviewer@example.org")
    page = read_page((await client.get("/staff/account")).text)
    assert len(page.select("input[name=session]")) == 2

    await post(
        client, "/staff/account/sessions", session=page.select_one("input[name=session]")["value"]
    )
    assert await db.fetchval("select count(*) from staff_sessions") == 2
    await post(client, "/staff/account/sessions", which="others")
    assert await db.fetchval("select count(*) from staff_sessions") == 1
    assert (await client.get("/staff/account")).status_code == 200
    client.cookies.clear()
    client.cookies.set("voice_staff", mine["voice_staff"], path="/staff")
    assert (await client.get("/staff/account", follow_redirects=False)).status_code == 303


async def test_nobody_ends_the_session_of_somebody_else(client, db):
    other = await given.person(db, "officer")
    await given.staff(client, db, "reviewer")
    await db.execute(
        "insert into staff_sessions (cookie_sha256, person_id, ends_at)"
        " values ('x', $1, now() + interval '1 hour')",
        other,
    )
    theirs = await db.fetchval("select id from staff_sessions where person_id = $1", other)
    await post(client, "/staff/account/sessions", session=str(theirs))
    assert await db.fetchval("select count(*) from staff_sessions where person_id = $1", other) == 1


async def test_who_was_not_here_for_an_hour_signs_in_again(client, db):
    await given.staff(client, db, "reviewer")
    await db.execute("update staff_sessions set seen_at = now() - interval '61 minutes'")
    assert (await client.get("/staff/account", follow_redirects=False)).status_code == 303


async def test_setting_the_second_step_up_asks_for_the_password_again(client, db):
    await given.staff(client, db, "reviewer")
    wrong = await post(client, "/staff/account/second-step", password="not it at all")
    assert wrong.status_code == 422
    right = await post(client, "/staff/account/second-step", password=given.PASSWORD)
    assert right.headers["location"] == "/staff/sign-in/set-up"
    assert "Letters" in (await client.get("/staff/sign-in/set-up")).text
