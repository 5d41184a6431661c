"""One question: what the machine suggests, what people agreed to, and putting themes together."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.jobs import queue
from voice.review import asked, cards, decision_store, decisions, store
from voice.review.asked import Asked
from voice.review.cards import AgreedCard, SuggestionCard
from voice.review.decided import Decided
from voice.review.decision_store import Asking
from voice.review.form_mark import form_mark
from voice.review.pages import JOB
from voice.review.row import row
from voice.review.seen import Run, ThemeNotFound, demo_among
from voice.review.theme import Decision
from voice.review.usable import CannotDecide
from voice.staff.people import Person
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[str]
LAST_DECISIONS = 20


class Together(Struct, frozen=True):
    """The form that puts themes together, as it was typed."""

    ticked: list[int] = []
    name: str = ""
    into: int = 0
    reason: str = ""


class QuestionPage(Decided, frozen=True):
    """Suggestions, agreed themes and the last decisions; `run` is None until one was made."""

    template: ClassVar[str] = "review/question.html"
    asked: Asked
    wave: str
    waves: list[str]
    run: Run | None
    working: bool
    suggestions: list[SuggestionCard]
    nothing_new: list[SuggestionCard]
    agreed: list[AgreedCard]
    together: Together
    problem: str = ""
    field: str = ""

    @property
    def demo(self) -> str:
        """Whether all or some of the quotes on the page were made up."""
        return demo_among(quote for card in self.suggestions for quote in card.quotes)


class QuestionController(Controller):
    """One question, of one survey or of a family."""

    path = "/staff/questions/{asked_of:str}/{question_id:str}"

    @get("/", opt={"task": "see"})
    async def question(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
        *,
        wave: FromQuery[str] = "",
        done: FromQuery[str] = "",
    ) -> Template:
        """Show what the machine suggests and what people agreed to."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        return show(await _page(db, state, request.user, this, wave, done=done))

    @post("/themes", opt={"task": "see"})
    async def find_themes(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
    ) -> Redirect:
        """Let the worker look for themes; asking twice looks once."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        wave = one(await read_form(request), "wave") or None
        waves = {count.wave for count in await store.comment_counts(db)}
        if wave is not None and wave not in waves:
            raise asked.QuestionNotFound("No answers belong to that wave. Choose one of the list.")
        payload = {"asked_of": asked_of, "question_id": question_id, "wave": wave}
        await queue.add(db, JOB, payload, once=this.job_key(wave))
        return to_question(this, wave or "")

    @post("/together", opt={"task": "review"})
    async def put_together(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
    ) -> Template | Redirect:
        """Make one agreed theme of the ticked suggestions, or add them to one that is there."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        form = await read_form(request)
        wave = one(form, "wave")
        asking = Asking(asked_of, question_id, request.user.id, form_mark(request.url.path, form))
        before = await decision_store.begin(db, asking)
        ahead = await next_in_row(db, this, form, next(iter(numbers(form, "suggestion")), 0))
        if before is not None:
            return ahead.go(before)
        try:
            decision = await _together(db, this, form)
        except CannotDecide as problem:
            view = await _page(db, state, request.user, this, wave, form=form, problem=problem)
            return show(view, status=problem.status)
        return ahead.go(await decision_store.keep(db, decision, asking))


async def _together(db: Connection, this: Asked, form: Form) -> Decision:
    ids = numbers(form, "suggestion")
    found, decided = await decision_store.suggestions_to_decide(
        db, ids, this.asked_of, this.question_id
    )
    if decided or len(found) != len(set(ids)):
        raise CannotDecide(
            "Somebody has decided about one of these in the meantime. Look again.", "together"
        )
    into = numbers(form, "into")
    if not any(into):
        names = [theme.name for theme in await store.themes(db, this.asked_of, this.question_id)]
        decision = decisions.merge(found, one(form, "name"), names)
    else:
        head = await store.theme(db, into[0])
        if head is None or (head.asked_of, head.question_id) != (this.asked_of, this.question_id):
            raise ThemeNotFound("Go back and choose a theme of this question.")
        if head.ended_at is not None:
            raise CannotDecide("That theme counts no more. Choose another one.", "into")
        decision = decisions.merge_into(await decision_store.theme_to_decide(db, head), found)
    return decisions.because(decision, one(form, "reason"))


async def _page(
    db: Connection,
    state: State,
    person: Person,
    this: Asked,
    wave: str,
    *,
    done: str = "",
    form: Form | None = None,
    problem: CannotDecide | None = None,
) -> QuestionPage:
    runs = await store.runs(db, this.asked_of, this.question_id)
    run = run_of(runs, wave)
    bases, waves = await cards.bases(db, this, wave)
    agreed = await cards.agreed_cards(db, this, state.frameworks)
    found = await cards.suggestion_cards(db, run, bases, state.frameworks, agreed) if run else []
    past = await store.decisions_about_question(db, this.asked_of, this.question_id, LAST_DECISIONS)
    return QuestionPage(
        title=f"{'Problem: ' if problem else ''}Themes: {this.words}",
        person=person,
        asked=this,
        wave=wave,
        waves=waves,
        run=run,
        working=this.job_key(wave) in await store.keys_waiting(db, JOB),
        suggestions=[card for card in found if card.n_new],
        nothing_new=[card for card in found if not card.n_new],
        agreed=agreed,
        past=past,
        done=next((one for one in past if str(one.id) == done), None),
        together=_typed(form),
        problem=problem.message if problem else "",
        field=problem.field if problem else "",
    )


def _typed(form: Form | None) -> Together:
    if form is None:
        return Together()
    return Together(
        ticked=numbers(form, "suggestion"),
        name=one(form, "name"),
        into=next(iter(numbers(form, "into")), 0),
        reason=one(form, "reason"),
    )


def run_of(runs: list[Run], wave: str) -> Run | None:
    """Return the last run of a wave, or of all waves together ("")."""
    return next((run for run in runs if (run.wave or "") == wave), None)


def to_question(this: Asked, wave: str | None, done: int | None = None) -> Redirect:
    """Go to the question's page, which then says what decision `done` did."""
    about = {"wave": wave} if wave else {}
    if done is not None:
        about["done"] = str(done)
    return Redirect(this.address, status_code=303, query_params=about)


class Ahead(Struct, frozen=True):
    """Where to go after a decision: the next suggestion of the row, or the question."""

    this: Asked
    wave: str
    suggestion_id: int | None

    def go(self, done: int) -> Redirect:
        """Go there, and say what decision `done` did."""
        if self.suggestion_id is None:
            return to_question(self.this, self.wave, done)
        about = {"row": "true", "done": str(done)}
        address = f"/staff/suggestions/{self.suggestion_id}"
        return Redirect(address, status_code=303, query_params=about)


async def next_in_row(db: Connection, this: Asked, form: Form, suggestion_id: int) -> Ahead:
    """Return where to go after a decision about this suggestion. Asked before it is kept."""
    wave = one(form, "wave")
    if not one(form, "row"):
        return Ahead(this, wave, None)
    after = (await row(db, this, wave)).after(suggestion_id)
    return Ahead(this, wave, after if after != suggestion_id else None)
