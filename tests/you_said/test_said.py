"""What the public may see of a theme, without a database."""

from pathlib import Path

import pytest

from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks
from voice.you_said.said import Heard, safe_to_say

SURVEYS = Path("surveys")


@pytest.fixture(scope="module")
def say_it():
    catalogue = Catalogue.read(SURVEYS)
    frameworks = load_frameworks(SURVEYS / "frameworks")
    plain = {
        "theme_id": 1,
        "theme": "Waiting",
        "asked_of": "send-support",
        "question_id": "one_change",
        "ended": False,
    }
    return lambda **heard: safe_to_say(Heard(**(plain | heard)), catalogue, frameworks, 10)


def test_nine_people_have_no_number_no_quotes_and_no_waves(say_it):
    said = say_it(counts={"parent": 9}, quotes=[("hello", "parent")], waves=["2026-spring"])
    assert said.how_many == "Fewer than 10 people said this."
    assert (said.shown_voices, said.quotes, said.waves) == ([], [], [])


def test_nobody_and_nine_people_look_the_same(say_it):
    nobody, nine = say_it(counts={}), say_it(counts={"child": 9})
    assert nobody == nine


def test_a_small_voice_is_hidden_and_its_quote_does_not_name_it(say_it):
    counts = {"parent": 30, "child": 15, "young_person": 3, "practitioner": 2}
    said = say_it(counts=counts, quotes=[("mine", "young_person"), ("ours", "parent")])
    assert said.how_many == "About 50 people said this."
    assert [(voice.name, voice.people.number) for voice in said.shown_voices] == [
        ("Children", 15),
        ("Parents and carers", 30),
    ]
    assert said.some_hidden
    assert [(quote.words, quote.voice) for quote in said.quotes] == [
        ("mine", ""),
        ("ours", "a parent or carer"),
    ]


def test_the_question_is_in_easy_words_for_easy_pages(say_it):
    said = say_it()
    assert said.asked_easy == "What is one thing to change?"
    assert said.asked != said.asked_easy
    assert say_it(asked_of="a-survey-that-is-gone").asked == ""


def test_an_area_carries_its_framework_and_where_its_words_come_from(say_it):
    areas = [("hertfordshire-2023", "PA1"), ("every-area", "heard"), ("gone", "X1")]
    pa1, heard = say_it(areas=areas).areas
    assert pa1.key == "hertfordshire-2023/PA1"
    assert pa1.words == pa1.area.official
    assert pa1.area.provenance in pa1.come_from
    assert heard.words == heard.area.plain
    assert heard.come_from.endswith("The sentence: written for Voice.")


def test_a_wave_is_said_as_people_say_it(say_it):
    assert say_it(counts={"parent": 20}, waves=["2026-autumn", "pilot"]).waves == [
        "autumn 2026",
        "pilot",
    ]
