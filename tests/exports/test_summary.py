"""“You said, we did” as a file to hand on."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests import given
from tests.exports.test_spreadsheet import read
from voice.exports import table
from voice.exports.summary import you_said
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks

TODAY = date(2026, 10, 2)
VOICES = ("children_about", "young_people_about", "parents_about", "practitioners_about")


@pytest.fixture
def export(db, settings):
    catalogue = Catalogue.read(settings.surveys)
    frameworks = load_frameworks(settings.surveys / "frameworks")

    async def export(format, **changed):
        return await you_said(
            db, replace(settings, **changed), catalogue, frameworks, format, today=TODAY
        )

    return export


@pytest.fixture
async def three(db):
    by = await given.person(db, "officer")
    children = await given.comments(db, 15, "Tell me when", voice="child", may_quote=True)
    parents = await given.comments(db, 30, "Nobody said")
    others = await given.comments(db, 4, "Not a word", voice="young_person")
    big = await given.agreed_theme(
        db, "Waiting", [*children, *parents, *others], areas=[("every-area", "heard")]
    )
    small = await given.agreed_theme(db, "Lunch", await given.comments(db, 9, may_quote=True))
    why = {"because": "@home is closed", "easy_because": "It is closed."}
    await given.pledge(db, big, by=by, words="=1+1", on_day=date(2026, 1, 2))
    await given.pledge(db, small, by=by, status="cannot_do", on_day=date(2026, 1, 2), **why)
    await given.pledge(db, small, by=by, words="Secret plan", published=False)
    await given.pledge(db, big, by=by, status="done", on_day=date(2026, 1, 2), words="<b>Done</b>")


async def test_the_page_and_the_table_hold_the_same_figures(export, three, read_page):
    page = read_page((await export("html")).decode())
    rows = read(await export("csv"))

    assert len(rows) == 3
    assert (rows[0]["children_about"], rows[0]["young_people_about"]) == ("15", "")
    for row in rows:
        article = page.select_one(f"#pledge-{row['number']}")
        text = " ".join(article.text.split())
        assert article.h3.text == f"{row['number']}. {row['theme']}"
        assert article.select_one(".status").text == row["status_words"]
        assert f"{row['people_words'][1:]} said this." in text
        assert article.select_one(".on-day time")["datetime"] == row["day"]
        assert bool(article.select(".overdue")) == (row["overdue"] == "yes")
        assert (
            article.select_one(".owner").text == f"{row['owner_role']}, {row['owner_organisation']}"
        )
        assert [e.text for e in article.select(".evidence")] == [e for e in [row["evidence"]] if e]
        assert article.select_one(".checked").text == "Not yet"
        assert row["checked"] == "not_yet"
        assert article.select_one(".words").text == row["words"].removeprefix("'")
        voices = [li.text for li in article.select(".voices li")]
        abouts = [row[name] for name in VOICES]
        assert re.findall(r"\d+", " ".join(voices)) == [n for n in abouts if n]
        quotes = [row[f"quote_{place}"] for place in (1, 2, 3) if row[f"quote_{place}"]]
        assert [quote.text for quote in article.select("blockquote")] == quotes
    counts = [[cell.text for cell in line.select("th, td")] for line in page.select("tbody tr")]
    assert counts == [
        ["We are listening", "0", "0"],
        ["We are doing", "1", "1"],
        ["We did", "1", "0"],
        ["We did a part", "0", "0"],
        ["We cannot do this", "1", "0"],
        ["All", "3", "1"],
    ]


async def test_small_numbers_drafts_and_staff_are_in_neither_file(export, three):
    for format in ("html", "csv"):
        text = (await export(format)).decode()
        assert "fewer than 10 people" in text.lower()
        assert "Secret plan" not in text
        assert "The wait is long" not in text, "nine people are not quoted"
        assert "@example.org" not in text


async def test_words_that_a_spreadsheet_could_run_are_made_harmless(export, three):
    rows = {row["number"]: row for row in read(await export("csv"))}
    assert rows["1"]["words"] == "'=1+1"
    assert rows["2"]["because"] == "'@home is closed"


async def test_the_page_stands_alone_is_dated_and_explains_how_it_counts(export, three, read_page):
    html = (await export("html")).decode()
    page = read_page(html)
    assert not page.select("link, img, script, [src]")
    assert "url(" not in page.style.text
    assert "&#" not in page.style.text
    assert "2 October 2026" in page.title.text
    assert "How we count" in page.text
    assert "<b>Done" not in html
    assert "127.0.0.1" not in html
    assert (
        "https://voice.example/you-said"
        in (await export("html", public_url="https://voice.example/")).decode()
    )


async def test_the_page_says_the_share_of_answers_that_are_childrens_own(export, db, read_page):
    await given.comments(db, 20, voice="child")
    await given.comments(db, 10, voice="young_person", helped="answered")
    await given.comments(db, 30)
    text = read_page((await export("html")).decode()).text
    assert "gave themselves, of all answers to all surveys: about 33%" in " ".join(text.split())


async def test_the_same_pledges_give_the_same_bytes(export, three):
    for format in ("html", "csv"):
        assert await export(format) == await export(format)


async def test_with_nothing_published_both_files_still_open(export, read_page):
    assert "Nothing has been published yet" in read_page((await export("html")).decode()).text
    assert read(await export("csv")) == []


async def test_made_up_answers_are_marked_in_both_files(export, db, read_page):
    demo = await given.comments(db, 12, route="demo")
    await given.pledge(db, await given.agreed_theme(db, "Lunch", demo))
    assert len(read_page((await export("html")).decode()).select(".demo")) == 2, (
        "at the top and at the pledge"
    )
    assert read(await export("csv"))[0]["demo"] == "yes"


@pytest.mark.parametrize(("kind", "media"), [("html", "text/html"), ("csv", "text/csv")])
async def test_staff_fetch_the_file_with_its_day_in_the_name(client, db, kind, media):
    await given.staff(client, db, "reviewer")
    response = await client.get(f"/staff/exports/you-said.{kind}")
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert f"we-did-{date.today()}.{kind}" in response.headers["content-disposition"]


def test_the_data_dictionary_names_every_column_in_order():
    words = Path("docs/data-dictionary.md").read_text(encoding="utf-8")
    section = words.split("## you-said.csv")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == table.NAMES
