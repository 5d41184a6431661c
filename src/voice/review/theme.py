"""Suggestions and agreed themes as they are decided about, and all that one decision does."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

Kind = Literal[
    "agree",
    "merge",
    "split",
    "refuse",
    "rename",
    "areas",
    "withdraw",
    "redact",
    "describe",
    "move",
    "make",
    "publish",
    "read",
    "undo",
]
FINAL = ("redact", "undo")  # Kinds that are never taken back.
AreaKey: TypeAlias = tuple[str, str]
"""The id of a framework, and the id of an area in it."""


class Member(Struct, frozen=True):
    """A comment in a theme: how well it fits, from -1 to 1, and its place among the quotes.

    `in_part` is true where only a clause of it speaks of the theme, `publishable` where a person
    chose it as a quote, `by_hand` where a person put it here: then its score says nothing.
    """

    response_id: UUID
    score: float
    quote_place: int | None = None
    in_part: bool = False
    publishable: bool = False
    by_hand: bool = False


class Suggestion(Struct, frozen=True, kw_only=True):
    """What the machine proposes; `areas` are those it would choose."""

    id: int
    name: str
    members: tuple[Member, ...]
    areas: frozenset[AreaKey] = frozenset()


class Theme(Suggestion, frozen=True, kw_only=True):
    """What people agreed to. `version` counts up with every change.

    `description` is a person's sentence, or empty; where `quotes_chosen`, only quotes that a
    person marked are published.
    """

    version: int = 1
    description: str = ""
    quotes_chosen: bool = False


class Named(Struct, frozen=True):
    """What an agreed theme is called, and a person's sentence about it."""

    id: int
    name: str
    description: str


class NewTheme(Struct, frozen=True):
    """An agreed theme to be made."""

    name: str
    members: tuple[Member, ...]
    areas: frozenset[AreaKey]
    quotes_chosen: bool = False


class ChangedTheme(Struct, frozen=True, kw_only=True):
    """What changes in an agreed theme; None leaves a thing as it is.

    `removed`, `marked` and `unmarked` are comments; a mark says that one may be published.
    """

    theme_id: int
    name: str | None = None
    description: str | None = None
    areas: frozenset[AreaKey] | None = None
    quotes_chosen: bool | None = None
    added: tuple[Member, ...] = ()
    removed: frozenset[UUID] = frozenset()
    marked: frozenset[UUID] = frozenset()
    unmarked: frozenset[UUID] = frozenset()


class Decision(Struct, frozen=True, kw_only=True):
    """All that one decision does. `details` holds numbers and names, never a comment's words.

    `revived` are themes that had ended and count again, `undoes` a decision that this one takes
    back, `read` a comment that was read by itself.
    """

    kind: Kind
    reason: str = ""
    details: Mapping[str, Any] = {}
    suggestion_ids: tuple[int, ...] = ()
    theme_ids: tuple[int, ...] = ()
    made: tuple[NewTheme, ...] = ()
    changed: tuple[ChangedTheme, ...] = ()
    ended: tuple[int, ...] = ()
    revived: tuple[int, ...] = ()
    undoes: int | None = None
    read: UUID | None = None
