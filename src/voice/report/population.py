"""How many people there are, to hold the answers against: a file, `surveys/population.toml`.

The area fills it in. What it has not filled in is never guessed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from voice.surveys.survey import BadSurvey

BLANK = "to fill in"
Figure: TypeAlias = Annotated[int, Meta(ge=1)] | Literal["to fill in"]
Words = Annotated[str, Meta(min_length=1)]


class Everybody(Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody whom the surveys are about."""

    name: Words
    people: Figure
    source: Words


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """The answers to one question about who somebody is, with how many there are of each."""

    question: str
    name: Words
    source: Words
    people: Mapping[str, Figure] = {}

    def share(self, option: str) -> float | None:
        """Return which part of the people gave this answer; None while any figure is blank."""
        figures = [people for people in self.people.values() if isinstance(people, int)]
        here = self.people.get(option)
        if len(figures) < len(self.people) or not isinstance(here, int):
            return None
        return here / sum(figures)


class Population(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    everybody: Everybody
    groups: tuple[Group, ...] = ()


def load_population(file: Path) -> Population:
    """Return the figures of the area.

    Raises:
        BadSurvey: the file is missing, is not TOML or does not fit; a question stands twice, or a
            figure has no source.
    """
    try:
        found = msgspec.toml.decode(file.read_bytes(), type=Population)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"{file}: {error}") from error
    questions = [group.question for group in found.groups]
    twice = sorted({one for one in questions if questions.count(one) > 1})
    if twice:
        raise BadSurvey(f"{file}: the question “{twice[0]}” stands twice.")
    for group in found.groups:
        if group.source == BLANK and any(people != BLANK for people in group.people.values()):
            raise BadSurvey(f"{file}: the figures of “{group.question}” have no source.")
    if found.everybody.source == BLANK and found.everybody.people != BLANK:
        raise BadSurvey(f"{file}: the figure of everybody has no source.")
    return found
