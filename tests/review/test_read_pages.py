"""Reading comments one by one, over HTTP, and what it says of the machine."""

import pytest

from tests import given
from tests.review.test_themes import decide, decisions
from tests.review.test_undo import undo

QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"
READ = f"{QUESTION}/read"
REPORT = f"/staff/report/{given.SURVEY}/{given.QUESTION}"


@pytest.fixture
async def theme(client, db):
    """A theme that the machine made of 36 comments and a person agreed to, and another of 5."""
    await given.staff(client, db, "reviewer")
    for name, n in (("Waiting", 36), ("Buses", 5)):
        suggestion = await given.suggestion(db, name, await given.comments(db, n, name))
        data = {"name": name, "_csrf_token": await given.token(client, QUESTION)}
        await client.post(f"/staff/suggestions/{suggestion}/agree", data=data)
    return await db.fetchval("select min(id) from agreed_themes")


async def read(client, page, themes=None):
    """Send the form of the page, with these themes ticked or with those that are."""
    form = page.select_one("form[action*='/read/']")
    fields = form.select("input[type=hidden], input[checked]")
    data: dict[str, list[str]] = {}
    for field in fields:
        data.setdefault(field["name"], []).append(field["value"])
    if themes is not None:
        data["theme"] = [str(one) for one in themes]
    return await client.post(form["action"], data=data)


async def words(client, read_page):
    """What the home page, the page of reading and the report say of machine and people."""
    home = read_page((await client.get("/staff")).text).main.text
    page = read_page((await client.get(READ)).text).main.text
    report = read_page((await client.get(REPORT)).text).main.text
    return home, page, report


async def test_from_thirty_comments_on_the_pages_say_how_far_machine_and_people_agree(
    client, db, theme, read_page
):
    other = theme + 1
    for n in range(30):
        if n == 29:
            home, reading, report = await words(client, read_page)
            assert "not yet, 29 of 30 read" in home
            assert "not known yet: 29 of 30" in reading
            assert "not known yet: that takes 30" in report
        page = read_page((await client.get(READ)).text)
        here = [int(box["value"]) for box in page.select("[name=theme][checked]")]
        response = await read(client, page, [other, theme] if n < 10 else None)
        assert response.status_code == 200
        assert here in ([theme], [other])
    # Ten comments with one of two themes: 2 × 1 / 3 each; twenty with just what the machine says.
    figures = f"{(20 + 10 * 2 / 3) / 30:.2f} ("
    for said in await words(client, read_page):
        assert figures in said
    kinds = [one["kind"] for one in await decisions(db)]
    assert kinds == ["agree", "agree", *["read"] * 30]
    assert "about 30 comments" in (await client.get(REPORT)).text


async def test_what_the_machine_said_first_stays_when_comments_move_or_themes_merge_and_split(
    client, db, theme
):
    async def measured():
        rows = await db.fetch(
            "select response_id, array_agg(name order by name) as names from first_members"
            " join agreed_themes t on t.id = theme_id where ended_at is null group by 1"
        )
        return {row["response_id"]: row["names"] for row in rows}

    before = await measured()
    moved, kept = list(before)[:2]
    rows = await db.fetch("select response_id from agreed_members where theme_id = $1", theme)
    moved, kept = [row["response_id"] for row in rows][:2]
    await decide(client, theme, "ticked", do="move", comment=[str(moved)], to=str(theme + 1))
    assert await measured() == before
    parts = {"do": "split", "first": "Short", "rest": "Long", "comment": [str(kept)]}
    await decide(client, theme, "ticked", "2", **parts)
    now = await measured()
    assert now[kept] == ["Short"]
    assert now[moved] == ["Short"], "the machine said what became two; it counts once"
    assert set(now) == set(before)
    short = await db.fetchval("select id from agreed_themes where name = 'Short'")
    await decide(client, short, "merge", into=str(theme + 1))
    now = await measured()
    assert now[kept] == ["Buses"]


async def test_a_comment_that_somebody_else_moved_is_not_kept_over_their_word(
    client, db, theme, read_page
):
    page = read_page((await client.get(READ)).text)
    [here] = [int(box["value"]) for box in page.select("[name=theme][checked]")]
    comment = page.select_one("form[action*='/read/']")["action"].rpartition("/")[2]
    elsewhere = theme if here == theme + 1 else theme + 1
    await decide(client, here, "ticked", do="move", comment=[comment], to=str(elsewhere))

    response = await read(client, page, [])

    again = read_page(response.text)
    assert response.status_code == 409
    assert "moved 1 comment from" in again.select_one(".history").text
    assert not again.select("[name=theme][checked]")
    assert [one["value"] for one in again.select("[name=were]")] == [str(elsewhere)]
    assert (await read(client, again)).status_code == 200
    assert [one["kind"] for one in await decisions(db)][-2:] == ["move", "read"]


async def test_reading_can_be_undone(client, db, theme, read_page):
    page = read_page((await client.get(READ)).text)
    members = "select theme_id, response_id from agreed_members order by 1, 2"
    before = await db.fetch(members)
    await read(client, page, [])
    kept = (await decisions(db))[-1]["id"]
    assert await db.fetch(members) != before
    assert (await undo(client, kept)).status_code == 200
    assert await db.fetch(members) == before
    assert await db.fetchval("select count(*) from read_comments") == 0


async def test_what_the_machine_offers_to_a_theme_counts_as_its_word(client, db, theme, read_page):
    [new] = await given.comments(db, 1, "Waiting again")
    suggestion = await given.suggestion(db, "Waiting", [new])
    await db.execute("update suggested_themes set for_theme = $1 where id = $2", theme, suggestion)
    page = read_page((await client.get(READ)).text)
    form = page.select_one("form[action*='/read/']")
    form["action"] = f"{READ}/{new}"
    for one in form.select("[name=were]"):
        one.decompose()
    await read(client, page, [theme])
    rows = await db.fetch("select theme_id from first_members where response_id = $1", new)
    assert [row["theme_id"] for row in rows] == [theme]


async def test_what_waits_for_a_decision_or_is_held_back_is_not_offered_for_reading(
    client, db, read_page
):
    await given.staff(client, db, "reviewer")
    await given.agreed_theme(db, "Buses", [])
    waiting = await given.comments(db, 3)
    suggestion = await given.suggestion(db, "Waiting", waiting)
    page = read_page((await client.get(READ)).text)
    assert not page.select("form[action*='/read/']")
    data = {"reason": "No", "_csrf_token": await given.token(client, QUESTION)}
    await client.post(f"/staff/suggestions/{suggestion}/refuse", data=data)
    page = read_page((await client.get(READ)).text)
    assert page.select("form[action*='/read/']")


async def test_only_reviewers_read(client, db, theme):
    await given.staff(client, db, "officer")
    assert (await client.get(READ)).status_code == 403
