"""What a reviewer typed in the forms of a theme, kept so that a problem loses nothing."""

from typing import Self
from uuid import UUID

from msgspec import Struct

from voice.web.forms import Form, one


class Typed(Struct, frozen=True, kw_only=True):
    """The fields of every form about one theme; `ticked` are ids of comments.

    `which` is the form that was sent: the last word of its address. `areas_shown` tells whether
    it had tick boxes for areas, so that none ticked means none.
    """

    which: str = ""

    name: str = ""
    reason: str = ""
    why: str = ""
    first: str = ""
    rest: str = ""
    into: str = ""
    description: str = ""
    do: str = ""
    to: str = ""
    new: str = ""
    ticked: list[str] = []
    areas_shown: bool = False

    @classmethod
    def of(cls, form: Form | None, address: str, *, name: str, description: str = "") -> Self:
        """Return what the form says; what it has no field for is as given."""
        if form is None:
            return cls(name=name, description=description)
        return cls(
            which=address.rpartition("/")[2],
            name=one(form, "name") if "name" in form else name,
            reason=one(form, "reason"),
            why=one(form, "why"),
            first=one(form, "first"),
            rest=one(form, "rest"),
            into=one(form, "into"),
            description=one(form, "description") if "description" in form else description,
            do=one(form, "do"),
            to=one(form, "to"),
            new=one(form, "new"),
            ticked=form.get("comment", []),
            areas_shown="areas" in form,
        )

    def why_in(self, which: str) -> str:
        """Return the reason that was typed in this form, or nothing."""
        return self.why if self.which == which else ""


def comment_ids(form: Form) -> set[UUID]:
    """Return the ids of the ticked comments; a value that is no id is left out."""
    found = set()
    for value in form.get("comment", []):
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return found
