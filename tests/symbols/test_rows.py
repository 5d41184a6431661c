"""The list of a pack: as spreadsheets save it, and licences as people write them."""

from datetime import date

import pytest

from voice.errors import BadInput
from voice.surveys.licences import Refusal, Terms
from voice.symbols.rows import PictureRow, name_of, read_rows, terms_of

HEADER = "file,id,shows,author,licence,source"


def row(licence: str) -> PictureRow:
    return PictureRow(1, "a.svg", "7", "a", "Ms Green", licence, "Our own")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_as_a_spreadsheet_saves_it(separator, encoding):
    text = f"{HEADER}\na.svg,7,Café 🙂,Ms Green,own-work,Our own\n".replace(",", separator)
    rows = read_rows("list.csv", text.encode(encoding))
    assert rows == [PictureRow(1, "a.svg", "7", "Café 🙂", "Ms Green", "own-work", "Our own")]


def test_columns_may_stand_in_another_order_beside_others_and_empty_rows_are_none():
    text = "source,notes,file,licence,author,shows,id\nOurs,x, EN\\a.svg ,CC0,Me,a\tb,\n,,,,,,\n"
    rows = read_rows("list.csv", text.encode())
    assert rows == [PictureRow(1, "EN/a.svg", "", "a b", "Me", "CC0", "Ours")]
    assert rows[0].known_as == "a"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("file,id,shows,author,licence\na.svg,,,,\n", "no column called “source”"),
        ("file,id,shows,author,license,source\na,,,,,\n", "Did you mean “license”?"),
        (f"{HEADER}\n", "no pictures below it"),
        (f"{HEADER}\n,,,,,\n", "no pictures below it"),
        ("PK\x03\x04", "not a CSV file"),
        (f'{HEADER}\n"a.svg\n', "never closed"),
    ],
)
def test_a_list_that_cannot_be_used_is_explained(text, words):
    with pytest.raises(BadInput) as caught:
        read_rows("list.csv", text.encode())
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("written", "licence"),
    [
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("cc by-sa 2.0 uk", "CC-BY-SA-2.0-UK"),
        ("CC0", "CC0-1.0"),
        ("Own work", "own-work"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0"),
        ("", ""),
    ],
)
def test_a_licence_is_known_however_it_is_written_and_others_stay_as_they_are(written, licence):
    terms = terms_of(row(written))
    assert isinstance(terms, Terms)
    assert terms.licence == licence


@pytest.mark.parametrize(
    ("written", "until"),
    [
        ("licensed to Hertfordshire County Council until 2027-03-31", date(2027, 3, 31)),
        ("Licensed to Hertfordshire County Council until further notice", None),
    ],
)
def test_a_licensed_picture_says_who_holds_the_licence_and_until_when(written, until):
    terms = terms_of(row(written))
    assert isinstance(terms, Terms)
    assert (terms.licence, terms.held_by, terms.until) == (
        "licensed",
        "Hertfordshire County Council",
        until,
    )


@pytest.mark.parametrize(
    "written",
    ["licensed", "licensed to us", "licensed to us until 31/03/2027", "licensed until 2027-03-31",
     "licensed to us until 2027-02-31"],
)  # fmt: skip
def test_half_a_licence_is_refused_with_how_to_say_it(written):
    refused = terms_of(row(written))
    assert isinstance(refused, Refusal)
    assert refused.what_to_do.startswith("Write: licensed to NAME until 2027-03-31")


@pytest.mark.parametrize(
    ("file", "prefix", "name"),
    [
        ("happy.svg", "", "happy.svg"),
        ("EN/Boxing_Day.SVG", "", "boxing-day.svg"),
        ("bake_,_to.svg", "mulberry-", "mulberry-bake-to.svg"),
        ("Photo 1.JPEG", "", "photo-1.jpg"),
        ("a.b.png", "", "a-b.png"),
        ("“”.svg", "", ""),
        ("笑.svg", "", ""),
    ],
)
def test_a_picture_gets_a_name_that_can_stand_in_an_address(file, prefix, name):
    assert name_of(file, prefix) == name
