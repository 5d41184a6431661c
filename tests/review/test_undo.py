"""Taking decisions back, over HTTP: everything is as it was, and the record says so."""

import pytest

from tests import given
from tests.review.test_themes import decide, decisions

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"
PA1 = ("hertfordshire-2023", "PA1")
STATE = {
    "themes": "select id, name, description, quotes_chosen, ended_at is null as counts"
    " from agreed_themes where ended_at is null order by id",
    "members": "select m.theme_id, m.response_id, m.score, m.in_part, m.publishable, m.by_hand"
    " from agreed_members m join agreed_themes t on t.id = m.theme_id where t.ended_at is null"
    " order by 1, 2",
    "areas": "select a.* from agreed_areas a join agreed_themes t on t.id = a.theme_id"
    " where t.ended_at is null order by 1, 2, 3",
    "first": "select f.theme_id, f.response_id from first_members f"
    " join agreed_themes t on t.id = f.theme_id where t.ended_at is null order by 1, 2",
    "open": "select t.id from suggested_themes t where not exists (select from decisions d where"
    " d.suggestion_ids @> array[t.id] and not exists"
    " (select from decisions u where u.undoes = d.id)) order by 1",
}


async def state(db):
    return {name: [tuple(row) for row in await db.fetch(asked)] for name, asked in STATE.items()}


@pytest.fixture
async def here(client, db):
    """Two suggestions, two agreed themes, and loose comments; a reviewer who is signed in."""
    await given.staff(client, db, "reviewer")
    said = await given.comments(db, 12, may_quote=True)
    first = await given.suggestion(db, "Waiting", said[:4])
    await given.suggestion(db, "Long waits", said[2:6])
    one = await given.agreed_theme(db, "Kind staff", said[6:9], areas=[PA1])
    two = await given.agreed_theme(db, "Buses", said[8:11])
    await db.execute(
        "insert into first_members select theme_id, response_id, question_id, null"
        " from agreed_members"
    )
    return {"said": said, "one": one, "two": two, "first": first}


async def send(client, address, **data):
    data["_csrf_token"] = await given.token(client, QUESTION)
    response = await client.post(address, data=data)
    assert response.status_code == 200, response.text
    return response


async def undo(client, decision, **data):
    data["_csrf_token"] = await given.token(client, QUESTION)
    return await client.post(f"/staff/decisions/{decision}/undo", data=data)


def deeds(said, one, two, first):
    """Every kind of decision that can be taken back: where it is sent, and what."""
    theme, ticked = f"/staff/themes/{one}", f"/staff/themes/{one}/ticked"
    tick = {"version": "1", "comment": [str(said[6]), str(said[8])]}
    return {
        "agree": (f"/staff/suggestions/{first}/agree", {"name": "Waiting"}),
        "refuse": (f"/staff/suggestions/{first}/refuse", {"reason": "No"}),
        "split a suggestion": (
            f"/staff/suggestions/{first}/split",
            {"comment": [str(said[0])], "first": "A", "rest": "B"},
        ),
        "merge suggestions": (
            f"{QUESTION}/together",
            {"suggestion": [str(first), str(first + 1)], "name": "All waits"},
        ),
        "merge into": (
            f"{QUESTION}/together",
            {"suggestion": [str(first)], "into": str(one)},
        ),
        "merge themes": (f"{theme}/merge", {"version": "1", "into": str(two)}),
        "rename": (f"{theme}/rename", {"version": "1", "name": "Kindness"}),
        "describe": (f"{theme}/describe", {"version": "1", "description": "They are kind."}),
        "areas": (f"{theme}/areas", {"version": "1", "area": "every-area/heard"}),
        "withdraw": (f"{theme}/withdraw", {"version": "1", "reason": "A mistake"}),
        "move": (ticked, tick | {"do": "move", "to": str(two)}),
        "also": (ticked, tick | {"do": "also", "to": str(two)}),
        "out": (ticked, tick | {"do": "out"}),
        "make": (ticked, tick | {"do": "make", "new": "Smiles"}),
        "split": (ticked, tick | {"do": "split", "first": "A", "rest": "B"}),
        "mark": (ticked, tick | {"do": "mark"}),
        "make of loose": (
            f"{QUESTION}/rest/ticked",
            {"do": "make", "new": "The rest", "comment": str(said[11])},
        ),
        "put in": (
            f"{QUESTION}/rest/ticked",
            {"do": "in", "to": str(one), "comment": str(said[11])},
        ),
    }


@pytest.mark.parametrize("deed", list(deeds([0] * 12, 0, 0, 0)))
async def test_after_undoing_everything_is_as_before(client, db, here, deed, read_page):
    before = await state(db)
    address, data = deeds(**here)[deed]
    response = await send(client, address, **data)
    assert await state(db) != before
    kept = (await decisions(db))[-1]
    page = read_page(response.text)
    assert page.select_one(f"form[action='/staff/decisions/{kept['id']}/undo'] button")

    response = await undo(client, kept["id"], why="A slip")

    assert response.status_code == 200
    assert await state(db) == before
    page = read_page(response.text)
    assert "undid the decision that " in page.select_one("[role=status]").text
    told = page.select_one(".history").text
    assert "This was undone later." in told
    assert "The reason given was: “A slip”" in told
    assert [one["kind"] for one in await decisions(db)] == [kept["kind"], "undo"]
    assert (await decisions(db))[-1]["undoes"] == kept["id"]


