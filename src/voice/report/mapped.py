"""Which themes belong to which area: every area of every framework, those without a theme too."""

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from voice.report.lines import Line
from voice.review.theme import AreaKey
from voice.surveys.framework import Framework


class InArea(Struct, frozen=True):
    """One area with its themes, the largest first; `provenance` says where its words come from."""

    name: str
    provenance: str
    themes: Sequence[Line]


class InFramework(Struct, frozen=True):
    """A framework with all of its areas."""

    name: str
    areas: Sequence[InArea]


def mapped(
    frameworks: Sequence[Framework],
    lines: Sequence[Line],
    agreed: Mapping[int, Collection[AreaKey]],
) -> list[InFramework]:
    """Return every framework, area by area, with the themes that people put there."""
    return [
        InFramework(
            framework.name,
            [
                InArea(
                    area.name,
                    area.provenance,
                    [one for one in lines if (framework.id, area.id) in agreed.get(one.id, ())],
                )
                for area in framework.areas
            ],
        )
        for framework in frameworks
    ]
