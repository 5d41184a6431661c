"""The record of who did what: whole, in order, and never changed unseen."""

import asyncio

import asyncpg
import pytest

from tests import given
from voice.database.pool import Part, connect
from voice.staff import audit


async def some(db, n=5):
    for number in range(n):
        async with db.transaction():
            await audit.note(db, "chair@example.org", "tested", str(number))


async def test_a_whole_chain_is_whole(db):
    await some(db)
    found = await audit.check(db)
    assert (found.rows, found.broken) == (5, None)
    assert [one.about for one in await audit.lately(db, 2)] == ["4", "3"]


async def test_many_at_once_make_one_chain(clean, db):
    async def one(number):
        other = await connect(clean, Part.WEB)
        async with other.transaction():
            await audit.note(other, "x@example.org", "tested", str(number))
        await other.close()

    await asyncio.gather(*(one(number) for number in range(8)))
    assert (await audit.check(db)).rows == 8
    assert (await audit.check(db)).broken is None


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("update audit set who = 'somebody@else.example' where id = 3", 3),
        ("update audit set at = at + interval '1 second' where id = 2", 2),
        ("delete from audit where id = 4", 5),
        ("update audit set about = 'x', sha256 = sha256('y') where id = 5", 5),
    ],
)
async def test_a_change_behind_our_back_shows(db, change, broken):
    await some(db)
    await db.execute("set session_replication_role = replica")
    await db.execute(change)
    assert (await audit.check(db)).broken == broken


@pytest.mark.parametrize(
    "change", ["update audit set who = 'x'", "delete from audit", "truncate audit"]
)
async def test_the_database_lets_nobody_change_it_not_even_its_owner(db, change):
    await some(db)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await db.execute(change)


async def test_signing_in_and_deciding_and_exporting_are_noted(client, db):
    await given.staff(client, db, "officer")
    await client.get("/staff/exports/you-said.csv")
    token = await given.token(client, "/staff/sign-in")
    data = {"email": "officer@example.org", "password": "wrong", "_csrf_token": token}
    await client.post("/staff/sign-in", data=data)
    found = [(one.who, one.did, one.about) for one in await audit.lately(db, 9)]
    assert found == [
        ("", "could not sign in", ""),
        ("officer@example.org", "exported", "/staff/exports/you-said.csv"),
        ("officer@example.org", "signed in", "password"),
    ]
