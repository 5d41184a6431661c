"""Taking a decision back: by another decision, since the record is only ever added to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from voice.review.seen import Past, ThemeHead
from voice.review.theme import ChangedTheme, Decision, Member
from voice.review.usable import CannotDecide


class Trace(Struct, frozen=True):
    """What a decision did to a comment of a theme: put it “in” or “out”, “mark” or “unmark”."""

    theme_id: int
    did: str
    member: Member


class Around(Struct, frozen=True):
    """What there is to know before a decision can be taken back.

    `later` are decisions that came after it, touched its themes and still stand; `themes` those
    that it touched, as they are now; `taken` names of the question's other agreed themes.
    """

    traces: Sequence[Trace]
    later: Sequence[Past]
    themes: Sequence[ThemeHead]
    taken: Collection[str]


def last_of_all(past: Iterable[Past]) -> list[int]:
    """Return which decisions can be taken back as they are, given the newest first.

    One can if none that came later and still stands touched a theme of it.
    """
    touched: set[int] = set()
    found = []
    for one in past:
        if one.undone or one.kind == "undo":
            continue
        if one.undoable and not touched & one.touched:
            found.append(one.id)
        touched |= one.touched
    return found


def undo(past: Past, around: Around) -> Decision:
    """Take a decision back: its themes and comments are as they were before.

    Raises:
        CannotDecide: it was taken back already, something later rests on it, a name that would
            come back is taken, or “You said, we did” answers a theme that would end.
    """
    _check(past, around)
    ended = [theme for theme in past.made_theme_ids if theme not in past.theme_ids]
    what = past.what if past.kind != "describe" else f"described “{past.details['name']}”"
    return Decision(
        kind="undo",
        details={"what": what, "kind": past.kind},
        theme_ids=tuple(sorted(past.touched)),
        changed=tuple(
            ChangedTheme(theme_id=theme_id, **change)
            for theme_id, change in _changes(past, around.traces).items()
            if theme_id not in ended
        ),
        ended=tuple(ended),
        revived=tuple(past.ended_theme_ids),
        undoes=past.id,
    )


def _check(past: Past, around: Around) -> None:
    if past.undone:
        raise CannotDecide("Somebody has undone this already.", "undo")
    if not past.undoable:
        raise CannotDecide("This cannot be undone. Decide anew instead.", "undo")
    if any(one.kind == "redact" for one in around.later):
        raise CannotDecide(
            "Words were taken out of a comment since. What was before may hold them, so it does "
            "not come back. Decide anew instead.",
            "undo",
        )
    if around.later:
        last = around.later[0]
        raise CannotDecide(
            f"First undo what came later: {last.decided_by} {last.what}.",
            "undo",
        )
    made = set(past.made_theme_ids) - set(past.theme_ids)
    if any(theme.id in made and theme.has_pledge for theme in around.themes):
        raise CannotDecide(
            "“You said, we did” answers a theme that would end. Give that answer another theme "
            "first, or take the theme back.",
            "undo",
        )
    back = {theme.name for theme in around.themes if theme.id in past.ended_theme_ids}
    back |= {past.details["was"]} if past.kind == "rename" else set()
    taken = {name.casefold() for name in around.taken}
    for name in sorted(back):
        if name.casefold() in taken:
            raise CannotDecide(f"There is another agreed theme called “{name}” now.", "undo")


def _changes(past: Past, traces: Iterable[Trace]) -> Mapping[int, dict[str, Any]]:
    """Return {theme: what changes back in it}."""
    changes: dict[int, dict[str, Any]] = defaultdict(dict)
    if past.kind == "rename":
        changes[past.theme_ids[0]]["name"] = past.details["was"]
    if past.kind == "describe":
        changes[past.theme_ids[0]]["description"] = past.was or ""
    if past.kind == "areas":
        keys = (area.partition("/") for area in past.details["were"])
        changes[past.theme_ids[0]]["areas"] = frozenset((one, other) for one, _, other in keys)
    if "quotes_were_chosen" in past.details:
        chosen = past.details["quotes_were_chosen"]
        changes[past.theme_ids[0]]["quotes_chosen"] = chosen
    back = {"in": "removed", "mark": "unmarked", "unmark": "marked"}
    for trace in traces:
        change = changes[trace.theme_id]
        if trace.did == "out":
            change["added"] = (*change.get("added", ()), trace.member)
        else:
            field = back[trace.did]
            change[field] = change.get(field, frozenset()) | {trace.member.response_id}
    return changes
