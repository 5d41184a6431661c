"""One agreed theme with all its comments, and what can still be changed about it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, TypeAlias

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.review import asked, by_hand, cards, decision_store, decisions, store, wording
from voice.review.asked import Asked
from voice.review.cards import Span
from voice.review.decided import OnComments
from voice.review.decision_store import Asking
from voice.review.form_mark import form_mark
from voice.review.question_pages import to_question
from voice.review.seen import (
    LARGEST_ID,
    Agreed,
    Past,
    ThemeHead,
    ThemeNotFound,
)
from voice.review.theme import Decision, Theme
from voice.review.typed import Typed, comment_ids
from voice.review.usable import CannotDecide
from voice.review.wording import FrameworkChoices, VoiceCount
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[int]
Web: TypeAlias = Request[Any, Any, Any]
Think: TypeAlias = Callable[[Theme, Form, list[Agreed]], Awaitable[Decision]]


class ThemePage(OnComments, frozen=True):
    """An agreed theme. `clash` is what others changed while this person was typing, newest first.

    `seen` is the newest decision that the page shows: what comes after it is a clash.
    """

    template: ClassVar[str] = "review/theme.html"
    asked: Asked
    head: ThemeHead
    n: int
    percent: str
    voices: list[VoiceCount]
    agreed_areas: list[FrameworkChoices]
    frameworks: list[FrameworkChoices]
    page: int
    pages: int
    others: list[Agreed]
    typed: Typed
    seen: int
    clash: Sequence[Past] = ()
    problem: str = ""
    field: str = ""


class ThemeController(Controller):
    """What people agreed to, and may change."""

    path = "/staff/themes/{theme_id:int}"

    @get("/", opt={"task": "see"})
    async def theme(
        self,
        request: Web,
        db: Db,
        state: State,
        theme_id: Id,
        *,
        page: FromQuery[int] = 1,
        whole: FromQuery[bool] = False,
        done: FromQuery[str] = "",
    ) -> Template:
        """Show an agreed theme and its comments, best first: 50 at a time, or all."""
        head = await _head(db, theme_id)
        span = cards.span(page, whole=whole)
        return show(await _page(request, db, state, head, span, done=done))

    @post("/rename", opt={"task": "review"})
    async def rename(self, request: Web, db: Db, state: State, theme_id: Id) -> Template | Redirect:
        """Give it another name."""

        async def think(theme: Theme, form: Form, others: list[Agreed]) -> Decision:
            return decisions.rename(theme, one(form, "name"), _names(others))

        return await decide(request, db, state, theme_id, think)

    @post("/describe", opt={"task": "review"})
    async def describe(
        self, request: Web, db: Db, state: State, theme_id: Id
    ) -> Template | Redirect:
        """Say in a sentence what it is about."""

        async def think(theme: Theme, form: Form, _: list[Agreed]) -> Decision:
            return by_hand.describe(theme, one(form, "description"))

        return await decide(request, db, state, theme_id, think)

    @post("/areas", opt={"task": "review"})
    async def change_areas(
        self, request: Web, db: Db, state: State, theme_id: Id
    ) -> Template | Redirect:
        """Give it other areas."""

        async def think(theme: Theme, form: Form, _: list[Agreed]) -> Decision:
            ticked = wording.area_keys(form, state.frameworks)
            return decisions.change_areas(theme, ticked, wording.all_areas(state.frameworks))

        return await decide(request, db, state, theme_id, think)

    @post("/merge", opt={"task": "review"})
    async def merge(self, request: Web, db: Db, state: State, theme_id: Id) -> Template | Redirect:
        """Put it into another agreed theme of the question; this one ends."""

        async def think(theme: Theme, form: Form, others: list[Agreed]) -> Decision:
            target = await _chosen(db, form, "into", others)
            return decisions.merge_into(target, themes=[theme])

        return await decide(request, db, state, theme_id, think)

    @post("/ticked", opt={"task": "review"})
    async def decide_ticked(
        self, request: Web, db: Db, state: State, theme_id: Id
    ) -> Template | Redirect:
        """Do with the ticked comments what the form says: move, split, make, or choose quotes."""

        async def think(theme: Theme, form: Form, others: list[Agreed]) -> Decision:
            return await _ticked(db, theme, form, others)

        return await decide(request, db, state, theme_id, think)

    @post("/withdraw", opt={"task": "review"})
    async def withdraw(
        self, request: Web, db: Db, state: State, theme_id: Id
    ) -> Template | Redirect:
        """Take it back, with a reason."""

        async def think(theme: Theme, form: Form, _: list[Agreed]) -> Decision:
            return decisions.withdraw(theme, one(form, "reason"))

        return await decide(request, db, state, theme_id, think)


async def _chosen(db: Connection, form: Form, field: str, others: list[Agreed]) -> Theme:
    into = one(form, field)
    if into not in {str(other.id) for other in others}:
        raise CannotDecide("Choose the other theme.", field)
    return await decision_store.theme_to_decide(db, await _head(db, int(into)))


async def _ticked(db: Connection, theme: Theme, form: Form, others: list[Agreed]) -> Decision:
    do, ticked, taken = one(form, "do"), comment_ids(form), _names(others)
    if not ticked:
        raise CannotDecide(by_hand.TICK, "comments")
    if do == "split":
        names = one(form, "first"), one(form, "rest")
        return decisions.split(theme, ticked, names, taken)
    if do == "make":
        return by_hand.make(ticked, one(form, "new"), [*taken, theme.name], theme)
    if do in ("move", "also"):
        target = await _chosen(db, form, "to", others)
        return by_hand.move(theme, ticked, target, stay=do == "also")
    if do == "out":
        return by_hand.move(theme, ticked, None, stay=False)
    if do in ("mark", "unmark"):
        barred = await store.not_quotable(db, theme.id)
        return by_hand.publish(theme, ticked, barred, may=do == "mark")
    raise CannotDecide("Choose what to do with the ticked comments.", "do")


async def _head(db: Connection, theme_id: int) -> ThemeHead:
    head = await store.theme(db, theme_id) if theme_id < LARGEST_ID else None
    if head is None:
        raise ThemeNotFound("Go to the list of questions and choose a theme there.")
    return head


async def decide(
    request: Web, db: Connection, state: State, theme_id: int, think: Think
) -> Template | Redirect:
    """Keep what was decided, once; on a problem or a clash, show the page with what was typed."""
    form = await read_form(request)
    head = await _head(db, theme_id)
    this = asked.find(state.catalogue, head.asked_of, head.question_id)
    mark = form_mark(request.url.path, form)
    asking = Asking(this.asked_of, this.question_id, request.user.id, mark)
    before = await decision_store.begin(db, asking)
    head = await _head(db, theme_id)
    if before is not None:
        return _after(this, head, before)
    if head.ended_at is not None or one(form, "version") != str(head.version):
        clash = await _page(request, db, state, head, cards.WHOLE_SPAN, form=form, clash=True)
        return show(clash, status=409)
    try:
        others = await _others(db, head)
        decision = await think(await decision_store.theme_to_decide(db, head), form, others)
        decision = decisions.because(decision, one(form, "why"))
    except CannotDecide as problem:
        page = await _page(request, db, state, head, cards.WHOLE_SPAN, form=form, problem=problem)
        return show(page, status=problem.status)
    kept = await decision_store.keep(db, decision, asking)
    return _after(this, await _head(db, theme_id), kept)


def _after(this: Asked, head: ThemeHead, decision_id: int) -> Redirect:
    """Go on at the theme, or at its question when the theme has ended."""
    if head.ended_at is not None:
        return to_question(this, None, decision_id)
    about = {"done": str(decision_id)}
    return Redirect(f"/staff/themes/{head.id}", status_code=303, query_params=about)


async def _others(db: Connection, head: ThemeHead) -> list[Agreed]:
    themes = await store.themes(db, head.asked_of, head.question_id)
    return [theme for theme in themes if theme.id != head.id]


def _names(themes: Sequence[Agreed]) -> list[str]:
    return [theme.name for theme in themes]


async def _page(
    request: Web,
    db: Connection,
    state: State,
    head: ThemeHead,
    span: Span,
    *,
    done: str = "",
    form: Form | None = None,
    problem: CannotDecide | None = None,
    clash: bool = False,
) -> ThemePage:
    this = asked.find(state.catalogue, head.asked_of, head.question_id)
    typed = Typed.of(form, request.url.path, name=head.name, description=head.description)
    bases, _ = await cards.bases(db, this, "")
    voices = (await store.agreed_voices(db, [head.id])).get(head.id, {})
    agreed = (await store.agreed_areas(db, [head.id])).get(head.id, set())
    ticked = agreed
    if form is not None and typed.areas_shown:
        ticked = wording.area_keys(form, state.frameworks)
    past = await store.decisions_about_theme(db, head)
    seen = numbers(form, "seen") if form else []
    n = sum(voices.values())
    return ThemePage(
        title=f"{'Problem: ' if problem or clash else ''}Agreed theme: {head.name}",
        person=request.user,
        asked=this,
        head=head,
        n=n,
        percent=wording.percent(n, sum(bases.values())),
        voices=wording.by_voice(voices, bases),
        agreed_areas=wording.area_choices(state.frameworks, {}, agreed),
        frameworks=wording.area_choices(state.frameworks, {}, ticked),
        comments=await store.agreed_comments(db, head.id, span.at_once, span.offset),
        page=span.page,
        pages=span.pages(n),
        others=await _others(db, head),
        past=past,
        done=next((one for one in past if str(one.id) == done), None),
        typed=typed,
        seen=past[0].id if past else 0,
        clash=_since(past, seen) if clash else [],
        problem=problem.message if problem else "",
        field=problem.field if problem else "",
    )


def _since(past: Sequence[Past], seen: Sequence[int]) -> list[Past]:
    """Return what was decided after what a page showed; of a page that does not say, the last."""
    return [one for one in past if one.id > seen[0]] if seen else list(past[:1])
