"""The report of a question: of one wave or of all, to read in two minutes or to dwell on."""

from asyncio import to_thread
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
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
from voice.review import asked
from voice.review import store as review
from voice.review.agreement import FEWEST, Agreement, agreement
from voice.review.asked import Asked
from voice.small_numbers.count import rounded
from voice.staff.pages import StaffView
from voice.surveys.catalogue import Catalogue
from voice.themes.describe import SHARES
from voice.web.views import show

Db = NamedDependency[Connection]
SEE = {"task": "see"}
TOP = 5  # Themes in the summary.


class WaveNotFound(VoiceError):
    """Nobody sent answers to this question in a wave of this name."""

    status = 404
    title = "We cannot find that wave"


class Choice(Struct, frozen=True):
    """One report to open: the question as one survey or a family asks it, and its waves."""

    asked: Asked
    waves: Sequence[str]

    @property
    def address(self) -> str:
        """The address of the report of all waves."""
        return address_of(self.asked)


class ChoosePage(StaffView, frozen=True):
    """Every question with a report, by what is asked."""

    template: ClassVar[str] = "report/choose.html"
    questions: Sequence[tuple[str, Sequence[Choice]]]


class ReportPage(StaffView, frozen=True):
    """A whole report. `who` and `wrote` are None where they stand in the report of the family."""

    template: ClassVar[str] = "report/report.html"
    asked: Asked
    wave: str
    waves: Sequence[str]
    today: date
    demo: bool
    family: str
    who: Who | None
    wrote: Chart | None
    lines: Sequence[Line]
    frameworks: Sequence[InFramework]
    shares: Sequence[tuple[str, int]]
    threshold: int
    address: str
    agreement: Agreement | None
    n_read: int | None
    fewest: int

    @property
    def when(self) -> str:
        """Of which waves it is."""
        return self.wave or "all waves"

    @property
    def top(self) -> Sequence[Line]:
        """The largest themes whose number is shown."""
        return [line for line in self.lines if line.people.number is not None][:TOP]

    @property
    def missing(self) -> Sequence[tuple[str, str]]:
        """Answers about people that are given less than half as often as there are people."""
        compared = self.who.compared if self.who else ()
        return [(one.chart.caption, answer) for one in compared for answer in one.missing]


class ReportController(Controller):
    """Reports that may be handed on: every count is rounded, and small ones are not shown."""

    path = "/staff/report"

    @get("/", opt=SEE)
    async def choose(self, request: Request[Any, Any, Any], db: Db, state: State) -> Template:
        """List the reports there are."""
        catalogue: Catalogue = state.catalogue
        by_words: dict[tuple[str, str], list[Choice]] = {}
        for one in asked.every_for(request.user, catalogue):
            waves = _waves(await store.answered(db, _survey_ids(catalogue, one)))
            family = catalogue.find(one.survey_ids[0]).family
            by_words.setdefault((family, one.question_id), []).append(Choice(one, waves))
        questions = [(choices[0].asked.words, choices) for choices in by_words.values()]
        return show(ChoosePage(title="Reports", person=request.user, questions=questions))

    @get("/{asked_of:str}/{question_id:str}", opt=SEE)
    async def report(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        asked_of: FromPath[str],
        question_id: FromPath[str],
        *,
        wave: FromQuery[str] = "",
    ) -> Template:
        """Show the report of a wave, or of all waves together."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        if not request.user.may_see(_survey_ids(state.catalogue, this)):
            raise asked.QuestionNotFound("Go to the list of reports and choose one there.")
        return show(await _page(request, db, state, this, wave))


async def _page(
    request: Request[Any, Any, Any], db: Connection, state: State, this: Asked, wave: str
) -> ReportPage:
    everybody = _survey_ids(state.catalogue, this)
    answered = await store.answered(db, everybody)
    waves = _waves(answered)
    if wave and wave not in waves:
        raise WaveNotFound("Go to the list of reports and choose one there.")
    rules = Rules(waves or [""], state.settings.small_number)
    counted = count(answered, rules)
    read = await _read(db, this)
    wrote = await store.wrote(db, everybody, this.asked_of, this.question_id)
    about = lines.question(wrote, read, rules, wave)
    scope = Scope(counted, about, rules, wave)
    themes = await to_thread(lines.lines, read, scope)  # Thousands of comments take a while.
    areas = await review.agreed_areas(db, [line.id for line in themes])
    family = _family(state.catalogue, this)
    read_one_by_one = await review.read_comments(db, this.asked_of, this.question_id)
    return ReportPage(
        title=f"Report of {wave or 'all waves'}: {this.words}",
        person=request.user,
        asked=this,
        wave=wave,
        waves=waves,
        today=date.today(),
        demo=any(one.demo for one in answered),
        family=family,
        who=None if family else await _who(db, state, this, answered, wave),
        wrote=None
        if family or about.parts is None
        else chart("What became of the question", about.parts, WROTE),
        lines=themes,
        frameworks=mapped(state.frameworks, themes, areas),
        shares=[(word, round(100 * least)) for least, word in SHARES],
        threshold=rules.threshold,
        address=address_of(this),
        agreement=await to_thread(agreement, read_one_by_one),
        n_read=rounded(len(read_one_by_one), rules.threshold),
        fewest=FEWEST,
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
    db: Connection, state: State, this: Asked, answered: Sequence[Answered], wave: str
) -> Who:
    population: Population = state.population
    rules = Rules(_waves(answered) or [""], state.settings.small_number)
    questions = [group.question for group in population.groups]
    surveys = state.catalogue.members(this.asked_of)
    chosen = await background(db, [survey.id for survey in surveys], questions)
    return who(count(answered, rules), chosen, surveys, population, rules, wave)


def _survey_ids(catalogue: Catalogue, this: Asked) -> list[str]:
    """Return the surveys that the report counts: all of a family, whichever of them ask this.

    So the number of people is the same in the report of each of its questions.
    """
    return [survey.id for survey in catalogue.members(this.asked_of)]


def _waves(answered: Sequence[Answered]) -> list[str]:
    return sorted({one.wave for one in answered})


def _family(catalogue: Catalogue, this: Asked) -> str:
    """Return the family whose report says who answered; "" where this one does.

    The same people counted for one survey and for its family: who takes the one from the other
    could work out what either hides.
    """
    family = catalogue.find(this.survey_ids[0]).family
    if this.family or not family or len(catalogue.members(family)) == 1:
        return ""
    return family


def address_of(this: Asked) -> str:
    """Return the address of the report of all waves."""
    return f"/staff/report/{this.asked_of}/{this.question_id}"
