"""Public data about measures: every published measure with its lines, as its page shows them."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct, structs

from voice.exports.spreadsheet import Cell, to_csv
from voice.measures.figures import Better
from voice.measures.shown import OfArea, Shown


class OpenLine(Struct, frozen=True, kw_only=True):
    """One line. `figure` is empty where it is not shown; `more` says why, or how sure it is."""

    part: str
    figure: str
    when: str
    change: str
    why: str
    reason: str
    more: list[str]
    source: str
    note: str


class OpenMeasure(Struct, frozen=True, kw_only=True):
    """A measure. `asked` and `answers` are of a share of answers; an outside figure has none."""

    number: int
    area: str
    framework: str
    name: str
    name_easy: str
    better: Better
    asked: str
    answers: list[str]
    pledges: list[int]
    lines: list[OpenLine]
    demo: bool


class Measures(Struct, frozen=True, kw_only=True):
    """Every published measure."""

    read_on: date
    measures: list[OpenMeasure]


OF_MEASURE = ("number", "area", "framework", "name", "name_easy", "better", "asked")
COLUMNS = (*OF_MEASURE, *OpenLine.__struct_fields__, "demo")
"""The names of the columns of measures.csv: a row for each line of each measure."""


def measures(areas: Sequence[OfArea]) -> list[OpenMeasure]:
    """Return the measures, by number."""
    found = [_measure(one, area) for area in areas for one in area.measures]
    return sorted(found, key=lambda one: one.number)


def _measure(one: Shown, area: OfArea) -> OpenMeasure:
    kept, counting = one.kept, one.counting
    lines = [OpenLine(**structs.asdict(line) | {"more": list(line.more)}) for line in one.lines]
    return OpenMeasure(
        number=kept.number,
        area=area.key,
        framework=area.framework,
        name=kept.name,
        name_easy=kept.easy_name,
        better=kept.better,
        asked=counting.asked if counting else "",
        answers=list(counting.answers) if counting else [],
        pledges=list(kept.pledges),
        lines=lines,
        demo=kept.demo,
    )


def measures_csv(found: Sequence[OpenMeasure]) -> bytes:
    """Return the measures as a table, a row for each line."""
    return to_csv(COLUMNS, (_row(one, line) for one in found for line in one.lines))


def _row(one: OpenMeasure, line: OpenLine) -> dict[str, Cell]:
    told: dict[str, Cell] = {name: getattr(one, name) for name in OF_MEASURE}
    told |= {name: getattr(line, name) for name in OpenLine.__struct_fields__ if name != "more"}
    return told | {"more": "; ".join(line.more), "demo": "yes" if one.demo else "no"}
