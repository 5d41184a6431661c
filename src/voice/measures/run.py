"""What the answers say, kept for each wave: done every day, and when a measure is made.

Nobody chooses which waves: all that have answers are kept. A wave is counted again only when so
many people have answered since that the two counts, subtracted, tell of no small group; or when
it is asked in other words.
"""

from decimal import Decimal

from msgspec import structs

from voice.answering.background_store import Choosing, choosing
from voice.database.pool import Connection
from voice.measures import store
from voice.measures.asked import asked_in, words_of
from voice.measures.figures import Reading, read_share
from voice.measures.lines import newest_by_wave
from voice.measures.measure import MeasureNotFound
from voice.measures.store import Actual, Kept
from voice.small_numbers.count import STEP
from voice.surveys.catalogue import Catalogue

SAME_WORDS = "An officer said that the question was asked in the words of today."


async def keep_readings(db: Connection, catalogue: Catalogue, threshold: int) -> int:
    """Keep what the answers say for every measure that counts them; return how many are new."""
    kept = [measure for measure in await store.every(db) if measure.asking]
    return sum([await keep_readings_of(db, one, catalogue, threshold) for one in kept])


async def keep_readings_of(
    db: Connection, measure: Kept, catalogue: Catalogue, threshold: int
) -> int:
    """Keep what the answers say for one measure, wave by wave; return how many are new."""
    asking = measure.asking
    if asking is None:
        return 0
    await store.lock(db, measure.number)
    before = newest_by_wave((await store.actuals(db, [measure.number]))[measure.number])
    survey = catalogue.by_id.get(asking.survey_id)
    new = 0
    for wave in await choosing(db, asking.survey_id, asking.question_id, asking.options):
        now = words_of(catalogue, asking) if survey and survey.wave == wave.wave else ""
        found = to_keep(measure.number, wave, before.get(wave.wave), now, threshold)
        if found is not None:
            await store.add_reading(db, found)
            new += 1
    return new


async def say_same_words(
    db: Connection, number: int, wave: str, catalogue: Catalogue, person_id: int
) -> None:
    """Keep that a wave was asked in the words of today, as this person says.

    Raises:
        MeasureNotFound: there is no such wave, or its words are known.
    """
    asking = (await store.one(db, number)).asking
    await store.lock(db, number)
    newest = newest_by_wave((await store.actuals(db, [number]))[number]).get(wave)
    words = words_of(catalogue, asking) if asking else ""
    if newest is None or newest.asked or not words:
        raise MeasureNotFound("Go back to the measure, and choose a wave there.")
    said = structs.replace(newest, asked=words, note=SAME_WORDS)
    await store.add_reading(db, said, person_id)


def to_keep(
    number: int, wave: Choosing, before: Actual | None, now: str, threshold: int
) -> Actual | None:
    """Return what to keep of a wave, or None where that which was kept before still holds.

    Args:
        number: the measure's.
        wave: its exact counts.
        before: what was kept of it last.
        now: the words in which it is asked now, "" where the wave is over.
        threshold: smaller groups are never shown.
    """
    asked = asked_in(before.asked if before else "", now)
    reading = read_share(wave.chosen, wave.base, wave.sent, threshold=threshold)
    if before is None:
        return _actual(number, wave, reading, asked)
    if _told_apart(before, reading, threshold):
        return structs.replace(_actual(number, wave, reading, asked), note=before.note)
    return structs.replace(before, asked=asked) if asked != before.asked else None


def _told_apart(before: Actual, reading: Reading, threshold: int) -> bool:
    """Tell whether a new count may stand after the one before: so many people lie between them."""
    if reading.people is None:
        return False
    if before.people is None:
        return True
    return abs(reading.people - before.people) >= threshold + STEP


def _actual(number: int, wave: Choosing, reading: Reading, asked: str) -> Actual:
    return Actual(
        number=number,
        id=0,
        on_day=wave.last_on,
        source="",
        value=None if reading.percent is None else Decimal(reading.percent),
        not_comparable="",
        note="",
        wave=wave.wave,
        asked=asked,
        people=reading.people,
        low=reading.low,
        high=reading.high,
        written_on=wave.last_on,
    )
