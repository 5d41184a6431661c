"""Deciding about what the machine suggests, over HTTP."""

import pytest
from msgspec import json

from tests import given

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"


async def post(client, address, page=QUESTION, **data):
    data["_csrf_token"] = await given.token(client, page)
    return await client.post(address, data=data)


async def areas(db, suggestion, *chosen):
    for area, score in chosen:
        await db.execute(
            "insert into suggested_areas values ($1, 'hertfordshire-2023', $2, $3, $4)",
            suggestion,
            area,
            score,
            score >= 0.25,
        )


async def counts(db):
    return {
        row["name"]: row["n"]
        for row in await db.fetch(
            "select t.name, count(m.response_id) as n from agreed_themes t"
            " left join agreed_members m on m.theme_id = t.id"
            " where t.ended_at is null group by t.id"
        )
    }


async def last(db):
    row = await db.fetchrow("select * from decisions order by id desc limit 1")
    return row and {**dict(row), "details": json.decode(row["details"])}


async def test_a_suggestion_shows_its_words_numbers_voices_quotes_and_areas(client, db, read_page):
    parents = await given.comments(db, 3, "Nobody rings back", route="demo")
    young = await given.comments(db, 1, "They never ring", voice="young_person")
    await given.comments(db, 4, "Something else")
    suggestion = await given.suggestion(db, "Waiting", parents + young)
    await areas(db, suggestion, ("PA1", 0.6), ("IA1", 0.3), ("IA2", 0.1))
    await given.staff(client, db, "reviewer")

    card = read_page((await client.get(QUESTION)).text).select_one(f"#suggestion-{suggestion}")

    assert "4 comments, 50% of all" in " ".join(card.text.split())
    assert [
        [cell.text for cell in row.select("th, td")] for row in card.select(".by-voice tbody tr")
    ] == [["Young people", "1 of 1 (100%)"], ["Parents and carers", "3 of 7 (43%)"]]
    assert len(card.select("blockquote")) == 3
    assert "Demo" in card.text
    ticks = {box["value"]: box.find_next("label").text for box in card.select("[name^=area-]")}
    assert list(ticks) == ["hertfordshire-2023/PA1", "hertfordshire-2023/IA1"]
    assert "machine: likely" in ticks["hertfordshire-2023/PA1"]
    assert "machine: possible" in ticks["hertfordshire-2023/IA1"]
    assert "report wording, as quoted" in ticks["hertfordshire-2023/IA1"]


async def test_agreeing_keeps_who_when_what_and_the_comments(client, db, read_page):
    said = await given.comments(db, 5)
    suggestion = await given.suggestion(db, "Waiting", said)
    person = await given.staff(client, db, "reviewer")

    response = await post(
        client,
        f"/staff/suggestions/{suggestion}/agree",
        name="Long waits",
        area=["hertfordshire-2023/PA1", "nope/nope"],
    )

    page = read_page(response.text)
    assert response.url.path == QUESTION
    done = page.select_one("[role=status]").text
    assert "agreed to “Long waits”, with 5 comments, which the machine called “Waiting”" in done
    assert "Suggested themes (0)" in page.text
    assert await counts(db) == {"Long waits": 5}
    kept = await last(db)
    assert (kept["kind"], kept["decided_by"], kept["suggestion_ids"]) == (
        "agree",
        person,
        [suggestion],
    )
    assert kept["details"]["suggested"] == "Waiting"
    assert await db.fetchval("select area_id from agreed_areas") == "PA1"
    assert await db.fetchval("select max(quote_place) from agreed_members") == 3


async def test_pressing_agree_twice_agrees_once(client, db):
    suggestion = await given.suggestion(db, "Waiting", await given.comments(db, 5))
    await given.staff(client, db, "reviewer")
    data = {"_csrf_token": await given.token(client, QUESTION), "name": "Waiting"}
    responses = [
        await client.post(f"/staff/suggestions/{suggestion}/agree", data=data) for _ in range(2)
    ]
    assert [response.status_code for response in responses] == [200, 200]
    assert await db.fetchval("select count(*) from decisions") == 1
    assert await counts(db) == {"Waiting": 5}


async def test_who_comes_second_is_told_what_was_decided_and_changes_nothing(client, db, read_page):
    suggestion = await given.suggestion(db, "Waiting", await given.comments(db, 5))
    await given.staff(client, db, "reviewer")
    await post(client, f"/staff/suggestions/{suggestion}/agree", name="Waiting")
    await given.staff(client, db, "administrator")

    response = await post(client, f"/staff/suggestions/{suggestion}/refuse", reason="No")

    assert response.status_code == 409
    said = read_page(response.text).select_one("[role=status]").text
    assert "reviewer@example.org agreed to “Waiting”" in said
    assert await db.fetchval("select count(*) from decisions") == 1


