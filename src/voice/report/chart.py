"""Bars, and the words beside them: the words say it all, and the bars repeat it for the eye."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from voice.small_numbers.count import Shown

NOT_SHOWN = "not shown"


class Bar(Struct, frozen=True):
    """One line: what is counted, how many, and how long its bar is, from 0 to 100.

    `share` is the part of a whole, and `more` what else stands beside it; "" where nothing may.
    `number` is the rounded number that `people` says; None where it is hidden.
    """

    name: str
    people: str
    length: int
    share: str = ""
    more: str = ""
    number: int | None = None


class Chart(Struct, frozen=True):
    """A table with bars. `about` belongs to the caption, for who cannot see what it stands under.

    `any_shown` tells whether there is a number in it at all.
    """

    caption: str
    about: str
    bars: Sequence[Bar]
    any_shown: bool


def chart(
    caption: str,
    shown: Mapping[str, Shown],
    names: Mapping[str, str],
    *,
    shares: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
    about: str = "",
) -> Chart:
    """Return a bar for each name, in their order; the longest is 100 long, a hidden one has none.

    Args:
        caption: what the table is of.
        shown: the numbers, by key.
        names: what each key is called.
        shares, more: what stands beside the numbers, by key.
        about: what the table stands under, in a page with several such.
    """
    longest = max((one.number or 0 for one in shown.values()), default=0)
    bars = [
        Bar(
            name,
            said(shown[key]),
            round(100 * (shown[key].number or 0) / longest) if longest else 0,
            (shares or {}).get(key, ""),
            (more or {}).get(key, ""),
            shown[key].number,
        )
        for key, name in names.items()
    ]
    return Chart(caption, about, bars, any(shown[key].number is not None for key in names))


def said(number: Shown) -> str:
    """Return a number for a cell of a table: short where it is hidden."""
    return NOT_SHOWN if number.number is None else number.words
