"""Figures: which share of people said something, how sure that is, and whether it has changed.

How many answered is told in bands only, and the interval is worked out from the lower end of a band
of everybody who sent answers. Else, beside a report, subtracting would tell how few left a question
out.
"""

from decimal import Decimal
from math import ceil, floor, sqrt
from typing import Literal

from msgspec import Struct

from voice.languages.say import later, say
from voice.small_numbers.count import SMALLEST_BASE, by_voice

Z = 1.959963984540054  # Of the normal distribution: 95 % lie within.
Better = Literal["higher", "lower"]
Change = Literal["better", "worse", "maybe_better", "maybe_worse", "same"]


class Reading(Struct, frozen=True):
    """Which share of the people of a wave said it, in whole percent, as it may be shown.

    `low` and `high` are the 95 % interval, in whole percent, rounded outwards. `people` is exactly
    how many sent answers: kept to know when to count again, and shown as `size_in_words` only.
    All are None where too few people are behind one of them.
    """

    percent: int | None = None
    low: int | None = None
    high: int | None = None
    people: int | None = None


class Figure(Struct, frozen=True):
    """One value to compare; `low` and `high` are None where it is no estimate."""

    value: Decimal
    low: int | None = None
    high: int | None = None


HIDDEN = Reading()
BAND = 25
SIZES = (
    (250, later("250 people or more sent answers")),
    (100, later("100 to 249 people sent answers")),
    (50, later("50 to 99 people sent answers")),
    (0, later("fewer than 50 people sent answers")),
)


def read_share(chosen: int, base: int, sent: int, *, threshold: int) -> Reading:
    """Return what may be shown of `chosen` people among `base`, of `sent` who sent answers.

    Hidden as well when the others are few: the share would tell how few. It is of the exact
    numbers, to the nearest 5 % of fewer than 50 people: of rounded ones it would tell, beside the
    number of everybody, how many left the question out.
    """
    parts = by_voice({"chosen": chosen, "others": base - chosen}, threshold=threshold)
    if parts["chosen"].number is None or base < SMALLEST_BASE:
        return HIDDEN
    step = 1 if sent >= 50 else 5
    percent = step * round(100 * chosen / base / step)
    crowd = max(SMALLEST_BASE, sent // BAND * BAND)
    low, high = wilson(percent / 100 * crowd, crowd)
    return Reading(percent, floor(100 * low), ceil(100 * high), sent)


def size_in_words(people: int) -> str:
    """Return how many people sent answers, as a band."""
    return say(next(words for least, words in SIZES if people >= least))


def wilson(chosen: float, base: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927), from 0 to 1; `base` is 1 or more."""
    p, zz = chosen / base, Z * Z
    middle = p + zz / (2 * base)
    half = Z * sqrt(p * (1 - p) / base + zz / (4 * base * base))
    return (
        max(0.0, (middle - half) / (1 + zz / base)),
        min(1.0, (middle + half) / (1 + zz / base)),
    )


def change(before: Figure, after: Figure, better: Better) -> Change:
    """Tell what became of a figure; of two estimates, only a difference that is clear is certain.

    Gains and declines are told by the same rule: with the other direction, each turns into the
    other.
    """
    if before.value == after.value:
        return "same"
    gained = (after.value > before.value) == (better == "higher")
    if is_clear(before, after):
        return "better" if gained else "worse"
    return "maybe_better" if gained else "maybe_worse"


def is_clear(before: Figure, after: Figure) -> bool:
    """Tell whether the 95 % interval of the difference leaves out 0 (Newcombe 1998, method 10)."""
    first, second = _interval(before), _interval(after)
    if first is None or second is None:
        return True
    (p, low_p, high_p), (q, low_q, high_q) = first, second
    difference = q - p
    least = difference - sqrt((q - low_q) ** 2 + (high_p - p) ** 2)
    most = difference + sqrt((high_q - q) ** 2 + (p - low_p) ** 2)
    return least > 0 or most < 0


def reaches(value: Decimal, planned: Decimal, better: Better) -> bool:
    """Tell whether a figure is as good as what was planned, or better."""
    return value >= planned if better == "higher" else value <= planned


def _interval(figure: Figure) -> tuple[float, float, float] | None:
    if figure.low is None or figure.high is None:
        return None
    return float(figure.value), figure.low, figure.high
