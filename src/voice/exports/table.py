"""The columns of the table of replies. `docs/data-dictionary.md` says what each one means."""

from collections.abc import Callable
from datetime import date

from voice.exports.spreadsheet import Cell
from voice.surveys.survey import Voice
from voice.you_said.reply import Reply
from voice.you_said.said import MOST_QUOTES

Column = Callable[[Reply], Cell]


def _about(voice: Voice) -> Column:
    """Return a column with the rounded number of one voice, empty where it is hidden."""

    def number(reply: Reply) -> Cell:
        counts = {count.voice: count.people.number for count in reply.said.voices}
        return counts[voice]

    return number


def _quote(place: int) -> Column:
    def words(reply: Reply) -> Cell:
        quotes = reply.said.quotes
        return quotes[place].words if place < len(quotes) else None

    return words


def _day(day: date | None) -> Cell:
    return day.isoformat() if day else None


COLUMNS: dict[str, Column] = {
    "number": lambda reply: reply.kept.number,
    "status": lambda reply: reply.kept.status,
    "status_words": lambda reply: reply.heading,
    "theme": lambda reply: reply.said.theme,
    "theme_easy": lambda reply: reply.kept.easy_said,
    "question": lambda reply: reply.said.asked,
    "waves": lambda reply: "; ".join(reply.said.waves),
    "people_about": lambda reply: reply.said.people.number,
    "people_words": lambda reply: reply.said.people.words,
    "children_about": _about("child"),
    "young_people_about": _about("young_person"),
    "parents_about": _about("parent"),
    "practitioners_about": _about("practitioner"),
    **{f"quote_{place + 1}": _quote(place) for place in range(MOST_QUOTES)},
    "words": lambda reply: reply.kept.words,
    "words_easy": lambda reply: reply.kept.easy_words,
    "because": lambda reply: reply.kept.because,
    "because_easy": lambda reply: reply.kept.easy_because,
    "owner_role": lambda reply: reply.kept.owner_role,
    "owner_organisation": lambda reply: reply.kept.owner_organisation,
    "day_means": lambda reply: reply.day_means,
    "day": lambda reply: reply.kept.on_day.isoformat(),
    "overdue": lambda reply: "yes" if reply.overdue else "no",
    "updated_on": lambda reply: reply.kept.updated_on.isoformat(),
    "areas": lambda reply: "; ".join(place.key for place in reply.said.areas),
    "area_names": lambda reply: "; ".join(place.area.name for place in reply.said.areas),
    "demo": lambda reply: "yes" if reply.said.demo else "no",
    "instead": lambda reply: reply.kept.instead,
    "instead_easy": lambda reply: reply.kept.easy_instead,
    "measure": lambda reply: reply.kept.measure,
    "measure_before": lambda reply: reply.kept.measure_before,
    "measure_after": lambda reply: reply.kept.measure_after,
    "measured_on": lambda reply: _day(reply.kept.measured_on),
    "evidence": lambda reply: reply.kept.evidence,
    "evidence_on": lambda reply: _day(reply.kept.evidence_on),
    "next_update_on": lambda reply: _day(reply.kept.next_update_on),
    "update_overdue": lambda reply: "yes" if reply.update_overdue else "no",
    "board": lambda reply: reply.kept.board,
    "board_on": lambda reply: _day(reply.kept.board_on),
    "checked": lambda reply: reply.kept.checked,
    "checked_note": lambda reply: reply.kept.checked_note,
    "theme_id": lambda reply: reply.said.theme_id,
}
NAMES = (*COLUMNS, "exported_on")


def row(reply: Reply, today: date) -> dict[str, Cell]:
    """Return one reply as a row, dated."""
    cells = {name: column(reply) for name, column in COLUMNS.items()}
    return cells | {"exported_on": today.isoformat()}
