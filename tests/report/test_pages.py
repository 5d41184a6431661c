"""The report as staff read it: what it says, what it holds back, and who may open it."""

import re
from typing import Any

import pytest

from tests import given
from voice.report import store
from voice.report.population import load_population

FAMILY = "/staff/report/send-support/one_change"
OWN = f"/staff/report/{given.SURVEY}/one_change"
SURVEYS = {
    "support-easy-read": "child",
    "support-young-people": "young_person",
    given.SURVEY: "parent",
    "support-practitioners": "practitioner",
}
CHILD: dict[str, Any] = {"survey": "support-easy-read", "voice": "child"}


def lines(page, caption):
    """{name: cells} of the table with this caption, as they are read beside its headings."""
    for label in page.select("td .label"):
        label.extract()
    table = next(t for t in page.select("table") if t.caption.text.startswith(caption))
    return {
        row.th.text.strip(): [cell.text.strip() for cell in row.select("td")]
        for row in table.select("tbody tr")
    }


async def everybody(db):
    """Enough people of each voice in both waves, who wrote nothing, so that voices are shown."""
    for wave in ("2026-spring", given.WAVE):
        for survey, voice in SURVEYS.items():
            for _ in range(30):
                await given.response(db, survey=survey, voice=voice, wave=wave, helped="alone")


async def a_family(db):
    """Two themes of the family: taxis, over two waves, and noise, in autumn."""
    await everybody(db)
    parents = await given.comments(db, 40, "The taxi is late", may_quote=True, helped="alone")
    await given.comments(db, 20, "Our school is far", helped="alone")
    children = await given.comments(db, 22, "It is loud", helped="read", **CHILD)
    await given.comments(db, 18, "Nice lunch", helped="answered", **CHILD)
    spring = await given.comments(db, 30, "A taxi came late", wave="2026-spring", helped="alone")
    taxi = await given.agreed_theme(
        db,
        "The taxi is late",
        [*parents, *spring],
        asked_of="send-support",
        areas=[("every-area", "right_time")],
    )
    loud = await given.agreed_theme(db, "It is too loud", children, asked_of="send-support")
    return taxi, loud


async def page_of(client, read_page, address):
    response = await client.get(address)
    assert response.status_code == 200, response.text
    return read_page(response.text)


async def test_themes_stand_by_size_with_their_share_in_words(client, db, read_page):
    taxi, loud = await a_family(db)
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    assert lines(page, "The agreed themes") == {
        "The taxi is late": ["Most", "about 70 people"],
        "It is too loud": ["Some", "about 20 people"],
    }
    assert [h["id"] for h in page.select("section.theme")] == [f"theme-{taxi}", f"theme-{loud}"]
    assert (
        "“Most” means 50% and more, “Many” means 25% and more" in page.select("#how ~ ul")[0].text
    )
    assert "Most people wrote about this, with words like “late” and “taxi”" in page.main.text


async def test_the_page_begins_with_what_is_on_it(client, db, read_page):
    await a_family(db)
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    contents = page.select("nav[aria-labelledby=contents] a")
    assert [link.text for link in contents][:2] == [
        "The themes, one by one (2)",
        "What is in no theme",
    ]
    parts = [page.select_one(link["href"]).name for link in contents]
    assert parts == ["h2", "h2", "h2", "h3", "h3", "h2", "h2"]


async def test_a_wave_has_a_page_of_its_own_and_its_numbers_stand_on_that_of_all(
    client, db, read_page
):
    await a_family(db)
    await given.staff(client, db, "officer")
    everything = await page_of(client, read_page, FAMILY)
    assert lines(everything, "By wave: The taxi is late") == {
        "2026-autumn": ["about 40 people"],
        "2026-spring": ["about 30 people"],
    }
    spring = await page_of(client, read_page, f"{FAMILY}?wave=2026-spring")
    assert lines(spring, "The agreed themes")["The taxi is late"] == ["Most", "about 30 people"]
    assert lines(spring, "The agreed themes")["It is too loud"] == ["not said", "not shown"]


async def test_voices_and_ways_to_answer_stand_apart(client, db, read_page):
    await a_family(db)
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, f"{FAMILY}?wave=2026-autumn")
    voices = lines(page, "Who answered")
    assert voices["Children"] == ["about 70 people", "about 32%"]
    assert voices["Young people"] == ["about 30 people", "about 14%"]
    everything = await page_of(client, read_page, FAMILY)
    assert lines(everything, "Children") == {
        "On their own": ["about 60 people"],
        "With help to read it or to say it": ["about 20 people"],
        "Somebody else answered for them": ["not shown"],
        "An adult wrote down what they saw": ["not shown"],
        "Not said": ["not shown"],
    }


async def test_the_share_of_children_leaves_out_who_was_answered_for_where_that_may_be_told(
    client, db, read_page
):
    await everybody(db)
    for voice, survey in (("child", "support-easy-read"), ("young_person", "support-young-people")):
        for helped in ["read"] * 40 + ["answered"] * 20:
            await given.response(db, survey=survey, voice=voice, helped=helped)
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    short = page.select_one("#short ~ ul li").text
    assert "About 360 people sent answers" in short
    assert "Children and young people themselves: about 56%" in short  # 200; with the others 67%.


