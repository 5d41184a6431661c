"""Where staff write pledges: the list, a new pledge, and a pledge with its history."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.staff.pages import StaffView
from voice.web.forms import Form, numbers, one, read_form
from voice.web.templates import day
from voice.web.views import show
from voice.you_said import reply, store
from voice.you_said.pledge import (
    CHECKED,
    DAYS,
    FIELDS,
    LONGEST,
    STATUSES,
    Checked,
    Pledge,
    PledgeNotFound,
    SavedMeanwhile,
    Status,
    read_pledge,
)
from voice.you_said.print_card import AGES, Age, Look
from voice.you_said.public_pages import reading
from voice.you_said.reply import Reply
from voice.you_said.said import Said
from voice.you_said.store import Kept, Version

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]

HOME = "/staff/pledges"
NOTHING_YET = {"publish": "no", "checked": "not_yet"}
SEE, PLEDGE = {"task": "see"}, {"task": "pledge"}


class ThemeWithPledges(Struct, frozen=True):
    """An agreed theme and the pledges that answer it, if there are any yet."""

    said: Said
    replies: list[Reply]


class PledgesPage(StaffView, frozen=True):
    """Every agreed theme with its pledges; `adrift` are pledges whose theme is agreed no more."""

    template: ClassVar[str] = "you_said/pledges.html"
    themes: list[ThemeWithPledges]
    adrift: list[Reply]
    statuses: ClassVar[Mapping[Status, str]] = STATUSES


class PledgePage(StaffView, frozen=True):
    """A pledge, or the form for a new one: `version` 0. `typed` is what stands in the form.

    `other_themes` is offered when the pledge's theme is agreed no more.
    """

    template: ClassVar[str] = "you_said/pledge.html"
    action: str
    said: Said
    typed: Mapping[str, str]
    problems: Mapping[str, str] = {}
    version: int = 0
    history: Sequence[Version] = ()
    other_themes: Mapping[int, str] = {}
    saved: bool = False
    statuses: ClassVar[Mapping[Status, str]] = STATUSES
    checks: ClassVar[Mapping[Checked, str]] = CHECKED
    ages: ClassVar[Mapping[Age, Look]] = AGES


class PledgesController(Controller):
    """What staff write about what was done."""

    path = HOME

    @get("/", opt=SEE)
    async def list_pledges(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Show every agreed theme with its pledges."""
        replies = await reply.with_what_was_said(db, await store.current(db), reading(state))
        agreed = await reply.what_was_said(db, await store.themes_in_use(db), reading(state))
        themes = [
            ThemeWithPledges(said, [one for one in replies if one.kept.theme_id == theme_id])
            for theme_id, said in sorted(agreed.items())
        ]
        page = PledgesPage(
            title="You said, we did",
            person=request.user,
            themes=sorted(themes, key=lambda theme: bool(theme.replies)),
            adrift=[one for one in replies if one.said.ended],
        )
        return show(page)

    @get("/new", opt=PLEDGE)
    async def new(
        self, request: AnyRequest, db: Db, state: State, theme: FromQuery[int] = 0
    ) -> Template | Redirect:
        """Show an empty form beside what was said; without a theme, the list to choose from."""
        if not theme:
            return Redirect(HOME, status_code=303)
        return show(await _new_page(request, db, state, theme, {}))

    @post("/new", opt=PLEDGE)
    async def save_new(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Keep a new pledge; on a problem, show the form again as typed."""
        form = await read_form(request)
        typed, theme_id = _typed(form), next(iter(numbers(form, "theme")), 0)
        pledge = read_pledge(typed, date.today())
        if not isinstance(pledge, Pledge):
            page = await _new_page(request, db, state, theme_id, typed, problems=pledge)
            return show(page, status=422)
        number = await store.save_new(db, theme_id, pledge, request.user.id)
        return _saved(number)

    @get("/{number:int}", opt=SEE)
    async def show_pledge(
        self,
        request: AnyRequest,
        db: Db,
        state: State,
        number: FromPath[int],
        saved: FromQuery[bool] = False,
    ) -> Template:
        """Show a pledge to change, beside what was said, with its history."""
        history = await store.versions(db, number)
        return show(await _page(request, db, state, history, _as_typed(history[0]), saved=saved))

    @post("/{number:int}", opt=PLEDGE)
    async def save_again(
        self, request: AnyRequest, db: Db, state: State, number: FromPath[int]
    ) -> Template | Redirect:
        """Keep a new version, unless somebody else did so meanwhile."""
        form = await read_form(request)
        typed = _typed(form)
        history = await store.versions(db, number)
        pledge: Pledge | Mapping[str, str]
        pledge = read_pledge(typed, date.today(), before=history[0])
        if await _lost_theme(db, history[0]) and not numbers(form, "theme"):
            said = {} if isinstance(pledge, Pledge) else pledge
            pledge = {"theme": "Choose the theme that this pledge answers.", **said}
        if not isinstance(pledge, Pledge):
            page = await _page(request, db, state, history, typed, problems=pledge)
            return show(page, status=422)
        try:
            await _save(db, _opened(history, form), pledge, request, form)
        except SavedMeanwhile as problem:
            history = await store.versions(db, number)
            problems = {"history": f"{problem.title}. {problem.message}"}
            page = await _page(request, db, state, history, typed, problems=problems)
            return show(page, status=problem.status)
        return _saved(number)


async def _save(
    db: Connection, opened: Kept, pledge: Pledge, request: AnyRequest, form: Form
) -> None:
    theme_id = next(iter(numbers(form, "theme")), opened.theme_id)
    await store.save_again(db, opened, pledge, request.user.id, theme_id=theme_id)


def _opened(history: Sequence[Version], form: Form) -> Version:
    """Return the version that the person had before them when they began to write.

    Raises:
        SavedMeanwhile: there is no such version.
    """
    for version in history:
        if [version.version] == numbers(form, "version"):
            return version
    raise SavedMeanwhile(store.LOOK_BELOW)


async def _new_page(
    request: AnyRequest,
    db: Connection,
    state: State,
    theme_id: int,
    typed: Mapping[str, str],
    **shown: Any,
) -> PledgePage:
    said = (await reply.what_was_said(db, [theme_id], reading(state))).get(theme_id)
    if said is None or said.ended:
        raise PledgeNotFound("That theme is not agreed any more. Choose one from the list.")
    return PledgePage(
        title=f"{_problem(shown)}A new pledge",
        person=request.user,
        action=f"{HOME}/new",
        said=said,
        typed=dict.fromkeys(FIELDS, "") | NOTHING_YET | dict(typed),
        **shown,
    )


async def _page(
    request: AnyRequest,
    db: Connection,
    state: State,
    history: Sequence[Version],
    typed: Mapping[str, str],
    **shown: Any,
) -> PledgePage:
    newest = history[0]
    said = (await reply.what_was_said(db, [newest.theme_id], reading(state)))[newest.theme_id]
    return PledgePage(
        title=f"{_problem(shown)}Pledge {newest.number}",
        person=request.user,
        action=f"{HOME}/{newest.number}",
        said=said,
        typed={**typed, "publish": "no"} if said.ended and not shown.get("problems") else typed,
        version=newest.version,
        history=history,
        other_themes=await _other_themes(db, state) if said.ended else {},
        **shown,
    )


async def _lost_theme(db: Connection, kept: Kept) -> bool:
    return kept.theme_id not in await store.themes_in_use(db)


def _problem(shown: Mapping[str, Any]) -> str:
    return "Problem: " if shown.get("problems") else ""


async def _other_themes(db: Connection, state: State) -> dict[int, str]:
    agreed = await reply.what_was_said(db, await store.themes_in_use(db), reading(state))
    return {theme_id: said.theme for theme_id, said in sorted(agreed.items())}


def _typed(form: Form) -> dict[str, str]:
    """Return the form's fields as they were typed, with plain line ends."""
    return {name: one(form, name).replace("\r\n", "\n") for name in FIELDS}


def _as_typed(kept: Kept) -> dict[str, str]:
    """Return what stands in the form for a kept pledge."""
    texts = {name: str(getattr(kept, name)) for name in (*LONGEST, "status", "checked")}
    days = {name: day(getattr(kept, name)) if getattr(kept, name) else "" for name in DAYS}
    return texts | days | {"publish": "yes" if kept.published else "no"}


def _saved(number: int) -> Redirect:
    return Redirect(f"{HOME}/{number}?saved=true", status_code=303)
