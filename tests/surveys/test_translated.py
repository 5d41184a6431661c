"""Translations of a survey: found missing, found stale, and exchanged with a translator."""

import csv
import io
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import asdict

from voice.cli import main
from voice.errors import BadInput
from voice.languages.language import KNOWN, Foreign
from voice.settings import shipped_home
from voice.surveys.catalogue import Catalogue
from voice.surveys.check import check_survey
from voice.surveys.problem import Problem
from voice.surveys.survey import BadSurvey
from voice.surveys.translated import strings_of
from voice.surveys.translation import fingerprint
from voice.surveys.translation_table import COLUMNS, read_lines, table_of

HOME = shipped_home() / "surveys"
EASY = "support-easy-read"
POLISH = KNOWN["pl"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the easy-read survey in a folder of surveys, to be changed."""
    shutil.copytree(HOME / EASY, tmp_path / EASY)
    shutil.copytree(HOME / "pictures", tmp_path / "pictures")
    shutil.copy(HOME / "help-lines.toml", tmp_path)
    return tmp_path / EASY


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def found(folder: Path, wording: str) -> list[Problem]:
    return [
        problem
        for problem in check_survey(folder)
        if problem.file.endswith(f"/{wording}.toml") and problem.rule.startswith("translation")
    ]


@pytest.mark.parametrize("wording", ["pl", "ur"])
def test_what_we_ship_is_whole_and_fresh_and_says_that_nobody_has_checked_it(wording):
    problems = found(HOME / EASY, wording)
    assert [(p.rule, p.stops) for p in problems] == [("translation_is_checked", False)]
    assert "49 of 49 strings are drafts" in problems[0].message


def test_english_that_changed_after_it_was_translated_stops_the_survey(folder):
    change(folder / "survey.toml", "Do people listen to you?", "Do people hear you?")
    stale = [p for p in found(folder, "pl") if p.stops]
    assert [(p.place, p.rule) for p in stale] == [("listened.ask", "translation_is_fresh")]
    assert "It is now “Do people hear you?”" in stale[0].message
    assert fingerprint("Do people hear you?") in stale[0].what_to_do


def test_a_string_that_is_not_translated_stops_the_survey_and_is_read_in_english(folder):
    change(folder / "words" / "pl.toml", 'ask = "Czy ludzie cię słuchają?"\n', "")
    missing = [p for p in found(folder, "pl") if p.stops]
    assert [(p.place, p.rule) for p in missing] == [("listened.ask", "translation_is_whole")]
    page = Catalogue.read(folder.parent).find(EASY, "pl").page("listened")
    assert page is not None
    assert page.ask == "Do people listen to you?"
    assert not isinstance(page.ask, Foreign)


def test_a_translation_without_a_record_of_its_english_stops_the_survey(folder):
    change(folder / "words" / "pl.toml", '"listened.ask" = "68ec9f8f0baa"\n', "")
    assert [(p.place, p.rule) for p in found(folder, "pl") if p.stops] == [
        ("listened.ask", "translation_is_fresh")
    ]


def test_words_in_another_language_need_the_record_of_their_translation(folder):
    (folder / "words" / "ro.toml").write_text('name = "Română"\n')
    with pytest.raises(BadSurvey, match=r"\[translation\]"):
        Catalogue.read(folder.parent)


def test_every_text_of_a_translation_carries_its_language_and_keeps_the_pictures():
    catalogue = Catalogue.read(HOME)
    worded = catalogue.find(EASY, "ur")
    strings = strings_of(worded)
    assert set(strings) == set(strings_of(catalogue.find(EASY)))
    assert {s.language.code for s in strings.values() if isinstance(s, Foreign)} == {"ur"}
    assert all(isinstance(words, Foreign) for words in strings.values())
    assert [page.picture for page in worded.pages] == [
        p.picture for p in catalogue.find(EASY).pages
    ]
    assert worded.easy_read


def test_a_person_gets_the_wording_of_their_language_that_is_as_easy(folder):
    home = folder.parent
    shutil.copytree(HOME / "support-young-people", home / "support-young-people")
    words = home / "support-young-people" / "words"
    (words / "pl.toml").write_text('name = "Polski"\ntranslation.by = "Nobody"\n')
    (words / "pl-easy-read.toml").write_text('name = "Łatwy"\ntranslation.by = "Nobody"\n')
    catalogue = Catalogue.read(home)

    assert catalogue.wording_in("support-young-people", POLISH) == "pl"
    assert catalogue.wording_in("support-young-people", POLISH, like="easy-read") == "pl-easy-read"
    assert (
        catalogue.wording_in("support-young-people", KNOWN["en"], like="pl-easy-read")
        == "easy-read"
    )
    assert (
        catalogue.wording_in("support-young-people", KNOWN["ur"], like="easy-read") == "easy-read"
    )
    assert catalogue.find("support-young-people", "pl-easy-read").easy_read
    assert not catalogue.find("support-young-people", "pl").easy_read
    (words / "pl.toml").unlink()
    catalogue = Catalogue.read(home)
    assert catalogue.wording_in("support-young-people", POLISH) == "pl-easy-read"


def test_a_translation_of_words_that_are_not_there_is_a_mistake(folder):
    (folder / "words" / "pl-short.toml").write_text('name = "x"\ntranslation.by = "Nobody"\n')
    with pytest.raises(BadSurvey, match="translates no wording there is"):
        Catalogue.read(folder.parent)
    assert any("which this survey does not have" in p.message for p in check_survey(folder))


def run(home: Path, *arguments: str):
    environment = {"VOICE_HOME": str(home)}
    return CliRunner().invoke(main, ["survey", "translate", EASY, *arguments], env=environment)


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def home(folder: Path, tmp_path: Path) -> Path:
    """A home whose surveys are the copied ones."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "surveys").symlink_to(folder.parent)
    return home


def test_a_table_goes_out_and_comes_back_as_the_same_file(home, folder, tmp_path):
    before = (folder / "words" / "ur.toml").read_bytes()
    table = tmp_path / "urdu.csv"
    assert run(home, "--language", "ur", "--out", str(table)).exit_code == 0
    done = run(home, "--language", "ur", "--take", str(table))
    assert done.exit_code == 0, done.output
    assert (folder / "words" / "ur.toml").read_bytes() == before


def test_a_new_language_is_a_table_and_nothing_else(home, folder, tmp_path):
    table = tmp_path / "welsh.csv"
    run(home, "--language", "cy", "--out", str(table))
    rows = rows_of(table)
    assert len(rows) == 49
    write(table, [{**row, "words": f"CY {row['english']}"} for row in rows])
    done = run(home, "--language", "cy", "--take", str(table), "--by", "A translator")
    assert done.exit_code == 0, done.output
    assert [p for p in found(folder, "cy") if p.stops] == []
    worded = Catalogue.read(folder.parent).find(EASY, "cy")
    assert worded.welcome.text[0] == "CY This is about the help you get."


def test_a_stale_string_comes_back_fresh_once_it_is_translated_again(home, folder, tmp_path):
    change(folder / "survey.toml", "Do people listen to you?", "Do people hear you?")
    table = tmp_path / "polish.csv"
    run(home, "--language", "pl", "--out", str(table))
    rows = rows_of(table)
    write(table, rows)
    run(home, "--language", "pl", "--take", str(table))
    assert [p.place for p in found(folder, "pl") if p.stops] == ["listened.ask"], "nothing was done"

    row = next(row for row in rows if row["place"] == "listened.ask")
    assert row["english"] == "Do people hear you?"
    row["words"] = "Czy ludzie cię słyszą?"
    row["status"], row["by"] = "checked", "A native speaker"
    write(table, rows)
    run(home, "--language", "pl", "--take", str(table))
    assert [p.place for p in found(folder, "pl") if p.stops] == []
    kept = tomllib.loads((folder / "words" / "pl.toml").read_text("utf-8"))
    assert kept["translation"]["of"]["listened.ask"] == {
        "english": fingerprint("Do people hear you?"),
        "by": "A native speaker",
        "status": "checked",
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"place": "nowhere.ask"}, "is no string of this survey"),
        ({"place": "title"}, "comes twice"),
        ({"status": "perfect"}, "is no status"),
    ],
)
def test_a_table_that_does_not_fit_changes_nothing(wrong, said):
    catalogue = Catalogue.read(HOME)
    lines = table_of(catalogue.find(EASY), catalogue.find(EASY, "pl"), catalogue.words[EASY]["pl"])
    rows = [asdict(line) for line in lines]
    rows[1] |= wrong
    with pytest.raises(BadInput, match=said):
        read_lines(rows, lines, "")


def test_an_unknown_language_is_refused_with_those_that_are_known(home):
    done = run(home, "--language", "tlh")
    assert done.exit_code == 2
    assert "It knows: am, ar" in done.output