async def test_what_is_in_no_theme_is_counted(client, db, read_page):
    await a_family(db)
    for _ in range(13):
        await given.comment(db, "", survey="support-young-people", voice="young_person")
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    assert lines(page, "What became of the question") == {
        "Said something that is in an agreed theme": ["about 90 people"],
        "Said something that is in no agreed theme": ["about 40 people"],
        "Wrote nothing here, or was not asked": ["about 255 people"],
    }


async def test_no_exact_number_of_people_stands_on_any_page(client, db, read_page):
    """Of all numbers that stand before “people” each ends in 0 or 5."""
    await a_family(db)
    await given.comments(db, 13, "Odd", survey="support-practitioners", voice="practitioner")
    await given.staff(client, db, "officer")
    for address in (FAMILY, f"{FAMILY}?wave=2026-spring", f"{FAMILY}?wave=2026-autumn"):
        words = (await page_of(client, read_page, address)).main.text
        numbers = [int(n.replace(",", "")) for n in re.findall(r"(\d[\d,]*) people", words)]
        assert len(numbers) > 10
        assert {n % 5 for n in numbers} == {0}, numbers


async def test_quotes_have_permission_and_name_a_voice_only_where_its_number_is_shown(
    client, db, read_page
):
    await everybody(db)
    said = await given.comments(db, 30, "The taxi is late", may_quote=True)
    secret = await given.comment(db, "Please keep this to yourselves", **CHILD)
    one = await given.comment(db, "The bus went without me", may_quote=True, **CHILD)
    await given.agreed_theme(db, "Transport", [secret, one, *said], asked_of="send-support")
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    quotes = {q.blockquote.text: q.select_one("figcaption") for q in page.select("figure.quote")}
    assert "The bus went without me" in quotes
    assert quotes["The bus went without me"] is None, "two children are too few to be named"
    assert "yourselves" not in page.text


async def test_of_many_quotes_those_at_the_edge_are_read_too(db, monkeypatch):
    monkeypatch.setattr(store, "AT_AN_END", 1)
    said = await given.comments(db, 10, "The taxi is late", may_quote=True)
    theme = await given.agreed_theme(db, "Transport", said)
    for place, one in enumerate(said):
        score = 0.9 - place / 20
        await db.execute("update agreed_members set score = $1 where response_id = $2", score, one)
    found = (await store.quotable(db, [theme]))[theme]
    assert (found[0].words[-1], found[-1].words[-1]) == ("0", "9")
    assert 3 <= len(found) <= 5
    monkeypatch.setattr(store, "AT_AN_END", 20)
    assert len((await store.quotable(db, [theme]))[theme]) == 10


async def test_a_theme_of_few_people_shows_no_quote_no_word_and_no_number(client, db, read_page):
    few = await given.comments(db, 9, "The swing is broken", may_quote=True)
    await given.comments(db, 40, "All is well")
    await given.agreed_theme(db, "Play", few, asked_of="send-support")
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    assert "swing" not in page.text
    section = page.select_one("section.theme")
    assert "Fewer than 10 people" in section.text
    assert "By voice: not shown" in section.text
    assert not section.select("table")


async def test_praise_and_complaint_stay_with_the_theme(client, db, read_page):
    await everybody(db)
    said = await given.comments(db, 40)
    await heard(db, said[:12], 1)
    await heard(db, said[12:], -1)
    await given.agreed_theme(db, "Waiting", said, asked_of="send-support")
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    assert lines(page, "How it sounds") == {
        "What goes well": ["not shown"],
        "What goes wrong": ["about 30 people"],
        "Both, or neither clearly": ["not shown"],
    }
    assert "mostly what goes wrong" in page.main.text
    # A person moves a comment: the others are told apart as before.
    await db.execute("delete from agreed_members where response_id = $1", said[0])
    later = await page_of(client, read_page, FAMILY)
    assert lines(later, "How it sounds")["What goes wrong"] == ["about 30 people"]


async def test_praise_and_complaint_wait_until_every_comment_was_heard(client, db, read_page):
    await everybody(db)
    said = await given.comments(db, 40)
    await heard(db, said[1:], -1)
    await given.agreed_theme(db, "Waiting", said, asked_of="send-support")
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    assert "How it sounds" not in page.text
    assert "not told apart" in page.text
    await heard(db, said[:1], -1)
    assert "How it sounds" in (await page_of(client, read_page, FAMILY)).text


async def heard(db, said, feeling):
    """The machine has heard these comments."""
    await db.execute(
        "update redacted_comments set feeling = $2 where response_id = any($1)", said, feeling
    )


async def test_every_area_of_every_framework_is_named_with_its_themes(client, db, app, read_page):
    taxi, _ = await a_family(db)
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, FAMILY)
    areas = {dt.find(string=True).strip(): dt.parent for dt in page.select(".by-area dt")}
    for framework in app.state.frameworks:
        assert {area.name for area in framework.areas} <= set(areas)
    every = next(f for f in app.state.frameworks if f.id == "every-area")
    assert areas[every.area("right_time").name].a["href"] == f"#theme-{taxi}"
    assert "No agreed theme" in areas[every.area("heard").name].text


