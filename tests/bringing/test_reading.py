"""Files as people have them: CSV in the usual encodings, workbooks, and what is refused."""

import io
import time
import zipfile

import pytest

from tests.bringing import samples
from voice.bringing.days import NotADay, order_of, read_day
from voice.bringing.reading import open_rows
from voice.errors import BadInput


def read(content, heading=0):
    opened = open_rows("file.csv", content, heading)
    return [column.name for column in opened.columns], [tuple(row.cells) for row in opened.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_file_is_read_whatever_encoding_and_separator_it_has(encoding, between):
    content = samples.to_csv([["a", "b"], ["“Café” – 5 €", "x\ny"]], encoding, between)
    assert read(content) == (["a", "b"], [("“Café” – 5 €", "x\ny")])


def test_rows_are_numbered_as_a_spreadsheet_counts_and_blank_ones_are_none():
    opened = open_rows("file.csv", b"a,b\n1,2\n\n,\n3,4\n")
    assert [row.number for row in opened.rows] == [2, 5]


def test_a_workbook_is_read_as_text_and_no_formula_is_run():
    book = samples.to_xlsx([["a", "b", "c"], [1.0, True, "=1+1"], [2.5, None, "x"]])
    assert read(book) == (["a", "b", "c"], [("1", "yes", "=1+1"), ("2.5", "", "x")])


def test_columns_of_one_name_are_told_apart():
    assert read(b"a,a,b,\n1,2,3,4\n")[0] == ["a", "a (2)", "b", "(column 4)"]


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_that_unpacks_to_very_much_is_refused_before_it_is_unpacked():
    bomb = packed({"xl/workbook.xml": b"0", "xl/worksheets/sheet1.xml": b"0" * 50_000_000})
    with pytest.raises(BadInput, match="unpacks to more"):
        read(bomb)


def test_a_workbook_whose_words_grow_without_end_is_refused_in_a_moment():
    grown = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10)
    )
    with zipfile.ZipFile(io.BytesIO(samples.to_xlsx([["a"], ["x"]]))) as book:
        files = {name: book.read(name) for name in book.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        if name in files:
            _, _, rest = (
                files[name].partition(b"?>") if b"?>" in files[name] else (b"", b"", files[name])
            )
            root = b"worksheet" if "sheet1" in name else b"sst"
            rest = rest.replace(b"<v>", b"<v>&l9;").replace(b"<t>", b"<t>&l9;")
            files[name] = b"<!DOCTYPE " + root + b" [" + grown + b"]>" + rest
    began = time.monotonic()
    with pytest.raises(BadInput, match="cannot be read as an Excel workbook"):
        read(packed(files))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (packed({"a.txt": b"1"}), "no Excel workbook"),
        (packed({"xl/workbook.xml": b"nonsense"}), "cannot be read as an Excel workbook"),
        (b"PK\x03\x04nonsense", "cannot be read as an Excel workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"a\0b", "not a text file"),
        (b'a,b\n1,"secret', "never closed"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content, words):
    with pytest.raises(BadInput) as caught:
        read(content)
    assert words in caught.value.message
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("2026-11-05T14:03:00", "dmy", "2026-11-05"),
        ("2026/11/05 2:03:33 PM GMT", "mdy", "2026-11-05"),
        ("05/11/2026 14:03", "dmy", "2026-11-05"),
        ("11/5/26 14:03:22", "mdy", "2026-11-05"),
        ("05.11.2026", "dmy", "2026-11-05"),
        ("5 Nov 2026", "dmy", "2026-11-05"),
        ("05-Nov-26", "dmy", "2026-11-05"),
        ("1980-01-01 00:00:00", "dmy", "None"),
        (" ", "dmy", "None"),
    ],
)
def test_a_day_is_read_as_tools_write_it(written, order, day):
    assert str(read_day(written, order)) == day


@pytest.mark.parametrize("written", ["soon", "31/31/2026", "2026", "20/11/026", "20/11/2026x"])
def test_what_is_no_day_is_none(written):
    with pytest.raises(NotADay):
        read_day(written)


def test_the_order_of_day_and_month_is_told_by_the_days_that_fit_one_only():
    assert order_of(["1/2/2026", "1/25/2026"]) == "mdy"
    assert order_of(["25/1/2026", "1/2/2026"]) == "dmy"
    assert order_of(["1/2/2026"]) == "dmy"
