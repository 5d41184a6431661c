"""One suggestion with all its comments: agree to it, refuse it, or split it."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeAlias

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.review import asked, cards, decision_store, decisions, store, wording
from voice.review.asked import Asked
from voice.review.cards import Span
from voice.review.decided import OnComments
from voice.review.decision_store import Asking
from voice.review.form_mark import form_mark
from voice.review.question_pages import next_in_row
from voice.review.row import Inside, row
from voice.review.seen import (
    LARGEST_ID,
    Quote,
    SuggestionHead,
    SuggestionNotFound,
)
from voice.review.theme import Decision, Suggestion
from voice.review.typed import Typed, comment_ids
from voice.review.undoing import last_of_all
from voice.review.usable import CannotDecide
from voice.review.wording import FrameworkChoices, VoiceCount
from voice.web.forms import Form, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[int]
Web: TypeAlias = Request[Any, Any, Any]
Think: TypeAlias = Callable[[Suggestion, Form, list[str]], Decision]


class InRow(Struct, frozen=True):
    """How many suggestions wait, where skipping this one leads, and the theme that may take it."""

    waiting: int
    skip: str
    inside: Inside | None
    n_new: int


class SuggestionPage(OnComments, frozen=True):
    """A suggestion; `past` has what was decided about it, and is empty while nobody has.

    `row` is set where suggestions are decided one after another: what waits, and what is next.
    """

    template: ClassVar[str] = "review/suggestion.html"
    asked: Asked
    head: SuggestionHead
    n: int
    percent: str
    voices: list[VoiceCount]
    frameworks: list[FrameworkChoices]
    page: int
    pages: int
    typed: Typed
    row: InRow | None = None
    quotes: Sequence[Quote] = ()
    problem: str = ""
    field: str = ""

    @property
    def undo(self) -> list[int]:
        """The decisions shown that this person can take back as they are."""
        past = [*([self.done] if self.done else []), *self.past]
        return last_of_all(past) if self.person.may("review") else []


class SuggestionController(Controller):
    """What the machine suggests, and a person's word on it."""

    path = "/staff/suggestions/{suggestion_id:int}"

    @get("/", opt={"task": "see"})
    async def suggestion(
        self,
        request: Web,
        db: Db,
        state: State,
        suggestion_id: Id,
        *,
        page: FromQuery[int] = 1,
        whole: FromQuery[bool] = False,
        row: FromQuery[bool] = False,
        done: FromQuery[str] = "",
    ) -> Template:
        """Show a suggestion and its comments, best first: 50 at a time, or all."""
        head = await _head(db, suggestion_id)
        span = cards.span(page, whole=whole)
        return show(await _page(request, db, state, head, span, in_row=row, done=done))

    @post("/agree", opt={"task": "review"})
    async def agree(
        self, request: Web, db: Db, state: State, suggestion_id: Id
    ) -> Template | Redirect:
        """Make an agreed theme of it."""

        def think(suggestion: Suggestion, form: Form, taken: list[str]) -> Decision:
            areas = wording.area_keys(form, state.frameworks)
            return decisions.agree(suggestion, one(form, "name"), areas, taken)

        return await _decide(request, db, state, suggestion_id, think)

    @post("/refuse", opt={"task": "review"})
    async def refuse(
        self, request: Web, db: Db, state: State, suggestion_id: Id
    ) -> Template | Redirect:
        """Set it aside, with a reason."""

        def think(suggestion: Suggestion, form: Form, _: list[str]) -> Decision:
            return decisions.refuse(suggestion, one(form, "reason"))

        return await _decide(request, db, state, suggestion_id, think)

    @post("/split", opt={"task": "review"})
    async def split(
        self, request: Web, db: Db, state: State, suggestion_id: Id
    ) -> Template | Redirect:
        """Make two agreed themes of it."""

        def think(suggestion: Suggestion, form: Form, taken: list[str]) -> Decision:
            names = one(form, "first"), one(form, "rest")
            decision = decisions.split(suggestion, comment_ids(form), names, taken)
            return decisions.because(decision, one(form, "why"))

        return await _decide(request, db, state, suggestion_id, think)


