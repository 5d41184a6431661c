"""A document in each form: read back by other libraries, it says the same figures in each."""

import asyncio
import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import example
from hypothesis import given as every
from hypothesis import settings as rule
from hypothesis import strategies as st

from tests.exports import read_back
from tests.paper.test_typeset import drawn_outside_tags
from voice.exports.as_pdf import bundle
from voice.exports.document import (
    Column,
    Document,
    Points,
    Quote,
    Section,
    Table,
    Words,
    cleaned,
    quotes_of,
    said,
    tables_of,
)
from voice.exports.forms import FORMS, written
from voice.paper.letters import HAVE, OTHER_LETTERS, printable
from voice.paper.press import Press
from voice.paper.typeset import FONTS, typeset

TEMPLATES = Path("templates")
RISKS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"),
    '=HYPERLINK("http://x","y")',
    "=cmd|'/c calc'!A1",
]
PRINTED = {"html": read_back.html, "docx": read_back.docx, "pdf": read_back.pdf}
SHEETS = {"xlsx": read_back.xlsx, "csv": read_back.csv_zip}


def document(*sections: Section, **more: Any) -> Document:
    plain: dict[str, Any] = {
        "kind": "test",
        "title": "A title",
        "day": "2026-10-02",
        "layer": "Public",
        "about": (),
        "demo": False,
    }
    return cleaned(Document(sections=sections, **plain | more))


def a_table(*rows: tuple[Any, ...], **more: Any) -> Table:
    plain: dict[str, Any] = {"sheet": "t", "caption": "Cap", "columns": (Column("A"), Column("B"))}
    return Table(rows=rows, **plain | more)


async def write(one: Document, form: Any) -> bytes:
    return await written(one, form, TEMPLATES, Press())


def in_print(one: Document) -> list[tuple[str, list[list[str]]]]:
    """Every printed table as it should be read back: its caption, its header and its rows."""
    return [
        (
            read_back.plain(table.caption),
            [
                [read_back.plain(column.name) for column in table.columns],
                *(
                    [
                        read_back.plain(said(cell, column))
                        for cell, column in zip(row, table.columns, strict=True)
                    ]
                    for row in table.rows
                ),
            ],
        )
        for table in tables_of(one.sections)
        if table.in_print
    ]


def headings_of(sections: Any, level: int = 2) -> list[tuple[int, str]]:
    found = []
    for section in sections:
        found.append((level, read_back.plain(section.heading)))
        found += headings_of(section.parts, level + 1)
    return found


def bare_number(text: str) -> str:
    return text.removeprefix("about ").replace(",", "")