async def test_a_name_that_is_taken_is_shown_again_as_typed_with_the_ticks(client, db, read_page):
    await given.agreed_theme(db, "Being heard", await given.comments(db, 5))
    suggestion = await given.suggestion(db, "Waiting", await given.comments(db, 5))
    await given.staff(client, db, "reviewer")

    response = await post(
        client,
        f"/staff/suggestions/{suggestion}/agree",
        name="being Heard",
        areas="shown",
        area="hertfordshire-2023/IA3",
    )

    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("[role=alert] a")["href"] == "#name"
    assert page.select_one("#name")["value"] == "being Heard"
    assert [box["value"] for box in page.select("[name^=area-][checked]")] == [
        "hertfordshire-2023/IA3"
    ]
    assert await db.fetchval("select count(*) from decisions") == 0


async def test_refusing_keeps_the_reason_and_makes_no_theme(client, db, read_page):
    suggestion = await given.suggestion(db, "Waiting", await given.comments(db, 5))
    await given.staff(client, db, "reviewer")
    address = f"/staff/suggestions/{suggestion}"

    without = await post(client, f"{address}/refuse", page=address, reason=" ")
    page = read_page((await post(client, f"{address}/refuse", reason="Two things at once")).text)

    assert without.status_code == 422
    assert "Two things at once" in page.select_one(".history").text
    assert (await last(db))["reason"] == "Two things at once"
    assert await counts(db) == {}


async def test_ticked_suggestions_become_one_theme(client, db):
    said = await given.comments(db, 9)
    first = await given.suggestion(db, "Waiting", said[:6])
    second = await given.suggestion(db, "Lists", said[4:])
    await given.staff(client, db, "reviewer")

    await post(client, f"{QUESTION}/together", suggestion=[first, second], name="Waits", into="0")

    assert await counts(db) == {"Waits": 9}
    kept = await last(db)
    assert kept["kind"] == "merge"
    assert kept["suggestion_ids"] == [first, second]
    assert kept["details"]["from"] == ["Waiting", "Lists"]


async def test_ticks_and_words_stay_when_the_new_theme_has_no_name(client, db, read_page):
    said = await given.comments(db, 9)
    picked = [
        await given.suggestion(db, "Waiting", said[:5]),
        await given.suggestion(db, "Lists", said[5:]),
    ]
    await given.staff(client, db, "reviewer")

    response = await post(
        client, f"{QUESTION}/together", suggestion=picked, name="", into="0", reason="Same thing"
    )

    page = read_page(response.text)
    assert response.status_code == 422
    assert [box["value"] for box in page.select("#together [checked]")] == [
        str(number) for number in picked
    ]
    assert page.select_one("#together-reason")["value"] == "Same thing"
    assert page.select_one("[role=alert] a")["href"] == "#together-name"


async def test_a_suggestion_mostly_in_a_theme_offers_to_add_what_is_new(client, db, read_page):
    said = await given.comments(db, 8)
    theme = await given.agreed_theme(db, "Waits", said[:5])
    suggestion = await given.suggestion(db, "Waiting", said[2:])
    await given.staff(client, db, "reviewer")

    page = read_page((await client.get(QUESTION)).text)
    offer = page.select_one(f"#suggestion-{suggestion} form.note")
    data = {field["name"]: field["value"] for field in offer.select("input")}
    response = await client.post(offer["action"], data=data)

    assert "3 of these 6 are in the agreed theme Waits" in offer.text
    assert response.status_code == 200
    assert await counts(db) == {"Waits": 8}
    kept = await last(db)
    assert (kept["kind"], kept["theme_ids"], kept["made_theme_ids"]) == ("merge", [theme], [theme])
    assert await db.fetchval("select version from agreed_themes") == 2


async def test_a_suggestion_with_nothing_new_is_set_apart(client, db, read_page):
    said = await given.comments(db, 6)
    await given.agreed_theme(db, "Waits", said)
    suggestion = await given.suggestion(db, "Waiting", said[:5])
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get(QUESTION)).text)
    assert not page.select(f"#suggestion-{suggestion}")
    assert "Suggestions with nothing new (1)" in page.text


async def test_a_suggestion_is_split_by_ticking_comments(client, db):
    said = await given.comments(db, 6)
    suggestion = await given.suggestion(db, "Waiting", said)
    await given.staff(client, db, "reviewer")

    await post(
        client,
        f"/staff/suggestions/{suggestion}/split",
        comment=[str(one) for one in said[:2]],
        first="Waiting for school",
        rest="Waiting for health",
        why="Two services",
    )

    assert await counts(db) == {"Waiting for school": 2, "Waiting for health": 4}
    assert (await last(db))["reason"] == "Two services"


async def test_a_split_with_nothing_ticked_keeps_both_names(client, db, read_page):
    suggestion = await given.suggestion(db, "Waiting", await given.comments(db, 6))
    await given.staff(client, db, "reviewer")
    response = await post(
        client,
        f"/staff/suggestions/{suggestion}/split",
        comment="not an id",
        first="A",
        rest="B",
    )
    page = read_page(response.text)
    assert response.status_code == 422
    assert (page.select_one("#first-name")["value"], page.select_one("#rest-name")["value"]) == (
        "A",
        "B",
    )
    assert page.select_one("[role=alert] a")["href"] == "#comments"


