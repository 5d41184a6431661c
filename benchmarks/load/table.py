"""The one table that `make bench` prints: each row is a ratio or a figure, and what it must be."""

import statistics
from collections.abc import Sequence

from msgspec import Struct


class Row(Struct, frozen=True, kw_only=True):
    """One thing that was measured, `values` once a round; its median must be in the bounds."""

    what: str
    against: str
    values: Sequence[float]
    least: float | None = None
    most: float | None = None

    @property
    def target(self) -> str:
        """The bound in words; nothing where there is none."""
        if self.least is not None:
            return f"at least {self.least:g}"
        return "" if self.most is None else f"at most {self.most:g}"

    @property
    def verdict(self) -> str:
        """Whether the median is in the bounds; nothing where there are none."""
        if not self.target:
            return ""
        median = statistics.median(self.values)
        low = self.least is not None and median < self.least
        high = self.most is not None and median > self.most
        return "MISSED" if low or high else "met"


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
    spread = f"{_short(min(row.values))} to {_short(max(row.values))}"
    times = str(len(row.values))
    return (row.what, row.against, times, _short(median), spread, row.target, row.verdict)


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
