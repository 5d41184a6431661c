"""Inviting people, changing what they may do, and ending it."""

import pytest

from tests import given


async def post(client, address, **fields):
    token = await given.token(client, "/staff/people")
    data = {**fields, "_csrf_token": token}
    return await client.post(address, data=data, follow_redirects=False)


async def invited(client, read_page, **fields):
    """Make an invitation; returns the path of its link."""
    fields = {"email": "new@hpci.example", "role": "reviewer", **fields}
    page = read_page((await post(client, "/staff/people/invite", **fields)).text)
    link = page.select_one("code.link").text
    return link[link.index("/staff/invited") :]


async def accept(client, path, password="three easy words"):
    data = {"password": password, "_csrf_token": await given.token(client, path)}
    return await client.post(path, data=data, follow_redirects=False)


async def test_an_invitation_lets_one_person_in_once_with_what_was_ticked(client, db, read_page):
    await given.staff(client, db, "administrator")
    path = await invited(client, read_page, organisation="HPCI", survey="support-easy-read")
    client.cookies.clear()

    assert (await accept(client, path, "short")).status_code == 422
    assert (await accept(client, path)).headers["location"] == "/staff/sign-in"
    assert (await client.get(path)).status_code == 404

    row = await db.fetchrow("select * from people where email = 'new@hpci.example'")
    assert (row["roles"], row["organisation"]) == (["reviewer"], "HPCI")
    assert row["surveys"] == ["support-easy-read"]
    assert "three easy words" not in str(dict(row))


async def test_a_link_holds_nothing_that_lies_in_the_database(client, db, read_page):
    await given.staff(client, db, "administrator")
    path = await invited(client, read_page)
    assert await given.tables_with(db, path.rpartition("/")[2]) == []


async def test_a_link_that_is_too_old_or_made_up_lets_nobody_in(client, db, read_page):
    await given.staff(client, db, "administrator")
    path = await invited(client, read_page)
    await db.execute("update invitations set ends_at = now()")
    old, made_up = await client.get(path), await client.get("/staff/invited/nonsense")
    assert (old.status_code, made_up.status_code) == (404, 404)
    assert read_page(old.text).main == read_page(made_up.text).main


async def test_who_is_changed_or_ended_is_signed_out_at_once(client, db):
    other = await given.staff(client, db, "officer")
    theirs = client.cookies["voice_staff"]
    client.cookies.clear()
    await given.staff(client, db, "administrator")
    mine = client.cookies["voice_staff"]

    await post(
        client,
        "/staff/people/change",
        person=str(other),
        what="change",
        **{f"role-{other}": "reviewer"},
    )
    assert await db.fetchval("select roles from people where id = $1", other) == ["reviewer"]
    client.cookies.set("voice_staff", theirs, path="/staff")
    assert (await client.get("/staff/account", follow_redirects=False)).status_code == 303

    client.cookies.set("voice_staff", mine, path="/staff")
    await post(client, "/staff/people/change", person=str(other), what="end")
    assert await db.fetchval("select left_at from people where id = $1", other) is not None


@pytest.mark.parametrize("what", ["end", "change"])
async def test_somebody_stays_an_administrator(client, db, what):
    me = await given.staff(client, db, "administrator")
    answer = await post(
        client, "/staff/people/change", person=str(me), what=what, **{f"role-{me}": "reviewer"}
    )
    assert answer.status_code == 422
    assert await db.fetchval("select roles from people where id = $1", me) == ["administrator"]


async def test_roles_that_do_not_exist_are_refused(client, db):
    await given.staff(client, db, "administrator")
    answer = await post(client, "/staff/people/invite", email="a@b.example", role="king")
    assert answer.status_code == 422
    assert await db.fetchval("select count(*) from invitations") == 0


@pytest.mark.parametrize("role", ["reviewer", "officer", "safeguarding_lead"])
async def test_only_administrators_see_who_may_sign_in(client, db, role):
    await given.staff(client, db, role)
    assert (await client.get("/staff/people")).status_code == 403
