"""The one table that `make bench` prints: each row is a ratio or a figure, and what it must be."""

import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct


class Row(Struct, frozen=True, kw_only=True):
    """One thing that was measured, `values` once a round; `fits` says if the median is good."""

    what: str
    against: str
    values: Sequence[float]
    target: str = ""
    fits: Callable[[float], bool] | None = None


HEAD = ("what", "compared with", "times", "median", "spread", "target", "")


def show(rows: Sequence[Row]) -> None:
    """Print the rows in columns as Markdown, so that they can be kept as they are."""
    lines = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    rule = tuple("-" * width for width in widths)
    for line in (lines[0], rule, *lines[1:]):
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print(f"| {' | '.join(cells)} |")


def _cells(row: Row) -> tuple[str, ...]:
    median = statistics.median(row.values)
    verdict = "" if row.fits is None else "met" if row.fits(median) else "MISSED"
    spread = f"{_short(min(row.values))} to {_short(max(row.values))}"
    times = str(len(row.values))
    return (row.what, row.against, times, _short(median), spread, row.target, verdict)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def at_least(wanted: float) -> Callable[[float], bool]:
    """Return whether a value is at least as large."""
    return lambda value: value >= wanted


def at_most(wanted: float) -> Callable[[float], bool]:
    """Return whether a value is at most as large."""
    return lambda value: value <= wanted
