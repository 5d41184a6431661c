"""The log of what was done about answers is only ever added to."""

import asyncpg
import pytest

from tests import given
from tests.safeguarding.test_store import answer
from voice.safeguarding import store


async def logged(db):
    response_id = await answer(db)
    lead = await given.person(db, "safeguarding_lead")
    await store.keep_action(db, response_id, "one_change", "referred", "CS-12", lead)
    return response_id, lead


@pytest.mark.parametrize(
    "change",
    [
        "update flag_actions set action = 'no_concern'",
        "update flag_actions set reference = 'x'",
        "update flag_actions set response_id = null",
        "update flag_actions set done_at = now() + interval '1 day'",
        "delete from flag_actions",
    ],
)
async def test_the_database_refuses_to_change_or_delete_a_line(db, change):
    await logged(db)
    with pytest.raises(asyncpg.RaiseError, match="only ever added to"):
        await db.execute(change)


async def test_after_a_withdrawal_the_line_stays_and_leads_to_nobody(db):
    response_id, lead = await logged(db)
    await db.execute("delete from responses where id = $1", response_id)
    row = await db.fetchrow("select * from flag_actions")
    assert (row["action"], row["done_by"]) == ("referred", lead)
    assert (row["response_id"], row["question_id"], row["reference"]) == (None, "", "[withdrawn]")
    assert [one.action for one in await store.done_lately(db)] == ["referred"]


async def test_after_a_withdrawal_the_line_still_cannot_be_changed(db):
    response_id, _ = await logged(db)
    await db.execute("delete from responses where id = $1", response_id)
    with pytest.raises(asyncpg.RaiseError):
        await db.execute("update flag_actions set action = 'no_concern'")
