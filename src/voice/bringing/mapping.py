"""Which column is which question, and which word which answer: said by a person, kept in a file."""

from typing import Annotated, Literal

import msgspec
import tomli_w
from msgspec import Meta, Struct, structs

from voice.errors import BadInput
from voice.surveys.questions import Id
from voice.surveys.survey import SurveyId, Voice

TICK = "="
"""Stands between a question and one of its answers, where a column is one tick box."""

DayOrder = Literal["dmy", "mdy"]
Heading = Annotated[int, Meta(ge=0, le=2)]


class Mapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file is read. Columns are called by their names in the file.

    `heading` is how many rows the heading has, 0 to find out. `id`, `day`, `agreed` and `speaks`
    are columns: what tells rows apart, the day of the answer, whether the person agreed to take
    part, and who speaks. `columns` leads to a question, or with “question=answer” to one tick of
    it. `values` says, question by question, what a word in the file means; "" means no answer,
    and the word “*” is any other.
    """

    survey: SurveyId
    wave: str = ""
    tool: str = "other"
    heading: Heading = 0
    between: str = ";"
    day_order: DayOrder = "dmy"
    id: str = ""
    day: str = ""
    agreed: str = ""
    speaks: str = ""
    voices: dict[str, Voice] = {}
    columns: dict[str, str] = {}
    values: dict[Id, dict[str, str]] = {}


def read_mapping(name: str, written: bytes) -> Mapping:
    """Return the mapping that a TOML file says.

    Raises:
        BadInput: it is no TOML, or says something that no mapping has.
    """
    try:
        return msgspec.toml.decode(written, type=Mapping)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}: {error}. docs/bringing-data.md says what it may hold.") from None


def write_mapping(mapping: Mapping) -> str:
    """Return a mapping as TOML, with what it leaves as it is left out."""
    said = structs.asdict(mapping)
    empty = structs.asdict(Mapping(survey=mapping.survey))
    kept = {name: value for name, value in said.items() if name == "survey" or value != empty[name]}
    return tomli_w.dumps(kept)


def question_of(target: str) -> tuple[str, str]:
    """Return the question that a column leads to and, for a tick box, the answer; else ""."""
    question, _, option = target.partition(TICK)
    return question.strip(), option.strip()
