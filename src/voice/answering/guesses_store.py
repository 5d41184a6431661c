"""How many wrong three words may be tried: from one place, and by everybody together.

A place is known as at signing in: by a keyed hash that is good for a day. What everybody tried is
kept as times alone. docs/you-said.md says what a guess costs.
"""

from datetime import timedelta
from typing import Any

from litestar import Request
from litestar.datastructures import State

from voice.database import sql
from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.languages.say import later
from voice.staff import limits_store as limits

SQL = sql.load(__file__)

WITHIN = timedelta(minutes=10)
# A class of 30 behind one address may each mistype three times.
FROM_ONE_PLACE = limits.Limit("three words", 90, WITHIN)
# 1,024 x 1,023 x 1,022 codes and 1,000 answers: 12 days of guessing for one hit, by everybody.
BY_EVERYBODY = 600


class TooManyTries(VoiceError):
    """So many wrong codes came lately that no more are looked at for a while."""

    status = 429
    title = later("Too many tries just now")


async def not_too_often(db: Connection, request: Request[Any, Any, Any], state: State) -> None:
    """Let one more code be looked at.

    Raises:
        TooManyTries: there were too many wrong ones lately, from this place or by everybody.
    """
    where = limits.place(state.key, request, state.settings)
    by_everybody: int = await db.fetchval(SQL.wrong_lately, WITHIN)
    if by_everybody >= BY_EVERYBODY or await limits.over(db, FROM_ONE_PLACE, where):
        raise TooManyTries(later("Wait ten minutes, then try again."))


async def note_wrong(db: Connection, request: Request[Any, Any, Any], state: State) -> None:
    """Count one wrong code against its place and against everybody; forget old ones."""
    await db.execute(SQL.forget_wrong)
    await db.execute(SQL.note_wrong)
    where = limits.place(state.key, request, state.settings)
    await limits.note(db, FROM_ONE_PLACE, where)
