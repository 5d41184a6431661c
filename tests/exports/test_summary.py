"""“You said, we did” as a file to hand on."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests import given
from tests.exports import read_back
from tests.exports.test_spreadsheet import read
from voice.exports import table
from voice.exports.summary import MEDIA_TYPES, From, you_said
from voice.paper.press import Press
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks
from voice.web.templates import day as babel_day

TODAY = date(2026, 10, 2)
VOICES = ("children_about", "young_people_about", "parents_about", "practitioners_about")


@pytest.fixture
def export(db, settings):
    catalogue = Catalogue.read(settings.surveys)
    frameworks = load_frameworks(settings.surveys / "frameworks")

    async def export(format, **changed):
        of = From(replace(settings, **changed), catalogue, frameworks, Press(), TODAY)
        return await you_said(db, of, format)

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


FORMS = {"html": read_back.html, "docx": read_back.docx, "pdf": read_back.pdf}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("form", FORMS)
async def test_what_is_to_read_and_the_table_hold_the_same_figures(export, three, form):
    back = FORMS[form](await export(form))
    rows = read(await export("csv"))

    assert len(rows) == 3
    assert (rows[0]["children_about"], rows[0]["young_people_about"]) == ("15", "")
    assert back.headings == [
        (1, "You said, we did: 2 October 2026"),
        (2, "Summary"),
        (2, "What was said, and what came of it"),
        *((3, f"{row['number']}. {row['theme']}") for row in rows),
        (2, "How we count"),
    ]
    texts = [squeezed(text) for text in back.texts]
    for row in rows:
        day = babel_day(date.fromisoformat(row["day"]))
        late = " This is late (overdue)." if row["overdue"] == "yes" else ""
        words = row["words"].removeprefix("'")
        for line in (
            f"{row['people_words'][0].upper()}{row['people_words'][1:]} said this.",
            f"{row['status_words']}: {words}",
            f"{row['day_means']}: {day}.{late}",
            f"Responsible: {row['owner_role']}, {row['owner_organisation']}",
            "Did a young person or parent agree that this is so? Not yet.",
            *([f"Because: {row['because'].removeprefix(chr(39))}"] if row["because"] else []),
            *([f"How we know: {row['evidence']} (2 January 2026)"] if row["evidence"] else []),
        ):
            assert squeezed(line) in texts, (form, line)
    numbers = [
        n for line in back.texts for n in re.findall(r"^(?:Chi|You|Par|Peo).*: about (\d+)", line)
    ]
    assert numbers == [row[name] for row in rows for name in VOICES if row[name]]
    quotes = [row[f"quote_{place}"] for row in rows for place in (1, 2, 3) if row[f"quote_{place}"]]
    assert len(quotes) == 6
    assert all(any(squeezed(quote) in text for text in texts) for quote in quotes)
    [[_, *counts]] = next(iter(back.tables.values()))
    assert counts == [
        ["We are listening", "0", "0"],
        ["We are doing", "1", "1"],
        ["We did", "1", "0"],
        ["We did a part", "0", "0"],
        ["We cannot do this", "1", "0"],
        ["All", "3", "1"],
    ]


async def test_the_workbook_holds_every_column_of_the_table(export, three):
    sheets = read_back.xlsx(await export("xlsx"))
    rows = read(await export("csv"))
    header, *lines = sheets["pledges"]
    assert tuple(header) == table.NAMES
    assert [dict(zip(header, line, strict=True)) for line in lines] == [
        {name: cell.removeprefix("'") for name, cell in row.items()} for row in rows
    ]


async def test_small_numbers_drafts_and_staff_are_in_neither_file(export, three):
    workbook = read_back.xlsx(await export("xlsx"))
    texts = [(await export(format)).decode() for format in ("html", "csv")]
    texts += [" ".join(FORMS[form](await export(form)).texts) for form in FORMS]
    texts += [str(workbook)]
    for text in texts:
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
    assert "gave themselves, of all answers: about 33%" in " ".join(text.split())


async def test_the_same_pledges_give_the_same_bytes(export, three):
    for format in MEDIA_TYPES:
        assert await export(format) == await export(format)


async def test_with_nothing_published_both_files_still_open(export, read_page):
    assert "Nothing has been published yet" in read_page((await export("html")).decode()).text
    assert read(await export("csv")) == []


async def test_made_up_answers_are_marked_in_both_files(export, db, read_page):
    demo = await given.comments(db, 12, route="demo")
    await given.pledge(db, await given.agreed_theme(db, "Lunch", demo))
    for form, read_form in FORMS.items():
        marks = [text for text in read_form(await export(form)).texts if "Demo:" in text]
        assert len(marks) == 2, f"at the top and at the pledge: {form}"
    assert read(await export("csv"))[0]["demo"] == "yes"


@pytest.mark.parametrize(("kind", "media"), MEDIA_TYPES.items())
async def test_staff_fetch_the_file_with_its_day_in_the_name(client, db, kind, media):
    await given.staff(client, db, "reviewer")
    response = await client.get(f"/staff/exports/you-said.{kind}")
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media
    assert f"we-did-{date.today()}.{kind}" in response.headers["content-disposition"]


def test_the_data_dictionary_names_every_column_in_order():
    words = Path("docs/data-dictionary.md").read_text(encoding="utf-8")
    section = words.split("## you-said.csv")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == table.NAMES
