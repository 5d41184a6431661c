"""Figures: which share of people said something, how sure that is, and whether it has changed.

Everything is worked out from the rounded numbers that may be shown, so that the interval tells no
more than they do.
"""

from decimal import Decimal
from math import ceil, floor, sqrt
from typing import Literal

from msgspec import Struct

from voice.small_numbers.count import by_voice, people, share

Z = 1.959963984540054  # Of the normal distribution: 95 % lie within.
Better = Literal["higher", "lower"]
Change = Literal["better", "worse", "maybe_better", "maybe_worse", "same"]


class Reading(Struct, frozen=True):
    """Which share of the people of a wave said it, in whole percent, as it may be shown.

    `low` and `high` are the 95 % interval, in whole percent, rounded outwards; `people` is how
    many answered, to the nearest 5. All are None where too few people are behind one of them.
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


def read_share(chosen: int, base: int, *, threshold: int) -> Reading:
    """Return what may be shown of `chosen` people among `base`.

    Hidden as well when the others are few: the share would tell how few.
    """
    parts = by_voice({"chosen": chosen, "others": base - chosen}, threshold=threshold)
    percent = share(chosen, base, threshold=threshold).number
    part, whole = parts["chosen"].number, people(base, threshold=threshold).number
    if part is None or whole is None or percent is None:
        return HIDDEN
    low, high = wilson(min(part, whole), whole)
    return Reading(percent, floor(100 * low), ceil(100 * high), whole)


def wilson(chosen: int, base: int) -> tuple[float, float]:
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