async def test_an_officer_reads_suggestions_but_cannot_decide(client, db, read_page):
    suggestion = await given.suggestion(db, "Waiting", await given.comments(db, 6))
    await given.staff(client, db, "officer")

    page = read_page((await client.get(QUESTION)).text)
    refused = [
        await post(client, f"/staff/suggestions/{suggestion}/agree", name="Waiting"),
        await post(client, f"/staff/suggestions/{suggestion}/refuse", reason="No"),
        await post(client, f"/staff/suggestions/{suggestion}/split", first="A", rest="B"),
        await post(client, f"{QUESTION}/together", suggestion=[suggestion], name="Waiting"),
    ]

    assert not page.select("[name=reason]")
    assert {response.status_code for response in refused} == {403}
    assert await db.fetchval("select count(*) from decisions") == 0


async def test_a_suggestion_of_another_question_cannot_be_put_together_here(client, db):
    here = await given.suggestion(db, "Waiting", await given.comments(db, 5))
    other = await given.suggestion(
        db, "Fun", await given.comments(db, 5, question="going_well"), question="going_well"
    )
    await given.staff(client, db, "reviewer")
    response = await post(client, f"{QUESTION}/together", suggestion=[here, other], name="Both")
    assert response.status_code == 422
    assert await counts(db) == {}


async def test_a_theme_of_another_question_cannot_be_added_to(client, db):
    here = await given.suggestion(db, "Waiting", await given.comments(db, 5))
    other = await given.agreed_theme(
        db, "Fun", await given.comments(db, 5, question="going_well"), question="going_well"
    )
    await given.staff(client, db, "reviewer")
    response = await post(client, f"{QUESTION}/together", suggestion=[here], into=str(other))
    assert response.status_code == 404
    assert await db.fetchval("select count(*) from decisions") == 0


async def test_comments_come_fifty_at_a_time_or_all(client, db, read_page):
    suggestion = await given.suggestion(db, "Waiting", await given.comments(db, 53))
    await given.staff(client, db, "officer")
    address = f"/staff/suggestions/{suggestion}"

    pages = [
        read_page((await client.get(address + query)).text)
        for query in ("", "?page=2", "?page=9999999999", "?whole=true")
    ]

    assert [len(page.select(".said li")) for page in pages] == [50, 3, 0, 53]
    assert pages[0].select_one(".pages a")["href"] == f"{address}?page=2"


async def test_comments_in_no_theme_are_those_in_neither_kind(client, db, read_page):
    said = await given.comments(db, 9)
    await given.suggestion(db, "Waiting", said[:4])
    await given.agreed_theme(db, "Waits", said[4:6])
    await given.staff(client, db, "officer")
    page = read_page((await client.get(f"{QUESTION}/rest")).text)
    assert sorted(quote.text[-1] for quote in page.select("blockquote")) == ["6", "7", "8"]


async def test_a_comment_that_is_withdrawn_leaves_the_themes_and_no_trace(client, db):
    said = await given.comments(db, 6)
    suggestion = await given.suggestion(db, "Waiting", said)
    await given.staff(client, db, "reviewer")
    await post(client, f"/staff/suggestions/{suggestion}/agree", name="Waiting")
    await db.execute("delete from responses where id = $1", said[0])
    assert await counts(db) == {"Waiting": 5}
    assert str(said[0]) not in str(await last(db))


@pytest.mark.parametrize("path", ["agree", "refuse", "split"])
async def test_deciding_about_a_suggestion_that_is_gone_says_so(client, db, read_page, path):
    await given.staff(client, db, "reviewer")
    await given.comments(db, 5)
    response = await post(client, f"/staff/suggestions/41/{path}", name="Waiting")
    assert response.status_code == 404
    assert "again" in read_page(response.text).main.text


async def test_comments_near_an_agreed_theme_are_offered_to_it_and_added_in_one_step(client, db):
    await given.staff(client, db, "reviewer")
    before = [await given.comment(db, f"late taxi {n}") for n in range(3)]
    suggestion = await given.suggestion(db, "Taxis", before)
    await post(client, f"/staff/suggestions/{suggestion}/agree", name="School transport")
    theme = await db.fetchval("select id from agreed_themes")
    new = [await given.comment(db, f"no bus {n}") for n in range(2)]
    near = await given.suggestion(db, "School transport again", new)
    await db.execute("update suggested_themes set for_theme = $1 where id = $2", theme, near)

    page = (await client.get(QUESTION)).text
    assert "near to the agreed theme" in page
    assert "Add the 2 new to “School transport”" in page
    done = await post(client, f"{QUESTION}/together", suggestion=near, into=theme)

    assert done.status_code < 400
    assert await counts(db) == {"School transport": 5}
