"""What people decide about themes, and what follows from it.

Pure: suggestions and agreed themes go in, with what the person asks for; a `Decision` that can be
kept comes out, or a `CannotDecide` that says what to mend. Nothing counts until a person agrees.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from voice.review.theme import (
    AreaKey,
    ChangedTheme,
    Decision,
    Member,
    Named,
    NewTheme,
    Suggestion,
    Theme,
)
from voice.review.usable import CannotDecide, usable_name, usable_reason

QUOTES = 3


def agree(
    suggestion: Suggestion, name: str, areas: Collection[AreaKey], taken: Iterable[str]
) -> Decision:
    """Make an agreed theme of a suggestion, under this name and with these areas.

    Args:
        suggestion: what the machine proposed.
        name: the name to keep; another than the machine's is a rename.
        areas: what the person ticked.
        taken: the names of the question's agreed themes.

    Raises:
        CannotDecide: there is no name, it is too long, or another theme has it.
    """
    name = usable_name(name, taken, "name")
    return Decision(
        kind="agree",
        details={"name": name, "suggested": suggestion.name, "comments": len(suggestion.members)},
        suggestion_ids=(suggestion.id,),
        made=(NewTheme(name, suggestion.members, frozenset(areas)),),
    )


def refuse(suggestion: Suggestion, reason: str) -> Decision:
    """Set a suggestion aside.

    Raises:
        CannotDecide: no reason is given, or it is too long.
    """
    return Decision(
        kind="refuse",
        reason=usable_reason(reason),
        details={"suggested": suggestion.name, "comments": len(suggestion.members)},
        suggestion_ids=(suggestion.id,),
    )


def merge(suggestions: Sequence[Suggestion], name: str, taken: Iterable[str]) -> Decision:
    """Make one agreed theme of several suggestions.

    Raises:
        CannotDecide: fewer than two are ticked, or the name cannot be used.
    """
    if len(suggestions) < 2:
        raise CannotDecide("Tick at least two themes to put together.", "together")
    name = usable_name(name, taken, "together-name")
    members = _together(suggestions)
    return Decision(
        kind="merge",
        details={"name": name, "from": [s.name for s in suggestions], "comments": len(members)},
        suggestion_ids=tuple(s.id for s in suggestions),
        made=(NewTheme(name, members, frozenset().union(*(s.areas for s in suggestions))),),
    )


def merge_into(
    theme: Theme, suggestions: Sequence[Suggestion] = (), themes: Sequence[Theme] = ()
) -> Decision:
    """Add suggestions, or other agreed themes, to an agreed theme that stays what it is.

    The other themes end. The theme keeps its name, its quotes and its areas. Where quotes were
    chosen in one of the themes, only chosen ones are published of all.

    Raises:
        CannotDecide: nothing is ticked, or the theme would be added to itself.
    """
    others = [*suggestions, *themes]
    if not others:
        raise CannotDecide("Tick at least one theme to add.", "together")
    if any(other.id == theme.id for other in themes):
        raise CannotDecide("Choose another theme than this one.", "into")
    there = {member.response_id for member in theme.members}
    added = tuple(
        replace(m, quote_place=None) for m in _together(others) if m.response_id not in there
    )
    only_chosen = not theme.quotes_chosen and any(other.quotes_chosen for other in themes)
    return Decision(
        kind="merge",
        details={
            "name": theme.name,
            "from": [o.name for o in others],
            "comments": len(added),
            "quotes_were_chosen": theme.quotes_chosen,
        },
        suggestion_ids=tuple(s.id for s in suggestions),
        theme_ids=(theme.id, *(other.id for other in themes)),
        changed=(ChangedTheme(theme_id=theme.id, added=added, quotes_chosen=only_chosen or None),),
        ended=tuple(other.id for other in themes),
    )


def split(
    source: Suggestion, ticked: Collection[UUID], names: tuple[str, str], taken: Iterable[str]
) -> Decision:
    """Make two agreed themes of one, or of a suggestion: the ticked comments, and the rest.

    Args:
        source: a suggestion, or an agreed theme, which then ends.
        ticked: the comments of the first part.
        names: of the ticked part, then of the rest.
        taken: the names of the question's other agreed themes.

    Raises:
        CannotDecide: no comment is ticked, or all are, or a name cannot be used.
    """
    first = tuple(member for member in source.members if member.response_id in ticked)
    rest = tuple(member for member in source.members if member.response_id not in ticked)
    if not first:
        raise CannotDecide("Tick the comments that belong in the first part.", "comments")
    if not rest:
        raise CannotDecide("Leave at least one comment unticked for the second part.", "comments")
    taken = list(taken)
    name = usable_name(names[0], taken, "first-name")
    other = usable_name(names[1], [*taken, name], "rest-name")
    agreed = isinstance(source, Theme)
    chosen = isinstance(source, Theme) and source.quotes_chosen
    return Decision(
        kind="split",
        details={
            "was": source.name,
            "names": [name, other],
            "comments": [len(first), len(rest)],
        },
        suggestion_ids=() if agreed else (source.id,),
        theme_ids=(source.id,) if agreed else (),
        made=(
            NewTheme(name, quoted(first), source.areas, chosen),
            NewTheme(other, quoted(rest), source.areas, chosen),
        ),
        ended=(source.id,) if agreed else (),
    )


def rename(theme: Theme, name: str, taken: Iterable[str]) -> Decision:
    """Give an agreed theme another name.

    Raises:
        CannotDecide: it has this name already, or the name cannot be used.
    """
    name = usable_name(name, taken, "name")
    if name == theme.name:
        raise CannotDecide("The theme has this name already. Type another one.", "name")
    return Decision(
        kind="rename",
        details={"name": name, "was": theme.name},
        theme_ids=(theme.id,),
        changed=(ChangedTheme(theme_id=theme.id, name=name),),
    )


def change_areas(
    theme: Theme, ticked: Collection[AreaKey], offered: Mapping[AreaKey, str]
) -> Decision:
    """Give an agreed theme other areas; those that are not on offer any more stay as they are.

    Args:
        theme: the theme.
        ticked: the areas it is to have.
        offered: all there are, with their names: the record keeps what they were called.

    Raises:
        CannotDecide: nothing changes.
    """
    areas = frozenset(ticked) & frozenset(offered) | (theme.areas - frozenset(offered))
    if areas == theme.areas:
        raise CannotDecide("Those are its areas already. Tick or untick one.", "areas")
    named = {"/".join(key): offered[key] for key in areas | theme.areas if key in offered}
    about = {"name": theme.name, "areas": _sorted(areas), "were": _sorted(theme.areas)}
    return Decision(
        kind="areas",
        details=about | {"named": named},
        theme_ids=(theme.id,),
        changed=(ChangedTheme(theme_id=theme.id, areas=areas),),
    )


def withdraw(theme: Theme, reason: str) -> Decision:
    """Take back what was agreed; the theme is kept and no longer counts.

    Raises:
        CannotDecide: no reason is given, or it is too long.
    """
    return Decision(
        kind="withdraw",
        reason=usable_reason(reason),
        details={"name": theme.name, "comments": len(theme.members)},
        theme_ids=(theme.id,),
        ended=(theme.id,),
    )


def redact(
    places: int, holding: Sequence[Named], take_out: Callable[[str], tuple[str, int]]
) -> Decision:
    """Keep that words were taken out of a comment, and take them out of what names its themes.

    Args:
        places: in how many places of the comment the words stood. The words are not kept.
        holding: the agreed themes that hold the comment.
        take_out: gives a text without the words, and in how many places they stood.
    """
    changed = []
    for theme in holding:
        name, in_name = take_out(theme.name)
        description, in_description = take_out(theme.description)
        if in_name or in_description:
            changed.append(ChangedTheme(theme_id=theme.id, name=name, description=description))
    return Decision(
        kind="redact",
        details={"places": places},
        theme_ids=tuple(theme.id for theme in holding),
        changed=tuple(changed),
    )


def because(decision: Decision, reason: str) -> Decision:
    """Return the decision with a reason that the person may have given.

    Raises:
        CannotDecide: the reason is too long.
    """
    return replace(decision, reason=usable_reason(reason)) if reason.strip() else decision


def _together(parts: Sequence[Suggestion]) -> tuple[Member, ...]:
    """Return every comment of the parts once, with its best score, best first."""
    best: dict[UUID, Member] = {}
    for member in (member for part in parts for member in part.members):
        known = best.setdefault(member.response_id, member)
        if member.score > known.score:
            best[member.response_id] = member
    return quoted(best.values())


def quoted(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return the comments best first, three of them quotes: those that were, then the best."""
    best_first = sorted(members, key=lambda m: (-m.score, m.response_id))
    quotes = sorted(best_first, key=lambda m: m.quote_place or QUOTES + 1)[:QUOTES]
    places = {member.response_id: place for place, member in enumerate(quotes, 1)}
    return tuple(replace(m, quote_place=places.get(m.response_id)) for m in best_first)


def _sorted(areas: Iterable[AreaKey]) -> list[str]:
    return sorted(f"{framework}/{area}" for framework, area in areas)
