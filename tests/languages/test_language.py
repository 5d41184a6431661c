"""Languages: a text carries its own, and a wording is called by the code of its language."""

import copy

import pytest

from voice.languages.language import (
    ENGLISH,
    KNOWN,
    Foreign,
    language_of,
    language_of_wording,
    translated_wording,
)

NAMED_IN_THE_RULES = ["en", "cy", "pl", "ro", "ur", "bn", "uk", "tr", "ar", "gu", "pa", "pt"]


@pytest.mark.parametrize("code", NAMED_IN_THE_RULES)
def test_every_language_of_the_families_is_known_by_its_own_name(code):
    assert KNOWN[code].code == code
    assert KNOWN[code].name
    assert KNOWN[code].direction == ("rtl" if code in ("ur", "ar") else "ltr")


def test_foreign_words_carry_their_language_and_are_plain_words_otherwise():
    words = Foreign("Tak", KNOWN["pl"])
    assert words == "Tak"
    assert language_of(words) == KNOWN["pl"]
    assert language_of(copy.deepcopy(words)) == KNOWN["pl"]
    assert language_of("Yes") == ENGLISH


@pytest.mark.parametrize(
    ("wording", "code", "translates"),
    [
        ("", "en", ""),
        ("easy-read", "en", "easy-read"),
        ("pl", "pl", ""),
        ("pl-easy-read", "pl", "easy-read"),
        ("plain", "en", "plain"),
    ],
)
def test_a_wording_is_called_by_the_code_of_its_language(wording, code, translates):
    assert language_of_wording(wording).code == code
    assert translated_wording(wording) == translates
