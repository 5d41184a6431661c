"""Frameworks of improvement areas: what an inspection or a partnership asks to get better.

Frameworks are data, in `surveys/frameworks/<id>.toml`. Nothing may count on how many areas a
framework has, or on there being one framework only.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from voice.surveys.survey import BadSurvey

FrameworkId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,59}$")]
AreaId = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
Words = Annotated[str, Meta(min_length=1)]


class Area(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that has to get better.

    `official` is the published wording, empty where we have not seen it; `name` is what lists call
    the area, and may be a working title. `provenance` says how sure we are of the words, and is
    shown beside them. `examples` are sentences of ours of the kind people say about the area.
    """

    id: AreaId
    name: Words
    official: str
    plain: Words
    easy_read: Words
    picture: str = ""
    provenance: Words
    source: Words
    examples: Annotated[tuple[Words, ...], Meta(min_length=1)]


class Framework(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set of areas that holds from `valid_from` to `valid_to`, both days included.

    `valid_to` is None while no end is known.
    """

    id: FrameworkId
    name: Words
    version: str
    valid_from: date
    valid_to: date | None = None
    areas: Annotated[tuple[Area, ...], Meta(min_length=1)]

    def area(self, area_id: str) -> Area | None:
        """Return the area with this id, or None."""
        return next((area for area in self.areas if area.id == area_id), None)

    def holds_on(self, day: date) -> bool:
        """Say whether the framework is in use on this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def load_framework(file: Path) -> Framework:
    """Return one framework.

    Raises:
        BadSurvey: the file is not TOML, does not fit `Framework`, has another id than its name,
            has an area twice, or ends before it begins.
    """
    try:
        framework = msgspec.toml.decode(file.read_bytes(), type=Framework)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"{file}: {error}") from error
    if framework.id != file.stem:
        raise BadSurvey(f"{file}: the id is “{framework.id}”, but the file is “{file.stem}”.")
    ids = [area.id for area in framework.areas]
    twice = sorted({area_id for area_id in ids if ids.count(area_id) > 1})
    if twice:
        raise BadSurvey(f"{file}: there are two areas with the id “{twice[0]}”.")
    if framework.valid_to is not None and framework.valid_to < framework.valid_from:
        raise BadSurvey(f"{file}: valid_to is before valid_from.")
    return framework


def load_frameworks(folder: Path) -> list[Framework]:
    """Return the frameworks in `folder`, the one that began first coming first, then by id.

    Raises:
        BadSurvey: a file cannot be used; see `load_framework`.
    """
    frameworks = [load_framework(file) for file in folder.glob("*.toml")]
    return sorted(frameworks, key=lambda framework: (framework.valid_from, framework.id))
