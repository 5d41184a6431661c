"""The sections of an evidence pack about what came of it: pledges, and what is owed."""

from collections.abc import Sequence

from voice.exports import pack_store, pledged
from voice.exports.document import Block, Cell, Column, Section, Table, Words
from voice.exports.making import Making
from voice.you_said.reply import Reply

OWED = {
    "evidence": "Evidence that it is done",
    "overdue": "It was to be done by now",
    "update": "More was to be said by now",
    "checked": "A young person or parent has not agreed yet that it is so",
    "disagreed": "A young person or parent did not agree that it is so",
}
ASKED_TO_AGREE = ("done", "partly_done")


async def pledges(making: Making) -> Section:
    """Return every pledge of the layer, with all that is known of it."""
    replies = making.replies
    blocks: list[Block] = [pledged.in_short(replies)]
    if not replies:
        return Section("You said, we did", (*blocks, Words("Nothing has been published yet.")))
    blocks += [pledged.listed(replies), pledged.whole(replies, making.today)]
    return Section("You said, we did", tuple(blocks), tuple(pledged.section(r) for r in replies))


async def owed(making: Making) -> Section:
    """Return what is still owed to whoever spoke: evidence, days that passed, their agreement."""
    rows: list[tuple[Cell, ...]] = [
        (reply.kept.number, reply.said.theme, OWED[what], since, reply.owner)
        for reply in making.replies
        for what, since in _owed(reply)
    ]
    if not rows:
        return Section("What is owed", (Words("Nothing is owed."),))
    columns = ("Number", "What people said", "What is owed", "Since", "Responsible")
    found = Table(
        sheet="owed",
        caption="What is owed, pledge by pledge",
        columns=tuple(Column(name) for name in columns),
        rows=tuple(rows),
    )
    return Section("What is owed", (found,))


def _owed(reply: Reply) -> list[tuple[str, str]]:
    kept = reply.kept
    found = []
    if kept.status == "done" and not kept.evidence:
        found.append(("evidence", kept.on_day.isoformat()))
    if reply.overdue:
        found.append(("overdue", kept.on_day.isoformat()))
    if reply.update_overdue and kept.next_update_on:
        found.append(("update", kept.next_update_on.isoformat()))
    if kept.checked == "no":
        found.append(("disagreed", kept.updated_on.isoformat()))
    elif kept.status in ASKED_TO_AGREE and kept.checked == "not_yet":
        found.append(("checked", kept.on_day.isoformat()))
    return found


async def kept_back(making: Making) -> Section | None:
    """Return which pledges the public cannot see, and every change; not in a public pack."""
    if making.layer == "public":
        return None
    unseen = [reply for reply in making.replies if _why_unseen(reply)]
    changes = Table(
        sheet="changes",
        caption="Every version of every pledge, the newest first",
        columns=tuple(
            Column(name) for name in ("Pledge", "Version", "Written on", "Status", "Published")
        ),
        rows=tuple(await pack_store.changes(making.db)),
    )
    return Section("Not public, and what was changed", (_unseen(unseen), changes))


def _unseen(replies: Sequence[Reply]) -> Block:
    if not replies:
        return Words("All pledges are public.")
    return Table(
        sheet="not-public",
        caption="Pledges that the public cannot see",
        columns=(Column("Pledge"), Column("What people said"), Column("Why")),
        rows=tuple((r.kept.number, r.said.theme, _why_unseen(r)) for r in replies),
    )


def _why_unseen(reply: Reply) -> str:
    if reply.said.ended:
        return "Its theme was merged, split or taken back."
    return "" if reply.kept.published else "A draft: nobody has published it."
