"""Where staff fetch booklets and cards to print, and type in what comes back."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.paper import entry, keeping, sheets, store
from voice.paper.entry import Row
from voice.paper.press import Press
from voice.paper.sheets import Kind, Printer
from voice.settings import Settings
from voice.staff.pages import StaffView
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey
from voice.web.forms import one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[str]
SEE, ENTER = {"task": "see"}, {"task": "enter"}
# A dash keeps the form's own fields apart from the ids of questions, which have none.
NUMBER, WORDING = "paper-number", "paper-words"


class ToPrint(Struct, frozen=True):
    """One survey: its wordings to print, by the name to show, and how many papers came back."""

    survey: Survey
    wordings: dict[str, str]
    n_papers: int


class PaperPage(StaffView, frozen=True):
    """What can be printed. `outside` tells whether people out there can reach the QR's address."""

    template: ClassVar[str] = "paper/all.html"
    surveys: list[ToPrint]
    outside: bool


class EntryPage(StaffView, frozen=True):
    """The form for one paper; `kept` is the paper typed in before, with its three words."""

    template: ClassVar[str] = "paper/entry.html"
    survey: Survey
    wording: str
    wordings: dict[str, str]
    rows: list[Row]
    n_today: int
    number: str = ""
    number_problem: str = ""
    kept: str = ""
    code: str = ""


class PaperController(Controller):
    """Paper, out and in."""

    path = "/staff/paper"

    @get("/", opt=SEE)
    async def all(self, request: Request[Any, Any, Any], db: Db, state: State) -> Template:
        """Show every survey in every wording, to print and to type in."""
        catalogue: Catalogue = state.catalogue
        entered = await store.entered(db)
        surveys = [
            ToPrint(s, _wordings(catalogue, s.id), entered.get((s.id, s.wave), 0))
            for s in catalogue.surveys
        ]
        outside = bool(state.settings.public_url)
        return show(PaperPage(title="Paper", person=request.user, surveys=surveys, outside=outside))

    @get("/{survey_id:str}/booklet.pdf", opt=SEE)
    async def booklet(
        self, state: State, survey_id: Id, words: FromQuery[str] = ""
    ) -> Response[bytes]:
        """Answer with the booklet of a survey."""
        return await _sheets("booklet", state, survey_id, words)

    @get("/{survey_id:str}/cards.pdf", opt=SEE)
    async def cards(
        self, state: State, survey_id: Id, words: FromQuery[str] = ""
    ) -> Response[bytes]:
        """Answer with the answer cards of a survey."""
        return await _sheets("cards", state, survey_id, words)

    @get("/{survey_id:str}", opt=ENTER)
    async def ask(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        survey_id: Id,
        words: FromQuery[str] = "",
        kept: FromQuery[str] = "",
    ) -> Template:
        """Show an empty form, and the three words of the paper that was `kept`."""
        survey = _their_survey(request, state, survey_id, words)
        number = entry.read_number(kept)
        code = await keeping.three_words(db, state.key, survey, number) if number else ""
        view = EntryPage(
            title=f"Type in a paper: {survey.title}",
            person=request.user,
            survey=survey,
            wording=words,
            wordings=_wordings(state.catalogue, survey_id),
            rows=entry.rows(survey, {}, {}, wording=words),
            n_today=await store.entered_today(db, request.user.id),
            kept=number or kept,
            code=code,
        )
        return show(view)

    @post("/{survey_id:str}", opt=ENTER)
    async def keep(
        self, request: Request[Any, Any, Any], db: Db, state: State, survey_id: Id
    ) -> Template | Redirect:
        """Keep a paper and go on to the next; on a problem, show it again as typed."""
        form = await read_form(request)
        words, typed = one(form, WORDING), one(form, NUMBER)
        survey = _their_survey(request, state, survey_id, words)
        paper = entry.read_entry(survey, typed, form)
        problem = "" if paper.number else entry.NO_NUMBER
        if not problem and not paper.problems:
            by = request.user.id
            if await keeping.keep(db, state.key, survey, words, paper, vault=state.vault, by=by):
                kept = f"/staff/paper/{survey_id}?words={words}&kept={paper.number}"
                return Redirect(kept, status_code=303)
            problem = entry.TAKEN
        view = EntryPage(
            title=f"Problem: Type in a paper: {survey.title}",
            person=request.user,
            survey=survey,
            wording=words,
            wordings=_wordings(state.catalogue, survey_id),
            rows=entry.rows(survey, form, paper.problems, wording=words),
            n_today=await store.entered_today(db, request.user.id),
            number=typed,
            number_problem=problem,
        )
        return show(view, status=422)


async def _sheets(kind: Kind, state: State, survey_id: str, words: str) -> Response[bytes]:
    """Answer with a PDF, to be opened away from the site."""
    catalogue: Catalogue = state.catalogue
    settings: Settings = state.settings
    survey = catalogue.find(survey_id, words)
    printer = Printer(settings.address, settings.home / "templates", state.help_lines)
    press: Press = state.press
    files = sheets.bundle(kind, survey, catalogue.pictures[survey_id], printer, wording=words)
    name = "-".join(part for part in (survey_id, words, kind) if part)
    return Response(
        await press.typeset(files),
        media_type="application/pdf",
        headers={"content-disposition": f'attachment; filename="{name}.pdf"'},
    )


def _wordings(catalogue: Catalogue, survey_id: str) -> dict[str, str]:
    return {"": "Standard words", **catalogue.wordings(survey_id)}


def _their_survey(
    request: Request[Any, Any, Any], state: State, survey_id: str, words: str
) -> Survey:
    """Return a survey whose papers this person may type in; to others it is not there."""
    survey: Survey = state.catalogue.find(survey_id, words)
    if not request.user.may_see([survey_id]):
        state.catalogue.find("")
    return survey
