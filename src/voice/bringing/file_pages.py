"""A file on its way in: what its columns are, what is wrong in its rows, and bringing it in."""

from asyncio import to_thread
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template
from msgspec import structs

from voice.bringing import run, store
from voice.bringing.checking import Checker, Problem
from voice.bringing.form import (
    ORDERS,
    ColumnField,
    Said,
    WordsOf,
    column_fields,
    preview,
    read_mapping_form,
    targets,
    words_of,
)
from voice.bringing.mapping import Mapping
from voice.bringing.pages import ENTER, HOME, Db, wordings_for
from voice.bringing.planned import plan_of
from voice.bringing.reading import Brought, Row, open_rows
from voice.bringing.run import Outcome
from voice.bringing.store import About, Counts, Waiting
from voice.bringing.suggest import SAMPLE
from voice.bringing.tools import BY_ID
from voice.database.pool import Connection
from voice.errors import BadInput
from voice.staff import audit
from voice.staff.pages import StaffView
from voice.surveys.survey import Survey
from voice.web.forms import read_form
from voice.web.views import show

AnyRequest = Request[Any, Any, Any]
File = FromPath[UUID]
SHOWN = 200
"""Problems that a page shows; the file of rejected rows has all."""


class MapPage(StaffView, frozen=True):
    """What each column is, and what each word means."""

    template: ClassVar[str] = "bringing/map.html"
    file: Waiting
    survey: Survey
    wave: str
    tool: str
    columns: Sequence[ColumnField]
    targets: AnyMapping[str, AnyMapping[str, str]]
    words: Sequence[WordsOf]
    problem: str = ""
    orders: ClassVar[AnyMapping[str, str]] = ORDERS


class CheckPage(StaffView, frozen=True):
    """What bringing the file in would do, or did; all problems, and the first ten good rows."""

    template: ClassVar[str] = "bringing/check.html"
    file: Waiting
    survey: Survey
    wave: str
    counts: Counts
    problems: Sequence[Problem] = ()
    n_problems: int = 0
    rows: Sequence[tuple[int, Sequence[Said]]] = ()
    done: bool = False


