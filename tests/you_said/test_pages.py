"""Writing pledges, as staff do it."""

from datetime import date

import pytest

from tests import given
from tests.you_said.test_pledge import TYPED

NEW = "/staff/pledges/new"


@pytest.fixture
async def theme(db):
    said = await given.comments(db, 12, "Tell me when", may_quote=True)
    return await given.agreed_theme(
        db, "Waiting without news", said, areas=[("hertfordshire-2023", "PA1")]
    )


def typed(theme, **changed):
    return TYPED | {"on_day": "3 May 2030", "theme": str(theme), "version": "0"} | changed


async def post(client, address, data, form=""):
    data["_csrf_token"] = await given.token(client, form or address)
    return await client.post(address, data=data)


async def save(client, theme, **changed):
    return await post(client, NEW, typed(theme, **changed), f"{NEW}?theme={theme}")


async def test_an_agreed_theme_without_an_answer_waits_first(client, db, read_page, theme):
    await given.pledge(db, theme)
    await given.agreed_theme(db, "Taxis", await given.comments(db, 12))
    await given.staff(client, db, "officer")

    page = read_page((await client.get("/staff/pledges")).text)

    assert [heading.text for heading in page.select(".cards h2")] == [
        "Taxis",
        "Waiting without news",
    ]
    assert page.select_one(f"a[href='{NEW}?theme={theme}']")
    assert "Published" in page.main.text


async def test_the_form_stands_beside_what_the_public_will_see(client, db, read_page, theme):
    await given.staff(client, db, "officer")
    page = read_page((await client.get(f"{NEW}?theme={theme}")).text)
    text = " ".join(page.main.text.split())
    assert "About 10 people said this." in text
    assert "council’s paraphrase" in text
    assert len(page.select("blockquote")) == 3
    assert "never a person’s name" in text


async def test_a_pledge_is_kept_and_can_be_read_at_once(client, db, read_page, theme):
    await given.staff(client, db, "officer")

    response = await save(client, theme)

    assert response.url.path == "/staff/pledges/1"
    page = read_page(response.text)
    assert "Saved." in page.select_one("[role=status]").text
    assert page.select_one("#words").text.strip() == TYPED["words"]
    assert TYPED["words"] in (await client.get("/you-said")).text


async def test_a_problem_shows_the_form_again_as_typed_and_keeps_nothing(
    client, db, read_page, theme
):
    await given.staff(client, db, "officer")

    response = await save(
        client, theme, status="cannot_do", words="\n</textarea><b>my words", owner_role="Jane Smith"
    )

    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("#words").text.strip() == "</textarea><b>my words"
    assert page.select_one("#owner_role")["value"] == "Jane Smith"
    assert page.select_one("#status-cannot_do").has_attr("checked")
    assert page.title.text.startswith("Problem: ")
    problems = [link["href"] for link in page.select("[role=alert] a")]
    assert problems == ["#because", "#easy_because", "#on_day", "#owner_role"]
    assert await db.fetchval("select count(*) from pledges") == 0


async def test_pressing_save_twice_keeps_one_pledge(client, db, theme):
    await given.staff(client, db, "officer")
    first, second = await save(client, theme), await save(client, theme)
    assert first.url == second.url
    assert await db.fetchval("select count(*) from pledges") == 1


async def test_a_second_pledge_that_says_other_things_is_not_taken_for_the_first(client, db, theme):
    await given.staff(client, db, "officer")
    first = await post(client, NEW, typed(theme), f"{NEW}?theme={theme}")
    second = await post(client, NEW, typed(theme, board="The board"), f"{NEW}?theme={theme}")
    assert first.url != second.url
    assert await db.fetchval("select array_agg(board order by number) from pledges") == [
        "",
        "The board",
    ]


async def test_each_saving_is_a_version_and_the_history_keeps_all(client, db, read_page, theme):
    await given.staff(client, db, "officer")
    await save(client, theme)
    address = "/staff/pledges/1"

    response = await post(client, address, typed(theme, version="1", words="Better words"))

    page = read_page(response.text)
    assert page.select_one("[name=version]")["value"] == "2"
    assert [li.h3.text.split(",")[0] for li in page.select("ol.cards > li")] == [
        "Version 2",
        "Version 1",
    ]
    assert TYPED["words"] in page.select("ol.cards > li")[1].text
    assert await db.fetchval("select count(*) from pledges where superseded_at is null") == 1


async def test_publication_is_withdrawn_by_a_new_version(client, db, theme):
    await given.staff(client, db, "officer")
    await save(client, theme)
    response = await post(client, "/staff/pledges/1", typed(theme, version="1", publish="no"))
    assert "The public cannot see it." in response.text
    assert (await client.get("/you-said/1")).status_code == 404
    assert await db.fetchval("select count(*) from pledges") == 2


