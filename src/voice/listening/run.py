"""Publish a survey's sound: make what is missing, then put all of it in place at once."""

from asyncio import to_thread
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from voice.database.pool import Connection
from voice.listening import store
from voice.listening.clip import Published
from voice.listening.encode import TooLong
from voice.listening.engine import Engine
from voice.listening.make import Reading, make
from voice.listening.plan import Plan, Where, in_order, plan, stops
from voice.listening.spoken import Spoken
from voice.surveys.problem import Problem

Tell = Callable[[str, int, int], None]
"""Is told how far the work is: what is done, how many of it, of how many."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one survey's sound.

    `clips` is all that is heard now, `made` the keys of those made just now, `silent` the pages
    that nothing here could read. When a problem stops, everything is as it was.
    """

    problems: Sequence[Problem]
    clips: Sequence[Published] = ()
    made: frozenset[str] = frozenset()
    silent: Sequence[Where] = ()


async def publish(
    db: Connection,
    folder: Path,
    wordings: Mapping[str, Sequence[Spoken]],
    machines: Sequence[Engine],
    tell: Tell,
) -> Outcome:
    """Have every page of a survey read aloud that can be; a second time nothing is made.

    Each clip is kept as soon as it is made, so that work which is stopped goes on where it was;
    it is heard when all are there.

    Args:
        db: a connection outside a transaction.
        folder: the survey's folder, named by its id.
        wordings: what is said on each page, for every wording.
        machines: the machines that can be used, the best first.
        tell: is told how many clips are made.

    Raises:
        EngineFailed: a machine let us down.
    """
    survey_id = folder.name
    planned = plan(folder, wordings, machines, await store.published(db, survey_id))
    if stops(planned.problems):
        return Outcome(problems=planned.problems)
    made, too_long = await _make_missing(db, planned, tell)
    keys = dict(planned.kept) | {
        where: reading.key
        for where, reading in planned.readings.items()
        if reading.key not in too_long
    }
    async with db.transaction():
        await store.publish(db, survey_id, list(in_order(keys)))
        clips = await store.published(db, survey_id)
    return Outcome(
        problems=[*planned.problems, *_advice(planned, too_long, survey_id)],
        clips=clips,
        made=made,
        silent=planned.silent,
    )


async def take_away(db: Connection, survey_id: str) -> None:
    """Publish a survey without sound: no page of it can be listened to."""
    async with db.transaction():
        await store.publish(db, survey_id, [])


async def _make_missing(
    db: Connection, planned: Plan, tell: Tell
) -> tuple[frozenset[str], dict[str, str]]:
    """Return the keys that were made, and why others could not be, by key."""
    wanted: dict[str, Reading] = {reading.key: reading for reading in planned.readings.values()}
    there = await store.whole_among(db, wanted.keys())
    missing = [reading for key, reading in wanted.items() if key not in there]
    made: set[str] = set()
    too_long: dict[str, str] = {}
    for reading in missing:
        try:
            clip = await to_thread(make, reading)
        except TooLong as error:
            too_long[reading.key] = str(error)
        else:
            await store.keep(db, clip)
            made.add(clip.key)
        tell("Reading aloud", len(made) + len(too_long), len(missing))
    return frozenset(made), too_long


def _advice(planned: Plan, too_long: Mapping[str, str], survey_id: str) -> list[Problem]:
    """Return a line about every page that has too much to say; it has no button."""
    return [
        Problem(
            f"{survey_id} {wording}".strip(),
            f"page “{place}”",
            too_long[reading.key],
            "Nobody can listen to it. Use fewer words.",
            stops=False,
        )
        for (wording, place), reading in planned.readings.items()
        if reading.key in too_long
    ]
