"""Where staff bring a file in, see what was brought in before, and undo it."""

from asyncio import to_thread
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from itertools import islice
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import State, UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from voice.bringing import run, store
from voice.bringing.reading import open_rows
from voice.bringing.store import About, FileGone, Past
from voice.bringing.suggest import SAMPLE, Suggested, suggest
from voice.bringing.tools import BY_ID
from voice.characters import clean
from voice.database.pool import Connection
from voice.errors import BadInput
from voice.staff import audit
from voice.staff.pages import StaffView
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey
from voice.web.forms import one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]

HOME = "/staff/imports"
ENTER = {"task": "enter"}
LARGEST = 10_000_000  # Bytes of a file that comes by a page; `voice import` takes larger ones.
MOST_ROWS = 20_000
MOST_COLUMNS = 150
LONGEST_WAVE = 40
WITH_FORM = LARGEST + 100_000
TOO_LARGE = (
    f"The file is larger than {LARGEST // 10**6} MB, or has more than {MOST_ROWS:,} rows or "
    f"{MOST_COLUMNS} columns. Bring it in parts, or ask whoever runs Voice: “voice import”."
)


class ImportsPage(StaffView, frozen=True):
    """What was brought in before, and the form to bring in a file. `tools` are names by id."""

    template: ClassVar[str] = "bringing/all.html"
    past: Sequence[Past]
    surveys: AnyMapping[str, str]
    tools: AnyMapping[str, str]
    survey_id: str = ""
    wave: str = ""
    problem: str = ""
    told: str = ""


class UndoPage(StaffView, frozen=True):
    """Asks whether an import is to be undone."""

    template: ClassVar[str] = "bringing/undo.html"
    past: Past
    title_of_survey: str


class ImportsController(Controller):
    """Files that come in, and those that came."""

    path = HOME

    @get("/", opt=ENTER)
    async def every(
        self, request: AnyRequest, db: Db, state: State, told: FromQuery[str] = ""
    ) -> Template:
        """Show what was brought in before, and the form for another file."""
        return show(await _all_page(request, db, state, told=TOLD.get(told, "")))

    @post("/", opt=ENTER, request_max_body_size=WITH_FORM)
    async def take(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Take a file, keep it sealed, and go on to its columns."""
        form = await read_form(request)
        survey_id, wave = one(form, "survey"), one(form, "wave")
        try:
            wordings = wordings_for(request, state, survey_id)
            if len(wave) > LONGEST_WAVE:
                raise BadInput(f"The name of the wave is longer than {LONGEST_WAVE} letters.")
            name, content = await _file(request)
            found = await to_thread(_look, name, content, wordings, wave)
        except BadInput as problem:
            page = await _all_page(
                request, db, state, survey_id=survey_id, wave=wave, problem=problem.message
            )
            return show(page, status=422)
        about = About(name, found.mapping, found.near)
        by = request.user.id
        file_id = await store.keep_file(db, state.vault, by, survey_id, about, content)
        return Redirect(f"{HOME}/{file_id}", status_code=303)

    @post("/{file_id:uuid}/throw-away", opt=ENTER)
    async def throw_away(self, request: AnyRequest, db: Db, file_id: FromPath[UUID]) -> Redirect:
        """Delete a file on its way in."""
        await store.forget_file(db, file_id, request.user.id)
        return Redirect(f"{HOME}?told=gone", status_code=303)

    @get("/done/{number:int}", opt=ENTER)
    async def ask_to_undo(
        self, request: AnyRequest, db: Db, state: State, number: FromPath[int]
    ) -> Template:
        """Ask whether an import is to be undone."""
        past = await _past(db, number)
        survey = state.catalogue.by_id.get(past.survey_id)
        page = UndoPage(
            title="Undo an import",
            person=request.user,
            past=past,
            title_of_survey=survey.title if survey else past.survey_id,
        )
        return show(page)

    @post("/done/{number:int}/undo", opt=ENTER)
    async def undo(self, request: AnyRequest, db: Db, number: FromPath[int]) -> Redirect:
        """Delete all that came with an import."""
        await _past(db, number)
        survey_id, wave = await run.undo(db, number, request.user.id)
        about = f"import {number}, {survey_id}, {wave}"
        await audit.note(db, request.user.email, "undid an import", about)
        return Redirect(f"{HOME}?told=undone", status_code=303)


TOLD = {
    "gone": "The file is thrown away. Nothing of it was kept.",
    "undone": "The import is undone: its answers are deleted.",
    "look": "The file is in already, or was thrown away. Look at the list below.",
    "brought": "All rows are in. The file is deleted.",
}


def wordings_for(request: AnyRequest, state: State, survey_id: str) -> list[Survey]:
    """Return a survey that this person may bring answers into: its own words, then all others.

    Raises:
        BadInput: there is none such for this person.
    """
    catalogue: Catalogue = state.catalogue
    if survey_id not in catalogue.by_id or not request.user.may_see([survey_id]):
        raise BadInput("Choose the survey that the answers belong to.")
    others = [catalogue.find(survey_id, wording) for wording in catalogue.wordings(survey_id)]
    return [catalogue.find(survey_id), *others]


async def _file(request: AnyRequest) -> tuple[str, bytes]:
    """Return the name and the content of the file that was sent.

    Raises:
        BadInput: none was sent, or it is too large.
    """
    file = (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise BadInput("Choose a file: CSV or XLSX.")
    content = await file.read()
    if len(content) > LARGEST:
        raise BadInput(TOO_LARGE)
    return clean(file.filename)[-80:], content


def _look(name: str, content: bytes, wordings: Sequence[Survey], wave: str) -> Suggested:
    """Read the file, once, as far as a page takes it, and suggest what its columns are."""
    opened = open_rows(name, content)
    rows = [row for _, row in zip(range(SAMPLE), opened.rows, strict=False)]
    n = len(rows) + sum(1 for _ in islice(opened.rows, MOST_ROWS))
    if n > MOST_ROWS or len(opened.columns) > MOST_COLUMNS:
        raise BadInput(TOO_LARGE)
    if not n:
        raise BadInput(f"{name} has a line of column names but no rows below it.")
    return suggest(wordings, opened.columns, rows, wave)


async def _past(db: Connection, number: int) -> Past:
    found = next((one for one in await store.past_imports(db) if one.id == number), None)
    if found is None:
        raise FileGone("Look at the list of imports.")
    return found


async def _all_page(
    request: AnyRequest,
    db: Connection,
    state: State,
    *,
    survey_id: str = "",
    wave: str = "",
    problem: str = "",
    told: str = "",
) -> ImportsPage:
    surveys = {
        survey.id: survey.title
        for survey in state.catalogue.surveys
        if request.user.may_see([survey.id])
    }
    return ImportsPage(
        title=f"{'Problem: ' if problem else ''}Bring answers in",
        person=request.user,
        past=await store.past_imports(db),
        surveys=surveys,
        tools={tool.id: tool.name for tool in BY_ID.values()},
        survey_id=survey_id,
        wave=wave,
        problem=problem,
        told=told,
    )
