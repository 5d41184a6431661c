"""The demo's measures: what an officer could have typed, counted by the normal ways."""

from datetime import date
from pathlib import Path

import pytest

from tests import given
from voice.demo import measured, responses
from voice.measures import store
from voice.measures.editing import as_typed, questions_for
from voice.measures.measure import Found, read_found, read_measure
from voice.measures.shown import Known, published
from voice.staff.people import Person
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks

HOME = Path(__file__).parents[2]
FRAMEWORKS = load_frameworks(HOME / "surveys" / "frameworks")
TODAY = date(2027, 3, 1)
TOLD = measured.read()

each = pytest.mark.parametrize("told", TOLD, ids=lambda told: told.name[:30])


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.read(HOME / "surveys")


async def tell(db, catalogue):
    async with db.transaction():
        officer = await given.person(db, "officer")
        await responses.keep(db, given.VAULT, catalogue)
        await measured.tell_measures(db, catalogue, 10, officer)
    return officer


@each
def test_a_measure_of_the_demo_could_have_been_typed(told, catalogue):
    said = told.on(TODAY)
    areas = [f"{one.id}/{area.id}" for one in FRAMEWORKS for area in one.areas]
    typed = as_typed(said)
    pledges = said.pledges
    found = read_measure(typed, TODAY, asking=said.asking, areas=areas, pledges=pledges)
    assert found == said
    for figure in told.found:
        kept = figure.on(TODAY)
        words = {"value": str(kept.value), "on_day": kept.on_day.isoformat()}
        words |= {n: getattr(kept, n) for n in ("source", "not_comparable", "note")}
        assert read_found(words, TODAY) == kept
        assert isinstance(kept, Found)


def test_what_is_counted_can_be_measured_and_what_is_typed_is_marked_as_made_up(catalogue):
    keys = {one.key for one in questions_for(Person(1, "", ()), catalogue, [])}
    for told in TOLD:
        if told.survey:
            assert f"{told.survey}/{told.question}" in keys
        else:
            assert "made up" in told.source
            assert all("made up" in figure.source for figure in told.found)


async def test_gains_declines_and_what_cannot_be_compared_are_all_in_the_demo(db, catalogue):
    await tell(db, catalogue)
    known = Known(catalogue, FRAMEWORKS, date.today())
    every = [one for area in await published(db, known) for one in area.measures]
    assert len(every) == len(TOLD)
    assert all(one.kept.demo for one in every)
    changes = [line.change.split(" (")[0] for one in every for line in one.lines]
    assert {"Better than before", "Worse than before", "Not comparable with before"} <= set(changes)
    assert {"Reached", "Not reached yet"} & set(changes)
    [heard] = [one for one in every if one.kept.area == "every-area/heard"]
    assert heard.latest is not None
    assert heard.latest.when == "autumn 2026"
    assert heard.latest.change.startswith("Better than before (spring 2026)")
    assert all(line.figure for line in heard.lines)


async def test_the_measures_are_told_once_however_often(db, catalogue):
    officer = await tell(db, catalogue)
    once = await db.fetchval("select count(*) from measure_actuals")
    await measured.tell_measures(db, catalogue, 10, officer)
    assert await db.fetchval("select count(*) from measure_actuals") == once
    assert len(await store.every(db)) == len(TOLD)
