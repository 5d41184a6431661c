"""Where staff write surveys: the list, a new one, one with its pages, its history and its files."""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast, get_args

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from voice.authoring import draft as drafts
from voice.authoring import store
from voice.authoring.checking import findings
from voice.authoring.draft import KINDS, Draft, DraftNotFound
from voice.authoring.files import zipped
from voice.authoring.store import Kept, Saving
from voice.authoring.typed import Typed
from voice.database.pool import Connection
from voice.staff.pages import StaffView
from voice.surveys.catalogue import Catalogue
from voice.surveys.problem import Problem
from voice.surveys.survey import Survey, Voice
from voice.surveys.words import PageWords
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]

HOME = "/staff/surveys"
AUTHOR = {"task": "author"}
EASY_READ = "easy-read"
SPEAKS = {
    "child": "A child",
    "young_person": "A young person",
    "parent": "A parent or carer",
    "practitioner": "Somebody who works with them",
}


class SurveysPage(StaffView, frozen=True):
    """Every draft, and the form for a new one."""

    template: ClassVar[str] = "authoring/surveys.html"
    drafts: Sequence[Kept]
    shipped: Sequence[Survey]
    form: Typed
    speaks: ClassVar[Mapping[str, str]] = SPEAKS


class SurveyPage(StaffView, frozen=True):
    """A draft with its pages in order, what the check says, and its history."""

    template: ClassVar[str] = "authoring/survey.html"
    kept: Kept
    found: Sequence[Problem]
    history: Sequence[Saving]
    form: Typed
    kinds: ClassVar[Mapping[str, str]] = KINDS

    @property
    def stops(self) -> int:
        """How many mistakes have to be put right before people are asked."""
        return sum(problem.stops for problem in self.found)


