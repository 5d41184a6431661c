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

from voice.database.pool import Connection
from voice.report import store
from voice.report.chart import Chart
from voice.report.lines import Line
from voice.report.made import Sources, make, survey_ids, waves_of
from voice.report.mapped import InFramework
from voice.report.who import Who
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
            waves = waves_of(await store.answered(db, survey_ids(catalogue, one)))
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
        if not request.user.may_see(survey_ids(state.catalogue, this)):
            raise asked.QuestionNotFound("Go to the list of reports and choose one there.")
        return show(await _page(request, db, state, this, wave))


async def _page(
    request: Request[Any, Any, Any], db: Connection, state: State, this: Asked, wave: str
) -> ReportPage:
    rules = sources_of(state)
    made = await make(db, rules, this, wave)
    read_one_by_one = await review.read_comments(db, this.asked_of, this.question_id)
    return ReportPage(
        title=f"Report of {wave or 'all waves'}: {this.words}",
        person=request.user,
        asked=this,
        wave=wave,
        waves=made.waves,
        today=date.today(),
        demo=made.demo,
        family=made.family,
        who=made.who,
        wrote=made.wrote,
        lines=made.lines,
        frameworks=made.frameworks,
        shares=[(word, round(100 * least)) for least, word in SHARES],
        threshold=rules.threshold,
        address=address_of(this),
        agreement=await to_thread(agreement, read_one_by_one),
        n_read=rounded(len(read_one_by_one), rules.threshold),
        fewest=FEWEST,
    )


def sources_of(state: State) -> Sources:
    """Return what every report of this app is made from."""
    threshold = state.settings.small_number
    return Sources(state.catalogue, state.frameworks, state.population, threshold)


def address_of(this: Asked) -> str:
    """Return the address of the report of all waves."""
    return f"/staff/report/{this.asked_of}/{this.question_id}"
