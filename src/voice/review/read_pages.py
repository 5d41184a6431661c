"""Reading comments one by one: a person says where each belongs, and that measures the machine."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeAlias
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.review import asked, by_hand, decision_store, decisions, store
from voice.review.agreement import FEWEST, Agreement, agreement
from voice.review.asked import Asked
from voice.review.comment_pages import CommentNotFound
from voice.review.decision_store import Asking
from voice.review.form_mark import form_mark
from voice.review.seen import Agreed, Comment, Past
from voice.review.usable import CannotDecide
from voice.staff.pages import StaffView
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[str]
Web: TypeAlias = Request[Any, Any, Any]
LAST_DECISIONS = 20


class ReadPage(StaffView, frozen=True):
    """The next comment to read; `comment` is None when all are read.

    `were` are the themes that hold it, `ticked` those that the boxes say.
    """

    template: ClassVar[str] = "review/read.html"
    asked: Asked
    comment: Comment | None
    themes: list[Agreed]
    were: list[int]
    ticked: list[int]
    n_read: int
    fewest: int
    agreement: Agreement | None
    done: Past | None = None
    why: str = ""
    clash: Sequence[Past] = ()
    seen: int = 0
    problem: str = ""


class ReadController(Controller):
    """Comments of one question, in an order that chance made: for each reader another."""

    path = "/staff/questions/{asked_of:str}/{question_id:str}/read"

    @get("/", opt={"task": "review"})
    async def read(
        self,
        request: Web,
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
        *,
        after: FromQuery[str] = "",
        done: FromQuery[str] = "",
    ) -> Template:
        """Show the next comment that nobody has read one by one."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        found = await store.next_to_read(db, this, request.user.id, _uuid(after))
        return show(await _page(request, db, this, found, done=done))

    @post("/{response_id:uuid}", opt={"task": "review"})
    async def keep(
        self,
        request: Web,
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
        response_id: FromPath[UUID],
    ) -> Template | Redirect:
        """Keep where a person says that the comment belongs, and go on to the next one."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        form = await read_form(request)
        asking = Asking(asked_of, question_id, request.user.id, form_mark(request.url.path, form))
        before = await decision_store.begin(db, asking)
        if before is not None:
            return _next(this, before)
        comment = await store.one_comment(db, this, response_id)
        if comment is None:
            raise CommentNotFound("It may have been withdrawn, or is held back.")
        themes = await store.themes(db, asked_of, question_id)
        where = await store.where_in(db, this, response_id)
        if sorted(numbers(form, "were")) != sorted(where):
            view = await _page(request, db, this, comment, form=form)
            return show(view, status=409)
        try:
            decision = by_hand.read(response_id, themes, numbers(form, "theme"), where)
            decision = decisions.because(decision, one(form, "why"))
        except CannotDecide as problem:
            view = await _page(request, db, this, comment, form=form, problem=problem.message)
            return show(view, status=problem.status)
        return _next(this, await decision_store.keep(db, decision, asking))


async def _page(
    request: Web,
    db: Connection,
    this: Asked,
    comment: Comment | None,
    *,
    done: str = "",
    form: Form | None = None,
    problem: str = "",
) -> ReadPage:
    were = await store.where_in(db, this, comment.response_id) if comment else []
    measured = await store.read_comments(db, this.asked_of, this.question_id)
    past = await store.decisions_about_question(db, this.asked_of, this.question_id, LAST_DECISIONS)
    seen = next(iter(numbers(form, "seen")), 0) if form else 0
    clash = form is not None and not problem
    return ReadPage(
        title=f"{'Problem: ' if form else ''}Read comments one by one: {this.words}",
        person=request.user,
        asked=this,
        comment=comment,
        themes=await store.themes(db, this.asked_of, this.question_id),
        were=were,
        ticked=numbers(form, "theme") if form else were,
        n_read=len(measured),
        fewest=FEWEST,
        agreement=agreement(measured),
        done=next((one for one in past if str(one.id) == done), None),
        why=one(form, "why") if form else "",
        clash=[past_one for past_one in past if past_one.id > seen] if clash else [],
        seen=past[0].id if past else 0,
        problem=problem or ("Somebody moved this comment in the meantime." if clash else ""),
    )


def _next(this: Asked, decision_id: int) -> Redirect:
    about = {"done": str(decision_id)}
    return Redirect(f"{this.address}/read", status_code=303, query_params=about)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
