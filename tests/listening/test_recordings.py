"""Recordings of people: which may be used, and what is wrong with the others."""

from hashlib import sha256

import numpy as np
import pytest

from tests.listening.conftest import EASY
from voice.listening.recordings import find_recordings
from voice.listening.sound import RATE
from voice.listening.spoken import said


def found(house):
    return find_recordings(house.folder, "", said(house.catalogue.find(EASY)))


def test_a_recording_with_its_record_is_used_and_names_who_read(house):
    house.record("listened")
    recordings = found(house)
    assert recordings.problems == []
    assert recordings.usable["listened"].record.who == "Amina, youth board"


def test_without_a_folder_there_is_nothing_to_say(house):
    assert found(house).usable == {}
    assert found(house).problems == []


def test_a_recording_of_other_words_stops(house):
    house.record("listened")
    house.reword("Do people listen to you?", "Do they hear you?")
    recordings = found(house)
    assert recordings.usable == {}
    assert [(p.place, p.message, p.stops) for p in recordings.problems] == [
        ("page “listened”", "The page has other words now than this recording.", True)
    ]


def test_changed_bytes_stop(house):
    file = house.record("listened")
    file.write_bytes(file.read_bytes()[:-2] + b"\1\1")
    assert "its sha256 differs" in found(house).problems[0].message
    assert found(house).usable == {}


def test_a_recording_without_a_record_is_told_what_to_write(house):
    file = house.record("listened")
    (file.parent / "RECORDINGS.toml").unlink()
    problem = found(house).problems[0]
    assert problem.stops
    assert 'who = "…"' in problem.what_to_do
    assert problem.file == f"{EASY}/recordings/own-words/listened.wav"


@pytest.mark.parametrize(
    ("samples", "message"),
    [(np.zeros(RATE), "It is silent."), (np.ones(100) * 0.1, "It is only 0.0 seconds long.")],
)
def test_a_recording_that_nobody_could_hear_stops(house, samples, message):
    house.record("listened", samples)
    assert found(house).problems[0].message == message


def test_a_recording_that_is_no_sound_stops(house):
    file = house.record("listened")
    record = file.parent / "RECORDINGS.toml"
    text = record.read_text(encoding="utf-8")
    before = found(house).usable["listened"].record.sha256
    file.write_bytes(b"not a sound")
    record.write_text(text.replace(before, sha256(b"not a sound").hexdigest()), encoding="utf-8")
    assert found(house).problems[0].message == "It is not a sound that can be read."


def test_a_recording_of_no_page_stops(house):
    file = house.record("listened")
    file.rename(file.with_name("nobody.wav"))
    messages = [(problem.message, problem.stops) for problem in found(house).problems]
    assert ("No page is called like this recording.", True) in messages


def test_a_record_without_its_recording_is_advice_only(house):
    house.record("listened").unlink()
    assert [(p.message, p.stops) for p in found(house).problems] == [
        ("There is a record, but no such recording.", False)
    ]


def test_records_that_cannot_be_read_stop(house):
    file = house.record("listened")
    (file.parent / "RECORDINGS.toml").write_text("recordings = 3")
    assert found(house).problems[0].stops
    assert found(house).usable == {}


def test_two_recordings_of_one_page_stop(house):
    file = house.record("listened")
    records = file.parent / "RECORDINGS.toml"
    text = records.read_text(encoding="utf-8")
    (file.parent / "listened.flac").write_bytes(file.read_bytes())
    again = text.replace("listened.wav", "listened.flac")
    records.write_text(text + "\n" + again, encoding="utf-8")
    assert "There are two recordings of it." in [p.message for p in found(house).problems]
