"""Evidence packs: what they hold, that they stay as they were, and who may open them."""

import hashlib
import json
import re
from datetime import date

import asyncpg
import pytest

from tests import given
from tests.report.test_pages import FAMILY, lines
from voice import worker
from voice.challenges import store as challenges
from voice.challenges.challenge import Statement
from voice.challenges.store import Seen
from voice.exports import pack_store
from voice.exports.document import TAKEN_BACK, canonical, opened, quotes_of, sha256, tables_of

TODAY = date(2026, 10, 2)
PACKS = "/staff/packs"


async def press_button(client, layer):
    token = await given.token(client, PACKS)
    data = {"layer": layer, "_csrf_token": token}
    return await client.post(PACKS, data=data, follow_redirects=False)


def table(document, sheet):
    """All rows of a sheet, each as {column: cell}."""
    return [
        dict(t.keys) | dict(zip([c.name for c in t.columns], row, strict=True))
        for t in tables_of(document.sections)
        if t.sheet == sheet
        for row in t.rows
    ]


async def test_the_figures_of_the_pack_are_those_of_the_report(make, told, client, db, read_page):
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get(FAMILY)).text)
    document = await make()

    def words(number):
        return "not shown" if number is None else f"about {number} people"

    in_pack = {
        row["Theme"]: [row["Share in words"].lower(), words(row["People"])]
        for row in table(document, "themes")
    }
    assert {name: [s.lower(), n] for name, (s, n) in lines(page, "The agreed themes").items()} == (
        in_pack
    )
    assert len(in_pack) == 3
    who = {row["Group"]: words(row["People"]) for row in table(document, "who")}
    for name, cells in lines(page, "Who answered").items():
        assert who[name] == cells[0], name
    waves = [
        (row["Group"], words(row["People"]))
        for row in table(document, "theme-groups")
        if (row["Theme"], row["Counted by"]) == ("The taxi is late", "By wave")
    ]
    assert dict(waves) == {k: v[0] for k, v in lines(page, "By wave: The taxi is late").items()}
    assert len(waves) == 2


async def test_no_exact_number_of_people_is_in_a_pack_and_few_are_not_quoted(make, told, db):
    await given.comments(db, 13, "Odd", survey="support-practitioners", voice="practitioner")
    for layer in ("public", "confidential"):
        document = await make(layer)
        text = canonical(document).decode()
        numbers = [int(n.replace(",", "")) for n in re.findall(r"(\d[\d,]*) people", text)]
        assert len(numbers) > 10
        assert {n % 5 for n in numbers} == {0}, numbers
        cells = [
            cell
            for t in tables_of(document.sections)
            for row in t.rows
            for cell, column in zip(row, t.columns, strict=True)
            if column.people and isinstance(cell, int)
        ]
        assert len(cells) > 10
        assert {cell % 5 for cell in cells} == {0}
        assert min(cells) >= 10
        assert "Only few said" not in text


async def test_drafts_and_changes_are_in_the_confidential_layer_only(make, told):
    public, confidential = await make("public"), await make("confidential")
    assert "Secret plan" not in canonical(public).decode()
    assert "Secret plan" in canonical(confidential).decode()
    assert [row["number"] for row in table(public, "pledges")] == [1, 2]
    assert [row["number"] for row in table(confidential, "pledges")] == [1, 2, 3]
    assert table(public, "changes") == []
    assert len(table(confidential, "changes")) == 3
    assert table(confidential, "not-public")[0]["Pledge"] == 3
    for document in (public, confidential):
        assert "@example.org" not in canonical(document).decode()


async def test_what_is_owed_is_said(make, told):
    owed = [
        (row["Number"], row["What is owed"], row["Since"]) for row in table(await make(), "owed")
    ]
    assert owed == [
        (1, "It was to be done by now", "2026-01-02"),
        (2, "Evidence that it is done", "2026-01-02"),
        (2, "A young person or parent has not agreed yet that it is so", "2026-01-02"),
    ]


async def test_quotes_areas_models_and_rules_are_in_it(make, told):
    document = await make()
    text = canonical(document).decode()
    assert "The taxi is late 0" in text or "The taxi is late 1" in text, "a quote with permission"
    assert "A taxi came late" not in text, "nobody allowed it"
    areas = table(document, "area-themes")
    at = [row for row in areas if row["Theme"] == "The taxi is late"]
    assert [(row["Framework"], row["People"]) for row in at] == [("every-area", 70)]
    assert next(row for row in areas if row["Framework"] == "hertfordshire-2023")["Theme"] == (
        "No agreed theme"
    )
    models = {row["Model"]: row["Version"] for row in table(document, "models")}
    assert {"redaction", "safeguarding", "embedding"} <= set(models)
    assert "Fewer than 10 people are never counted out" in text


async def test_the_same_data_gives_the_same_bytes_and_other_data_others(make, told, db):
    first = canonical(await make())
    assert canonical(await make()) == first
    assert canonical(opened(first)) == first
    await given.pledge(db, told, words="Something new")
    assert canonical(await make()) != first


