"""The sheets as PDF: what everybody can read, and what a copier needs."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from msgspec import json, structs
from PIL import Image

from tests.drawn import drawing, photo, put
from tests.paper.test_codes import a_survey
from voice.errors import BadInput
from voice.languages.language import ENGLISH, language_of_wording
from voice.languages.say import spoken
from voice.paper import sheets
from voice.paper.press import NotPrinted, Press
from voice.paper.sheets import Printer, bundle, fingerprint
from voice.paper.typeset import FONTS, typeset
from voice.surveys.catalogue import Catalogue
from voice.surveys.help_lines import load_help_lines
from voice.surveys.questions import ChooseMany, ChooseOne, Information, Scale
from voice.surveys.translated import strings_of

ROOT = Path(__file__).parent.parent.parent
CATALOGUE = Catalogue.read(ROOT / "surveys")
PRINTER = Printer(
    "https://voice.example.org", ROOT / "templates", load_help_lines(ROOT / "surveys")
)
EVERY = [(s.id, words) for s in CATALOGUE.surveys for words in ("", *CATALOGUE.words[s.id])]
A4 = (595.276, 841.890)


def files_of(kind, survey_id="support-easy-read", words="", **more) -> sheets.Bundle:
    survey = CATALOGUE.find(survey_id, words)
    return bundle(kind, survey, CATALOGUE.pictures[survey_id], PRINTER, wording=words, **more)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def tags(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Every structure element in the order it is read: its kind, and its words for a picture."""
    found: list[tuple[str, str]] = []

    def walk(element: Any) -> None:
        if "/S" in element:
            found.append((str(element.S), str(element.get("/Alt", ""))))
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary):
                walk(kid)

    walk(pdf.Root.StructTreeRoot)
    return found


