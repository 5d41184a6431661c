"""Suggestions and agreed themes as they are decided about, and all that one decision does."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

Kind = Literal["agree", "merge", "split", "refuse", "rename", "areas", "withdraw", "redact"]
AreaKey: TypeAlias = tuple[str, str]
"""The id of a framework, and the id of an area in it."""


class Member(Struct, frozen=True):
    """A comment in a theme: how well it fits, from -1 to 1, and its place among the quotes.

    `in_part` is true where only a clause of it speaks of the theme.
    """

    response_id: UUID
    score: float
    quote_place: int | None = None
    in_part: bool = False


class Suggestion(Struct, frozen=True, kw_only=True):
    """What the machine proposes; `areas` are those it would choose."""

    id: int
    name: str
    members: tuple[Member, ...]
    areas: frozenset[AreaKey] = frozenset()


class Theme(Suggestion, frozen=True, kw_only=True):
    """What people agreed to. `version` counts up with every change."""

    version: int = 1


class NewTheme(Struct, frozen=True):
    """An agreed theme to be made."""

    name: str
    members: tuple[Member, ...]
    areas: frozenset[AreaKey]


class ChangedTheme(Struct, frozen=True, kw_only=True):
    """What changes in an agreed theme; None leaves a thing as it is."""

    theme_id: int
    name: str | None = None
    areas: frozenset[AreaKey] | None = None
    added: tuple[Member, ...] = ()


class Decision(Struct, frozen=True, kw_only=True):
    """All that one decision does. `details` holds numbers and names, never a comment's words."""

    kind: Kind
    reason: str = ""
    details: Mapping[str, Any] = {}
    suggestion_ids: tuple[int, ...] = ()
    theme_ids: tuple[int, ...] = ()
    made: tuple[NewTheme, ...] = ()
    changed: tuple[ChangedTheme, ...] = ()
    ended: tuple[int, ...] = ()
