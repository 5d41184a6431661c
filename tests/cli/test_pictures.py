"""`voice pictures import`, and what `voice survey check` says of what it brought in."""

import pytest
from click.testing import CliRunner

from tests.drawn import drawing, photo
from voice.cli import main

HEADER = "file,id,shows,author,licence,source\n"
WIDGIT = "happy.png,1,a smile,Widgit Software,licensed to us until 2099-03-31,Widgit Symbols\n"


@pytest.fixture
def pack(tmp_path):
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "happy.png").write_bytes(photo("PNG"))
    (pack / "new.svg").write_bytes(drawing())
    (pack / "LICENCE.txt").write_text("Licensed to us.")
    (pack / "list.csv").write_text(HEADER + WIDGIT)
    return pack


@pytest.fixture
def voice(tmp_path):
    def run(*words, **environ):
        given = {"VOICE_DATA_DIR": str(tmp_path / "data"), **environ}
        return CliRunner().invoke(main, [str(word) for word in words], env=given)

    return run


def test_a_pack_is_brought_into_the_data_folder_and_stands_in_for_what_is_shipped(
    voice, pack, tmp_path
):
    done = voice("pictures", "import", pack)
    assert done.exit_code == 0, done.output
    folder = tmp_path / "data" / "pictures"
    assert f"1 picture taken, 0 were there already, in {folder}." in done.output
    assert "Not in the list of the pack, and left where they are: 1." in done.output
    assert "In place of the shipped pictures of the same name: happy.png." in done.output
    assert (folder / "happy.png").exists()

    again = voice("pictures", "import", pack)
    assert again.exit_code == 0
    assert "0 pictures taken, 1 was there already" in again.output

    checked = voice("survey", "check")
    assert checked.exit_code == 0, checked.output
    said = "From the council’s folder: happy.svg (Widgit Symbols, licensed to us until 2099-03-31)"
    assert said in checked.output


def test_the_folder_can_be_set(voice, pack, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    done = voice("pictures", "import", pack, VOICE_PICTURES_DIR=str(elsewhere))
    assert done.exit_code == 0, done.output
    assert (elsewhere / "happy.png").exists()


def test_a_row_that_does_not_fit_is_named_and_the_exit_code_is_1(voice, pack, tmp_path):
    (pack / "list.csv").write_text(f"{HEADER}{WIDGIT}new.svg,2,new,ARASAAC,CC BY-NC-SA,ARASAAC\n")
    done = voice("pictures", "import", pack)
    assert done.exit_code == 1
    assert "row 2 (new.svg): ARASAAC allows non-commercial use only." in done.output
    assert "Nothing is taken." in done.output
    assert not (tmp_path / "data/pictures/happy.png").exists()

    some = voice("pictures", "import", pack, "--skip-bad")
    assert some.exit_code == 1
    assert "row 2 (new.svg)" in some.output
    assert "1 picture taken" in some.output


def test_what_is_licensed_may_not_go_beside_the_surveys(voice, pack, tmp_path):
    done = voice("pictures", "import", pack, "--into", tmp_path / "surveys" / "pictures")
    assert done.exit_code == 1
    assert "may not be passed on" in done.output


def test_what_is_no_pack_is_explained_with_exit_code_2(voice, tmp_path):
    done = voice("pictures", "import", tmp_path / "nowhere.zip")
    assert done.exit_code == 2
    assert "cannot be opened" in done.output
    assert "Traceback" not in done.output


def test_what_would_fail_is_found_by_the_check_however_it_came_in(voice, pack, tmp_path):
    voice("pictures", "import", pack)
    records = tmp_path / "data/pictures/LICENCES.toml"
    records.write_text(records.read_text().replace("2099-03-31", "2020-03-31"))
    done = voice("survey", "check")
    assert done.exit_code == 1
    assert "The licence of us ended on 2020-03-31." in done.output
