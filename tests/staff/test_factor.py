"""The second step of signing in, over HTTP."""

import re
import time

import pytest

from tests import given
from voice.staff import totp

KEY = b"k" * 40
SECRET = b"s" * 20


async def with_factor(db, *roles, email="", secret=SECRET):
    """A person whose second step is set up; returns who."""
    person_id = await given.person(db, *(roles or ("reviewer",)), email=email)
    sealed = totp.seal(KEY, secret, person_id)
    await db.execute("update people set totp_sealed = $2 where id = $1", person_id, sealed)
    return person_id


async def password(client, email="reviewer@example.org"):
    token = await given.token(client, "/staff/sign-in")
    data = {"email": email, "password": given.PASSWORD, "_csrf_token": token}
    return await client.post("/staff/sign-in", data=data, follow_redirects=False)


async def code(client, typed, page="code"):
    address = f"/staff/sign-in/{page}"
    data = {"code": typed, "_csrf_token": await given.token(client, address)}
    return await client.post(address, data=data, follow_redirects=False)


def now(secret=SECRET):
    return totp.code_at(secret, int(time.time()) // totp.STEP)


async def test_the_password_alone_opens_no_page(client, db):
    await with_factor(db)
    answer = await password(client)
    assert answer.headers["location"] == "/staff/sign-in/code"
    assert "voice_staff" not in client.cookies
    assert await db.fetchval("select count(*) from staff_sessions") == 0
    for page in ("/staff", "/staff/questions", "/staff/account"):
        sent = await client.get(page, follow_redirects=False)
        assert sent.headers["location"].startswith("/staff/sign-in")


async def test_the_half_cookie_is_no_session_under_any_name(client, db):
    await with_factor(db)
    await password(client)
    client.cookies.set("voice_staff", client.cookies["voice_half"], path="/staff")
    sent = await client.get("/staff/questions", follow_redirects=False)
    assert sent.headers["location"].startswith("/staff/sign-in")


async def test_the_right_code_lets_in_once(client, db):
    await with_factor(db)
    typed = now()
    await password(client)
    assert (await code(client, typed)).headers["location"] == "/staff"
    assert (await client.get("/staff/questions")).status_code == 200
    client.cookies.clear()
    await password(client)
    assert (await code(client, typed)).status_code == 422


async def test_five_wrong_codes_lock_the_account_for_the_right_one_too(client, db):
    await with_factor(db)
    await password(client)
    for _ in range(5):
        assert (await code(client, "000000")).status_code == 422
    client.cookies.clear()
    await password(client)
    assert (await code(client, now())).status_code == 422


async def test_a_recovery_code_lets_in_once(client, db):
    person_id = await with_factor(db)
    codes = totp.new_recovery_codes()
    await db.execute(
        "insert into recovery_codes values ($1, $2)", person_id, totp.recovery_sha256(codes[0])
    )
    await password(client)
    assert (await code(client, codes[0])).status_code == 303
    client.cookies.clear()
    await password(client)
    assert (await code(client, codes[0])).status_code == 422


async def test_setting_it_up_shows_codes_once_and_ends_in_a_session(
    client, db, read_page, required
):
    await given.person(db, "reviewer")
    assert (await password(client)).headers["location"] == "/staff/sign-in/set-up"
    page = read_page((await client.get("/staff/sign-in/set-up")).text)
    secret = re.sub(r"\s", "", page.select_one("main code").text)
    import base64

    raw = base64.b32decode(secret + "=" * (-len(secret) % 8))
    wrong = await code(client, "000000", "set-up")
    assert wrong.status_code == 422
    assert await db.fetchval("select totp_sealed from people") is None
    done = await code(client, now(raw), "set-up")
    shown = read_page(done.text)
    assert len(shown.select(".codes code")) == 8
    assert (await client.get("/staff/questions")).status_code == 200
    assert secret not in str([dict(row) for row in await db.fetch("select * from people")])


@pytest.fixture
def required(app):
    """Everybody needs a second step."""
    from msgspec import structs

    before = app.state.settings
    app.state.settings = structs.replace(before, second_factor="required")
    yield
    app.state.settings = before


async def test_where_it_is_required_nobody_comes_in_without(client, db, required):
    await given.person(db, "reviewer")
    await password(client)
    assert "voice_staff" not in client.cookies
    sent = await client.get("/staff/questions", follow_redirects=False)
    assert sent.headers["location"].startswith("/staff/sign-in")


async def test_who_has_it_set_up_cannot_set_it_up_anew_by_the_password_alone(client, db):
    await with_factor(db)
    await password(client)
    sent = await client.get("/staff/sign-in/set-up", follow_redirects=False)
    assert sent.headers["location"] == "/staff/sign-in/code"
    token = await given.token(client, "/staff/sign-in/code")
    data = {"code": "123456", "_csrf_token": token}
    sent = await client.post("/staff/sign-in/set-up", data=data, follow_redirects=False)
    assert sent.status_code == 303
    assert "voice_staff" not in client.cookies