async def _head(db: Connection, suggestion_id: int) -> SuggestionHead:
    head = await store.suggestion(db, suggestion_id) if suggestion_id < LARGEST_ID else None
    if head is None:
        raise SuggestionNotFound(
            "The machine may have looked for themes again. Go to the list of questions."
        )
    return head


async def _decide(
    request: Web, db: Connection, state: State, suggestion_id: int, think: Think
) -> Template | Redirect:
    """Keep what was decided, once; on a problem, show the page again with what was typed."""
    form = await read_form(request)
    head = await _head(db, suggestion_id)
    this = asked.find(state.catalogue, head.asked_of, head.question_id)
    mark = form_mark(request.url.path, form)
    asking = Asking(this.asked_of, this.question_id, request.user.id, mark)
    form["wave"] = [head.wave or ""]
    before = await decision_store.begin(db, asking)
    ahead = await next_in_row(db, this, form, suggestion_id)
    if before is not None:
        return ahead.go(before)
    found, decided = await decision_store.suggestions_to_decide(
        db, [suggestion_id], this.asked_of, this.question_id
    )
    if not found or decided:
        head = await _head(db, suggestion_id)
        return show(await _page(request, db, state, head, form=form), status=409)
    taken = [theme.name for theme in await store.themes(db, this.asked_of, this.question_id)]
    try:
        decision = think(found[0], form, taken)
    except CannotDecide as problem:
        view = await _page(request, db, state, head, form=form, problem=problem)
        return show(view, status=problem.status)
    return ahead.go(await decision_store.keep(db, decision, asking))


async def _page(
    request: Web,
    db: Connection,
    state: State,
    head: SuggestionHead,
    span: Span = cards.WHOLE_SPAN,
    *,
    in_row: bool = False,
    done: str = "",
    form: Form | None = None,
    problem: CannotDecide | None = None,
) -> SuggestionPage:
    this = asked.find(state.catalogue, head.asked_of, head.question_id)
    typed = Typed.of(form, request.url.path, name=head.name)
    bases, _ = await cards.bases(db, this, head.wave or "")
    voices = (await store.suggested_voices(db, [head.id])).get(head.id, {})
    machine = (await store.suggested_areas(db, [head.id])).get(head.id, {})
    n = sum(voices.values())
    in_row = in_row or bool(form and one(form, "row"))
    kept = await store.decision(db, int(done)) if done.isdecimal() and len(done) < 16 else None
    ticked = (
        set(machine)
        if form is None or not typed.areas_shown
        else wording.area_keys(form, state.frameworks)
    )
    return SuggestionPage(
        title=f"{'Problem: ' if problem else ''}Suggested theme: {head.name}",
        person=request.user,
        asked=this,
        head=head,
        n=n,
        percent=wording.percent(n, sum(bases.values())),
        voices=wording.by_voice(voices, bases),
        frameworks=wording.area_choices(state.frameworks, machine, ticked),
        comments=await store.suggested_comments(db, head.id, span.at_once, span.offset),
        page=span.page,
        pages=span.pages(n),
        past=await store.decisions_about_suggestion(db, head.id),
        typed=typed,
        row=await _in_row(db, this, head) if in_row else None,
        quotes=(await store.suggested_quotes(db, [head.id])).get(head.id, []) if in_row else (),
        done=kept,
        problem=problem.message if problem else "",
        field=problem.field if problem else "",
    )


async def _in_row(db: Connection, this: Asked, head: SuggestionHead) -> InRow:
    found = await row(db, this, head.wave or "")
    after = found.after(head.id)
    skip = f"/staff/suggestions/{after}?row=true" if after not in (None, head.id) else this.address
    inside, n_new = found.inside.get(head.id), found.n_new.get(head.id, 0)
    return InRow(len(found.ids), skip, inside, n_new)
