"""Comments of agreed themes kept, and what each decision did to them. Used by `decision_store`."""

from collections.abc import Collection, Sequence
from uuid import UUID

from voice.database import sql
from voice.database.pool import Connection
from voice.review.theme import ChangedTheme, Decision, Member

SQL = sql.load(__file__)
# Kinds of decision that take what the machine put together as a theme.
OF_THE_MACHINE = ("agree", "merge", "split")


async def keep_members(
    db: Connection, theme_id: int, question_id: str, members: Sequence[Member]
) -> list[UUID]:
    """Put comments into a theme; return those that were not there."""
    rows = await db.fetch(
        SQL.keep_members,
        theme_id,
        question_id,
        [member.response_id for member in members],
        [member.score for member in members],
        [member.quote_place for member in members],
        [member.in_part for member in members],
        [member.publishable for member in members],
        [member.by_hand for member in members],
    )
    return [row["response_id"] for row in rows]


async def change_members(
    db: Connection, decision_id: int, question_id: str, change: ChangedTheme
) -> None:
    """Put in, take out and mark what a decision says, and note it beside the decision."""
    theme_id = change.theme_id

    async def note(comments: Collection[UUID], did: str) -> None:
        if comments:
            await db.execute(SQL.note_members, decision_id, theme_id, list(comments), did)

    await note(change.removed, "out")
    await db.execute(SQL.remove_members, theme_id, list(change.removed))
    await note(await keep_members(db, theme_id, question_id, change.added), "in")
    for comments, publishable, did in (
        (change.marked, True, "mark"),
        (change.unmarked, False, "unmark"),
    ):
        await db.execute(SQL.mark_members, theme_id, list(comments), publishable)
        await note(comments, did)


async def keep_first(
    db: Connection, decision_id: int, decision: Decision, made: Sequence[int]
) -> None:
    """Keep where the machine put comments first, in the themes that a decision made of it."""
    if decision.kind not in OF_THE_MACHINE:
        return
    parts = [(theme_id, new.members) for theme_id, new in zip(made, decision.made, strict=True)]
    parts += [(change.theme_id, change.added) for change in decision.changed]
    for place, (theme_id, members) in enumerate(parts):
        if decision.ended:
            later = [one.response_id for _, rest in parts[place + 1 :] for one in rest]
            ended = list(decision.ended)
            await db.execute(SQL.hand_on_first, decision_id, theme_id, ended, later)
        else:
            ids = [member.response_id for member in members]
            await db.execute(SQL.keep_first, decision_id, theme_id, ids)


async def keep_read(
    db: Connection, decision_id: int, asked_of: str, question_id: str, comment: UUID
) -> None:
    """Keep that a person read this comment by itself, and what the machine says of it."""
    await db.execute(SQL.keep_offered, decision_id, asked_of, question_id, comment)
    await db.execute(SQL.keep_read, asked_of, question_id, comment, decision_id)


async def forget(db: Connection, decision_id: int) -> None:
    """Forget what a decision, now taken back, said of the machine and of reading."""
    await db.execute(SQL.forget_first, decision_id)
    await db.execute(SQL.forget_read, decision_id)
