"""Tables of a report as tables of a document: the same figures, none counted anew."""

from collections.abc import Sequence

from voice.exports.document import Cell, Column, Table
from voice.report.chart import NOT_SHOWN, Chart
from voice.report.lines import Line
from voice.report.population import BLANK

NO_THEME = "No agreed theme"
Keys = tuple[tuple[str, Cell], ...]


def themes(lines: Sequence[Line], keys: Keys) -> Table:
    """Return the themes by size."""
    return Table(
        sheet="themes",
        caption="The agreed themes, the largest first",
        keys=keys,
        columns=(
            Column("Theme"),
            Column("Number of the theme"),
            Column("Share in words"),
            Column("People", people=True),
        ),
        rows=tuple(
            (line.name, line.id, line.share or "not said", line.people.number) for line in lines
        ),
    )


def groups(chart: Chart, first: str, keys: Keys, sheet: str, *, about: str = "") -> Table:
    """Return the lines of a chart: how many in each group. `about` stands before its caption."""
    caption = f"{about}{chart.caption}"
    return Table(
        sheet=sheet,
        caption=caption,
        keys=(*keys, ("Counted by", caption)),
        columns=(Column(first), Column("People", people=True)),
        rows=tuple((bar.name, bar.number) for bar in chart.bars),
    )


def shares(chart: Chart, keys: Keys, sheet: str, *, of_all: bool = False) -> Table:
    """Return how many in each group and their share; `of_all`: beside that of all there are."""
    more = (Column("Share of all people"),) if of_all else ()
    return Table(
        sheet=sheet,
        caption=chart.caption,
        keys=(*keys, ("Counted by", chart.caption)),
        columns=(Column("Group"), Column("People", people=True), Column("Share"), *more),
        rows=tuple(
            (bar.name, bar.number, bar.share or NOT_SHOWN, *((bar.more or BLANK,) if more else ()))
            for bar in chart.bars
        ),
    )


def by_wave(lines: Sequence[tuple[str, Sequence[str]]], waves: Sequence[str], keys: Keys) -> Table:
    """Return how many of each voice answered in each wave: a row for each pair."""
    return Table(
        sheet="who-by-wave",
        caption="Who answered, by wave",
        keys=keys,
        columns=(Column("Voice"), Column("Wave"), Column("People answered")),
        rows=tuple(
            (name, wave, cell)
            for name, cells in lines
            for wave, cell in zip(waves, cells, strict=True)
        ),
    )
