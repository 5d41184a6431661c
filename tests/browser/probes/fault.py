"""What a probe gives back: one entry for each thing that is wrong with a page."""

from typing import NamedTuple


class Fault(NamedTuple):
    """A named check, the place on the page, and what is wrong there."""

    check: str
    where: str
    why: str


def faults(check: str, found: list[list[str]]) -> list[Fault]:
    """Return what a script on the page found, [[where, why]], as faults of one check."""
    return [Fault(check, where, why) for where, why in found]
