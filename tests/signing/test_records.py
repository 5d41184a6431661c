"""Videos of people signing: which may be shown, and what is wrong with the others."""

import shutil

import pytest

from tests.drawn import photo
from tests.filmed import film, mp4
from tests.signing.conftest import EASY
from voice.signing.check import check_videos


def messages(house) -> list[tuple[str, bool]]:
    return [(problem.message, problem.stops) for problem in house.found().problems]


def test_a_video_with_its_record_is_shown_and_names_who_signs(house):
    house.sign("listened")
    found = house.found()
    assert found.problems == []
    [video] = found.usable["listened"]
    assert video.record.who == "Sam, Deaf young people’s group"
    assert check_videos(house.settings.surveys) == []


def test_without_a_folder_there_is_nothing_to_say(house):
    assert (house.found().usable, list(house.found().problems)) == ({}, [])
    assert check_videos(house.settings.surveys) == []


def test_a_page_may_have_both_kinds_of_file(house):
    house.sign("listened")
    house.sign("listened", mp4(), suffix=".mp4")
    assert [video.path.suffix for video in house.found().usable["listened"]] == [".mp4", ".webm"]


def test_a_video_of_other_words_stops(house):
    house.sign("listened")
    house.reword("Do people listen to you?", "Do they hear you?")
    found = house.found()
    assert found.usable == {}
    [problem] = found.problems
    assert (problem.place, problem.stops) == ("page “listened”", True)
    assert problem.message == "The page has other words now than this video."
    assert problem.file == f"{EASY}/signing/own-words/listened.webm"


def test_changed_bytes_stop(house):
    file = house.sign("listened")
    file.write_bytes(film(3))
    assert house.found().usable == {}
    assert "its sha256 differs" in messages(house)[0][0]


def test_a_video_without_a_record_is_told_what_to_write_and_that_is_then_right(house):
    file = house.sign("listened")
    records = file.parent / "VIDEOS.toml"
    records.unlink()
    [problem] = house.found().problems
    assert problem.stops
    lines = problem.what_to_do.partition("\n")[2]
    assert 'who = "…"' in lines
    records.write_text(lines, encoding="utf-8")
    assert list(house.found().usable) == ["listened"]


@pytest.mark.parametrize(
    ("written", "suffix", "why"),
    [
        (b"not a film", ".webm", "It is not a WebM film."),
        (mp4(b"hvc1"), ".mp4", "It is packed as HEVC"),
    ],
)
def test_a_video_that_browsers_would_not_show_stops(house, written, suffix, why):
    house.sign("listened", written, suffix=suffix)
    [problem] = house.found().problems
    assert problem.message.startswith(why)
    assert problem.what_to_do == "Save it again as MP4 with H.264, or as WebM."
    assert problem.stops


def test_a_video_of_no_page_stops(house):
    file = house.sign("listened")
    file.rename(file.with_name("nobody.webm"))
    assert ("No page is called like this video.", True) in messages(house)


def test_a_record_without_its_video_is_advice_only(house):
    house.sign("listened").unlink()
    assert messages(house) == [("There is a record, but no such video.", False)]


def test_records_that_cannot_be_read_stop(house):
    file = house.sign("listened")
    (file.parent / "VIDEOS.toml").write_text("videos = 3")
    assert house.found().usable == {}
    assert [stops for _, stops in messages(house)] == [True]


def test_a_picture_before_it_plays_is_named_by_the_record_and_pinned(house):
    file = house.sign("listened", poster=photo())
    [video] = house.found().usable["listened"]
    assert video.poster == file.with_suffix(".jpg")
    file.with_suffix(".jpg").write_bytes(photo(colour="#00c"))
    assert house.found().usable == {}
    assert "not the one that the record is about" in messages(house)[0][0]
    file.with_suffix(".jpg").unlink()
    assert "is not beside it" in messages(house)[0][0]


def test_a_picture_from_elsewhere_is_not_shown(house):
    file = house.sign("listened", poster=photo())
    records = file.parent / "VIDEOS.toml"
    text = records.read_text(encoding="utf-8").replace("listened.jpg", "../../survey.toml")
    records.write_text(text, encoding="utf-8")
    assert "is not beside it" in messages(house)[0][0]


def test_a_picture_that_no_record_names_is_advice_with_what_to_write(house):
    file = house.sign("listened")
    file.with_suffix(".jpg").write_bytes(photo())
    [problem] = house.found().problems
    assert not problem.stops
    records = file.parent / "VIDEOS.toml"
    lines = problem.what_to_do.partition("\n")[2]
    records.write_text(records.read_text(encoding="utf-8").rstrip() + "\n" + lines)
    assert house.found().problems == []


@pytest.mark.parametrize("name", ["listened.MP4", "listened.mov"])
def test_a_file_that_is_no_video_by_its_name_is_advice(house, name):
    house.sign("start-page").with_name(name).write_bytes(mp4())
    assert [stops for _, stops in messages(house)] == [False]
    assert ".mp4 or .webm, in small letters" in messages(house)[0][0]


def test_every_wording_is_checked_and_one_that_is_not_there_is_named(house):
    survey = "support-parents-carers"
    file = house.sign("listened", survey=survey, wording="easy-read")
    assert check_videos(house.settings.surveys / survey) == []
    shutil.copytree(file.parent, file.parent.parent / "welsh")
    [problem] = check_videos(house.settings.surveys)
    assert (problem.file, problem.stops) == (f"{survey}/signing/welsh", True)
    assert problem.what_to_do == "It has: easy-read, own-words."


def test_a_survey_that_cannot_be_read_is_left_to_the_check_of_surveys(house):
    house.sign("listened")
    (house.folder / "survey.toml").write_text("id = 3")
    assert check_videos(house.settings.surveys) == []