async def test_who_is_missing_stands_beside_the_figures_of_the_area(client, db, read_page):
    await a_family(db)
    ids = await db.fetch("select id from responses where voice = 'child'")
    people = [row["id"] for row in ids]
    await given.chose(db, people[:25], "age_band", "under_11")
    await given.chose(db, people[25:60], "age_band", "from_11_to_15")
    await given.chose(db, people[60:], "age_band", "rather_not")
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, f"{FAMILY}?wave=2026-autumn")
    assert "There are 36,500 children and young people" in page.text
    table = lines(page, "Age: children")
    assert table["11 to 15"] == ["about 35 people", "about 35%", "to fill in"]
    assert table["16 to 18"] == ["not shown", "not shown", "to fill in"]
    assert table["10 or younger"] == table["16 to 18"], "else the empty ones could be worked out"
    assert "No survey here asks about: Kind of need" in page.text


async def test_a_group_that_answers_less_than_half_as_often_is_called_missing(
    client, db, app, read_page, tmp_path, monkeypatch
):

    text = (
        '[everybody]\nname = "everybody"\npeople = 100\nsource = "a census"\n'
        '[[groups]]\nquestion = "age_band"\nname = "Age"\nsource = "a census"\n[groups.people]\n'
        "under_11 = 20\nfrom_11_to_15 = 20\nfrom_16_to_18 = 20\nfrom_19_to_25 = 40\n"
    )
    (tmp_path / "population.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(app.state, "population", load_population(tmp_path / "population.toml"))
    await everybody(db)
    ages = ["under_11"] * 10 + ["from_11_to_15"] * 5 + ["from_16_to_18"] * 3
    ages += ["from_19_to_25", "rather_not"]
    for place in range(200):
        one = await given.response(db, **CHILD)
        age = ages[place // 10]
        await given.chose(db, [one], "age_band", age)
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, "/staff/report/send-support/one_change")
    assert lines(page, "Age: children")["19 to 25"][2] == "about 40%"
    missing = [li.text for li in page.select("#short ~ ul li") if "Missing" in li.text]
    assert len(missing) == 1
    assert "19 to 25" in missing[0]


async def test_the_report_of_one_survey_leaves_who_answered_to_that_of_its_family(
    client, db, read_page
):
    said = await given.comments(db, 30, "The taxi is late")
    await given.agreed_theme(db, "Transport", said)
    await given.comments(db, 12, "Other things")
    await given.staff(client, db, "officer")
    page = await page_of(client, read_page, OWN)
    assert "about 30 people" in page.text
    assert page.select_one(f"a[href='{FAMILY}']")
    assert "about 40 people" not in page.text
    assert "Who answered" not in {table.caption.text for table in page.select("table")}


async def test_what_waits_for_nobody_is_said_in_words(client, db, read_page):
    await given.staff(client, db, "officer")
    choose = await page_of(client, read_page, "/staff/report")
    assert "Nobody has sent answers yet" in choose.text
    page = await page_of(client, read_page, FAMILY)
    assert "No theme is agreed" in page.text
    assert "Fewer than 10 people sent answers" in page.text


async def test_the_list_leads_to_each_wave_and_staff_find_the_list(client, db, read_page):
    await a_family(db)
    await given.staff(client, db, "reviewer")
    home = await page_of(client, read_page, "/staff")
    assert home.main.select_one("a[href='/staff/report']")
    choose = await page_of(client, read_page, "/staff/report")
    links = {a["href"] for a in choose.select("main a")}
    assert {FAMILY, f"{FAMILY}?wave=2026-spring", OWN, f"{OWN}?wave=2026-autumn"} <= links


@pytest.mark.parametrize(
    "address", ["/staff/report/nope/one_change", f"{FAMILY}?wave=1999", f"{OWN[:-10]}listened"]
)
async def test_what_is_not_there_is_not_found(client, db, read_page, address):
    await given.staff(client, db, "officer")
    response = await client.get(address)
    assert response.status_code == 404
    assert len(read_page(response.text).main.p.text) > 20


async def test_who_sees_one_survey_sees_its_report_and_not_that_of_the_family(
    client, db, read_page
):
    await a_family(db)
    await given.comments(db, 12, "Odd", survey="support-practitioners", voice="practitioner")
    person = await given.staff(client, db, "officer")
    await db.execute("update people set surveys = $1 where id = $2", [given.SURVEY], person)
    assert (await client.get(FAMILY)).status_code == 404
    assert (await client.get("/staff/report/send-support/in_the_way")).status_code == 404
    page = await page_of(client, read_page, OWN)
    assert "No theme is agreed" in page.text


async def test_a_safeguarding_lead_and_a_stranger_see_no_report(client, db):
    assert (await client.get(FAMILY)).url.path == "/staff/sign-in"
    await given.staff(client, db, "safeguarding_lead")
    for address in ("/staff/report", FAMILY):
        assert (await client.get(address)).status_code == 403
