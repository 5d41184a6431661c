"""Which flagged answers wait, by the route they came by."""

from uuid import UUID

from tests import given
from voice.database.pool import Connection
from voice.safeguarding import store
from voice.safeguarding.detect import Concern


async def answer(db: Connection, *, route: str = "demo", concern: bool = True) -> UUID:
    response_id = await given.comment(db, "he hits me", route=route)
    await given.answer(db, response_id, "x")
    found = Concern(concern, 0.9, ["physical_abuse"] if concern else [], ["hits"])
    await given.flag(db, response_id, "one_change", found)
    return response_id


async def test_worries_are_the_flagged_answers_of_one_route(db):
    made_up = await answer(db)
    await answer(db, route="web")
    await answer(db, concern=False)
    found = await store.worries(db, "demo")
    assert [(one.response_id, one.question_id, one.source_ref) for one in found] == [
        (made_up, "one_change", "")
    ]


async def test_a_worry_that_somebody_acted_on_waits_no_more(db):
    made_up = await answer(db)
    lead = await given.person(db, "safeguarding_lead")
    await store.keep_action(db, made_up, "one_change", "advice_sought", "", lead)
    assert await store.worries(db, "demo") == []