def squeezed(text: str) -> str:
    """A text without spaces: a PDF breaks its lines where it must."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("layer", ["public", "confidential"])
async def test_a_pack_says_the_same_in_print_in_every_form(make, told, layer):
    pack = await make(layer)
    tables = in_print(pack)
    assert len(tables) > 12
    for form, read in PRINTED.items():
        back = read(await write(pack, form))
        assert back.title == pack.title
        assert back.language == "en-GB"
        assert back.headings == [(1, pack.title), *headings_of(pack.sections)], form
        found = [rows for some in back.tables.values() for rows in some]
        if form == "pdf":  # It does not say which caption is which table's: their order does.
            wanted = [rows for _, rows in tables]
            assert [[[squeezed(c) for c in row] for row in rows] for rows in found] == [
                [[squeezed(c) for c in row] for row in rows] for rows in wanted
            ]
        else:
            by_caption: dict[str, list[Any]] = {}
            for caption, rows in tables:
                by_caption.setdefault(caption, []).append(rows)
            assert back.tables == by_caption, form
        text = squeezed(" ".join(back.texts))
        for words in ("Telling words:", "Not yet", "Made with: Voice", *quotes_of(pack.sections)):
            assert squeezed(words) in text, (form, words)


@pytest.mark.parametrize("layer", ["public", "confidential"])
async def test_a_pack_says_the_same_in_every_spreadsheet(make, told, layer):
    pack = await make(layer)
    in_excel, in_csv = [read(await write(pack, form)) for form, read in SHEETS.items()]
    assert in_excel == in_csv
    assert list(in_excel) == [
        "words",
        *dict.fromkeys(table.sheet for table in tables_of(pack.sections)),
    ]
    for sheet, (header, *rows) in in_excel.items():
        assert all(header), sheet
        assert all(len(row) == len(header) for row in rows)
    # The figures in print are those of the sheets: each printed cell stands in its sheet's row.
    rows_left = {name: rows[1:] for name, rows in in_excel.items()}
    for table in tables_of(pack.sections):
        for row in table.rows:
            in_sheet = rows_left[table.sheet].pop(0)[len(table.keys) :]
            for cell, column, found in zip(row, table.columns, in_sheet, strict=True):
                assert bare_number(said(cell, column)) == bare_number(found), table.caption
    assert {name for name, rows in rows_left.items() if rows} == {"words"}
    quotes = [row[2] for row in in_excel["words"] if row[1] == "quote"]
    page = read_back.html(await write(pack, "html"))
    assert quotes
    assert set(map(read_back.plain, quotes)) <= set(page.texts)


@pytest.mark.parametrize("text", RISKS)
async def test_what_a_spreadsheet_could_run_stays_text_in_every_form(text):
    one = document(
        Section(
            text, (Words(text, text), Quote(text, text), Points((text,)), a_table((text, text)))
        )
    )
    kept = one.sections[0].heading
    in_csv = read_back.csv_zip(await write(one, "csv"))
    assert in_csv["t"][1] == [kept, kept]
    with zipfile.ZipFile(io.BytesIO(await write(one, "csv"))) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("t.csv").decode("utf-8-sig"))))
    assert all(cell.startswith("'") for cell in rows[1])

    book = openpyxl.load_workbook(io.BytesIO(await write(one, "xlsx")))
    for cell in book["t"][2]:
        assert cell.data_type == "s", "a string, and no formula"
        assert cell.value == kept
        assert cell.quotePrefix, "Excel keeps it a text when somebody edits it"
    for name in zipfile.ZipFile(io.BytesIO(await write(one, "xlsx"))).namelist():
        sheet = zipfile.ZipFile(io.BytesIO(await write(one, "xlsx"))).read(name)
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet

    word = await write(one, "docx")
    assert read_back.fields_in(word) == []
    assert read_back.docx(word).tables["Cap"][0][1] == [read_back.plain(kept)] * 2


FIELD = '{ HYPERLINK "http://x" } <w:fldSimple w:instr="DDEAUTO c:\\\\x"/> <script>x</script> #eval'


async def test_marks_of_every_form_are_text_in_every_form():
    one = document(Section(FIELD, (Words(FIELD), a_table((FIELD, FIELD)))))
    word = await write(one, "docx")
    assert read_back.fields_in(word) == []
    for form, read in PRINTED.items():
        back = read(await write(one, form))
        assert squeezed(back.headings[1][1]) == squeezed(FIELD), form
    assert b"<script>" not in await write(one, "html")


@pytest.mark.parametrize("form", FORMS)
async def test_the_same_document_gives_the_same_bytes_and_another_day_others(form):
    one = document(Section("S", (a_table(("x", 1)),)))
    first = await write(one, form)
    await asyncio.sleep(2.1 if form in ("docx", "xlsx") else 0)  # A zip counts in two seconds.
    assert await write(one, form) == first
    assert await write(document(*one.sections, day="2026-10-03"), form) != first


@rule(max_examples=60, deadline=None)
@every(st.text(max_size=60), st.text(max_size=60))
def test_any_text_at_all_can_be_written_and_read_back(first, second):
    """Every form but the PDF, whose letters have a font that not all have."""
    one = document(Section("S", (Words(first), a_table((f"x{first}", second)))))
    for form, read in (("docx", read_back.docx), ("html", read_back.html)):
        back: Any = read(asyncio.run(write(one, form)))
        [table] = back.tables["Cap"]
        wanted = [read_back.plain(str(cell)) for cell in tables_of(one.sections)[0].rows[0]]
        assert [squeezed(c) for c in table[1]] == [squeezed(c) for c in wanted]
    for form, read_sheets in SHEETS.items():
        assert len(read_sheets(asyncio.run(write(one, form)))["t"]) == 2, form


def test_hidden_numbers_are_not_shown_and_shown_ones_are_rounded_in_words():
    people = Column("People", people=True)
    assert [said(cell, people) for cell in (None, 45, 1250, "")] == [
        "not shown",
        "about 45",
        "about 1,250",
        "",
    ]
    assert [said(cell, Column("N")) for cell in (None, 45)] == ["", "45"]


async def test_the_pdf_of_a_pack_is_held_to_ua_1(make, told):
    pdf = pikepdf.open(io.BytesIO(typeset(bundle(await make(), TEMPLATES))))
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert "Evidence pack: 2 October 2026" in str(about["dc:title"])
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert [drawn_outside_tags(page) for page in pdf.pages] == [[]] * len(pdf.pages)
    assert len(pdf.Root.Outlines.First.keys()) > 0, "bookmarks, one for each heading"


@rule(max_examples=40, deadline=None)
@every(st.text(max_size=80))
@example("Loud 😀 place 👩🏽‍🦽, Привет мир, 漢字, שלום, اردو, ＝1, a\u200bb, e\u0301")
def test_any_text_at_all_makes_a_pdf(text):
    """A sign without a shape stops a PDF/UA-1 file: one smiling face, and the board has none."""
    one = document(Section(f"S {text}", (Words(text), Quote(text), a_table((f"x{text}", text)))))
    assert typeset(bundle(one, TEMPLATES)).startswith(b"%PDF")


def test_what_the_fonts_lack_is_told_by_its_name():
    assert printable("Loud 😀\ufe0f place") == "Loud [grinning face] place"
    assert printable("Привет: 漢字") == f"{OTHER_LETTERS}: {OTHER_LETTERS}"
    assert printable("e\u0301 – “ok” ＝1\nاردو") == "é – “ok” =1\nاردو"


def test_the_letters_that_we_think_the_fonts_have_are_those_they_have():
    faces: dict[str, list[set[int]]] = {}
    for file in FONTS.glob("*.ttf"):
        covered = set(TTFont(file).getBestCmap())
        faces.setdefault("urdu" if "nastaliq" in file.name else "latin", []).append(covered)
    both = set.intersection(*faces["latin"]) | set.intersection(*faces["urdu"])
    assert {chr(code) for code in both} | {"\n", "\t"} == HAVE
