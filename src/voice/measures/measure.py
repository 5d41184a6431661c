"""A measure: a figure from outside, or a share of answers, with where it began and is to be.

What is measured never changes: who wants to measure something else makes another measure. No
figure stands without a day, and none from outside without the name of its source.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from voice.easy_words.lengths import TOO_LONG_SENTENCE
from voice.easy_words.text import count_words
from voice.errors import VoiceError
from voice.languages.say import later
from voice.measures.figures import Better
from voice.you_said.days import FIRST_YEAR, parse_day
from voice.you_said.pledge import long_sentence

MOST_MILESTONES = 4
LONGEST = {"name": 200, "easy_name": 200, "unit": 30, "source": 300}
NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,2})?) ?%?", re.A)
BETTER: dict[Better, str] = {
    "higher": later("Higher is better"),
    "lower": later("Lower is better"),
}
STEPS = tuple(f"milestone_{n}" for n in range(1, MOST_MILESTONES + 1))
PAIRS = ("baseline", "target", *STEPS)
FIELDS = (
    "area",
    "name",
    "easy_name",
    "better",
    "unit",
    "source",
    *(field for pair in PAIRS for field in (pair, f"{pair}_on")),
    "publish",
)
ACTUAL_FIELDS = ("value", "on_day", "source", "not_comparable", "note")
YEARS_AHEAD = 10
Problems = dict[str, str]
WHAT_NUMBER = "Write a number, such as 52 or 52.5."
WHAT_DAY = "Write the day like this: 3 May 2027."


class MeasureNotFound(VoiceError):
    """There is no such measure, or not for this reader."""

    status = 404
    title = later("We cannot find that")


class Asking(Struct, frozen=True):
    """The answers that a measure counts: who chose one of these options, of all who answered."""

    survey_id: str
    question_id: str
    options: tuple[str, ...]


class Planned(Struct, frozen=True):
    """A figure and its day: where it began, or where it is to be by then."""

    value: Decimal
    on: date


class Measure(Struct, frozen=True, kw_only=True):
    """What one version of a measure says.

    `asking` is None for an outside figure, which then has a unit (perhaps "") and a source. A
    share of answers is in percent, and its baseline is the first wave that can be shown.
    """

    framework_id: str
    area_id: str
    name: str
    easy_name: str
    better: Better
    unit: str = ""
    source: str = ""
    asking: Asking | None = None
    baseline: Planned | None = None
    target: Planned | None = None
    milestones: tuple[Planned, ...] = ()
    pledges: tuple[int, ...] = ()
    published: bool


class Found(Struct, frozen=True, kw_only=True):
    """An outside figure of one day, as an officer writes it."""

    value: Decimal
    on_day: date
    source: str
    not_comparable: str = ""
    note: str = ""


def read_measure(
    typed: Mapping[str, str],
    today: date,
    *,
    asking: Asking | None,
    areas: Sequence[str],
    pledges: Sequence[int] = (),
) -> Measure | Problems:
    """Return the measure that was typed, or what is wrong with it: {field: problem}.

    Args:
        typed: each field's text, by name.
        today: nothing began after it.
        asking: what it counts, chosen before; None for an outside figure.
        areas: those it may belong to, as “framework/area”.
        pledges: the numbers of the pledges that it is about.
    """
    typed = {name: text.strip() for name, text in typed.items()}
    pairs, problems = {}, _text_problems(typed, outside=asking is None)
    if typed.get("area") not in areas:
        problems["area"] = "Choose an area."
    for pair in PAIRS if asking is None else PAIRS[1:]:
        pairs[pair], wrong = _pair(typed, pair, today, percent=asking is not None)
        problems |= wrong
    steps = tuple(sorted((p for n in STEPS if (p := pairs[n])), key=lambda step: step.on))
    problems |= _too_early(pairs)
    if problems:
        return {field: problems[field] for field in FIELDS if field in problems}
    framework_id, _, area_id = typed["area"].partition("/")
    return Measure(
        framework_id=framework_id,
        area_id=area_id,
        name=typed["name"],
        easy_name=typed["easy_name"],
        better="higher" if typed["better"] == "higher" else "lower",
        unit=typed.get("unit", "") if asking is None else "",
        source=typed["source"] if asking is None else "",
        asking=asking,
        baseline=pairs.get("baseline"),
        target=pairs["target"],
        milestones=steps,
        pledges=tuple(sorted(set(pledges))),
        published=typed.get("publish") == "yes",
    )


def _too_early(pairs: Mapping[str, Planned | None]) -> Problems:
    """Say of each day to reach something by that it is not after the baseline, if it is not."""
    began = pairs.get("baseline")
    return {
        f"{name}_on": "This day must come after the day of the baseline."
        for name, planned in pairs.items()
        if name != "baseline" and began and planned and planned.on <= began.on
    }


def read_found(typed: Mapping[str, str], today: date) -> Found | Problems:
    """Return the outside figure that was typed, or what is wrong with it: {field: problem}."""
    typed = {name: text.strip() for name, text in typed.items()}
    value, day = parse_number(typed.get("value", "")), parse_day(typed.get("on_day", ""))
    problems = {} if value is not None else {"value": WHAT_NUMBER}
    if day is None or day.year < FIRST_YEAR:
        problems["on_day"] = WHAT_DAY
    elif day > today:
        problems["on_day"] = "This day is still to come. Give the day that the figure is of."
    if not typed.get("source"):
        problems["source"] = "Write where the figure comes from, so that others can find it."
    for name in ("source", "not_comparable", "note"):
        if len(typed.get(name, "")) > LONGEST["source"]:
            problems[name] = f"Write this in {LONGEST['source']} letters at most."
    if problems or value is None or day is None:
        return {field: problems[field] for field in ACTUAL_FIELDS if field in problems}
    words = {name: typed.get(name, "") for name in ("source", "not_comparable", "note")}
    return Found(value=value, on_day=day, **words)


def parse_number(text: str) -> Decimal | None:
    """Return a number from 0 with at most two places, or None; a percent sign is left out."""
    found = NUMBER.fullmatch(text)
    return Decimal(found[1]) if found else None


def with_unit(value: Decimal, unit: str) -> str:
    """Return a figure as it is read: 52.5%, or 20 weeks."""
    number = f"{value.normalize():f}"
    return f"{number}%" if unit == "%" else f"{number} {unit}".rstrip()


def _text_problems(typed: Mapping[str, str], *, outside: bool) -> Problems:
    problems: Problems = {}
    asks = {
        "name": "Write what is measured.",
        "easy_name": "Write the same in easy words. Nothing is said in hard words only.",
    }
    if outside:
        asks["source"] = "Write where the figure comes from, so that others can find it."
    for field, longest in LONGEST.items():
        text = typed.get(field, "")
        if not text and field in asks:
            problems[field] = asks[field]
        elif len(text) > longest:
            problems[field] = f"This is too long. Take out {len(text) - longest:,} letters or more."
    sentence = long_sentence(typed.get("easy_name", ""))
    if sentence and "easy_name" not in problems:
        problems["easy_name"] = (
            f"This has {count_words(sentence)} words. Say it in {TOO_LONG_SENTENCE} at most."
        )
    if typed.get("better") not in BETTER:
        problems["better"] = "Choose which way is better."
    return problems


def _pair(
    typed: Mapping[str, str], name: str, today: date, *, percent: bool
) -> tuple[Planned | None, Problems]:
    """Return a figure with its day, None where neither was typed, and what is wrong with them."""
    text, day_text = typed.get(name, ""), typed.get(f"{name}_on", "")
    if not text and not day_text:
        return None, {}
    value, day = parse_number(text), parse_day(day_text)
    problems = {}
    if value is None or (percent and value > 100):
        problems[name] = "Write a number from 0 to 100." if percent else WHAT_NUMBER
    if day is None or not FIRST_YEAR <= day.year <= today.year + YEARS_AHEAD:
        problems[f"{name}_on"] = WHAT_DAY
    elif name == "baseline" and day > today:
        problems[f"{name}_on"] = "This day is still to come. Give the day that the figure is of."
    if problems or value is None or day is None:
        return None, problems
    return Planned(value, day), {}