async def test_a_frozen_pack_stays_as_it_was_whatever_changes(client, told, db, read_page):
    await given.staff(client, db, "officer")
    answer = await press_button(client, "public")
    where = answer.headers["location"].split("?")[0]
    page = read_page((await client.get(where)).text)
    digest = page.select_one("code.hash").text
    before = (await client.get(f"{where}/evidence-pack.json")).content
    assert hashlib.sha256(before).hexdigest() == digest
    assert json.loads(before)["layer"].startswith("Public")

    await given.pledge(db, told, words="Something new")
    await db.execute("update agreed_themes set name = 'Renamed' where id = $1", told)
    assert (await client.get(f"{where}/evidence-pack.json")).content == before
    assert "it is as it was frozen" in (await client.get(where)).text
    for ending in ("html", "pdf", "docx", "xlsx", "zip"):
        once = await client.get(f"{where}/evidence-pack.{ending}")
        assert once.status_code == 200, ending
        assert f"-public-1.{ending}" in once.headers["content-disposition"]
        assert once.content == (await client.get(f"{where}/evidence-pack.{ending}")).content
    assert (await press_button(client, "public")).headers["location"].split("?")[0] != where


async def test_two_clicks_freeze_one_pack(client, told, db):
    await given.staff(client, db, "officer")
    first, second = [await press_button(client, "confidential") for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]
    assert await db.fetchval("select count(*) from evidence_packs") == 1
    did = await db.fetch("select who, about from audit where did like 'froze%'")
    assert [row["who"] for row in did] == ["officer@example.org"]


