"""Codes on cards, and tickets: what is ours, what is not, and what cannot be told from them."""

from datetime import date, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from voice.inviting import code, ticket
from voice.inviting.group import Asked, read_asked

KEY, SEED = b"k" * 32, b"s" * 16
TODAY = date(2026, 11, 27)


def read(typed: str) -> code.Place:
    """The place that a code stands for; it is one."""
    found = code.read(typed)
    assert found
    return found


@drawn(st.integers(1, code.MOST_GROUPS), st.integers(0, code.MOST_CODES - 1))
def test_a_code_is_read_as_the_place_it_was_made_for(group_id, number):
    place = read(code.code(KEY, SEED, group_id, number))
    assert (place.group_id, place.number) == (group_id, number)
    assert code.ours(KEY, SEED, place)


@pytest.mark.parametrize("change", [str.lower, lambda c: f" {c} ", lambda c: c.replace("-", " ")])
def test_how_it_is_typed_does_not_matter(change):
    made = code.code(KEY, SEED, 7, 11)
    assert code.read(change(made)) == code.read(made)


def test_letters_that_look_alike_are_the_same():
    assert code.read("OOOOO-IILL1") == code.read("00000-11111")


@pytest.mark.parametrize("typed", ["", "AAAA", "AAAAA-AAAAAA", "AAAAA-AAAA!", "ﬃ" * 10, "U" * 10])
def test_what_cannot_be_a_code_is_none(typed):
    assert code.read(typed) is None


def test_a_code_with_another_key_or_seed_or_one_letter_changed_is_not_ours():
    made = code.code(KEY, SEED, 7, 11)
    assert not code.ours(b"x" * 32, SEED, read(made))
    assert not code.ours(KEY, b"x" * 16, read(made))
    changed = made[:-1] + ("A" if made[-1] != "A" else "B")
    assert not code.ours(KEY, SEED, read(changed))


def test_a_ticket_is_good_for_its_survey_for_two_days():
    made = ticket.make(KEY, "a-survey", TODAY)
    assert ticket.good(KEY, made, "a-survey", TODAY)
    assert ticket.good(KEY, made, "a-survey", TODAY + timedelta(days=1))
    assert not ticket.good(KEY, made, "a-survey", TODAY + timedelta(days=2))
    assert not ticket.good(KEY, made, "another", TODAY)
    assert not ticket.good(b"x" * 32, made, "a-survey", TODAY)
    assert made != ticket.make(KEY, "a-survey", TODAY)


@pytest.mark.parametrize("bad", ["", ".", "...", "a-survey.2026-11-27.x.y", "é.2026-11-27.x.é"])
def test_what_is_no_ticket_is_not_good(bad):
    assert not ticket.good(KEY, bad, "a-survey", TODAY)


def test_a_form_is_read_or_says_what_is_wrong():
    form = {"kind": " Special  schools ", "names": "Oak\n\n Elm ", "codes": "30", "wanted": "25"}
    assert read_asked(form) == Asked("Special schools", ("Oak", "Elm"), 30, 25)
    wrong = read_asked({"kind": "", "names": "Oak\nOak", "codes": "513", "wanted": "many"})
    assert isinstance(wrong, dict)
    assert set(wrong) == {"kind", "names", "codes", "wanted"}
    assert "twice" in wrong["names"]
