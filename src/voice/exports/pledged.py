"""Pledges as sections and tables of a document: for the evidence pack and for the summary."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from voice.exports import table
from voice.exports.document import Block, Cell, Column, Points, Quote, Section, Table, Words
from voice.web.templates import day
from voice.you_said.pledge import STATUSES
from voice.you_said.reply import Reply

LATE = "This is late (overdue)."
MADE_UP = "these answers were made up to show how Voice works. No person said them."


def in_short(replies: Sequence[Reply]) -> Table:
    """Return how many replies have each status; exact, they are no people."""
    by_status = Counter(reply.kept.status for reply in replies)
    late = Counter(reply.kept.status for reply in replies if reply.overdue)
    rows: list[tuple[Cell, ...]] = [
        (name, by_status[status], late[status]) for status, name in STATUSES.items()
    ]
    rows.append(("All", len(replies), sum(late.values())))
    return Table(
        sheet="statuses",
        caption="Replies to what was said",
        columns=(Column("What came of it"), Column("Replies"), Column("Of these, overdue")),
        rows=tuple(rows),
    )


def listed(replies: Sequence[Reply]) -> Table:
    """Return a line for each pledge, to find one by."""
    return Table(
        sheet="pledges-in-short",
        caption="Every pledge",
        columns=(
            Column("Number"),
            Column("What people said"),
            Column("People", people=True),
            Column("Status"),
            Column("Day"),
            Column("Responsible"),
        ),
        rows=tuple(
            (
                reply.kept.number,
                reply.said.theme,
                reply.said.people.number,
                reply.heading,
                f"{reply.day_means} {day(reply.kept.on_day)}{'. ' + LATE if reply.overdue else ''}",
                reply.owner,
            )
            for reply in replies
        ),
    )


def whole(replies: Sequence[Reply], today: date) -> Table:
    """Return every column that the CSV of “You said, we did” has; for spreadsheets only."""
    rows = [table.row(reply, today) for reply in replies]
    return Table(
        sheet="pledges",
        caption="Every pledge, with all that is kept of it",
        columns=tuple(Column(name) for name in table.NAMES),
        rows=tuple(tuple(row[name] for name in table.NAMES) for row in rows),
        in_print=False,
    )


def section(reply: Reply) -> Section:
    """Return one pledge: what was said, what came of it, why, and how we know."""
    kept, said = reply.kept, reply.said
    asked = f"“{said.asked}”" + (f" ({', '.join(said.waves)})" if said.waves else "")
    blocks: list[Block] = [Words(MADE_UP, "Demo:")] if said.demo else []
    if said.asked:
        blocks.append(Words(asked, "We asked:"))
    blocks.append(Words(said.how_many))
    if said.shown_voices:
        blocks.append(Points(tuple(f"{v.name}: {v.people.words}" for v in said.shown_voices)))
    blocks += [Quote(q.words, f"From {q.voice}" if q.voice else "") for q in said.quotes]
    blocks.append(Words(kept.words, f"{reply.heading}:"))
    blocks += [
        Words(words, strong)
        for strong, words in (
            ("Because:", kept.because),
            ("What you can have instead:", kept.instead),
            ("How we know:", _dated(kept.evidence, kept.evidence_on)),
            ("The difference it made:", _difference(reply)),
            (f"{reply.day_means}:", f"{day(kept.on_day)}.{_late(reply.overdue)}"),
            ("Responsible:", reply.owner),
            ("Board or meeting:", _dated(kept.board, kept.board_on)),
            ("Did a young person or parent agree that this is so?", _checked(reply)),
            ("We will say more by:", _more(reply)),
            ("Last updated on:", day(kept.updated_on)),
        )
        if words
    ]
    if said.areas:
        points = [f"{a.area.name} ({a.framework}): {a.words} {a.come_from}" for a in said.areas]
        blocks += [Words("", "Areas this belongs to:"), Points(tuple(points))]
    return Section(f"{kept.number}. {said.theme}", tuple(blocks))


def _dated(words: str, on: date | None) -> str:
    return f"{words} ({day(on)})" if words and on else words


def _late(late: bool) -> str:
    return f" {LATE}" if late else ""


def _difference(reply: Reply) -> str:
    kept = reply.kept
    if not kept.measured_on:
        return ""
    change = f"Before: {kept.measure_before}. Afterwards: {kept.measure_after}."
    return f"{kept.measure}. {change} ({day(kept.measured_on)})"


def _checked(reply: Reply) -> str:
    return f"{reply.checked}. {reply.kept.checked_note}".strip()


def _more(reply: Reply) -> str:
    on = reply.kept.next_update_on
    return f"{day(on)}.{_late(reply.update_overdue)}" if on else ""