async def test_nobody_can_change_a_pack_not_even_the_owner_of_the_database(make, told, db):
    by = await db.fetchval("select id from people limit 1")
    number = await pack_store.freeze(db, await make(), "public", by)
    for statement in (
        "update evidence_packs set content = 'x'",
        "update evidence_packs set content = 'x', sha256 = encode(sha256('x'), 'hex')",
        "update evidence_packs set day = day + 1",
        "delete from evidence_packs",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await db.execute(statement)
    content = await pack_store.content(db, number)
    [kept] = await pack_store.packs(db, ["public"])
    assert sha256(content) == kept.sha256


async def test_a_pack_that_was_tampered_with_is_told_of(client, told, db):
    await given.staff(client, db, "officer")
    where = (await press_button(client, "public")).headers["location"]
    await db.execute("set session_replication_role = replica")
    await db.execute("alter table evidence_packs drop constraint evidence_packs_check")
    try:
        await db.execute("update evidence_packs set content = content || ' '")
        text = (await client.get(where)).text
        assert "It is not as it was frozen" in text
        assert "Checked just now" not in text
    finally:
        await db.execute("truncate evidence_packs")
        await db.execute(
            "alter table evidence_packs add constraint evidence_packs_check"
            " check (content is null or encode(sha256(content), 'hex') = content_sha256)"
        )


async def test_content_is_taken_out_for_a_reason_and_its_hash_stays(client, told, db, read_page):
    await given.staff(client, db, "officer")
    where = (await press_button(client, "public")).headers["location"].split("?")[0]
    digest = read_page((await client.get(where)).text).select_one("code.hash").text
    token = await given.token(client, where)
    no_reason = await client.post(f"{where}/take-out", data={"_csrf_token": token, "because": " "})
    assert no_reason.status_code == 422
    assert read_page(no_reason.text).select_one("[role=alert] a")["href"] == "#because"
    data = {"_csrf_token": token, "because": "A name was missed"}
    page = read_page((await client.post(f"{where}/take-out", data=data)).text)
    assert page.select_one("code.hash").text == digest
    assert "A name was missed" in page.text
    assert (await client.get(f"{where}/evidence-pack.html")).status_code == 404
    again = await press_button(client, "public")
    assert again.headers["location"].split("?")[0] != where, "a new one can be frozen"


async def test_reviewers_read_public_packs_only_and_freeze_none(client, told, db):
    await given.staff(client, db, "officer")
    public = (await press_button(client, "public")).headers["location"].split("?")[0]
    confidential = (await press_button(client, "confidential")).headers["location"].split("?")[0]
    client.cookies.clear()
    await given.staff(client, db, "reviewer")
    listed = (await client.get(PACKS)).text
    assert public in listed
    assert confidential not in listed
    assert (await client.get(public)).status_code == 200
    for place in (confidential, f"{confidential}/evidence-pack.json"):
        assert (await client.get(place)).status_code == 404
    token = await given.token(client, "/staff/questions")
    refused = await client.post(PACKS, data={"layer": "public", "_csrf_token": token})
    assert refused.status_code == 403


async def test_who_may_see_some_surveys_only_opens_no_pack(client, told, db):
    await given.staff(client, db, "officer")
    where = (await press_button(client, "public")).headers["location"]
    await db.execute(
        "update people set surveys = array['support-parents-carers'] where email like 'officer@%'"
    )
    for place in (PACKS, where):
        assert (await client.get(place)).status_code == 403
    assert "/staff/packs" not in (await client.get("/staff/questions")).text


async def test_quotes_that_may_not_be_shown_any_more_go_from_what_was_frozen(
    client, told, db, read_page
):
    await given.staff(client, db, "officer")
    where = (await press_button(client, "public")).headers["location"].split("?")[0]
    page = read_page((await client.get(where)).text)
    assert "but for" not in page.text
    before = await db.fetchrow("select sha256, content_sha256 from evidence_packs")
    assert before["sha256"] == before["content_sha256"]
    document = opened((await client.get(f"{where}/evidence-pack.json")).content)
    quotes = quotes_of(document.sections)
    assert len(quotes) >= 3
    back, held_back, out, *_ = quotes
    await db.execute(
        "delete from responses where id in"
        " (select response_id from redacted_comments where words = $1)",
        back,
    )
    await db.execute(
        "update responses set may_quote = false where id in"
        " (select response_id from redacted_comments where words = $1)",
        held_back,
    )
    await db.execute("update redacted_comments set words = '[name]' where words = $1", out)
    assert await pack_store.gone_quotes(db, document) == [back, held_back, out]
    page = read_page((await client.get(where)).text)
    assert "as it was frozen, but for 3 quotes" in page.text
    assert not [words for words in (back, held_back, out) if words in page.text], "none is repeated"
    after = await db.fetchrow("select * from evidence_packs")
    assert after["sha256"] == before["sha256"]
    assert hashlib.sha256(after["content"]).hexdigest() == after["content_sha256"]
    left = opened((await client.get(f"{where}/evidence-pack.json")).content)
    assert quotes_of(left.sections) == [one for one in quotes if one not in (back, held_back, out)]
    assert after["content"].decode().count(TAKEN_BACK) >= 3
    for words in (back, held_back, out):
        assert f'"{words}"' not in after["content"].decode()
    assert (await client.get(where)).text.count("but for 3 quotes") == 1, "nothing is taken twice"


async def test_the_worker_takes_them_out_without_anybody_opening_the_pack(
    client, told, db, clean, settings
):
    await given.staff(client, db, "officer")
    where = (await press_button(client, "public")).headers["location"].split("?")[0]
    document = opened((await client.get(f"{where}/evidence-pack.json")).content)
    back = quotes_of(document.sections)[0]
    await db.execute(
        "delete from responses where id in"
        " (select response_id from redacted_comments where words = $1)",
        back,
    )
    shop = worker.Workshop(settings)
    await worker.find_again(shop, clean, json.dumps([given.SURVEY, given.WAVE]).encode())
    assert await db.fetchval("select taken_back from evidence_packs") == 1
    left = (await db.fetchval("select content from evidence_packs")).decode()
    assert f'"{back}"' not in left


async def test_measures_are_in_it_and_drafts_of_them_in_the_confidential_layer(make, db):
    by = await given.person(db, "officer", email="writer@example.org")
    await given.measure(db, by=by)
    await given.measure(db, by=by, name="A draft of ours", published=False)
    public, confidential = await make("public"), await make("confidential")
    rows = [(row["Line"], row["Figure"]) for row in table(public, "measures")]
    assert rows == [("Baseline", "40%"), ("Target", "60%")]
    assert {row["Measure"] for row in table(public, "measures")} == {
        "Plans finished within 20 weeks"
    }
    assert {row["Area"] for row in table(public, "measures")} == {"every-area/heard"}
    assert "A draft of ours" not in canonical(public).decode()
    assert {row["Number of the measure"] for row in table(confidential, "measures")} == {1, 2}


async def test_challenges_are_in_it_and_confidential_ones_in_their_layer_only(make, told, db):
    forum = await db.fetchval("select id from people where email = 'forum@example.org'")
    officer = await db.fetchval("select id from people where email = 'writer@example.org'")
    open_one = await given.challenge(db, "pledge-1", by=forum, put_on=date(2026, 1, 2))
    secret = await given.challenge(db, f"theme-{told}", by=forum, secret="It names a school.")
    said = {"words": "Four of six.", "easy_words": "Four.", "confidential_because": "Not agreed."}
    await challenges.save_answer(
        db, open_one, Seen(1, 0), Statement(**said), officer, on=date(2026, 10, 2)
    )
    public, confidential = await make("public"), await make("confidential")
    assert [row["Number"] for row in table(public, "challenges")] == [open_one, 1]
    assert {row["Number"] for row in table(confidential, "challenges")} == {1, open_one, secret}
    for words in ("Four of six.", "Not agreed.", "It names a school."):
        assert words not in canonical(public).decode()
        assert words in canonical(confidential).decode()
    assert "There is an answer of 2 October 2026. It is confidential." in canonical(public).decode()
    assert "@example.org" not in canonical(confidential).decode()
