"""`voice survey check` and `voice survey publish` name what is wrong with a video."""

import pytest
from click.testing import CliRunner

from tests.signing.conftest import EASY
from voice.cli import main

STALE = "page “listened”: The page has other words now than this video."


@pytest.fixture
def voice(house, clean, tmp_path):
    def run(*words):
        return CliRunner().invoke(
            main,
            words,
            env={
                "VOICE_HOME": str(house.settings.home),
                "VOICE_DATA_DIR": str(tmp_path / "data"),
                "DATABASE_URL": clean,
            },
        )

    return run


def test_a_video_that_fits_is_let_pass(voice, house):
    house.sign("listened")
    assert voice("survey", "check").exit_code == 0
    assert voice("survey", "publish", EASY, "--no-audio").exit_code == 0


@pytest.mark.parametrize(
    "command",
    [("check",), ("publish", EASY, "--no-audio"), ("publish", "--no-audio")],
    ids=["check", "publish one", "publish all"],
)
def test_a_stale_video_is_named_and_stops(voice, house, command):
    house.sign("listened")
    house.reword("Do people listen to you?", "Do they hear you?")
    done = voice("survey", *command)
    assert done.exit_code == 1
    assert f"{EASY}/signing/own-words/listened.webm: {STALE}" in done.output


def test_a_survey_checked_by_its_folder_has_its_videos_checked(voice, house):
    (house.sign("listened").parent / "VIDEOS.toml").unlink()
    done = voice("survey", "check", str(house.folder))
    assert done.exit_code == 1
    assert "This video has no record of who signs it and when." in done.output
