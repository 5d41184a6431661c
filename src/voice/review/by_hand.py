"""What people decide comment by comment: describe, move, make, choose quotes, read.

Pure, as `decisions`: an agreed theme goes in with what the person asks for, and a `Decision` comes
out, or a `CannotDecide`.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from voice.review.decisions import quoted
from voice.review.seen import Agreed
from voice.review.theme import ChangedTheme, Decision, Member, NewTheme, Theme
from voice.review.usable import CannotDecide, usable_description, usable_name

UNKNOWN = 0.5  # How well a comment fits a theme that has none to compare it with.
TICK = "Tick at least one comment first."


def describe(theme: Theme, description: str) -> Decision:
    """Say in a sentence what an agreed theme is about; nothing brings the machine's back.

    Raises:
        CannotDecide: nothing changes, or the sentence is too long.
    """
    description = usable_description(description)
    if description == theme.description:
        raise CannotDecide("The theme says that already. Type another sentence.", "description")
    return Decision(
        kind="describe",
        details={"name": theme.name},
        theme_ids=(theme.id,),
        changed=(ChangedTheme(theme_id=theme.id, description=description),),
    )


def move(theme: Theme, ticked: Collection[UUID], into: Theme | None, *, stay: bool) -> Decision:
    """Put ticked comments of a theme into another one, or (None) into no theme.

    Args:
        theme: where they are.
        ticked: the comments.
        into: where they go.
        stay: whether they stay here as well.

    Raises:
        CannotDecide: none is ticked, all would go, or all are in the other theme already.
    """
    moving = [member for member in theme.members if member.response_id in ticked]
    if not moving:
        raise CannotDecide(TICK, "comments")
    if not stay and len(moving) == len(theme.members):
        raise CannotDecide(
            "Leave one comment here. To move all, put the theme into another; or take it back.",
            "comments",
        )
    added = _joining(moving, into) if into else ()
    if stay and not added:
        raise CannotDecide("Those are in the other theme already.", "comments")
    changed = [] if into is None else [ChangedTheme(theme_id=into.id, added=added)]
    if not stay:
        gone = frozenset(member.response_id for member in moving)
        changed.insert(0, ChangedTheme(theme_id=theme.id, removed=gone))
    return Decision(
        kind="move",
        details={
            "how": "also" if stay else "move" if into else "out",
            "name": theme.name,
            "into": into.name if into else "",
            "comments": len(added) if stay else len(moving),
        },
        theme_ids=(theme.id, into.id) if into else (theme.id,),
        changed=tuple(changed),
    )


def put_in(comments: Collection[UUID], into: Theme) -> Decision:
    """Put comments that are in no theme into an agreed theme.

    Raises:
        CannotDecide: none is ticked, or all are in the theme already.
    """
    if not comments:
        raise CannotDecide(TICK, "comments")
    added = _joining([Member(one, UNKNOWN) for one in sorted(comments)], into)
    if not added:
        raise CannotDecide("Those are in that theme already.", "comments")
    return Decision(
        kind="move",
        details={"how": "in", "name": "", "into": into.name, "comments": len(added)},
        theme_ids=(into.id,),
        changed=(ChangedTheme(theme_id=into.id, added=added),),
    )


def make(
    comments: Collection[UUID], name: str, taken: Iterable[str], source: Theme | None = None
) -> Decision:
    """Make an agreed theme of ticked comments; where they were in a theme, they leave it.

    Raises:
        CannotDecide: none is ticked, all of the theme are, or the name cannot be used.
    """
    known = {member.response_id: member for member in source.members} if source else {}
    moving = [one for one in sorted(comments) if source is None or one in known]
    if not moving:
        raise CannotDecide(TICK, "comments")
    if source and len(moving) == len(source.members):
        raise CannotDecide("Leave one comment here; or give this theme another name.", "comments")
    name = usable_name(name, taken, "new-name")
    members = quoted(
        replace(known.get(one, Member(one, UNKNOWN)), score=UNKNOWN, by_hand=True) for one in moving
    )
    left = ChangedTheme(theme_id=source.id, removed=frozenset(moving)) if source else None
    return Decision(
        kind="make",
        details={
            "name": name,
            "comments": len(members),
            "source": source.name if source else "",
        },
        theme_ids=(source.id,) if source else (),
        made=(NewTheme(name, members, frozenset()),),
        changed=(left,) if left else (),
    )


def publish(
    theme: Theme, ticked: Collection[UUID], barred: Collection[UUID], *, may: bool
) -> Decision:
    """Choose comments as quotes, or choose them no longer; then only chosen ones are published.

    Args:
        theme: the theme that they stand for.
        ticked: the comments.
        barred: those that nobody may publish: without permission, held back, or without words.
        may: whether they are to be published.

    Raises:
        CannotDecide: nothing changes, or one of them may not be published.
    """
    members = [member for member in theme.members if member.response_id in ticked]
    if not members:
        raise CannotDecide(TICK, "comments")
    if may and any(member.response_id in barred for member in members):
        raise CannotDecide(
            "One of the ticked comments has no permission to be quoted, or is held back. Each "
            "comment says below it whether it may be quoted.",
            "comments",
        )
    new = frozenset(member.response_id for member in members if member.publishable is not may)
    if not new:
        already = "as quotes already" if may else "that are no quotes anyway"
        raise CannotDecide(f"You ticked comments {already}.", "comments")
    change = (
        ChangedTheme(theme_id=theme.id, marked=new, quotes_chosen=True)
        if may
        else ChangedTheme(theme_id=theme.id, unmarked=new)
    )
    return Decision(
        kind="publish",
        details={
            "how": "mark" if may else "unmark",
            "name": theme.name,
            "comments": len(new),
            "quotes_were_chosen": theme.quotes_chosen,
        },
        theme_ids=(theme.id,),
        changed=(change,),
    )


def read(
    comment: UUID, themes: Sequence[Agreed], ticked: Collection[int], where: Collection[int]
) -> Decision:
    """Keep that a person read a comment, and put it just into the themes that were ticked.

    Args:
        comment: the comment.
        themes: the question's agreed themes.
        ticked: ids of the themes that it belongs to.
        where: ids of those that hold it now.
    """
    here = [theme for theme in themes if theme.id in ticked and theme.id not in where]
    out = [theme for theme in themes if theme.id not in ticked and theme.id in where]
    added = Member(comment, UNKNOWN, by_hand=True)
    return Decision(
        kind="read",
        details={"into": [theme.name for theme in here], "out": [theme.name for theme in out]},
        theme_ids=tuple(theme.id for theme in [*here, *out]),
        changed=(
            *(ChangedTheme(theme_id=theme.id, added=(added,)) for theme in here),
            *(ChangedTheme(theme_id=theme.id, removed=frozenset({comment})) for theme in out),
        ),
        read=comment,
    )


def _joining(moving: Iterable[Member], into: Theme) -> tuple[Member, ...]:
    """Return the comments that are not there yet, with the score that its comments have on average.

    How well they fit is not known: so they stand neither for its middle nor for its edge.
    """
    there = {member.response_id for member in into.members}
    scores = [member.score for member in into.members]
    score = sum(scores) / len(scores) if scores else UNKNOWN
    return tuple(
        replace(member, score=score, quote_place=None, by_hand=True)
        for member in moving
        if member.response_id not in there
    )