class FilesController(Controller):
    """One file, until it is in."""

    path = f"{HOME}/{{file_id:uuid}}"

    @get("/", opt=ENTER)
    async def ask(
        self, request: AnyRequest, db: Db, state: State, file_id: File
    ) -> Template | Redirect:
        """Show what we think each column is."""
        file = await store.file_of(db, state.vault, file_id, request.user.id)
        if file.about.done:
            return Redirect(f"{HOME}/{file_id}/check", status_code=303)
        return show(await _map_page(request, state, file, file.about.mapping))

    @post("/", opt=ENTER)
    async def say(
        self, request: AnyRequest, db: Db, state: State, file_id: File
    ) -> Template | Redirect:
        """Keep what each column is, and go on to the check."""
        file = await store.file_of(db, state.vault, file_id, request.user.id)
        wordings = wordings_for(request, state, file.survey_id)
        opened, rows = await to_thread(_head, file)
        before = file.about.mapping
        asked = await to_thread(words_of, wordings, before, opened.columns, rows)
        mapping = before
        try:
            form = await read_form(request)
            mapping = read_mapping_form(form, before, opened.columns, asked)
            plan_of(wordings, mapping, opened.columns)
        except BadInput as problem:
            page = await _map_page(request, state, file, mapping, problem=problem.message)
            return show(page, status=422)
        about = structs.replace(file.about, mapping=mapping)
        await store.keep_about(db, state.vault, file, about, request.user.id)
        shown = {(some.question_id, field.word) for some in asked for field in some.words}
        now = await to_thread(words_of, wordings, mapping, opened.columns, rows)
        more = {(some.question_id, field.word) for some in now for field in some.words} - shown
        step = "" if more else "/check"
        return Redirect(f"{HOME}/{file_id}{step}", status_code=303)

    @get("/check", opt=ENTER)
    async def check(self, request: AnyRequest, db: Db, state: State, file_id: File) -> Template:
        """Check every row and keep nothing; say what bringing the file in would do."""
        file = await store.file_of(db, state.vault, file_id, request.user.id)
        survey = wordings_for(request, state, file.survey_id)[0]
        wave = file.about.mapping.wave or survey.wave
        about = {"person": request.user, "file": file, "survey": survey, "wave": wave}
        if file.about.done:
            page = CheckPage(title="What came of it", counts=file.about.done, done=True, **about)
            return show(page)
        found = await _try_out(request, db, state, file)
        problems = [*found.problems, *found.changed]
        page = CheckPage(
            title="Check before it comes in",
            counts=found.counts,
            problems=problems[:SHOWN],
            n_problems=len(problems),
            rows=[
                (one.row.number, preview(survey, one.response.answers))
                for one in found.first
                if one.response
            ],
            **about,
        )
        return show(page)

    @get("/rejected.csv", opt=ENTER)
    async def rejected(
        self, request: AnyRequest, db: Db, state: State, file_id: File
    ) -> Response[bytes]:
        """Answer with the rows that cannot come in, to be mended."""
        file = await store.file_of(db, state.vault, file_id, request.user.id)
        content = file.content
        if not file.about.done:
            content = (await _try_out(request, db, state, file)).rejected.content
        return Response(
            content,
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": 'attachment; filename="rows-to-mend.csv"'},
        )

    @post("/bring", opt=ENTER)
    async def bring(self, request: AnyRequest, db: Db, state: State, file_id: File) -> Redirect:
        """Bring all good rows in; keep the others until they were fetched, for a day at most."""
        by = request.user.id
        if not await store.hold_file(db, file_id, by):
            return Redirect(f"{HOME}?told=look", status_code=303)
        file = await store.file_of(db, state.vault, file_id, by)
        if file.about.done:
            return Redirect(f"{HOME}/{file_id}/check", status_code=303)
        checker, opened = await to_thread(_checker, request, state, file)
        wave = checker.mapping.wave or checker.survey.wave
        found = await run.bring_in(
            *(db, checker, opened.rows),
            vault=state.vault,
            wave=wave,
            key=state.key,
            by=by,
            tell=lambda _: None,
        )
        about = f"{checker.survey.id}, {wave}: {found.counts.new} rows"
        await audit.note(db, request.user.email, "imported", about)
        if not found.rejected.n:
            await store.forget_file(db, file_id, by)
            return Redirect(f"{HOME}?told=brought", status_code=303)
        done = structs.replace(file.about, done=found.counts)
        rejected = found.rejected.content
        await store.keep_rejected(db, state.vault, file, done, rejected, by)
        return Redirect(f"{HOME}/{file_id}/check", status_code=303)


async def _try_out(request: AnyRequest, db: Connection, state: State, file: Waiting) -> Outcome:
    checker, opened = await to_thread(_checker, request, state, file)
    wave = checker.mapping.wave or checker.survey.wave
    key: bytes = state.key
    return await run.try_out(db, checker, opened.rows, wave=wave, key=key, tell=lambda _: None)


def _checker(request: AnyRequest, state: State, file: Waiting) -> tuple[Checker, Brought]:
    wordings = wordings_for(request, state, file.survey_id)
    mapping = file.about.mapping
    opened = open_rows(file.about.name, file.content, mapping.heading)
    key: bytes = state.key
    checker = Checker(wordings, mapping, opened.columns, key=key, today=date.today())
    return checker, opened


def _head(file: Waiting) -> tuple[Brought, list[Row]]:
    opened = open_rows(file.about.name, file.content, file.about.mapping.heading)
    return opened, [row for _, row in zip(range(SAMPLE), opened.rows, strict=False)]


async def _map_page(
    request: AnyRequest, state: State, file: Waiting, mapping: Mapping, *, problem: str = ""
) -> MapPage:
    wordings = wordings_for(request, state, file.survey_id)
    opened, rows = await to_thread(_head, file)
    # What cannot be held against the survey has no words to ask about.
    words = [] if problem else await to_thread(words_of, wordings, mapping, opened.columns, rows)
    about: About = file.about
    return MapPage(
        title=f"{'Problem: ' if problem else ''}What is each column?",
        person=request.user,
        file=structs.replace(file, content=b"", about=structs.replace(about, mapping=mapping)),
        survey=wordings[0],
        wave=mapping.wave or wordings[0].wave,
        tool=BY_ID[mapping.tool].name,
        columns=column_fields(opened.columns, mapping, about.near),
        targets=targets(wordings[0]),
        words=words,
        problem=problem,
    )
