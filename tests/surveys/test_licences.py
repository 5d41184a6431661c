"""Which pictures may be shown, and what is said about those that may not."""

from datetime import date
from typing import get_args

import pytest

from voice.surveys.licences import CALLED, LICENSED, Licence, Terms, refusal

TODAY = date(2027, 3, 31)


def terms(**said):
    return Terms(**{"source": "Mulberry 3.5", "author": "Garry Paxton", **said})


@pytest.mark.parametrize("licence", get_args(Licence))
@pytest.mark.parametrize("of_council", [True, False])
def test_a_licence_that_lets_everybody_print_and_change_is_good_everywhere(licence, of_council):
    assert refusal(terms(licence=licence), of_council=of_council) is None


def test_every_licence_has_a_name_to_show():
    assert set(CALLED) == {*get_args(Licence), LICENSED}


@pytest.mark.parametrize(
    "licence",
    ["CC-BY-NC-4.0", "CC BY-NC-SA", "cc by-nc-nd 2.0", "Non-commercial use", "noncommercial"],
)
def test_a_non_commercial_licence_is_refused_with_the_reason(licence):
    found = refusal(terms(licence=licence), of_council=True)
    assert found is not None
    assert "allows non-commercial use only" in found.why
    assert "nobody can promise" in found.why


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("CC-BY-ND-4.0", "forbids changes"),
        ("", "It has no licence"),
        ("  ", "It has no licence"),
        ("Found on the web", "not among the licences"),
        ("CC-BY-SA-4.0-or-so", "not among the licences"),
    ],
)
def test_any_other_licence_is_refused_too(licence, words):
    found = refusal(terms(licence=licence), of_council=True)
    assert found is not None
    assert words in found.why


@pytest.mark.parametrize("source", ["ARASAAC", "arasaac.org, 2024", "Sclera pictos"])
@pytest.mark.parametrize("licence", ["CC-BY-SA-4.0", LICENSED])
def test_arasaac_and_sclera_are_refused_by_name_whatever_the_licence_says(source, licence):
    said = terms(source=source, licence=licence, held_by="Us")
    found = refusal(said, of_council=True)
    assert found is not None
    assert "non-commercial use only" in found.why


@pytest.mark.parametrize("source", ["Widgit Symbols", "Makaton core vocabulary"])
def test_what_is_sold_may_lie_in_the_councils_folder_only(source):
    said = terms(source=source, licence=LICENSED, held_by="Hertfordshire County Council")
    assert refusal(said, of_council=True) is None
    found = refusal(said, of_council=False)
    assert found is not None
    assert "voice pictures import" in found.what_to_do


def test_a_licensed_picture_says_who_holds_the_licence():
    found = refusal(terms(licence=LICENSED, held_by=" "), of_council=True)
    assert found is not None
    assert "nobody is named" in found.why


@pytest.mark.parametrize(
    ("until", "good"),
    [(None, True), (date(2027, 3, 31), True), (date(2027, 3, 30), False)],
)
def test_a_licence_holds_to_the_end_of_its_last_day(until, good):
    said = terms(licence=LICENSED, held_by="Us", until=until)
    assert (refusal(said, of_council=True, today=TODAY) is None) is good
