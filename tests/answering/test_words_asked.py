"""Nobody is asked for words while nobody is there to read them."""

from pathlib import Path

import pytest
from msgspec import structs

from tests import given
from voice.answering.words_asked import without_words
from voice.staff import rota_store
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import Answer, Comment
from voice.surveys.survey import SurveyNotFound

SURVEYS = Path(__file__).parents[2] / "surveys"
SURVEY = "support-parents-carers"


async def send_all(client, survey=SURVEY):
    """Miss every question and send; return the ids of the pages that were shown."""
    shown = []
    page = await client.get(f"/surveys/{survey}/carry-on")
    while "/pages/" in str(page.url):
        shown.append(page.url.path.rsplit("/", 1)[1])
        page = await client.post(page.url.path, data={"go": "skip"})
    await client.post(f"/surveys/{survey}/send")
    return shown


async def test_without_anybody_on_the_rota_free_text_is_not_shown(client, db):
    await db.execute("delete from rota")
    await client.post(f"/surveys/{SURVEY}/start", data={"assent": "yes", "words": ""})
    shown = await send_all(client)
    assert "one_change" not in shown
    rows = await db.fetch("select question_id, state, free_text from answers where free_text")
    assert {row["question_id"]: row["state"] for row in rows} == {
        page.id: "not_shown" for page in Catalogue.read(SURVEYS).find(SURVEY).comments
    }


async def test_with_somebody_on_the_rota_it_is(client, db):
    await client.post(f"/surveys/{SURVEY}/start", data={"assent": "yes", "words": ""})
    assert "one_change" in await send_all(client)


async def test_an_old_link_to_a_question_for_words_leads_on(client, db):
    await db.execute("delete from rota")
    await client.post(f"/surveys/{SURVEY}/start", data={"assent": "yes", "words": ""})
    page = await client.get(f"/surveys/{SURVEY}/pages/one_change")
    assert page.status_code == 200
    assert not page.url.path.endswith("one_change")


async def test_who_has_left_or_lost_the_role_is_not_on_the_rota(db):
    person = await given.person(db, "safeguarding_lead")
    await rota_store.set_rota(db, "deputy", person, person)
    assert await rota_store.anybody_on_rota(db)
    await db.execute("update people set roles = '{reviewer}'")
    assert not await rota_store.anybody_on_rota(db)
    await db.execute("update people set roles = '{safeguarding_lead}', left_at = now()")
    assert not await rota_store.anybody_on_rota(db)


async def test_nobody_without_the_role_can_be_put_on_the_rota(db):
    person = await given.person(db, "administrator")
    await rota_store.set_rota(db, "lead", person, person)
    assert await rota_store.on_rota(db) == {}


def test_what_was_written_before_can_still_be_seen_and_changed():
    survey = Catalogue.read(SURVEYS).find(SURVEY)
    kept = without_words(survey, {"one_change": Answer("answered", "more clubs")})
    assert [page.id for page in kept.comments] == ["one_change"]
    assert without_words(survey, {"one_change": Answer("skipped")}).comments == []


def test_a_survey_of_nothing_but_words_is_closed():
    survey = Catalogue.read(SURVEYS).find(SURVEY)
    only = structs.replace(survey, pages=tuple(p for p in survey.pages if isinstance(p, Comment)))
    with pytest.raises(SurveyNotFound):
        without_words(only)


async def test_a_device_is_given_no_questions_for_words_and_new_pages_once_somebody_is_there(
    client, db
):
    with_words = (await client.get(f"/surveys/{SURVEY}/edition")).json()
    await db.execute("delete from rota")
    without = (await client.get(f"/surveys/{SURVEY}/edition")).json()
    assert "one_change" in with_words["pages"]
    assert "one_change" not in without["pages"]
    assert with_words["mark"] != without["mark"]
