"""Words with a possible worry stay with the safeguarding lead until they are released."""

from tests import given
from voice.safeguarding.detect import Concern

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"


async def test_a_worry_that_nobody_has_read_is_not_shown_to_a_reviewer(client, db):
    worry = await given.comment(db, "he hits me", survey="support-easy-read", voice="child")
    concern = Concern(True, 0.9, ["physical_abuse"], ["he hits me"])
    await given.flag(db, worry, given.QUESTION, concern)
    suggestion = await given.suggestion(db, "At home", [worry])
    await given.staff(client, db, "reviewer")
    for address in (f"/staff/suggestions/{suggestion}", QUESTION):
        page = (await client.get(address)).text
        assert "he hits me" not in page
        assert "held back" in page
