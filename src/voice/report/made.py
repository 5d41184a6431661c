"""A whole report of one question, made from Postgres: for the page, and for what is handed on."""

from asyncio import to_thread
from collections.abc import Sequence

from msgspec import Struct

from voice.answering.background_store import background
from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.report import lines, store
from voice.report.chart import Chart, chart
from voice.report.counted import Answered
from voice.report.lines import WROTE, Line, Read, Scope
from voice.report.mapped import InFramework, mapped
from voice.report.population import Population
from voice.report.safe import Rules
from voice.report.who import Who, count, who
from voice.review import store as review
from voice.review.asked import Asked
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Framework


class WaveNotFound(VoiceError):
    """Nobody sent answers to this question in a wave of this name."""

    status = 404
    title = "We cannot find that wave"


class Sources(Struct, frozen=True):
    """What every report is made from beside the answers. Under `threshold` nothing is shown."""

    catalogue: Catalogue
    frameworks: Sequence[Framework]
    population: Population
    threshold: int


class Report(Struct, frozen=True, kw_only=True):
    """What a report says; every number in it may be handed on.

    `who` and `wrote` are None where they stand in the report of the `family`; `wrote` too where
    it may not be shown.
    """

    asked: Asked
    wave: str
    waves: Sequence[str]
    demo: bool
    family: str
    who: Who | None
    wrote: Chart | None
    lines: Sequence[Line]
    frameworks: Sequence[InFramework]


async def make(
    db: Connection,
    sources: Sources,
    this: Asked,
    wave: str = "",
    *,
    answered: Sequence[Answered] | None = None,
) -> Report:
    """Return the report of a question, of one wave or of all ("").

    `answered` is who answered its surveys, where that was read already: for other questions of
    the same surveys it is the same.

    Raises:
        WaveNotFound: nobody answered in this wave.
    """
    everybody = survey_ids(sources.catalogue, this)
    if answered is None:
        answered = await store.answered(db, everybody)
    waves = waves_of(answered)
    if wave and wave not in waves:
        raise WaveNotFound("Go to the list of reports and choose one there.")
    rules = Rules(waves or [""], sources.threshold)
    read = await _read(db, this)
    wrote = await store.wrote(db, everybody, this.asked_of, this.question_id)
    about = lines.question(wrote, read, rules, wave)
    scope = Scope(count(answered, rules), about, rules, wave)
    themes = await to_thread(lines.lines, read, scope)  # Thousands of comments take a while.
    areas = await review.agreed_areas(db, [line.id for line in themes])
    family = family_of(sources.catalogue, this)
    return Report(
        asked=this,
        wave=wave,
        waves=waves,
        demo=any(one.demo for one in answered),
        family=family,
        who=None if family else await _who(db, sources, this, answered, wave),
        wrote=None
        if family or about.parts is None
        else chart("What became of the question", about.parts, WROTE),
        lines=themes,
        frameworks=mapped(sources.frameworks, themes, areas),
    )


async def _read(db: Connection, this: Asked) -> Read:
    themes = await store.themes(db, this.asked_of, this.question_id)
    ids = [theme.id for theme in themes]
    return Read(
        themes,
        await store.members(db, ids),
        await store.quotable(db, ids),
        await store.words_said(db, this.survey_ids, this.question_id, ids) if ids else [],
    )


async def _who(
    db: Connection, sources: Sources, this: Asked, answered: Sequence[Answered], wave: str
) -> Who:
    population = sources.population
    rules = Rules(waves_of(answered) or [""], sources.threshold)
    questions = [group.question for group in population.groups]
    surveys = sources.catalogue.members(this.asked_of)
    chosen = await background(db, [survey.id for survey in surveys], questions)
    return who(count(answered, rules), chosen, surveys, population, rules, wave)


def survey_ids(catalogue: Catalogue, this: Asked) -> list[str]:
    """Return the surveys that the report counts: all of a family, whichever of them ask this.

    So the number of people is the same in the report of each of its questions.
    """
    return [survey.id for survey in catalogue.members(this.asked_of)]


def waves_of(answered: Sequence[Answered]) -> list[str]:
    """Return the waves in which anybody answered, in order."""
    return sorted({one.wave for one in answered})


def family_of(catalogue: Catalogue, this: Asked) -> str:
    """Return the family whose report says who answered; "" where this one does.

    The same people counted for one survey and for its family: who takes the one from the other
    could work out what either hides.
    """
    family = catalogue.find(this.survey_ids[0]).family
    if this.family or not family or len(catalogue.members(family)) == 1:
        return ""
    return family
