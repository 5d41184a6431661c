"""The comments of a question that are in no theme: read them, and put them where they belong."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeAlias

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.review import asked, by_hand, cards, decision_store, decisions, store
from voice.review.asked import Asked
from voice.review.decided import OnComments
from voice.review.decision_store import Asking
from voice.review.form_mark import form_mark
from voice.review.question_pages import run_of
from voice.review.seen import Agreed, Past
from voice.review.theme import Decision
from voice.review.typed import Typed, comment_ids
from voice.review.usable import CannotDecide
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[str]
Web: TypeAlias = Request[Any, Any, Any]
LAST_DECISIONS = 20


class NotFree(CannotDecide):
    """Somebody put one of the comments into a theme while this person was typing."""

    status = 409


class Rest(Struct, frozen=True):
    """Which part of which list: of a wave or of all (""), and the page of it."""

    wave: str
    page: int


class RestPage(OnComments, frozen=True):
    """The comments of a question that are in no theme.

    `seen` is the newest decision that the page shows, `clash` what was decided after it.
    """

    template: ClassVar[str] = "review/rest.html"
    asked: Asked
    wave: str
    n: int
    page: int
    pages: int
    others: list[Agreed]
    seen: int
    typed: Typed
    clash: Sequence[Past] = ()
    problem: str = ""
    field: str = ""


class RestController(Controller):
    """Comments in no theme, of one question."""

    path = "/staff/questions/{asked_of:str}/{question_id:str}/rest"

    @get("/", opt={"task": "see"})
    async def rest(
        self,
        request: Web,
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
        *,
        wave: FromQuery[str] = "",
        page: FromQuery[int] = 1,
        done: FromQuery[str] = "",
    ) -> Template:
        """Show the comments that are in no theme, 50 at a time."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        return show(await _page(request, db, this, Rest(wave, page), done=done))

    @post("/ticked", opt={"task": "review"})
    async def decide_ticked(
        self, request: Web, db: Db, state: State, asked_of: Id, question_id: Id
    ) -> Template | Redirect:
        """Put the ticked comments into an agreed theme, or make a new one of them."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        form = await read_form(request)
        rest = Rest(one(form, "wave"), next(iter(numbers(form, "page")), 1))
        asking = Asking(asked_of, question_id, request.user.id, form_mark(request.url.path, form))
        before = await decision_store.begin(db, asking)
        if before is not None:
            return _back(this, rest, before)
        try:
            decision = decisions.because(await _decision(db, this, form), one(form, "why"))
        except CannotDecide as problem:
            view = await _page(request, db, this, rest, form=form, problem=problem)
            return show(view, status=problem.status)
        return _back(this, rest, await decision_store.keep(db, decision, asking))


async def _decision(db: Connection, this: Asked, form: Form) -> Decision:
    ticked = comment_ids(form)
    if not ticked:
        raise CannotDecide(by_hand.TICK, "comments")
    free = await store.free_comments(db, this, ticked)
    if free != ticked:
        raise NotFree(
            "Somebody has put one of the ticked comments into a theme in the meantime, or it was "
            "withdrawn. Nothing was kept. The others are still ticked.",
            "comments",
        )
    others = await store.themes(db, this.asked_of, this.question_id)
    if one(form, "do") == "make":
        return by_hand.make(ticked, one(form, "new"), [theme.name for theme in others])
    if one(form, "do") != "in":
        raise CannotDecide("Choose what to do with the ticked comments.", "do")
    into = one(form, "to")
    head = await store.theme(db, int(into)) if into in {str(t.id) for t in others} else None
    if head is None:
        raise CannotDecide("Choose the theme to put them into.", "to")
    return by_hand.put_in(ticked, await decision_store.theme_to_decide(db, head))


async def _page(
    request: Web,
    db: Connection,
    this: Asked,
    rest: Rest,
    *,
    done: str = "",
    form: Form | None = None,
    problem: CannotDecide | None = None,
) -> RestPage:
    run = run_of(await store.runs(db, this.asked_of, this.question_id), rest.wave)
    if run is None:
        raise asked.QuestionNotFound("Let the machine look for themes first.")
    span = cards.span(rest.page)
    about = (this.survey_ids, run, span.at_once, span.offset)
    comments, n = await store.comments_in_no_theme(db, *about)
    past = await store.decisions_about_question(db, this.asked_of, this.question_id, LAST_DECISIONS)
    seen = next(iter(numbers(form, "seen")), 0) if form else 0
    clash = isinstance(problem, NotFree)
    return RestPage(
        title=f"{'Problem: ' if problem else ''}Comments in no theme: {this.words}",
        person=request.user,
        asked=this,
        wave=rest.wave,
        comments=comments,
        n=n,
        page=span.page,
        pages=span.pages(n),
        others=await store.themes(db, this.asked_of, this.question_id),
        past=past,
        done=next((one for one in past if str(one.id) == done), None),
        seen=past[0].id if past else 0,
        typed=Typed.of(form, request.url.path, name=""),
        clash=[one for one in past if one.id > seen] if clash else (),
        problem=problem.message if problem else "",
        field=problem.field if problem else "",
    )


def _back(this: Asked, rest: Rest, decision_id: int) -> Redirect:
    about = {"page": str(rest.page), "done": str(decision_id)}
    if rest.wave:
        about["wave"] = rest.wave
    return Redirect(f"{this.address}/rest", status_code=303, query_params=about)
