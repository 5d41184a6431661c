"""What is recorded about a translation: by whom, how far, and which English each string says."""

from hashlib import sha256
from typing import Literal

from msgspec import Struct

Status = Literal["draft", "checked", "recorded"]
"""How far a string is: nobody has checked it, a native speaker has, or one has spoken it too."""

DIGITS = 12
"""Hex digits of a fingerprint: enough that two texts of one survey never share one."""


class StringRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far one translated string is, where it differs from the rest of its file."""

    english: str
    status: Status | None = None
    by: str | None = None


class Translation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a translation is: by whom, whether checked, and which English each string says.

    `of` has the `fingerprint` of the English by the place of the string, such as "listened.ask".
    """

    by: str
    status: Status = "draft"
    of: dict[str, str | StringRecord] = {}

    @property
    def is_draft(self) -> bool:
        """Whether any string is not checked by a native speaker yet."""
        return any(found.status == "draft" for place in self.of if (found := self.record(place)))

    def record(self, place: str) -> StringRecord | None:
        """Return how far a string is, or None when nothing is recorded."""
        found = self.of.get(place)
        if found is None:
            return None
        own = StringRecord(english=found) if isinstance(found, str) else found
        return StringRecord(
            english=own.english, status=own.status or self.status, by=own.by or self.by
        )


def fingerprint(english: str) -> str:
    """Return what stands for an English text in a translation's record: 12 hex digits."""
    return sha256(english.encode()).hexdigest()[:DIGITS]
