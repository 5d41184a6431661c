"""A member of staff, the roles, and what each role may do."""

from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from voice.errors import VoiceError

Role = Literal["reviewer", "officer", "safeguarding_lead", "administrator"]
Task = Literal[
    "see", "review", "pledge", "safeguard", "enter", "invite", "author", "rota", "administer"
]
"""see: themes and pledges; review: decide on themes; pledge: write what was done; safeguard:
read raw words of answers, which nobody else may; enter: type in answers given on paper; invite:
ask people with codes, and say who may answer; author: write surveys; rota: say who reads answers
in words; administer: let people in."""

ROLES: tuple[Role, ...] = get_args(Role)
MAY: dict[Role, frozenset[Task]] = {
    "reviewer": frozenset({"see", "review"}),
    "officer": frozenset({"see", "pledge", "enter", "invite", "author"}),
    "safeguarding_lead": frozenset({"safeguard", "rota"}),
    "administrator": frozenset(
        {"see", "review", "pledge", "enter", "invite", "author", "rota", "administer"}
    ),
}


class NotAllowed(VoiceError):
    """This person's roles do not include the task."""

    status = 403
    title = "Your account does not open this page"


class NotSignedIn(VoiceError):
    """Nobody is signed in, or the session has ended."""

    status = 401
    title = "Please sign in"


class Person(Struct, frozen=True):
    """A member of staff, as they are while signed in.

    `surveys` are those whose answers and themes they may see, None for all; `organisation` is
    whom they speak for, or "".
    """

    id: int
    email: str
    roles: tuple[Role, ...]
    organisation: str = ""
    surveys: tuple[str, ...] | None = None
    session_id: int = 0

    def may(self, task: Task) -> bool:
        """Tell whether one of the roles includes the task; two tasks need all surveys.

        Whoever sees some surveys could else give themselves the others; and a survey that is only
        being written is none of those that somebody was given.
        """
        if task in ("administer", "author") and self.surveys is not None:
            return False
        return any(task in MAY[role] for role in self.roles)

    def may_see(self, surveys: Iterable[str]) -> bool:
        """Tell whether the person may see what comes of these surveys: of each of them."""
        return self.surveys is None or set(surveys) <= set(self.surveys)
