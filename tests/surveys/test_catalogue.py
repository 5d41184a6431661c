"""All surveys, found by id, by family and by wording."""

import subprocess
import sys
from pathlib import Path

import pytest

from voice.surveys.catalogue import Catalogue
from voice.surveys.pictures import PictureNotFound
from voice.surveys.survey import BadSurvey, SurveyNotFound

HOME = Path(__file__).parents[2] / "surveys"
BAD = Path(__file__).parents[1] / "surveys_for_tests" / "bad"


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.read(HOME)


def test_children_come_first_then_young_people_parents_and_practitioners(catalogue):
    assert [survey.id for survey in catalogue.surveys] == [
        "support-easy-read",
        "support-youngest",
        "support-young-people",
        "support-parents-carers",
        "support-practitioners",
    ]


def test_a_wording_changes_the_words_and_not_the_ids(catalogue):
    plain = catalogue.find("support-young-people")
    easy = catalogue.find("support-young-people", "easy-read")

    assert [page.id for page in plain.pages] == [page.id for page in easy.pages]
    assert plain.page("has_plan").ask != easy.page("has_plan").ask


@pytest.mark.parametrize(
    ("survey_id", "wording"),
    [("lunch", ""), ("support-easy-read", "cy"), ("send-support", ""), ("../surveys", "")],
)
def test_a_survey_or_wording_that_is_not_there_is_not_found(catalogue, survey_id, wording):
    with pytest.raises(SurveyNotFound) as missing:
        catalogue.find(survey_id, wording)

    assert missing.value.message == "Check the link you were given, or ask someone you trust."


def test_wordings_have_a_name_to_show(catalogue):
    assert catalogue.wordings("support-parents-carers") == {"easy-read": "Easy read"}
    assert catalogue.wordings("support-easy-read") == {"pl": "Polski", "ur": "اردو"}
    assert catalogue.wordings("support-practitioners") == {}


def test_a_family_has_all_its_surveys_and_a_survey_has_itself(catalogue):
    assert catalogue.members("send-support") == catalogue.surveys
    assert [s.id for s in catalogue.members("support-practitioners")] == ["support-practitioners"]


@pytest.mark.parametrize("name", ["", "lunch"])
def test_an_unknown_family_is_not_found(catalogue, name):
    with pytest.raises(SurveyNotFound):
        catalogue.members(name)


def test_a_picture_is_found_by_its_name(catalogue):
    assert catalogue.picture("support-easy-read", "ear.svg") == HOME / "pictures" / "ear.svg"


@pytest.mark.parametrize("name", ["soup.svg", "LICENCES.toml", "../help-lines.toml", ""])
def test_nothing_but_a_picture_is_handed_out_as_a_picture(catalogue, name):
    with pytest.raises(PictureNotFound):
        catalogue.picture("support-easy-read", name)


def test_a_survey_shows_its_own_picture_before_the_shared_one(tmp_path):
    folder = tmp_path / "lunch"
    for pictures in (tmp_path / "pictures", folder / "pictures"):
        pictures.mkdir(parents=True)
        (pictures / "ear.svg").write_text("<svg/>")
    text = (BAD / "nothing-wrong" / "survey.toml").read_text()
    (folder / "survey.toml").write_text(text.replace("nothing-wrong", "lunch"))

    found = Catalogue.read(tmp_path).picture("lunch", "ear.svg")

    assert found == folder / "pictures" / "ear.svg"


def test_words_that_do_not_fit_stop_the_reading_and_name_their_file():
    with pytest.raises(BadSurvey, match=r"\.toml"):
        Catalogue.read(BAD)


def test_reading_the_catalogue_loads_no_heavy_library():
    heavy = "numpy scipy sklearn spacy onnxruntime litestar asyncpg"
    code = (
        "import sys; from pathlib import Path; from voice.surveys.catalogue import Catalogue; "
        f"Catalogue.read(Path({str(HOME)!r})); "
        f"print(*[name for name in {heavy.split()} if name in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == ""
