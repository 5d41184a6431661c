"""Words for numbers and kinds."""

from datetime import date

import pytest

from voice.review import wording
from voice.surveys.framework import Area, Framework


def framework(framework_id, *area_ids):
    areas = tuple(
        Area(
            id=one,
            name=f"Area {one}",
            official="",
            plain="p",
            easy_read="e",
            provenance="ours",
            source="s",
            examples=("x",),
        )
        for one in area_ids
    )
    return Framework(
        id=framework_id, name=framework_id, version="1", valid_from=date(2026, 1, 1), areas=areas
    )


@pytest.mark.parametrize(
    ("n", "base", "words"),
    [(0, 0, "–"), (0, 9, "0%"), (1, 900, "under 1%"), (1, 200, "1%"), (9, 9, "100%")],
)
def test_percent_is_whole_and_never_turns_something_into_nothing(n, base, words):
    assert wording.percent(n, base) == words


def test_voices_come_in_order_and_those_that_were_never_heard_are_left_out():
    lines = wording.by_voice({"parent": 2}, {"parent": 4, "child": 3})
    assert [(one.voice, one.n, one.percent) for one in lines] == [
        ("Children", 0, "0%"),
        ("Parents and carers", 2, "50%"),
    ]


@pytest.mark.parametrize(
    ("score", "words"), [(0.8, "fits closely"), (0.5, "fits"), (-0.1, "fits loosely")]
)
def test_how_well_a_comment_fits_is_said_in_words(score, words):
    assert wording.fit(score) == words


@pytest.mark.parametrize(
    ("score", "chosen", "words"), [(0.9, True, "likely"), (0.3, True, "possible"), (0.9, False, "")]
)
def test_an_area_that_is_not_chosen_is_never_called_likely(score, chosen, words):
    assert wording.area_in_words(score, chosen) == words


def test_areas_of_several_frameworks_are_offered_and_the_likely_ones_first_asked_for():
    two = [framework("one", "A", "B"), framework("two", "A")]
    choices = wording.area_choices(two, {("one", "B"): "likely"}, {("two", "A")})
    assert [[area.key for area in one.areas] for one in choices] == [["one/A", "one/B"], ["two/A"]]
    assert [[area.key for area in one.likely] for one in choices] == [["one/B"], ["two/A"]]


def test_values_that_are_no_area_are_left_out():
    two = [framework("one", "A")]
    form = {"area-12": ["one/A", "one/Z", "", "nope"], "areas": ["shown"], "name": ["one/A"]}
    assert wording.area_keys(form, two) == {("one", "A")}
    assert wording.area_keys({"name": ["one/A"]}, two) == set()


def test_a_decision_is_told_in_one_sentence():
    told = wording.what_was_decided("split", {"was": "Waiting", "names": ["A", "B"]})
    assert told == "split “Waiting” into “A” and “B”"
    told = wording.what_was_decided("areas", {"name": "A", "areas": [], "were": ["x/PA1"]})
    assert told == "changed the areas of “A” from “x/PA1” to none"
    named = {"x/PA1": "Plans", "y/heard": "Being heard"}
    about = {"name": "A", "areas": ["y/heard"], "were": ["x/PA1"], "named": named}
    told = wording.what_was_decided("areas", about)
    assert told == "changed the areas of “A” from “Plans” to “Being heard”"
    told = wording.what_was_decided("merge", {"name": "B", "from": ["A"], "comments": 1})
    assert told == "put “A” into “B”, with 1 comment"
    told = wording.what_was_decided("read", {"into": ["A", "B"], "out": []})
    assert told == "read a comment and put it into “A” and “B”"
    told = wording.what_was_decided("read", {"into": [], "out": []})
    assert told == "read a comment and left it where it was"