def photos_in(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    """The size in pixels of each photo that is in the file, once."""
    return [
        (int(thing.Width), int(thing.Height))
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
    ]


def figures(files: sheets.Bundle) -> list[str]:
    """The words for each picture that is not silent."""
    pdf = opened(typeset(files))
    return [alt for kind, alt in tags(pdf) if kind == "/Figure"]


def drawn_outside_tags(page: pikepdf.Page) -> list[str]:
    """The operators that show something and stand in no tag and no artifact."""
    depth, found = 0, []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif operator in ("Tj", "TJ", "Do", "S", "f", "B", "f*", "sh") and depth == 0:
            found.append(operator)
    return found


@pytest.mark.parametrize(("survey_id", "words"), EVERY)
def test_every_survey_prints_in_every_wording_one_question_a_page(survey_id, words):
    survey = CATALOGUE.find(survey_id, words)
    pdf = opened(typeset(files_of("booklet", survey_id, words)))

    told = [isinstance(page, Information) for page in survey.pages]
    together = sum(now and not before for before, now in zip([False, *told], told, strict=False))
    assert len(pdf.pages) == 1 + together + len(survey.questions) + 1
    assert all(
        [float(side) for side in page.mediabox[2:]] == pytest.approx(A4, abs=0.1)
        for page in pdf.pages
    )


@pytest.mark.parametrize("kind", ["booklet", "cards"])
@pytest.mark.parametrize(("survey_id", "words"), EVERY)
def test_every_sheet_is_a_tagged_pdf_with_a_language_and_a_title(survey_id, words, kind):
    pdf = opened(typeset(files_of(kind, survey_id, words)))

    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == language_of_wording(words).tag
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as about:
        assert CATALOGUE.find(survey_id, words).title in str(about["dc:title"])
        assert about["pdfuaid:part"] == "1"
    assert [drawn_outside_tags(page) for page in pdf.pages] == [[]] * len(pdf.pages)


@pytest.mark.parametrize(("survey_id", "words"), EVERY)
def test_each_question_is_a_heading_below_the_title(survey_id, words):
    survey = CATALOGUE.find(survey_id, words)
    pdf = opened(typeset(files_of("booklet", survey_id, words)))

    kinds = [kind for kind, _ in tags(pdf)]
    assert kinds.count("/H1") == 1
    # How to fill it in, the assent, help now, thank you, and to take the answers back.
    assert kinds.count("/H2") == len(survey.pages) + 5
    bookmarks = str([item.title for item in pdf.open_outline().root[0].children])
    assert all(page.ask in bookmarks for page in survey.pages)


def test_the_qr_code_is_the_only_figure_and_says_where_it_leads():
    assert figures(files_of("booklet")) == [
        "QR code for https://voice.example.org/surveys/support-easy-read"
    ]


def test_a_booklet_in_another_language_leads_to_the_same_words_on_screen():
    [alt] = figures(files_of("booklet", words="pl"))
    assert "https://voice.example.org/surveys/support-easy-read?words=pl" in alt
    assert alt != "QR code for https://voice.example.org/surveys/support-easy-read?words=pl"


def test_our_own_words_and_the_help_lines_are_in_the_language_of_the_booklet():
    english, polish = (
        json.decode(files_of("booklet", words=words)["content.json"]) for words in ("", "pl")
    )
    shared = {key for key, words in english["words"].items() if polish["words"][key] == words}
    assert shared == set()
    assert polish["help_lines"][0]["name"].startswith("Policja")
    assert polish["pages"][2]["how"] == "Zaznacz jedno pole."
    assert any("zaznaczone" in page["only_if"] for page in polish["pages"])
    assert spoken() == ENGLISH, "who prints goes on in English"


@pytest.mark.parametrize(("words", "from_the_right"), [("", False), ("pl", False), ("ur", True)])
def test_a_page_begins_on_the_side_where_its_language_does(words, from_the_right):
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    pages = typst.compile(  # type: ignore[call-overload]  # It takes files by name, too.
        files_of("booklet", words=words), font_paths=fonts, format="png", ppi=30
    )
    drawn = Image.open(BytesIO(pages[2])).convert("RGB")
    # The pictures of the first question and of its answers are faces and an ear, in yellow.
    yellow = [
        x
        for x in range(drawn.width)
        for y in range(drawn.height)
        if drawn.getpixel((x, y))[2] < 100 < drawn.getpixel((x, y))[0]  # type: ignore[index]
    ]
    assert len(yellow) > 100
    assert (sum(yellow) / len(yellow) > drawn.width / 2) == from_the_right


def test_a_number_to_call_keeps_its_order_between_words_that_run_from_the_right():
    """Two groups of digits change places there, unless what parts them is a space that binds."""
    for survey_id, words in EVERY:
        if language_of_wording(words).direction == "rtl":
            for text in strings_of(CATALOGUE.find(survey_id, words)).values():
                assert not re.search(r"[0-9] [0-9]", text), text


@pytest.mark.parametrize(
    ("survey_id", "n_boxes"), [("support-youngest", 5), ("support-easy-read", 0)]
)
def test_each_question_has_a_box_for_the_adult_where_one_is_beside(survey_id, n_boxes):
    pages = json.decode(files_of("booklet", survey_id)["content.json"])["pages"]
    assert sum(page["adult_saw"] for page in pages) == n_boxes
    with_box = typeset(files_of("booklet", survey_id))
    survey = structs.replace(CATALOGUE.find(survey_id), adult_beside=False)
    without = typeset(bundle("booklet", survey, CATALOGUE.pictures[survey_id], PRINTER))
    assert (with_box != without) == bool(n_boxes)


def test_pictures_are_drawn_and_are_silent():
    with_pictures = files_of("booklet")
    survey = CATALOGUE.find("support-easy-read")
    plain = structs.replace(
        survey, pages=tuple(structs.replace(page, picture="") for page in survey.pages)
    )
    without = bundle("booklet", plain, CATALOGUE.pictures[survey.id], PRINTER)

    assert len(figures(with_pictures)) == len(figures(without)) == 1
    assert len(typeset(with_pictures)) > len(typeset(without)) + 5_000


@pytest.mark.parametrize(
    ("name", "written"),
    [
        pytest.param("happy.svg", drawing(inside="<text x='9' y='40'>Hi</text>"), id="svg"),
        pytest.param("happy.png", photo("PNG"), id="png"),
        pytest.param("happy.jpg", photo("JPEG"), id="jpg"),
        pytest.param("happy.jpeg", photo("JPEG"), id="jpeg"),
        pytest.param("happy.webp", photo("WEBP"), id="webp"),
    ],
)
@pytest.mark.parametrize("kind", ["booklet", "cards"])
def test_a_picture_of_every_kind_is_printed_in_place_of_a_shipped_one(
    tmp_path, kind, name, written
):
    put(tmp_path / "council", name, written)
    catalogue = Catalogue.read(ROOT / "surveys", tmp_path / "council")
    survey = catalogue.find("support-easy-read")
    made = typeset(bundle(kind, survey, catalogue.pictures[survey.id], PRINTER))

    assert made != typeset(files_of(kind))
    photos = photos_in(opened(made))
    assert photos == ([] if name.endswith(".svg") else [(80, 60)])


def test_answers_are_a_list_of_as_many_as_there_are():
    survey = CATALOGUE.find("support-easy-read")
    pdf = opened(typeset(files_of("booklet")))
    n_options = sum(len(getattr(page, "options", ())) for page in survey.pages)
    assert sum(kind == "/LI" for kind, _ in tags(pdf)) == n_options


@pytest.mark.parametrize("kind", ["booklet", "cards"])
def test_the_same_survey_gives_the_same_bytes(kind):
    assert fingerprint(files_of(kind)) == fingerprint(files_of(kind))
    assert typeset(files_of(kind)) == typeset(files_of(kind))


def test_another_picture_or_another_address_is_another_booklet():
    survey = CATALOGUE.find("support-easy-read")
    pictures = CATALOGUE.pictures[survey.id]
    other = {**pictures, "ear.svg": pictures["star.svg"]}
    elsewhere = structs.replace(PRINTER, address="https://other.example.org")

    prints = {
        fingerprint(bundle("booklet", survey, these, printer))
        for these, printer in ((pictures, PRINTER), (other, PRINTER), (pictures, elsewhere))
    }

    assert len(prints) == 3


@pytest.mark.parametrize(("survey_id", "words"), EVERY)
def test_there_is_one_sheet_of_cards_for_each_set_of_answers(survey_id, words):
    survey = CATALOGUE.find(survey_id, words)
    sets: set[object] = {
        tuple((option.label, option.picture) for option in page.options)
        for page in survey.questions
        if isinstance(page, ChooseOne | ChooseMany)
    }
    scales = {(page.low, page.high) for page in survey.questions if isinstance(page, Scale)}
    pdf = opened(typeset(files_of("cards", survey_id, words)))
    assert len(pdf.pages) == len(sets) + len(scales)


def test_questions_with_the_same_answers_share_a_sheet():
    yes_no: dict[str, object] = {
        "kind": "choose_one",
        "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    }
    survey = a_survey(yes_no | {"id": "one", "ask": "One?"}, yes_no | {"id": "two", "ask": "Two?"})
    [sheet] = sheets.sheet_sets(survey)
    assert sheet["asks"] == ["1. One?", "2. Two?"]
    assert [card.label for card in sheet["cards"]] == ["Yes", "No"]


ATKINSON = {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}
NASTALIQ = {"NotoNastaliqUrdu-Regular", "NotoNastaliqUrdu-Bold"}


@pytest.mark.parametrize(
    ("words", "fonts"), [("", ATKINSON), ("pl", ATKINSON), ("ur", ATKINSON | NASTALIQ)]
)
def test_the_fonts_are_ours_and_are_inside(words, fonts):
    pdf = opened(typeset(files_of("booklet", words=words)))
    names = set()
    for page in pdf.pages:
        for font in page.resources.Font.values():
            [described] = font.DescendantFonts
            assert {"/FontFile2", "/FontFile3"} & set(described.FontDescriptor.keys())
            names.add(re.sub(r"^/\w{6}\+", "", str(font.BaseFont)).partition("-Identity")[0])
    assert names == fonts


def test_twenty_answers_stand_in_two_rows_on_one_page():
    options = [{"value": f"v{n}", "label": f"Answer {n}"} for n in range(20)]
    survey = a_survey({"kind": "choose_many", "id": "many", "ask": "Which?", "options": options})
    assert len(opened(typeset(bundle("booklet", survey, {}, PRINTER))).pages) == 3


def test_marks_of_the_typesetter_in_a_survey_are_printed_as_they_stand():
    survey = a_survey({"kind": "comment", "id": "why", "ask": '#panic() $x$ *a* "b" <c> @d \\'})
    pdf = opened(typeset(bundle("booklet", survey, {}, PRINTER, give_to="#panic()")))
    assert '#panic() $x$ *a* "b" <c> @d \\' in str(
        [item.title for item in pdf.open_outline().root[0].children]
    ).replace("\\\\", "\\")


def test_letters_that_the_font_lacks_are_refused_and_not_left_out():
    survey = a_survey({"kind": "comment", "id": "why", "ask": "তুমি কি খুশি?"})
    with pytest.raises(BadInput, match="cannot be printed"):
        typeset(bundle("booklet", survey, {}, PRINTER))


def test_the_web_side_never_loads_the_typesetter():
    code = "import sys, voice.paper.pages; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


async def test_the_press_gives_the_same_bytes_as_the_command():
    assert await Press().typeset(files_of("booklet")) == typeset(files_of("booklet"))


async def test_the_press_typesets_a_sheet_once(tmp_path):
    count = tmp_path / "count"
    code = f"open({str(count)!r}, 'a').write('x')"
    press = Press((sys.executable, "-c", code))

    await press.typeset(files_of("booklet"))
    await press.typeset(files_of("booklet"))
    await press.typeset(files_of("cards"))

    assert count.read_text() == "xx"


@pytest.mark.parametrize(
    ("code", "words"), [("import time; time.sleep(9)", "too long"), ("1 / 0", "voice survey print")]
)
async def test_a_press_that_fails_or_hangs_says_so(code, words):
    with pytest.raises(NotPrinted, match=words):
        await Press((sys.executable, "-c", code), longest=0.5).typeset(files_of("cards"))
