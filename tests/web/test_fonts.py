"""The fonts we ship: each has its record and its licence, and can be made again."""

import hashlib
import re
import tarfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from msgspec import structs

from voice.errors import BadInput
from voice.languages.gather import gathered
from voice.languages.messages import FOLDER as MESSAGES
from voice.languages.messages import offered
from voice.web import subset_fonts
from voice.web.fonts import RECORDS, SHEET, WEB, Font, FontFile, read_fonts, sheet_of

PAPER = WEB.parents[2] / "paper/fonts"
FOLDERS = pytest.mark.parametrize("folder", [WEB, PAPER], ids=["pages", "paper"])


def letters_of(*files: Path) -> set[str]:
    return {chr(code) for file in files for code in TTFont(file).getBestCmap()}


@FOLDERS
def test_every_file_is_what_its_record_says_and_none_is_without_a_record(folder):
    fonts = read_fonts(folder)
    for font in fonts:
        for file in font.files:
            content = (folder / file.name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file.sha256, file.name
    named = {file.name for font in fonts for file in font.files}
    named |= {font.licence_text for font in fonts} | {RECORDS, "README.md"}
    assert {file.name for file in folder.iterdir()} <= named


@FOLDERS
def test_every_font_is_free_and_its_licence_lies_beside_it(folder):
    for font in read_fonts(folder):
        assert font.licence == "OFL-1.1"
        text = (folder / font.licence_text).read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        # A licence that reserves the name lets nobody change the font under that name.
        if "Reserved Font Name" in text.split("-----")[0]:
            assert not any(file.letters for file in font.files), font.family


def test_the_style_sheet_is_the_one_that_the_records_make():
    assert SHEET.read_text(encoding="utf-8") == sheet_of(read_fonts(WEB))


async def test_a_font_may_be_kept_for_a_year_since_its_address_changes_with_it(client):
    for address in re.findall(r'url\("([^"]+)"\)', SHEET.read_text(encoding="utf-8")):
        answer = await client.get(f"/static/{address}")
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert hashlib.sha256(answer.content).hexdigest().startswith(address.partition("?")[2])


@pytest.mark.parametrize("language", [language.code for language in offered()])
def test_our_words_have_every_letter_in_the_fonts_we_ship(language):
    file = MESSAGES / f"{language}.po"
    translated = file.read_text(encoding="utf-8") if language != "en" else ""
    words = translated + "".join(str(message.id) for message in gathered())
    shipped = letters_of(*WEB.glob("atkinson*.woff2"), *WEB.glob("nastaliq*.woff2"))
    assert {letter for letter in words if letter.isprintable()} - shipped == set()


def test_urdu_keeps_how_its_letters_join_and_where_its_marks_stand():
    for file in (WEB / "nastaliq-urdu.woff2", *PAPER.glob("nastaliq*.ttf")):
        font = TTFont(file)
        tags = {
            record.FeatureTag
            for table in ("GSUB", "GPOS")
            for record in font[table].table.FeatureList.FeatureRecord
        }
        assert {"init", "medi", "fina", "isol", "rlig", "curs", "mark", "mkmk"} <= tags


def test_english_fits_the_budget_of_a_page():
    assert (WEB / "atkinson-latin.woff2").stat().st_size <= 40_000


async def test_the_page_of_thanks_names_every_font_with_its_licence(client, read_page):
    page = read_page((await client.get("/credits")).text)
    for font in read_fonts(WEB):
        assert f"{font.family}: {font.author}" in page.text
    for link in page.select("main a[href^='/static/fonts/']"):
        assert "SIL OPEN FONT LICENSE" in (await client.get(link["href"])).text
    assert len(page.select("main a[href^='/static/fonts/']")) == len(read_fonts(WEB))


def packed(**files: bytes) -> bytes:
    """An archive as npm gives it."""
    written = BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    return written.getvalue()


def a_font(archive: bytes, *, letters: str) -> Font:
    return Font(
        family="Atkinson",
        author="Braille Institute",
        licence="OFL-1.1",
        licence_text="OFL.txt",
        source="here",
        package="@here/atkinson@1.0.0",
        integrity="sha512-" + b64encode(hashlib.sha512(archive).digest()).decode(),
        files=(FontFile(name="small.woff2", made_from="font", letters=letters, weights="400"),),
    )


def test_a_font_is_made_with_the_letters_of_its_record_the_same_every_time(tmp_path):
    big = (PAPER / "AtkinsonHyperlegibleNext_400Regular.ttf").read_bytes()
    archive = packed(LICENSE=b"Do as you like.", font=big)
    font = a_font(archive, letters="U+0041-0043,U+0141")
    made = []
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        write_records(tmp_path / place, font)
        subset_fonts.make_fonts(tmp_path / place, lambda _: archive)
        made.append((tmp_path / place / "small.woff2").read_bytes())

    assert made[0] == made[1]
    assert letters_of(tmp_path / "one/small.woff2") == {"A", "B", "C", "Ł"}
    [[file]] = [font.files for font in read_fonts(tmp_path / "two")]
    assert file.sha256 == hashlib.sha256(made[1]).hexdigest()
    assert (tmp_path / "one/OFL.txt").read_bytes() == b"Do as you like."


def test_a_font_without_letters_in_its_record_stays_as_it_is(tmp_path):
    archive = packed(LICENSE=b"", font=b"no letter of this is looked at")
    write_records(tmp_path, a_font(archive, letters=""))
    subset_fonts.make_fonts(tmp_path, lambda _: archive)
    assert (tmp_path / "small.woff2").read_bytes() == b"no letter of this is looked at"


def test_a_package_that_is_not_the_one_we_looked_at_is_refused(tmp_path):
    archive = packed(LICENSE=b"", font=b"x")
    write_records(tmp_path, structs.replace(a_font(archive, letters=""), integrity="sha512-other"))
    with pytest.raises(BadInput, match="sha512-other is recorded"):
        subset_fonts.make_fonts(tmp_path, lambda _: archive)
    assert [file.name for file in tmp_path.iterdir()] == [RECORDS]


def write_records(folder: Path, font: Font) -> None:
    [file] = font.files
    fields = {**structs.asdict(font), "files": None}
    lines = ["[[fonts]]", *(f'{name} = "{value}"' for name, value in fields.items() if value)]
    lines += ["[[fonts.files]]", f'name = "{file.name}"', f'made_from = "{file.made_from}"']
    lines += [f'letters = "{file.letters}"', 'sha256 = ""', ""]
    (folder / RECORDS).write_text("\n".join(lines), encoding="utf-8")
