"""What tests of exports are given: enough said and pledged to fill an evidence pack."""

from datetime import date

import pytest

from tests import given
from tests.report.test_pages import a_family
from voice.exports.pack import pack
from voice.report.made import Sources
from voice.report.population import load_population
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks

TODAY = date(2026, 10, 2)


@pytest.fixture
def make(db, settings):
    sources = Sources(
        Catalogue.read(settings.surveys),
        load_frameworks(settings.surveys / "frameworks"),
        load_population(settings.population),
        settings.small_number,
    )

    async def make(layer="public", today=TODAY):
        return await pack(db, sources, settings, layer, today=today)

    return make


@pytest.fixture
async def told(db):
    """Two themes of the family and a small one; a pledge, one without evidence, and a draft."""
    taxi, loud = await a_family(db)
    by = await given.person(db, "officer", email="writer@example.org")
    await given.pledge(db, taxi, by=by, on_day=date(2026, 1, 2), words="=1+1")
    done = await given.pledge(db, loud, by=by, status="done", on_day=date(2026, 1, 2))
    await db.execute(
        "update pledges set evidence = '', evidence_on = null, evidence_owed = true"
        " where number = $1",
        done,
    )
    await given.pledge(db, taxi, by=by, words="Secret plan", published=False)
    few = await given.comments(db, 9, "Only few said", may_quote=True)
    await given.agreed_theme(db, "Lunch", few, asked_of="send-support")
    await given.measure(db, by=by)
    forum = await given.person(db, "reviewer", email="forum@example.org")
    await given.challenge(db, f"theme-{loud}", by=forum, put_on=date(2026, 1, 2))
    return taxi
