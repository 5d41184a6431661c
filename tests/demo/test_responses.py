"""The made-up county, and the easy words that codes are made of."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from voice.answering.codes import WORDS
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import Comment

HOME = Path(__file__).parents[2]
LINES = (HOME / "src/voice/demo/responses.jsonl").read_text(encoding="utf-8").splitlines()
RESPONSES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
COMMENT_QUESTIONS = ("going_well", "one_change")
RUN = 5
"""This many words in a row, said twice, would read as one writer."""


def comments() -> list[str]:
    answers = (response["answers"] for response in RESPONSES)
    return [words for each in answers for name in COMMENT_QUESTIONS if (words := each[name])]


def plain(words: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", words.lower().replace("’", "'"))


def one_letter_out(word: str) -> Iterator[str]:
    """Words with any one letter missing or hidden: near words share one of them."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
        yield f"{word[:place]}?{word[place + 1 :]}"


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.read(HOME / "surveys")


def test_all_four_voices_speak_and_children_and_young_people_are_half():
    voices = Counter(response["voice"] for response in RESPONSES)
    assert voices == {"parent": 151, "child": 111, "young_person": 103, "practitioner": 51}
    assert 2 * (voices["child"] + voices["young_person"]) > len(RESPONSES)


def test_both_waves_hold_every_voice():
    waves = Counter(response["wave"] for response in RESPONSES)
    assert waves == {"2026-spring": 187, "2026-autumn": 229}
    both = Counter((response["wave"], response["voice"]) for response in RESPONSES)
    assert len(both) == 8
    assert min(both.values()) >= 20


def test_ids_count_up_without_a_gap():
    ids = [response["id"] for response in RESPONSES]
    assert ids == [f"demo-{number:03d}" for number in range(1, len(RESPONSES) + 1)]


def test_every_answer_is_one_that_its_survey_offers(catalogue):
    for response in RESPONSES:
        survey = catalogue.find(response["survey"])
        assert survey.voice == response["voice"]
        assert type(response["may_quote"]) is bool
        closed = {"helped": response["helped"], **response["answers"]}
        for name in COMMENT_QUESTIONS:
            assert isinstance(survey.page(name), Comment)
            words = closed.pop(name)
            assert words is None or words == words.strip() != ""
        for name, value in closed.items():
            if value is not None:
                assert value in {option.value for option in survey.page(name).options}, name


def test_practitioners_are_not_asked_who_helped_them_and_all_others_say():
    for response in RESPONSES:
        assert (response["helped"] is None) == (response["voice"] == "practitioner")


def test_some_people_miss_a_question():
    for name in ("listened", "happy_with_help", *COMMENT_QUESTIONS):
        assert any(response["answers"][name] is None for response in RESPONSES), name


def test_most_people_write_something():
    wrote = [any(each["answers"][name] for name in COMMENT_QUESTIONS) for each in RESPONSES]
    assert sum(wrote) >= 380
    assert len(comments()) >= 550


def test_no_comment_is_written_twice():
    twice = [words for words, count in Counter(map(str.casefold, comments())).items() if count > 1]
    assert twice == []


def test_no_two_comments_share_five_words_in_a_row():
    runs: Counter[tuple[str, ...]] = Counter()
    for comment in comments():
        words = plain(comment)
        runs.update({tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)})
    assert [run for run, count in runs.items() if count > 1] == []


def test_telephone_numbers_and_addresses_can_belong_to_nobody():
    told = " ".join(comments())
    numbers = re.findall(r"0\d{4} ?\d{6}", told)
    assert len(numbers) >= 3
    assert all(number.startswith("07700 900") for number in numbers)
    addresses = re.findall(r"\S+@(\S+?)[.,]?(?:\s|$)", told)
    assert set(addresses) == {"example.org"}


def test_there_are_1024_different_code_words_in_order():
    assert len(WORDS) == 1024
    assert all(first < second for first, second in pairwise(WORDS))


def test_code_words_have_three_to_eight_plain_letters():
    assert [word for word in WORDS if not re.fullmatch("[a-z]{3,8}", word)] == []


def test_no_code_word_is_one_letter_away_from_another():
    known = set(WORDS)
    seen: dict[str, str] = {}
    near = []
    for word in WORDS:
        for shape in set(one_letter_out(word)):
            if shape in known or ("?" in shape and shape in seen):
                near.append((word, seen.get(shape, shape)))
            seen[shape] = word
    assert near == []


def test_no_code_word_is_another_with_two_neighbouring_letters_swapped():
    known = set(WORDS)
    for word in WORDS:
        swaps = {
            word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)
        }
        assert not (swaps - {word}) & known, word
