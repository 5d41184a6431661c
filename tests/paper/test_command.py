"""`voice survey print`."""

import pikepdf
import pytest
from click.testing import CliRunner

from voice.cli import main


def voice(*words, **environ):
    return CliRunner().invoke(main, ["survey", "print", *words], env=environ)


def test_a_booklet_is_written_and_its_size_is_said(tmp_path):
    out = tmp_path / "booklet.pdf"
    done = voice("support-easy-read", "--out", str(out), VOICE_PUBLIC_URL="https://example.org")
    assert done.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert f"{out.stat().st_size:,} bytes" in done.output
    assert "VOICE_PUBLIC_URL" not in done.output


def test_cards_another_wording_and_a_place_to_give_it_back_make_other_files(tmp_path):
    written = set()
    for place, more in enumerate(
        ([], ["--cards"], ["--words", "easy-read"], ["--give-to", "Ms Green, room 4"])
    ):
        out = tmp_path / f"{place}.pdf"
        assert voice("support-young-people", *more, "--out", str(out)).exit_code == 0
        written.add(out.read_bytes())
    assert len(written) == 4


def test_an_address_that_only_this_machine_knows_is_pointed_out(tmp_path):
    done = voice("support-easy-read", "--out", str(tmp_path / "a.pdf"), VOICE_PUBLIC_URL="")
    assert done.exit_code == 0
    assert "Set VOICE_PUBLIC_URL before you hand it out" in done.output


@pytest.mark.parametrize("words", [["no-survey"], ["support-easy-read", "--words", "latin"]])
def test_a_survey_or_a_wording_that_is_not_there_is_explained(tmp_path, words):
    done = voice(*words, "--out", str(tmp_path / "a.pdf"))
    assert done.exit_code == 2
    assert "There are: support-easy-read" in done.output or "It has pl, ur" in done.output


def test_a_file_that_cannot_be_written_is_explained(tmp_path):
    done = voice("support-easy-read", "--out", str(tmp_path))
    assert done.exit_code == 2
    assert "cannot be written" in done.output


def test_a_booklet_can_be_in_another_language(tmp_path):
    out = tmp_path / "booklet.pdf"
    assert voice("support-easy-read", "--words", "ur", "--out", str(out)).exit_code == 0
    assert str(pikepdf.open(out).Root.Lang) == "ur"
