"""Where a picture comes from: the survey's folder, then the council's, then what is shipped."""

from pathlib import Path

import pytest

from tests.drawn import LICENSED, drawing, photo, put
from voice.surveys.catalogue import Catalogue
from voice.surveys.check import check
from voice.surveys.pictures import PictureNotFound
from voice.surveys.survey import BadSurvey

BAD = Path(__file__).parents[1] / "surveys_for_tests" / "bad"


@pytest.fixture
def home(tmp_path):
    """Two shipped pictures, and a survey that shows one of them."""
    home = tmp_path / "surveys"
    for name in ("happy.svg", "sad.svg"):
        put(home / "pictures", name, drawing())
    folder = home / "lunch"
    folder.mkdir()
    text = (BAD / "nothing-wrong" / "survey.toml").read_text(encoding="utf-8")
    text = text.replace("nothing-wrong", "lunch").replace(
        "welcome = { ", 'welcome = { picture = "happy.svg", '
    )
    (folder / "survey.toml").write_text(text, encoding="utf-8")
    (home / "help-lines.toml").write_text(
        '[[help_lines]]\nname = "Childline"\nnumber = "0800 1111"\nwhen = "You are sad."\n'
    )
    return home


@pytest.fixture
def council(tmp_path):
    return tmp_path / "data" / "pictures"


def told(home, council, path=None):
    return [problem.line for problem in check(path or home, council=council) if problem.stops]


def test_the_surveys_own_picture_comes_before_the_councils_and_that_before_the_shipped(
    home, council
):
    def shown():
        return Catalogue.read(home, council).picture("lunch", "happy.svg")

    assert shown() == home / "pictures" / "happy.svg"
    of_council = put(council, "happy.svg", drawing("#0c0"))
    assert shown() == of_council
    own = put(home / "lunch" / "pictures", "happy.svg", drawing("#00c"))
    assert shown() == own


def test_a_photo_of_the_council_stands_in_for_a_drawing_of_the_same_name(home, council):
    of_council = put(council, "happy.png", photo("PNG"))
    catalogue = Catalogue.read(home, council)
    assert catalogue.picture("lunch", "happy.svg") == of_council
    assert catalogue.picture("lunch", "happy.png") == of_council
    assert catalogue.picture("lunch", "sad.svg") == home / "pictures" / "sad.svg"


def test_a_picture_of_the_council_without_a_record_is_not_shown(home, council):
    put(council, "sad.svg", drawing())
    (council / "happy.svg").write_bytes(drawing("#0c0"))
    (council / "new.svg").write_bytes(drawing("#0c0"))
    catalogue = Catalogue.read(home, council)
    assert catalogue.picture("lunch", "happy.svg") == home / "pictures" / "happy.svg"
    with pytest.raises(PictureNotFound):
        catalogue.picture("lunch", "new.svg")


@pytest.mark.parametrize(
    "said",
    [
        {"licence": "CC-BY-NC-SA-4.0"},
        {"source": "ARASAAC"},
        {**LICENSED, "until": "2020-01-31"},
    ],
)
def test_a_picture_of_the_council_that_may_not_be_shown_is_not_shown_and_fails_the_check(
    home, council, said
):
    put(council, "happy.svg", drawing("#0c0"), **said)
    found = Catalogue.read(home, council).picture("lunch", "happy.svg")
    assert found == home / "pictures" / "happy.svg"
    assert [line.split(": ")[1] for line in told(home, council)] == ["happy.svg"]


def test_a_licensed_picture_is_fine_in_the_councils_folder_and_the_check_says_whose_it_is(
    home, council
):
    put(council, "happy.svg", drawing(), source="Widgit", **LICENSED, until="2099-03-31")
    found = check(home, council=council)
    assert [(p.place, p.stops, p.rule) for p in found] == [("pictures", False, "pictures")]
    assert found[0].message == (
        "From the council’s folder: happy.svg "
        "(Widgit, licensed to Hertfordshire County Council until 2099-03-31)."
    )


@pytest.mark.parametrize("folder", ["pictures", "lunch/pictures"])
def test_a_licensed_picture_beside_the_surveys_fails_the_check(home, council, folder):
    put(home / folder, "face.svg", drawing(), source="Our supplier", **LICENSED)
    lines = told(home, council)
    assert len(lines) == 1
    assert "face.svg" in lines[0]
    assert "voice pictures import" in lines[0]


def test_a_survey_checked_alone_has_the_shared_pictures_it_shows_checked_too(home, council):
    put(council, "happy.svg", drawing(), **LICENSED)
    (council / "happy.svg").write_bytes(drawing("#00f"))
    put(council, "elsewhere.svg", drawing(), licence="CC-BY-NC-4.0")
    lines = told(home, council, home / "lunch")
    assert len(lines) == 1
    assert "happy.svg: It is not the picture that the record is about" in lines[0]
    assert len(told(home, council)) == 2


def test_two_pictures_of_the_council_with_one_name_are_a_mistake(home, council):
    put(council, "happy.svg", drawing())
    put(council, "happy.png", photo("PNG"))
    assert [line.split(": ")[1] for line in told(home, council)] == ["happy.png", "happy.svg"]


def test_records_of_the_council_that_cannot_be_read_are_named(home, council):
    put(council, "happy.svg", drawing())
    (council / "LICENCES.toml").write_text("pictures = 3")
    assert len(told(home, council)) == len(told(home, council, home / "lunch")) == 1
    with pytest.raises(BadSurvey, match=r"LICENCES\.toml"):
        Catalogue.read(home, council)


def test_without_a_folder_of_the_council_nothing_is_said(home, council):
    assert check(home, council=council) == []
    assert Catalogue.read(home, council).picture("lunch", "sad.svg").exists()
