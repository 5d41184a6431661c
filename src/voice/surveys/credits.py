"""Who made the pictures that are really shown, by where they come from."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Framework
from voice.surveys.licences import CALLED
from voice.surveys.sources import Shown, pictures_in

NOT_WRITTEN = "not written down"


class Credit(Struct, frozen=True, order=True):
    """One picture: what it shows, who drew it, its licence in words, and where it can be seen."""

    shows: str
    author: str
    licence: str
    address: str
    held_by: str = ""
    until: date | None = None


class Credits(Struct, frozen=True):
    """The pictures from one source, by what they show; `licences` are [(name, address)]."""

    source: str
    pictures: Sequence[Credit]
    licences: Sequence[tuple[str, str]]


def credits(catalogue: Catalogue, frameworks: Sequence[Framework]) -> list[Credits]:
    """Return the pictures that a survey or an improvement area shows, each once, by source."""
    by_source: dict[str, list[Credit]] = {}
    licences: dict[str, set[tuple[str, str]]] = {}
    for address, one in _shown(catalogue, frameworks):
        source = one.record.source if one.record else f"A source that is {NOT_WRITTEN}"
        by_source.setdefault(source, []).append(_credit(address, one))
        if one.record and one.record.licence in CALLED:
            licences.setdefault(source, set()).add(CALLED[one.record.licence])
    return [
        Credits(source, sorted(found), sorted(one for one in licences.get(source, ()) if one[1]))
        for source, found in sorted(by_source.items())
    ]


def _shown(catalogue: Catalogue, frameworks: Iterable[Framework]) -> Iterator[tuple[str, Shown]]:
    """Yield the address of every picture that is shown, each file once."""
    seen = set()
    for survey_id, name in _named(catalogue, frameworks):
        one = catalogue.shown[survey_id].get(name)
        if one is not None and one.file not in seen:
            seen.add(one.file)
            yield f"/pictures/{survey_id}/{name}", one


def _named(catalogue: Catalogue, frameworks: Iterable[Framework]) -> Iterator[tuple[str, str]]:
    """Yield every survey's id with the name of a picture that it shows in some wording."""
    for survey in catalogue.surveys:
        for wording in ("", *catalogue.wordings(survey.id)):
            for _, name in pictures_in(catalogue.find(survey.id, wording)):
                yield survey.id, name
    # The areas' pictures are those that all surveys share; the first survey stands for all.
    for survey in catalogue.surveys[:1]:
        for framework in frameworks:
            yield from ((survey.id, area.picture) for area in framework.areas if area.picture)


def _credit(address: str, one: Shown) -> Credit:
    record = one.record
    if record is None:
        return Credit(one.file.stem, NOT_WRITTEN, NOT_WRITTEN, address)
    name, _ = CALLED.get(record.licence, (record.licence, ""))
    return Credit(record.shows, record.author, name, address, record.held_by, record.until)
