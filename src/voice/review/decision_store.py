"""Decisions kept, with all that they do. Only this module writes decisions and agreed themes."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from asyncpg import Record
from msgspec import Struct, json

from voice.database import sql
from voice.database.pool import Connection
from voice.review import member_store, store
from voice.review.seen import ThemeHead
from voice.review.theme import (
    FINAL,
    AreaKey,
    ChangedTheme,
    Decision,
    Kind,
    Member,
    NewTheme,
    Suggestion,
    Theme,
)
from voice.staff import audit

SQL = sql.load(__file__)


class Asking(Struct, frozen=True):
    """Who decides about which question, and the mark of the form they sent."""

    asked_of: str
    question_id: str
    person_id: int
    form: str


async def begin(db: Connection, asking: Asking) -> int | None:
    """Let nobody else decide about this question until the transaction ends.

    Returns the decision that the same person made with the very same form, or None: a form that
    is sent twice decides once.
    """
    await db.execute(SQL.lock_question, asking.asked_of, asking.question_id)
    found: int | None = await db.fetchval(
        SQL.decided_before, asking.asked_of, asking.question_id, asking.person_id, asking.form
    )
    return found


async def suggestions_to_decide(
    db: Connection, ids: Sequence[int], asked_of: str, question_id: str
) -> tuple[list[Suggestion], set[int]]:
    """Return the question's suggestions with these ids, and which of them are decided about."""
    rows = await db.fetch(SQL.suggestions_to_decide, ids, asked_of, question_id)
    members = _members(await db.fetch(SQL.suggested_members, ids))
    areas = await store.suggested_areas(db, ids)
    found = [
        Suggestion(
            id=row["id"],
            name=row["name"],
            members=tuple(members[row["id"]]),
            areas=frozenset(areas[row["id"]]),
        )
        for row in rows
    ]
    return found, {row["id"] for row in rows if row["decided"]}


async def theme_to_decide(db: Connection, head: ThemeHead) -> Theme:
    """Return an agreed theme with its comments and areas."""
    members = _members(await db.fetch(SQL.agreed_members, [head.id]))
    areas = await store.agreed_areas(db, [head.id])
    return Theme(
        id=head.id,
        name=head.name,
        version=head.version,
        description=head.description,
        quotes_chosen=head.quotes_chosen,
        members=tuple(members[head.id]),
        areas=frozenset(areas[head.id]),
    )


async def keep(db: Connection, decision: Decision, asking: Asking) -> int:
    """Keep a decision and all that it does, or nothing; return its id. After `begin`."""
    made = [await _make_theme(db, new, asking) for new in decision.made]
    came_of_it = list(made)
    if decision.kind == "merge":
        came_of_it += [change.theme_id for change in decision.changed]
    found: int = await db.fetchval(
        SQL.keep_decision,
        asking.asked_of,
        asking.question_id,
        decision.kind,
        decision.suggestion_ids,
        decision.theme_ids,
        came_of_it,
        decision.reason,
        json.encode({**decision.details, "form": asking.form}).decode(),
        asking.person_id,
        decision.ended,
        decision.undoes,
        decision.kind not in FINAL,
    )
    for change in decision.changed:
        await _change(db, found, decision.kind, change, asking)
    await db.execute(SQL.end_themes, decision.ended)
    await db.execute(SQL.revive_themes, decision.revived)
    await member_store.keep_first(db, found, decision, made)
    if decision.read is not None:
        where = (asking.asked_of, asking.question_id, decision.read)
        await member_store.keep_read(db, found, *where)
    if decision.undoes is not None:
        await member_store.forget(db, decision.undoes)
    about = f"decision {found}, {decision.kind}, {asking.asked_of}/{asking.question_id}"
    await audit.note_of(db, asking.person_id, "decided on a theme", about)
    return found


async def _change(
    db: Connection, decision_id: int, kind: Kind, change: ChangedTheme, asking: Asking
) -> None:
    """Change a theme. A description is kept in the history too; words taken out of it are not."""
    if change.description is not None and kind != "redact":
        what = (decision_id, change.theme_id, change.description)
        await db.execute(SQL.keep_description, *what)
    about = (change.theme_id, change.name, change.description, change.quotes_chosen)
    await db.execute(SQL.change_theme, *about)
    await member_store.change_members(db, decision_id, asking.question_id, change)
    if change.areas is not None:
        await db.execute(SQL.forget_areas, change.theme_id)
        await _keep_areas(db, change.theme_id, change.areas)


async def take_out_of_descriptions(
    db: Connection, theme_ids: Sequence[int], out: Callable[[str], tuple[str, int]]
) -> None:
    """Take words out of all that themes were ever described with."""
    for row in await db.fetch(SQL.descriptions, list(theme_ids)):
        said, was = out(row["description"])[0], out(row["was"])[0]
        await db.execute(SQL.change_description, row["decision_id"], said, was)


async def _make_theme(db: Connection, new: NewTheme, asking: Asking) -> int:
    theme_id: int = await db.fetchval(
        SQL.make_theme,
        asking.asked_of,
        asking.question_id,
        new.name,
        asking.person_id,
        new.quotes_chosen,
    )
    await member_store.keep_members(db, theme_id, asking.question_id, new.members)
    await _keep_areas(db, theme_id, new.areas)
    return theme_id


async def _keep_areas(db: Connection, theme_id: int, areas: frozenset[AreaKey]) -> None:
    in_order = sorted(areas)
    await db.execute(
        SQL.keep_areas, theme_id, [area[0] for area in in_order], [area[1] for area in in_order]
    )


def _members(rows: Sequence[Record]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    for row in rows:
        member = Member(*(row[name] for name in Member.__struct_fields__))
        found[row["theme_id"]].append(member)
    return found
