"""A reviewer takes more words out of a comment: they are gone from everything that shows it."""

from uuid import uuid4

import pytest
from msgspec import json

from tests import given
from voice import worker
from voice.safeguarding.detect import Concern

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"
SAID = "Everyone knows Zebedee Quux, and zebedee quux is late. The bus is late."
REST = "Everyone knows [a name], and [a name] is late. The bus is late."


@pytest.fixture
async def said(db):
    return await given.comment(db, SAID, may_quote=True, vector=[1.0] * 384)


async def take_out(client, comment, words, **more):
    address = f"{QUESTION}/comments/{comment}"
    data = {"words": words, "_csrf_token": await given.token(client, QUESTION)} | more
    return await client.post(f"{address}/take-out", data=data)


async def test_the_words_are_gone_from_pages_exports_and_quotes(client, db, said, read_page):
    person = await given.staff(client, db, "administrator")
    others = await given.comments(db, 11, may_quote=True)
    theme = await given.agreed_theme(db, "Zebedee Quux waits", [said, *others], by=person)
    suggestion = await given.suggestion(db, "Late: zebedee quux", [said])
    await db.execute(
        "update suggested_themes set terms = $1, description = $2, parts = $3",
        ["late", "zebedee quux"],
        "They speak of Zebedee Quux.",
        '[{"name": "Zebedee Quux", "terms": ["zebedee quux", "bus"], "size": 1}]',
    )
    await given.pledge(db, theme, by=person)
    shown = [
        QUESTION,
        f"/staff/themes/{theme}",
        f"/staff/suggestions/{suggestion}",
        "/staff/exports/you-said.html",
        "/staff/exports/you-said.csv",
        "/you-said",
        "/staff/pledges",
    ]
    before = [(await client.get(address)).text.lower() for address in shown]
    assert [address for address, text in zip(shown, before, strict=True) if "quux" in text] == shown
    quoted = [address for address, text in zip(shown, before, strict=True) if "the bus" in text]
    assert len(quoted) >= 4, quoted

    response = await take_out(
        client, said, "Zebedee  quux", reads_as="[a name]", back=f"/staff/themes/{theme}/?page=1"
    )

    page = read_page(response.text)
    assert page.blockquote.text == REST
    assert "took words out of a comment, in 2 places" in page.select_one("[role=status]").text
    assert page.select_one(".back a")["href"] == f"/staff/themes/{theme}/?page=1"
    for address in shown:
        text = (await client.get(address)).text.lower()
        assert "quux" not in text, address
    assert REST in (await client.get(f"/staff/themes/{theme}")).text
    tables = await db.fetch(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'answers'"
    )
    for row in tables:
        name = row["tablename"]
        assert not await db.fetchval(
            f"select count(*) from {name} t where t::text ilike '%quux%'"
        ), name
    kept = await db.fetchrow("select * from decisions")
    assert (kept["kind"], kept["decided_by"]) == ("redact", person)
    assert json.decode(kept["details"])["places"] == 2


async def test_the_worker_makes_the_vector_again(client, db, said, settings):
    old = await db.fetchval("select vector from redacted_comments")
    await given.staff(client, db, "reviewer")
    await take_out(client, said, "Zebedee Quux")
    assert await db.fetchval("select vector from redacted_comments") is None

    await worker.run(settings, drain=True)

    new = await db.fetchval("select vector from redacted_comments")
    assert new
    assert new != old


@pytest.mark.parametrize("words", ["", "Zebed", "Quux\nnobody"])
async def test_what_does_not_stand_in_the_comment_takes_out_nothing(
    client, db, said, words, read_page
):
    await given.staff(client, db, "reviewer")
    response = await take_out(client, said, words)
    assert response.status_code == 422
    assert read_page(response.text).textarea.text.strip() == words
    assert await db.fetchval("select words from redacted_comments") == SAID
    assert not await db.fetchval("select count(*) from decisions")


async def test_a_comment_that_is_held_back_can_not_be_guessed_at(client, db, said):
    concern = Concern(True, 0.9, ["neglect"], ["late"])
    await given.flag(db, said, given.QUESTION, concern)
    await given.staff(client, db, "reviewer")
    right = await take_out(client, said, "Zebedee Quux")
    wrong = await take_out(client, said, "Wrong Words")
    assert (right.status_code, wrong.status_code) == (422, 422)
    assert "holds this comment back" in right.text
    assert "quux is late" not in right.text
    assert await db.fetchval("select words from redacted_comments") == SAID


async def test_only_a_reviewer_may_and_only_under_its_own_question(client, db, said):
    await given.staff(client, db, "officer")
    assert (await take_out(client, said, "bus")).status_code == 403
    await given.staff(client, db, "reviewer")
    other = f"/staff/questions/support-easy-read/{given.QUESTION}/comments/{said}"
    assert (await client.get(other)).status_code == 404
    assert (await take_out(client, uuid4(), "bus")).status_code == 404


async def test_the_way_back_stays_on_the_staff_pages(client, db, said, read_page):
    await given.staff(client, db, "reviewer")
    response = await take_out(client, said, "bus", back="//elsewhere.example/staff/themes/1")
    assert read_page(response.text).select_one(".back a")["href"] == QUESTION


async def test_each_comment_of_a_theme_has_the_form(client, db, said, read_page):
    theme = await given.agreed_theme(db, "Late", [said])
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get(f"/staff/themes/{theme}")).text)
    form = page.select_one(".said form")
    assert form["action"] == f"{QUESTION}/comments/{said}/take-out"
    assert form.select_one("[name=words]")["id"] == form.select_one("label")["for"]
