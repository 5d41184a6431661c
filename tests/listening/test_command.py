"""`voice survey publish`, as an operator calls it: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.listening.conftest import EASY, NO_ESPEAK
from voice.listening.espeak import Espeak

pytestmark = pytest.mark.slow


@pytest.fixture
def publish(clean, house, tmp_path):
    """Run `voice survey publish` over the house; `path` is where programs are looked for."""

    def run(*arguments: str, path: str | None = None) -> "subprocess.CompletedProcess[str]":
        environment = {
            **os.environ,
            "DATABASE_URL": clean,
            "VOICE_DATA_DIR": str(tmp_path / "data"),
            "VOICE_HOME": str(house.settings.home),
        }
        return subprocess.run(
            [sys.executable, "-m", "voice", "survey", "publish", *arguments],
            env=environment if path is None else {**environment, "PATH": path},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def test_a_second_run_makes_nothing(publish):
    if Espeak.find() is None:
        pytest.skip(NO_ESPEAK)
    first = publish(EASY, "--engine", "espeak")
    second = publish(EASY, "--engine", "espeak")
    assert first.returncode == second.returncode == 0, first.stderr
    line, again = (done.stdout.splitlines()[1].split() for done in (first, second))
    assert line[:5] == [EASY, "own-words", "espeak-ng", "5", "5"]
    assert again[:5] == [EASY, "own-words", "espeak-ng", "5", "0"]
    assert line[5:8] == again[5:8]
    assert float(line[8]) > 0
    assert float(again[8]) == 0


def test_with_nothing_there_the_survey_publishes_without_sound_and_says_why(publish, tmp_path):
    done = publish(EASY, path=str(tmp_path))
    assert done.returncode == 0
    assert "5 pages have no sound, and no button to listen." in done.stdout
    assert "Not espeak-ng: the program espeak-ng is not on the path." in done.stdout
    assert "apt-get install espeak-ng" in done.stdout


def test_a_recording_needs_no_machine(publish, house, tmp_path):
    house.record("listened")
    done = publish(EASY, path=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "a person’s recording" in done.stdout
    assert "4 pages have no sound" in done.stdout


def test_a_stale_recording_exits_with_1_and_names_the_page(publish, house, tmp_path):
    house.record("listened")
    house.reword("Do people listen to you?", "Do they hear you?")
    done = publish(EASY, path=str(tmp_path))
    assert done.returncode == 1
    assert "listened.wav: page “listened”: The page has other words now" in done.stderr
    assert "1 of 1 not published" in done.stderr
    assert publish(EASY, "--no-audio").returncode == 0


def test_a_problem_in_the_survey_stops_it_before_a_word_is_read(publish, house):
    house.reword('picture = "ear.svg"', 'picture = "nowhere.svg"')
    done = publish(EASY)
    assert done.returncode == 1
    assert "There is no picture “nowhere.svg”." in done.stderr
    assert "Nothing is published." in done.stderr


def test_an_unknown_survey_exits_with_2_and_names_the_known_ones(publish):
    done = publish("nope")
    assert done.returncode == 2
    assert EASY in done.stderr


def test_a_machine_asked_for_by_name_that_is_not_there_exits_with_3(publish, tmp_path):
    done = publish(EASY, "--engine", "espeak", path=str(tmp_path))
    assert done.returncode == 3
    assert "That voice is not here." in done.stderr


def test_a_database_that_is_away_exits_with_3(publish, house, monkeypatch, tmp_path):
    monkeypatch.setitem(os.environ, "DATABASE_URL", "postgresql://127.0.0.1:1/nothing")
    environment = {**os.environ, "VOICE_HOME": str(house.settings.home)}
    done = subprocess.run(
        [sys.executable, "-m", "voice", "survey", "publish", EASY, "--no-audio"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(tmp_path),
    )
    assert done.returncode == 3
    assert "The database does not answer." in done.stderr
