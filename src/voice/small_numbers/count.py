"""Disclosure control: how many people, said so that no number points at one of them.

The one engine for every public screen and file. Suppressed and empty look the same. Staff who
read each comment anyway see exact numbers and need none of this.
"""

from collections.abc import Mapping
from functools import lru_cache

from babel.numbers import format_decimal
from msgspec import Struct

from voice.languages.say import later, say, say_many, spoken

THRESHOLD = 10
LOWEST_THRESHOLD = 5
STEP = 5
SMALLEST_BASE = 20
# True of a part that is small, of an empty one, and of one that is hidden to protect another.
NOT_SHOWN = later("not shown, so that nobody can be picked out")
NO_SHARE = later("too few people to say a share")

FRACTIONS = (
    (10, later("about 1 in 10")),
    (20, later("about 1 in 5")),
    (25, later("about 1 in 4")),
    (33, later("about 1 in 3")),
    (40, later("about 2 in 5")),
    (50, later("about half")),
    (60, later("about 3 in 5")),
    (67, later("about 2 in 3")),
    (75, later("about 3 in 4")),
    (80, later("about 4 in 5")),
    (90, later("about 9 in 10")),
)


class Shown(Struct, frozen=True):
    """A number as the public may see it; `number` is None when it is hidden."""

    words: str
    number: int | None


def people(count: int, *, threshold: int = THRESHOLD) -> Shown:
    """Return how many people to the nearest 5, or only that they are fewer than the threshold.

    Raises:
        ValueError: the threshold is under 5, or the count is under 0.
    """
    number = rounded(count, threshold)
    few = say_many("fewer than %(n)s person", "fewer than %(n)s people", threshold)
    return Shown(few if number is None else _about(number), number)


def by_voice(counts: Mapping[str, int], *, threshold: int = THRESHOLD) -> dict[str, Shown]:
    """Return each part of a whole, in the order given, hiding what subtraction could reveal.

    Made to stand beside `people(sum(counts.values()))`, when that reaches the threshold: then
    nobody can work out from the total and the parts shown that a hidden part is under the
    threshold, even who knows this rule. To that end the smallest of the other parts are hidden
    too, so that at least two are, and as many as it takes.
    """
    total = rounded(sum(counts.values()), threshold)
    each = {voice: rounded(count, threshold) for voice, count in counts.items()}
    shown = {voice: number for voice, number in each.items() if number is not None}
    while shown and total is not None and not _safe(total, shown, len(counts), threshold):
        # Equal parts go together: which of them stays would tell which was there first.
        smallest = min(counts[voice] for voice in shown)
        shown = {voice: n for voice, n in shown.items() if counts[voice] > smallest}
    return {voice: _part(shown.get(voice)) for voice in counts}


def share(count: int, base: int, *, threshold: int = THRESHOLD) -> Shown:
    """Return which part of the base the count is, in whole percent.

    Worked out from both numbers rounded, so it tells no more than they do. Hidden when the base
    is under 20, when the count is under the threshold, and when a group under 20 would be 0 % or
    100 %. Never for a part that `by_voice` hides.
    """
    part, whole = rounded(count, threshold), rounded(base, threshold)
    if part is None or whole is None or base < SMALLEST_BASE:
        return Shown(say(NO_SHARE), None)
    percent = min(100, (200 * part + whole) // (2 * whole))
    if percent in (0, 100) and count < SMALLEST_BASE:
        return Shown(say(NO_SHARE), None)
    return Shown(_percent(percent), percent)


def share_in_words(count: int, base: int, *, threshold: int = THRESHOLD) -> str:
    """Return the share as a child would say it, “about 1 in 4”; it tells no more than `share`."""
    percent = share(count, base, threshold=threshold).number
    if percent is None:
        return say(NO_SHARE)
    if percent < 8:
        return say("fewer than 1 in 10")
    if percent > 95:
        return say("nearly everyone")
    return say(min(FRACTIONS, key=lambda fraction: abs(fraction[0] - percent))[1])


def possible(number: int, *, threshold: int = THRESHOLD) -> tuple[int, int]:
    """Return the least and the most people that a number shown by `people` can stand for."""
    low = threshold if number == _lowest(threshold) else number - STEP // 2
    return low, number + STEP // 2


def rounded(count: int, threshold: int) -> int | None:
    """Return the count to the nearest 5, never under the threshold; None when it is too small."""
    if threshold < LOWEST_THRESHOLD or count < 0:
        raise ValueError(f"threshold {threshold} is under {LOWEST_THRESHOLD}, or a count under 0")
    if count < threshold:
        return None
    return max(_lowest(threshold), (count + STEP // 2) // STEP * STEP)


def _lowest(threshold: int) -> int:
    return -(-threshold // STEP) * STEP


def _safe(total: int, shown: Mapping[str, int], n_parts: int, threshold: int) -> bool:
    """Tell whether each hidden part could reach the threshold, for all that is shown."""
    if len(shown) == n_parts:
        return True
    most = possible(total, threshold=threshold)[1]
    # Who knows the rule knows that each part shown is larger than every part hidden.
    least_shown = sum(
        max(threshold + 1, possible(number, threshold=threshold)[0]) for number in shown.values()
    )
    return n_parts - len(shown) > 1 and most - least_shown >= threshold


def _part(number: int | None) -> Shown:
    return Shown(say(NOT_SHOWN), None) if number is None else Shown(_about(number), number)


def _percent(percent: int) -> str:
    if percent == 0:
        return say("under 1%")
    if percent == 100:
        return say("all or nearly all")
    return say("about %(percent)s%%", percent=percent)


def _about(number: int) -> str:
    """Return a rounded number of people in words, its thousands apart: “about 1,250 people”."""
    grouped = _grouped(number, spoken().code)
    return say_many("about %(people)s person", "about %(people)s people", number, people=grouped)


@lru_cache(maxsize=4096)
def _grouped(number: int, language: str) -> str:
    """Return a number with its thousands apart; rounded numbers are few, and said often."""
    return format_decimal(number, locale=language)