class AuthoringController(Controller):
    """The surveys that staff write."""

    path = HOME

    @get("/", opt=AUTHOR)
    async def list_surveys(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Show every draft, and the form for a new one."""
        empty = Typed({"title": "", "voice": "", "from": ""})
        return show(await _list(request, db, state.catalogue, empty))

    @post("/", opt=AUTHOR)
    async def begin(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Begin a survey from nothing, or as a copy of one that is shipped."""
        form = await read_form(request)
        typed = {name: one(form, name) for name in ("title", "voice", "from")}
        problems = {} if typed["title"] else {"title": "Write what the survey is called."}
        if not typed["from"] and typed["voice"] not in get_args(Voice):
            problems["voice"] = "Choose who speaks."
        if problems:
            page = await _list(request, db, state.catalogue, Typed(typed, problems))
            return show(page, status=422)
        await store.hold_name(db, "")  # Two who begin at once must not get one id.
        taken = {*state.catalogue.by_id, *(kept.draft.survey.id for kept in await store.every(db))}
        survey_id = drafts.free_name(typed["title"], taken, "-", 50)
        draft = _first(state.catalogue, survey_id, typed)
        await store.save(db, draft, 1, request.user.id)
        return to_survey(survey_id)

    @get("/{survey_id:str}", opt=AUTHOR)
    async def show_survey(
        self, request: AnyRequest, db: Db, state: State, survey_id: FromPath[str]
    ) -> Template:
        """Show a draft with its pages, what the check says, and its history."""
        return show(await survey_page(request, db, state, survey_id))

    @post("/{survey_id:str}/pages", opt=AUTHOR)
    async def add_page(
        self, request: AnyRequest, db: Db, state: State, survey_id: FromPath[str]
    ) -> Template | Redirect:
        """Add a page at the end, and go to its form."""
        form = await read_form(request)
        typed = {name: one(form, name) for name in ("ask", "kind")}
        if not typed["ask"]:
            problem = Typed(typed, {"ask": "Write what the page asks or says."})
            return show(await survey_page(request, db, state, survey_id, problem), status=422)
        kept = await store.newest(db, survey_id, hold=True)
        taken = [page.id for page in kept.draft.survey.all_pages]
        page = drafts.new_page(typed["kind"], typed["ask"], taken)
        draft = drafts.with_page(kept.draft, page, PageWords())
        await store.save(db, draft, kept.version + 1, request.user.id)
        return Redirect(f"{HOME}/{survey_id}/pages/{page.id}", status_code=303)

    @post("/{survey_id:str}/order", opt=AUTHOR)
    async def change_order(self, request: AnyRequest, db: Db, survey_id: FromPath[str]) -> Redirect:
        """Move a page up or down, or take it out; it stays in the versions before."""
        form = await read_form(request)
        kept = await store.newest(db, survey_id, hold=True)
        page_id, what = one(form, "page"), one(form, "what")
        if what == "out":
            draft = drafts.without_page(kept.draft, page_id)
        else:
            draft = drafts.moved(kept.draft, page_id, -1 if what == "up" else 1)
        if draft != kept.draft:
            await store.save(db, draft, kept.version + 1, request.user.id)
        stays = draft.page(page_id) is not None
        return to_survey(survey_id, f"#page-{page_id}" if stays else "")

    @post("/{survey_id:str}/restore", opt=AUTHOR)
    async def bring_back(self, request: AnyRequest, db: Db, survey_id: FromPath[str]) -> Redirect:
        """Make an earlier version the newest one: what stood since stays in the history."""
        kept = await store.newest(db, survey_id, hold=True)
        earlier = await store.version(db, survey_id, version_in(await read_form(request)))
        if earlier.draft != kept.draft:
            await store.save(db, earlier.draft, kept.version + 1, request.user.id)
        return to_survey(survey_id)

    @get("/{survey_id:str}/versions/{number:int}/files.zip", opt=AUTHOR)
    async def files(
        self, db: Db, survey_id: FromPath[str], number: FromPath[int]
    ) -> Response[bytes]:
        """Give out the files of one version: the same version is the same zip, byte for byte."""
        kept = await store.version(db, survey_id, number)
        name = f'attachment; filename="{survey_id}-{number}.zip"'
        headers = {"Content-Disposition": name}
        return Response(zipped(kept.draft), media_type="application/zip", headers=headers)


async def survey_page(
    request: AnyRequest, db: Connection, state: State, survey_id: str, form: Typed | None = None
) -> SurveyPage:
    """Return the page of a draft.

    Raises:
        DraftNotFound: there is no such draft.
    """
    kept = await store.newest(db, survey_id)
    return SurveyPage(
        title=f"{'Problem: ' if form else ''}{kept.draft.survey.title}",
        person=request.user,
        kept=kept,
        found=await checked(state, kept.draft),
        history=await store.history(db, survey_id),
        form=form or Typed({"ask": "", "kind": "choose_one"}),
    )


async def checked(state: State, draft: Draft) -> list[Problem]:
    """Return what the check says, without holding up who else is served."""
    settings = state.settings
    return await to_thread(findings, draft, settings.surveys, settings.pictures)


def to_survey(survey_id: str, place: str = "") -> Redirect:
    """Go to the page of a draft, at a place in it."""
    return Redirect(f"{HOME}/{survey_id}{place}", status_code=303)


def version_in(form: Form) -> int:
    """Return the version that a form was made from.

    Raises:
        DraftNotFound: it names none.
    """
    found = numbers(form, "version")
    if not found:
        raise DraftNotFound(store.NOT_THERE)
    return found[0]


async def _list(
    request: AnyRequest, db: Connection, catalogue: Catalogue, form: Typed
) -> SurveysPage:
    return SurveysPage(
        title=f"{'Problem: ' if form.problems else ''}Surveys",
        person=request.user,
        drafts=await store.every(db),
        shipped=catalogue.surveys,
        form=form,
    )


def _first(catalogue: Catalogue, survey_id: str, typed: Mapping[str, str]) -> Draft:
    if not typed["from"]:
        return drafts.begin(survey_id, typed["title"], cast(Voice, typed["voice"]))
    survey = catalogue.find(typed["from"])
    words = catalogue.words[survey.id].get(EASY_READ)
    return drafts.copy_of(survey, words, survey_id, typed["title"])