@pytest.mark.parametrize("version", ["1", "0", "7", "x"])
async def test_a_change_by_somebody_else_meanwhile_is_not_undone_unseen(
    client, db, read_page, theme, version
):
    await given.staff(client, db, "officer")
    await save(client, theme)
    await post(client, "/staff/pledges/1", typed(theme, version="1", words="Theirs"))

    response = await post(client, "/staff/pledges/1", typed(theme, version=version, words="Mine"))

    page = read_page(response.text)
    assert response.status_code == 409
    assert "Somebody else" in page.select_one("[role=alert]").text
    assert page.select_one("#words").text.strip() == "Mine"
    assert "Theirs" in page.select_one("ol.cards").text
    assert page.select_one("[name=version]")["value"] == "2"
    assert await db.fetchval("select count(*) from pledges") == 2

    again = await post(client, "/staff/pledges/1", typed(theme, version="2", words="Mine"))
    assert "Saved." in again.text


async def test_an_overdue_pledge_can_be_mended_without_moving_its_day(client, db, read_page, theme):
    await given.staff(client, db, "officer")
    await given.pledge(db, theme, on_day=date(2026, 1, 2))
    overdue = read_page((await client.get("/staff/pledges")).text)
    assert overdue.select_one(".overdue")
    same_day = typed(theme, version="1", on_day="2026-01-02")
    assert "Saved." in (await post(client, "/staff/pledges/1", same_day)).text


async def test_a_pledge_that_lost_its_theme_is_shown_and_can_be_moved(client, db, read_page, theme):
    await given.staff(client, db, "officer")
    await save(client, theme)
    other = await given.agreed_theme(db, "News", await given.comments(db, 12))
    await db.execute("update agreed_themes set ended_at = now() where id = $1", theme)
    assert "lost their theme" in (await client.get("/staff/pledges")).text
    page = read_page((await client.get("/staff/pledges/1")).text)
    assert [option["value"] for option in page.select("#theme option")] == ["", str(other)]
    assert page.select_one("[name=publish][value=no]").has_attr("checked")
    assert "The public cannot see this pledge" in page.main.text

    unchosen = {**typed(other, version="1"), "theme": ""}
    refused = await post(client, "/staff/pledges/1", unchosen)
    assert refused.status_code == 422
    assert "Choose the theme" in refused.text
    assert await db.fetchval("select max(version) from pledges") == 1

    await post(client, "/staff/pledges/1", typed(other, version="1"))

    assert read_page((await client.get("/you-said/1")).text).h1.text == "News"


async def test_a_theme_that_is_not_there_has_no_form_and_takes_no_pledge(client, db, theme):
    await given.staff(client, db, "officer")
    for nobody in ("999", "99999999999999999999", "-99999999999999999999"):
        assert (await client.get(f"{NEW}?theme={nobody}")).status_code == 404
    data = typed(999)
    assert (await post(client, NEW, data, f"{NEW}?theme={theme}")).status_code == 404
    for nobody in ("999", "99999999999999999999"):
        assert (await client.get(f"/staff/pledges/{nobody}")).status_code == 404


async def test_a_reviewer_reads_pledges_and_cannot_save_one(client, db, read_page, theme):
    await given.pledge(db, theme)
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get("/staff/pledges/1")).text)
    assert not page.select("main form")
    assert "Version 1" in page.text
    assert (await client.get(f"{NEW}?theme={theme}")).status_code == 403
    for address in (NEW, "/staff/pledges/1"):
        response = await post(client, address, typed(theme, version="1"), "/staff/pledges")
        assert response.status_code == 403
    assert await db.fetchval("select count(*) from pledges") == 1


async def test_the_safeguarding_lead_sees_no_pledges(client, db):
    await given.staff(client, db, "safeguarding_lead")
    for address in ("/staff/pledges", "/staff/exports/you-said.csv"):
        assert (await client.get(address)).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["/staff/pledges", f"{NEW}?theme=1", "/staff/pledges/1", "/staff/exports/you-said.html"],
)
async def test_nobody_signed_out_sees_a_staff_page(client, address):
    response = await client.get(address, follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"].startswith("/staff/sign-in")


async def test_a_pledge_without_the_forms_token_is_refused(client, db, theme):
    await given.staff(client, db, "officer")
    assert (await client.post(NEW, data=typed(theme))).status_code == 403
    assert await db.fetchval("select count(*) from pledges") == 0
