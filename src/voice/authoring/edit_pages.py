"""The forms of a draft: one for each page, and one about the whole survey.

Two who change two pages do not disturb each other. Of two who change one page, the second is shown
what stands there now beside their own words, and saves again: nothing that was typed is lost.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from litestar import Controller, get, post
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect, Template
from msgspec import structs

from voice.authoring import draft as drafts
from voice.authoring import store
from voice.authoring.draft import KINDS, Draft, DraftNotFound
from voice.authoring.pages import (
    AUTHOR,
    HOME,
    SPEAKS,
    AnyRequest,
    Db,
    checked,
    to_survey,
    version_in,
)
from voice.authoring.store import Kept
from voice.authoring.typed import (
    Typed,
    about_as_typed,
    page_as_typed,
    read_about,
    read_page,
    texts_of,
    waits_for,
)
from voice.database.pool import Connection
from voice.staff.pages import StaffView
from voice.surveys.problem import Problem, choices_on, options_of
from voice.surveys.questions import AnyPage
from voice.surveys.words import PageWords
from voice.web.forms import Form, one, read_form
from voice.web.views import show

MEANWHILE = "history"
WAITS = "when/"
LOST = "Somebody took this page out meanwhile. Save again to put it back, at the end."


class Editor(StaffView, frozen=True):
    """A form of a draft; `version` is the one that the form is made from."""

    survey_id: str
    version: int
    form: Typed
    found: Sequence[Problem]
    pictures: Sequence[str]
    has_easy: bool
    saved: bool


class QuestionEditor(Editor, frozen=True):
    """The form of one page."""

    template: ClassVar[str] = "authoring/page.html"
    page: AnyPage
    earlier: Sequence[AnyPage]
    kinds: ClassVar[Mapping[str, str]] = KINDS

    @property
    def texts(self) -> tuple[str, ...]:
        """The fields that people read."""
        return texts_of(self.page)

    def choices(self, asked: AnyPage) -> list[tuple[str, str]]:
        """Return the answers of an earlier page that this one can wait for: value and words."""
        words = {option.value: option.label for option in options_of(asked)}
        return [(value, words.get(value, value)) for value in choices_on(asked)]


class AboutEditor(Editor, frozen=True):
    """The form about the whole survey."""

    template: ClassVar[str] = "authoring/about.html"
    speaks: ClassVar[Mapping[str, str]] = SPEAKS


class EditingController(Controller):
    """The forms of a draft."""

    path = HOME + "/{survey_id:str}"

    @get("/pages/{page_id:str}", opt=AUTHOR)
    async def show_page(
        self,
        request: AnyRequest,
        db: Db,
        state: State,
        survey_id: FromPath[str],
        page_id: FromPath[str],
    ) -> Template:
        """Show the form of a page."""
        kept = await store.newest(db, survey_id)
        page, words = _part(kept, page_id)
        form = page_as_typed(page, words)
        saved = "saved" in request.query_params
        return show(await _question(request, state, kept, page, form, saved=saved))

    @post("/pages/{page_id:str}", opt=AUTHOR)
    async def save_page(
        self,
        request: AnyRequest,
        db: Db,
        state: State,
        survey_id: FromPath[str],
        page_id: FromPath[str],
    ) -> Template | Redirect:
        """Keep the page, unless it cannot be read, or somebody else changed it meanwhile."""
        form = await read_form(request)
        typed = _typed(form)
        kept = await store.newest(db, survey_id, hold=True)
        base = await store.version(db, survey_id, version_in(form))
        page, words = _part(base, page_id)
        there = kept.draft.part(page_id)
        gone = there[0] is None and one(form, "put-back") != "yes"
        if gone or (there[0] is not None and there != (page, words)):
            return await _conflict(request, state, kept, base, page_id, typed)
        read = read_page(page, words, typed)
        if isinstance(read, Typed):
            view = await _question(request, state, base, page, read)
            return show(view, status=422)
        draft = drafts.with_page(kept.draft, *read)
        await _save(db, kept, draft, request.user.id)
        return Redirect(f"{HOME}/{survey_id}/pages/{page_id}?saved=yes", status_code=303)

    @get("/about", opt=AUTHOR)
    async def show_about(
        self, request: AnyRequest, db: Db, state: State, survey_id: FromPath[str]
    ) -> Template:
        """Show the form about the whole survey."""
        kept = await store.newest(db, survey_id)
        return show(await _about(request, state, kept, about_as_typed(kept.draft)))

    @post("/about", opt=AUTHOR)
    async def save_about(
        self, request: AnyRequest, db: Db, state: State, survey_id: FromPath[str]
    ) -> Template | Redirect:
        """Keep what was typed, unless somebody else changed the same form meanwhile."""
        form = await read_form(request)
        typed = _typed(form)
        kept = await store.newest(db, survey_id, hold=True)
        base = await store.version(db, survey_id, version_in(form))
        before, now = about_as_typed(base.draft), about_as_typed(kept.draft)
        if before != now:
            told = told_meanwhile(typed, now, kept)
            return show(await _about(request, state, kept, told), status=409)
        read = read_about(kept.draft, typed)
        if isinstance(read, Typed):
            return show(await _about(request, state, kept, read), status=422)
        await _save(db, kept, read, request.user.id)
        return to_survey(survey_id)


def told_meanwhile(typed: Typed, now: Typed, kept: Kept) -> Typed:
    """Return the form as it was typed, with what stands in its place in the newest version."""
    differs = {name: words for name, words in now.said.items() if typed.said.get(name, "") != words}
    told = (
        f"{kept.writer} saved this meanwhile. Your words are still here; below each field stands "
        "what is there now. Change yours or leave it, then save again."
    )
    return structs.replace(typed, problems={MEANWHILE: told}, now=differs)


async def _conflict(
    request: AnyRequest, state: State, kept: Kept, base: Kept, page_id: str, typed: Typed
) -> Template:
    page, words = kept.draft.part(page_id)
    if page is None:
        lost = structs.replace(typed, problems={MEANWHILE: LOST})
        old, _ = _part(base, page_id)
        return show(await _question(request, state, base, old, lost), status=409)
    told = told_meanwhile(typed, page_as_typed(page, words), kept)
    return show(await _question(request, state, kept, page, told), status=409)


async def _question(
    request: AnyRequest,
    state: State,
    kept: Kept,
    page: AnyPage,
    form: Typed,
    *,
    saved: bool = False,
) -> QuestionEditor:
    found = await checked(state, kept.draft)
    return QuestionEditor(
        title=f"{'Problem: ' if form.problems else ''}{page.ask}",
        person=request.user,
        survey_id=kept.draft.survey.id,
        version=kept.version,
        form=form,
        found=[problem for problem in found if problem.id == page.id],
        pictures=_pictures(state, form),
        has_easy=kept.draft.easy is not None,
        page=page,
        earlier=waits_for(kept.draft, page.id),
        saved=saved,
    )


async def _about(request: AnyRequest, state: State, kept: Kept, form: Typed) -> AboutEditor:
    pages = {page.id for page in kept.draft.survey.all_pages}
    found = await checked(state, kept.draft)
    return AboutEditor(
        title=f"{'Problem: ' if form.problems else ''}About this survey",
        person=request.user,
        survey_id=kept.draft.survey.id,
        version=kept.version,
        form=form,
        found=[problem for problem in found if problem.id not in pages],
        pictures=_pictures(state, form),
        has_easy=kept.draft.easy is not None,
        saved=False,
    )


async def _save(db: Connection, kept: Kept, draft: Draft, person_id: int) -> None:
    if draft != kept.draft:
        await store.save(db, draft, kept.version + 1, person_id)


def _part(kept: Kept, page_id: str) -> tuple[AnyPage, PageWords]:
    page, words = kept.draft.part(page_id)
    if page is None:
        raise DraftNotFound("This page is not in the survey any more. Look at its history.")
    return page, words


def _pictures(state: State, form: Typed) -> list[str]:
    """Return the pictures that any survey may show; one that is named and not there stays named."""
    shared = {
        name
        for names in state.catalogue.shown.values()
        for name, one in names.items()
        if one.source != "survey"
    }
    named = {words for name, words in form.said.items() if name.endswith("picture") and words}
    return sorted(shared | named)


def _typed(form: Form) -> Typed:
    """Return what was typed; the boxes of each earlier question are a group of their own."""
    waits = {name: values for name, values in form.items() if name.startswith(WAITS)}
    said = {name: one(form, name) for name in form if name not in waits}
    said.pop("_csrf_token", None)
    ticked = [f"{name.removeprefix(WAITS)}/{value}" for name in waits for value in waits[name]]
    return Typed(said, ticked=ticked)
