"""Frameworks of improvement areas, read from files."""

from datetime import date
from pathlib import Path

import pytest

from voice.surveys.framework import load_framework, load_frameworks
from voice.surveys.survey import BadSurvey

FOLDER = Path(__file__).parents[2] / "surveys" / "frameworks"

AREA = """
[[areas]]
id = "A1"
name = "Lunch"
official = ""
plain = "Lunch is good."
easy_read = "Lunch is good."
provenance = "written for a test"
source = "a test"
examples = ["The soup is cold."]
"""


def framework_file(folder, text="", areas=AREA, name="lunch"):
    file = folder / "lunch.toml"
    file.write_text(
        f'id = "{name}"\nname = "Lunch"\nversion = "1"\nvalid_from = 2026-01-01\n{text}\n{areas}'
    )
    return file


def test_the_framework_that_began_first_comes_first():
    frameworks = load_frameworks(FOLDER)

    assert [framework.id for framework in frameworks] == ["hertfordshire-2023", "every-area"]


def test_hertfordshires_areas_are_in_the_order_of_the_report():
    framework = load_framework(FOLDER / "hertfordshire-2023.toml")

    assert [area.id for area in framework.areas] == [
        "PA1", "PA2", "IA1", "IA2", "IA3", "IA4", "IA5",
    ]  # fmt: skip


def test_an_area_without_published_words_says_that_it_has_a_working_title():
    framework = load_framework(FOLDER / "hertfordshire-2023.toml")

    without = {area.id: area.provenance for area in framework.areas if not area.official}

    working_title = "working title, from press coverage of the report"
    assert without == dict.fromkeys(["IA2", "IA3", "IA5"], working_title)


def test_a_framework_of_ours_claims_no_published_words():
    framework = load_framework(FOLDER / "every-area.toml")

    assert {(area.official, area.provenance) for area in framework.areas} == {
        ("", "written for Voice; belongs to no inspection")
    }


def test_a_framework_holds_on_its_first_and_its_last_day(tmp_path):
    framework = load_framework(framework_file(tmp_path, "valid_to = 2026-12-31"))

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [framework.holds_on(day) for day in days] == [False, True, True, False]


def test_a_framework_without_an_end_goes_on(tmp_path):
    assert load_framework(framework_file(tmp_path)).holds_on(date(2099, 1, 1))


def test_an_area_is_found_by_its_id(tmp_path):
    framework = load_framework(framework_file(tmp_path))

    assert framework.area("A1") == framework.areas[0]
    assert framework.area("A2") is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"areas": AREA + AREA}, "two areas with the id “A1”"),
        ({"areas": ""}, "areas"),
        ({"areas": AREA.replace('["The soup is cold."]', "[]")}, "examples"),
        ({"areas": AREA.replace("written for a test", "")}, "provenance"),
        ({"text": "valid_to = 2025-12-31"}, "valid_to is before valid_from"),
        ({"name": "dinner"}, "the id is “dinner”, but the file is “lunch”"),
        ({"text": "= ="}, "lunch.toml"),
    ],
)
def test_a_framework_that_cannot_be_used_says_what_is_wrong(tmp_path, change, said):
    with pytest.raises(BadSurvey) as refused:
        load_framework(framework_file(tmp_path, **change))

    assert said in refused.value.message
