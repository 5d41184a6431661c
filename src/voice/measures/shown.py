"""Measures as everybody may read them, area by area, in both wordings; and for exports."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from voice.database.pool import Connection
from voice.languages.say import say
from voice.measures import store
from voice.measures.asked import choices_of
from voice.measures.lines import Line, latest, lines
from voice.measures.measure import BETTER, Asking
from voice.measures.store import Actual, Kept
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Area, Framework
from voice.you_said.beside import Beside, Find, Note, Place
from voice.you_said.card import HOME as YOU_SAID
from voice.you_said.card import address
from voice.you_said.reply import Reading

HOME = f"{YOU_SAID}/measures"


class Counting(Struct, frozen=True):
    """What a share of answers counts: the survey, what it asks, and the answers counted."""

    survey: str
    asked: str
    answers: Sequence[str]


class Shown(Struct, frozen=True, kw_only=True):
    """A measure in one wording, with its lines. `counting` is None for an outside figure."""

    kept: Kept
    name: str
    better: str
    counting: Counting | None
    lines: Sequence[Line]
    latest: Line | None
    address: str


class OfArea(Struct, frozen=True):
    """An area with its measures; `words` is the area's name in the wording of the page."""

    key: str
    framework: str
    area: Area
    words: str
    address: str
    measures: Sequence[Shown]


class Known(Struct, frozen=True):
    """What it takes to show measures: surveys, frameworks, and the day."""

    catalogue: Catalogue
    frameworks: Sequence[Framework]
    today: date


async def published(db: Connection, known: Known, *, easy: bool = False) -> list[OfArea]:
    """Return every published measure with all its lines, area by area, in the frameworks' order."""
    kept = await store.published(db)
    found = await store.actuals(db, [one.number for one in kept])
    every = [shown(one, found[one.number], known, easy=easy) for one in kept]
    return by_area(every, known.frameworks, easy=easy)


def by_area(
    every: Sequence[Shown], frameworks: Iterable[Framework], *, easy: bool = False
) -> list[OfArea]:
    """Return the measures by area; one whose area a framework lost is left out."""
    return [
        OfArea(
            key=key,
            framework=framework.name,
            area=area,
            words=area.easy_read if easy else area.name,
            address=address(f"{HOME}/{key}", easy=easy),
            measures=some,
        )
        for framework in frameworks
        for area in framework.areas
        if (key := f"{framework.id}/{area.id}")
        and (some := [one for one in every if one.kept.area == key])
    ]


def shown(kept: Kept, found: Sequence[Actual], known: Known, *, easy: bool = False) -> Shown:
    """Return a measure in one wording."""
    return Shown(
        kept=kept,
        name=kept.easy_name if easy else kept.name,
        better=say(BETTER[kept.better]),
        counting=counting(kept.asking, known.catalogue) if kept.asking else None,
        lines=lines(kept, found, known.today, easy=easy),
        latest=latest(kept, found, known.today, easy=easy),
        address=address(f"{HOME}/{kept.area}", easy=easy) + f"#measure-{kept.number}",
    )


def counting(asking: Asking, catalogue: Catalogue) -> Counting:
    """Say what is counted, as the survey asks it now; as it is kept, where it asks it no more."""
    survey = catalogue.by_id.get(asking.survey_id)
    page = survey.page(asking.question_id) if survey else None
    if survey is None or page is None:
        return Counting(asking.survey_id, asking.question_id, sorted(asking.options))
    labels = [one.label for one in choices_of(page) if one.value in asking.options]
    return Counting(survey.title, page.ask, labels)


def beside_measures() -> Find:
    """Return what finds the measures of a pledge or an area, to stand on its page."""

    async def beside(db: Connection, reading: Reading, place: Place, easy: bool) -> Beside:
        known = Known(reading.catalogue, reading.frameworks, reading.today)
        every = [
            one
            for area in await published(db, known, easy=easy)
            for one in area.measures
            if (place.pledge in one.kept.pledges if place.pledge else area.key == place.area)
        ]
        heading = say("Is it getting better?") if easy else say("Measures")
        return Beside(heading, [_note(one) for one in every])

    return beside


def _note(one: Shown) -> Note:
    last = one.latest
    theirs, ours = [], [last.change] if last else []
    if last and last.has_words:
        theirs, ours = [last.figure], [last.when, *ours]
    elif last:
        ours = [f"{last.when}: {last.figure or last.more[0]}", *ours]
    ours = [words for words in ours if words]
    return Note(one.name, one.address, theirs=theirs, ours=ours, demo=one.kept.demo)
