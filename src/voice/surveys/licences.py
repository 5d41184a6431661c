"""Which pictures may be shown: licences that can be passed on, a council's own, and all others."""

import re
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

Licence = Literal[
    "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-SA-2.0-UK", "OGL-UK-3.0", "own-work"
]
"""Licences that let a council and a charity print, change and publish a picture."""

LICENSED = "licensed"
"""The licence of a picture that a council may show and nobody may pass on."""

PASSED_ON: tuple[str, ...] = get_args(Licence)

# How each is called on a page, and where its words are.
CALLED: dict[str, tuple[str, str]] = {
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-SA-2.0-UK": ("CC BY-SA 2.0 UK", "https://creativecommons.org/licenses/by-sa/2.0/uk/"),
    "OGL-UK-3.0": (
        "Open Government Licence 3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    "own-work": ("Made for this survey", ""),
    LICENSED: ("Licensed", ""),
}

NON_COMMERCIAL = re.compile(r"\bnc\b|non[\s-]*commercial", re.IGNORECASE)
NOT_CHANGED = re.compile(r"\bnd\b|no[\s-]*deriv", re.IGNORECASE)
NEVER = {
    "ARASAAC": re.compile(r"\barasaac\b", re.IGNORECASE),
    "Sclera": re.compile(r"\bsclera\b", re.IGNORECASE),
}
NOT_PASSED_ON = {
    "Widgit": re.compile(r"\bwidgit\b", re.IGNORECASE),
    "Makaton": re.compile(r"\bmakaton\b", re.IGNORECASE),
}
WHY_COMMERCIAL = (
    "A council buys printing, hosting and staff for its surveys, so nobody can promise that a use "
    "is not commercial."
)
TAKE_ANOTHER = "Take OpenMoji, Mulberry or a picture of your own."


class Refusal(Struct, frozen=True):
    """Why a picture may not be shown, and what to do."""

    why: str
    what_to_do: str


class Terms(Struct, frozen=True, kw_only=True):
    """Under which terms a picture is shown; `held_by` and `until` are for "licensed" alone.

    `until` is the last day; None while no end is known.
    """

    source: str
    author: str
    licence: str
    held_by: str = ""
    until: date | None = None


def refusal(terms: Terms, *, of_council: bool, today: date | None = None) -> Refusal | None:
    """Return why a picture with these terms may not be shown, or None when it may.

    Args:
        terms: what its record says.
        of_council: whether it lies in the council's own folder, which is never passed on.
        today: the day to judge by; None takes the calendar's.
    """
    whose = f"{terms.source} {terms.author}"
    return (
        _refused_by_name(whose, of_council=of_council)
        or _refused_by_licence(terms.licence)
        or _refused_as_licensed(terms, of_council=of_council, today=today or date.today())
    )


def _refused_by_name(whose: str, *, of_council: bool) -> Refusal | None:
    for name, pattern in NEVER.items():
        if pattern.search(whose):
            why = f"{name} allows non-commercial use only. {WHY_COMMERCIAL}"
            return Refusal(why, TAKE_ANOTHER)
    for name, pattern in NOT_PASSED_ON.items():
        if pattern.search(whose) and not of_council:
            why = f"{name} symbols are licensed to those who bought them and may not be passed on."
            return Refusal(why, "Bring them into the council’s folder: voice pictures import")
    return None


def _refused_by_licence(licence: str) -> Refusal | None:
    if licence in PASSED_ON or licence == LICENSED:
        return None
    if not licence.strip():
        what_to_do = "Find out the licence and write it down; without one, leave the picture out."
        return Refusal("It has no licence: all rights are its author’s.", what_to_do)
    if NON_COMMERCIAL.search(licence):
        why = f"“{licence}” allows non-commercial use only. {WHY_COMMERCIAL}"
        return Refusal(why, TAKE_ANOTHER)
    if NOT_CHANGED.search(licence):
        why = f"“{licence}” forbids changes, and a picture is made smaller or lighter here."
        return Refusal(why, TAKE_ANOTHER)
    why = f"“{licence}” is not among the licences that let everybody print and publish it."
    return Refusal(why, f"They are: {', '.join(PASSED_ON)}.")


def _refused_as_licensed(terms: Terms, *, of_council: bool, today: date) -> Refusal | None:
    if terms.licence != LICENSED:
        return None
    if not of_council:
        why = "A picture that is licensed to a council may not lie where it is passed on."
        return Refusal(why, "Bring it into the council’s folder: voice pictures import")
    if not terms.held_by.strip():
        return Refusal("It is licensed, but nobody is named.", "Say who holds the licence.")
    if terms.until is not None and terms.until < today:
        why = f"The licence of {terms.held_by} ended on {terms.until}."
        return Refusal(why, "Renew it and write down its new end, or take the picture out.")
    return None
