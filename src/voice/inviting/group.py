"""Groups of people who are asked, and how many of a kind have been heard."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from voice.errors import VoiceError
from voice.inviting.code import MOST_CODES

LONGEST = 80
MOST_AT_ONCE = 200


class GroupNotFound(VoiceError):
    """There is no such group, or not for this person."""

    status = 404
    title = "We cannot find that"


class Group(Struct, frozen=True, kw_only=True):
    """Some people who are asked: a school, a panel, a club. `used` of its `codes` were used."""

    id: int
    survey_id: str
    kind: str
    name: str
    codes: int
    used: int
    made_on: date
    ended_on: date | None


class Kind(Struct, frozen=True):
    """Groups of one kind, such as special schools; `wanted` is of how many we want to hear."""

    name: str
    groups: Sequence[Group]
    wanted: int | None

    @property
    def heard(self) -> int:
        """How many of the groups used a code or more."""
        return sum(group.used > 0 for group in self.groups)


class Asked(Struct, frozen=True):
    """What an officer typed to make groups: one for each name, all of one kind, as many codes."""

    kind: str
    names: tuple[str, ...]
    codes: int
    wanted: int | None


def kinds(groups: Iterable[Group], wanted: Mapping[str, int]) -> list[Kind]:
    """Return the groups of a survey by kind, by name; a kind of which none was made yet too."""
    found: dict[str, list[Group]] = {kind: [] for kind in wanted}
    for group in groups:
        found.setdefault(group.kind, []).append(group)
    return [
        Kind(kind, sorted(found[kind], key=lambda group: (group.name, group.id)), wanted.get(kind))
        for kind in sorted(found)
    ]


def read_asked(typed: Mapping[str, str]) -> Asked | dict[str, str]:
    """Return what was typed, or what is wrong with it by field."""
    problems: dict[str, str] = {}
    kind = " ".join(typed["kind"].split())
    if not kind or len(kind) > LONGEST:
        problems["kind"] = f"Say what kind of group it is, in {LONGEST} letters at most."
    names = tuple(" ".join(line.split()) for line in typed["names"].splitlines() if line.strip())
    if wrong := _wrong_names(names):
        problems["names"] = wrong
    codes = _whole(typed["codes"], MOST_CODES)
    if codes is None:
        problems["codes"] = f"Write a whole number from 1 to {MOST_CODES}."
    wanted = _whole(typed["wanted"], 10_000)
    if typed["wanted"].strip() and wanted is None:
        problems["wanted"] = "Write a whole number, or nothing."
    if problems or codes is None:
        return problems
    return Asked(kind, names, codes, wanted)


def _wrong_names(names: tuple[str, ...]) -> str:
    if not names:
        return "Write the name of a group or more, each on its own line."
    if len(names) > MOST_AT_ONCE:
        return f"These are {len(names)} names. Make {MOST_AT_ONCE} at a time at most."
    if too_long := [name for name in names if len(name) > LONGEST]:
        return f"“{too_long[0]}” is too long: {LONGEST} letters at most."
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        return f"“{twice[0]}” stands there twice."
    return ""


def _whole(typed: str, most: int) -> int | None:
    plain = typed.strip()
    if not re.fullmatch(r"[0-9]{1,5}", plain):
        return None
    return int(plain) if 1 <= int(plain) <= most else None