async def test_decisions_about_a_theme_are_undone_from_the_last_one_backwards(
    client, db, here, read_page
):
    before = await state(db)
    address = f"/staff/themes/{here['one']}"
    await decide(client, here["one"], "rename", name="Kindness")
    await decide(client, here["one"], "describe", "2", description="They are kind.")
    first, second = [one["id"] for one in await decisions(db)]
    page = read_page((await client.get(address)).text)
    links = [a["href"] for a in page.select(".history a")]
    assert links == [f"/staff/decisions/{second}?at=theme-{here['one']}"]

    response = await undo(client, first, why="Mine")
    page = read_page(response.text)
    assert response.status_code == 409
    assert "First undo what came later: reviewer@example.org described" in page.text
    assert page.select_one("#why-undo")["value"] == "Mine"

    await undo(client, second)
    assert (await undo(client, first)).status_code == 200
    assert await state(db) == before


@pytest.mark.parametrize("place", ["one", "two", "rest", "question"])
async def test_who_undoes_is_where_they_were(client, db, here, read_page, place):
    theme = f"/staff/themes/{here['one']}"
    tick = {"version": "1", "comment": str(here["said"][6]), "do": "move", "to": str(here["two"])}
    await send(client, f"{theme}/ticked", **tick)
    kept = (await decisions(db))[-1]["id"]
    at, address = {
        "one": (f"theme-{here['one']}", theme),
        "two": (f"theme-{here['two']}", f"/staff/themes/{here['two']}"),
        "rest": ("rest", f"{QUESTION}/rest"),
        "question": ("question", QUESTION),
    }[place]
    page = read_page((await client.get(f"/staff/decisions/{kept}?at={at}")).text)
    assert page.select_one("input[name=at]")["value"] == at
    assert (await undo(client, kept, at=at)).url.path == address


@pytest.mark.parametrize("at", ["https://elsewhere.example", "theme-424242", ""])
async def test_a_page_that_is_not_there_is_not_gone_back_to(client, db, here, at):
    await send(client, f"/staff/suggestions/{here['first']}/agree", name="Waiting")
    kept = (await decisions(db))[-1]["id"]
    assert (await undo(client, kept, at=at)).url.path == QUESTION


@pytest.mark.parametrize("do", ["move", "also", "out", "make", "split", "mark", ""])
async def test_with_nothing_ticked_the_page_says_to_tick_first(client, here, read_page, do):
    typed = {"do": do, "version": "1", "_csrf_token": await given.token(client, QUESTION)}
    response = await client.post(f"/staff/themes/{here['one']}/ticked", data=typed)
    assert response.status_code == 422
    problem = read_page(response.text).select_one("[role=alert]")
    assert "Tick at least one comment first." in problem.text
    assert problem.a["href"] == "#comments"


async def test_two_people_who_undo_the_same_undo_it_once(client, db, here, read_page):
    await decide(client, here["one"], "rename", name="Kindness")
    kept = (await decisions(db))[0]["id"]
    await undo(client, kept, why="One")
    response = await undo(client, kept, why="Two")
    assert response.status_code == 409
    assert "undone this already" in read_page(response.text).select_one("[role=alert]").text
    assert len(await decisions(db)) == 2


async def test_undone_suggestions_can_be_decided_anew(client, db, here):
    address = f"/staff/suggestions/{here['first']}"
    await send(client, f"{address}/refuse", reason="No")
    await undo(client, (await decisions(db))[0]["id"])
    await send(client, f"{address}/agree", name="Waiting")
    assert "Waiting" in [row["name"] for row in await db.fetch("select name from agreed_themes")]


async def test_a_theme_with_an_answer_does_not_end_by_undoing(client, db, here, read_page):
    await send(client, f"/staff/suggestions/{here['first']}/agree", name="Waiting")
    kept = (await decisions(db))[0]
    await given.pledge(db, kept["made_theme_ids"][0])
    response = await undo(client, kept["id"])
    assert response.status_code == 409
    assert "answers a theme that would end" in read_page(response.text).text


async def test_a_name_that_was_taken_since_does_not_come_back(client, db, here, read_page):
    await decide(client, here["one"], "rename", name="Kindness")
    await decide(client, here["two"], "rename", name="kind STAFF")
    response = await undo(client, (await decisions(db))[0]["id"])
    assert response.status_code == 409
    assert "another agreed theme called “Kind staff” now" in read_page(response.text).text


async def test_undoing_brings_no_words_back_that_were_taken_out(client, db, read_page):
    await given.staff(client, db, "reviewer")
    comment = await given.comment(db, "Ask Zebedee about it")
    theme = await given.agreed_theme(db, "Asking", [comment])
    await decide(client, theme, "describe", description="They ask Zebedee.")
    await decide(client, theme, "describe", "2", description="They ask.")
    data = {"words": "zebedee", "_csrf_token": await given.token(client, QUESTION)}
    await client.post(f"{QUESTION}/comments/{comment}/take-out", data=data)
    last = [one["id"] for one in await decisions(db) if one["kind"] == "describe"][-1]
    response = await undo(client, last)
    assert response.status_code == 409
    assert "Words were taken out" in read_page(response.text).text
    assert await given.tables_with(db, "zebedee") == []
    redacted = next(one["id"] for one in await decisions(db) if one["kind"] == "redact")
    assert (await undo(client, redacted)).status_code == 409


async def test_who_may_not_review_may_not_undo(client, db, here):
    await decide(client, here["one"], "rename", name="Kindness")
    kept = (await decisions(db))[0]["id"]
    await given.staff(client, db, "officer")
    assert (await undo(client, kept)).status_code == 403
    assert (await client.get("/staff/decisions/424242")).status_code == 403
    await given.staff(client, db, "administrator")
    assert (await client.get(f"/staff/decisions/{kept}")).status_code == 200
    assert (await client.get("/staff/decisions/424242")).status_code == 404
