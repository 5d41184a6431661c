"""Taking a decision back, with what it did and why."""

from typing import Any, ClassVar, TypeAlias

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.review import asked, decision_store, decisions, store, undoing
from voice.review.asked import Asked
from voice.review.decision_store import Asking
from voice.review.form_mark import form_mark
from voice.review.seen import LARGEST_ID, Past
from voice.review.theme import Decision
from voice.review.usable import CannotDecide
from voice.staff.pages import StaffView
from voice.web.forms import one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[int]
Web: TypeAlias = Request[Any, Any, Any]


class DecisionNotFound(VoiceError):
    """No decision has this id, or the person may not see its survey."""

    status = 404
    title = "We cannot find that decision"


class UndoPage(StaffView, frozen=True):
    """A decision that may be taken back; `at` is the page that the person came from."""

    template: ClassVar[str] = "review/undo.html"
    asked: Asked
    past: Past
    at: str
    why: str = ""
    problem: str = ""


class UndoController(Controller):
    """One decision."""

    path = "/staff/decisions/{decision_id:int}"

    @get("/", opt={"task": "review"})
    async def decision(
        self, request: Web, db: Db, state: State, decision_id: Id, at: FromQuery[str] = ""
    ) -> Template:
        """Show a decision, and what stands against taking it back."""
        past, this = await _found(request, db, state, decision_id)
        try:
            undoing.undo(past, await store.around(db, past))
        except CannotDecide as problem:
            return show(_page(request, this, past, at, problem=problem.message))
        return show(_page(request, this, past, at))

    @post("/undo", opt={"task": "review"})
    async def undo(
        self, request: Web, db: Db, state: State, decision_id: Id
    ) -> Template | Redirect:
        """Take the decision back."""
        form = await read_form(request)
        past, this = await _found(request, db, state, decision_id)
        mark = form_mark(request.url.path, form)
        asking = Asking(this.asked_of, this.question_id, request.user.id, mark)
        before = await decision_store.begin(db, asking)
        if before is not None:
            return await _after(db, this, before, one(form, "at"))
        past, _ = await _found(request, db, state, decision_id)
        why, at = one(form, "why"), one(form, "at")
        try:
            decision: Decision = undoing.undo(past, await store.around(db, past))
            decision = decisions.because(decision, why)
        except CannotDecide as problem:
            view = _page(request, this, past, at, why=why, problem=problem.message)
            return show(view, status=409)
        return await _after(db, this, await decision_store.keep(db, decision, asking), at)


async def _found(
    request: Web, db: Connection, state: State, decision_id: int
) -> tuple[Past, Asked]:
    past = await store.decision(db, decision_id) if decision_id < LARGEST_ID else None
    if past is None:
        raise DecisionNotFound("Go to the list of questions, and to what was decided there.")
    return past, asked.find_for(request.user, state.catalogue, past.asked_of, past.question_id)


async def _after(db: Connection, this: Asked, decision_id: int, at: str) -> Redirect:
    """Go back to where the person was, if that is still there.

    Else go to the theme that is as it was, or to the question where there is not just one.
    """
    kept = await store.decision(db, decision_id)
    heads = [await store.theme(db, theme_id) for theme_id in (kept.touched if kept else ())]
    standing = [head.id for head in heads if head and head.ended_at is None]
    themes = {f"theme-{theme_id}": f"/staff/themes/{theme_id}" for theme_id in standing}
    lists = {name: f"{this.address}/{name}" for name in ("rest", "read")}
    places = {"question": this.address, **lists, **themes}
    only = next(iter(themes.values())) if len(themes) == 1 else this.address
    about = {"done": str(decision_id)}
    return Redirect(places.get(at, only), status_code=303, query_params=about)


def _page(
    request: Web, this: Asked, past: Past, at: str, *, why: str = "", problem: str = ""
) -> UndoPage:
    return UndoPage(
        title=f"{'Problem: ' if problem else ''}Undo a decision",
        person=request.user,
        asked=this,
        past=past,
        at=at,
        why=why,
        problem=problem,
    )
