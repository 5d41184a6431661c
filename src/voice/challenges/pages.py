"""Where the forum puts challenges and officers answer them: the list, a new one, one in full."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from voice.challenges import store
from voice.challenges.challenge import (
    FIELDS,
    AnsweredByItself,
    Statement,
    read_about,
    read_statement,
)
from voice.challenges.choices import Choice, choices
from voice.challenges.public_pages import clock
from voice.challenges.shown import Challenge, shown
from voice.challenges.store import Kept, Seen, Version
from voice.database.pool import Connection
from voice.staff.pages import StaffView
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show
from voice.you_said.pledge import SavedMeanwhile

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]

HOME = "/staff/challenges"
SEE, PUT, ANSWER = {"task": "see"}, {"task": "review"}, {"task": "pledge"}
NOT_YOURS = "You put this challenge. An officer who did not must answer it."


class ChallengesPage(StaffView, frozen=True):
    """Every challenge: what waits for an answer comes first, the longest waiting at the top."""

    template: ClassVar[str] = "challenges/challenges.html"
    challenges: Sequence[Challenge]
    days: int


class NewPage(StaffView, frozen=True):
    """The form for a new challenge: `typed` is what stands in it."""

    template: ClassVar[str] = "challenges/new.html"
    typed: Mapping[str, str]
    choices: Mapping[str, Sequence[Choice]]
    days: int
    problems: Mapping[str, str] = {}

    @property
    def places(self) -> dict[str, str]:
        """What is wrong, by the id of the field in the page."""
        return {
            name if name == "about" else f"new-{name}": problem
            for name, problem in self.problems.items()
        }


class Typed(Struct, frozen=True):
    """What stands in one of the two forms of a challenge's page, and what is wrong with it."""

    said: Mapping[str, str]
    problems: Mapping[str, str] = {}


class ChallengePage(StaffView, frozen=True):
    """A challenge with its answer and history; `mine` is the form of the challenge."""

    template: ClassVar[str] = "challenges/challenge.html"
    challenge: Challenge
    history: Sequence[Version]
    mine: Typed
    answer: Typed
    may_answer: bool
    problems: Mapping[str, str] = {}
    saved: bool = False


class ChallengesController(Controller):
    """What the forum asks and officers answer."""

    path = HOME

    @get("/", opt=SEE)
    async def list_challenges(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Show every challenge, what is late first."""
        every = [shown(kept, state.frameworks, clock(state)) for kept in await store.every(db)]
        page = ChallengesPage(
            title="Challenges",
            person=request.user,
            challenges=sorted(every, key=lambda one: (one.standing == "answered", one.due)),
            days=state.settings.challenge_days,
        )
        return show(page)

    @get("/new", opt=PUT)
    async def new(
        self, request: AnyRequest, db: Db, state: State, about: FromQuery[str] = ""
    ) -> Template:
        """Show an empty form, about the thing whose page it was opened from."""
        typed = dict.fromkeys(FIELDS, "") | {"about": about}
        return show(await _new_page(request, db, state, Typed(typed)))

    @post("/new", opt=PUT)
    async def save_new(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Keep a new challenge, put today; on a problem, show the form again as typed."""
        form = await read_form(request)
        typed = _typed(form)
        offered = {choice.name for some in (await _choices(db, state)).values() for choice in some}
        about = read_about(typed["about"]) if typed["about"] in offered else None
        said = read_statement(typed)
        if about is None or not isinstance(said, Statement):
            problems = {} if about else {"about": "Choose what the challenge is about."}
            problems |= {} if isinstance(said, Statement) else said
            page = await _new_page(request, db, state, Typed(typed, problems))
            return show(page, status=422)
        number = await store.save_new(db, about, said, request.user.id, put_on=date.today())
        return _saved(number)

    @get("/{number:int}", opt=SEE)
    async def show_challenge(
        self,
        request: AnyRequest,
        db: Db,
        state: State,
        number: FromPath[int],
        saved: FromQuery[bool] = False,
    ) -> Template:
        """Show a challenge with its answer and history."""
        return show(await _page(request, db, state, number, saved=saved))

    @post("/{number:int}", opt=PUT)
    async def save_again(
        self, request: AnyRequest, db: Db, state: State, number: FromPath[int]
    ) -> Template | Redirect:
        """Keep a new version of a challenge, unless somebody saved or answered it meanwhile."""
        form = await read_form(request)
        kept = await store.one(db, number)
        said = read_statement(_typed(form), answered=kept if kept.answer else None)
        if not isinstance(said, Statement):
            mine = Typed(_typed(form), said)
            return show(await _page(request, db, state, number, mine=mine), status=422)
        try:
            await store.save_again(db, number, _seen(form), said, request.user.id)
        except SavedMeanwhile as problem:
            mine = Typed(_typed(form))
            page = await _page(request, db, state, number, mine=mine, problems=_meanwhile(problem))
            return show(page, status=problem.status)
        return _saved(number)

    @post("/{number:int}/answer", opt=ANSWER)
    async def save_answer(
        self, request: AnyRequest, db: Db, state: State, number: FromPath[int]
    ) -> Template | Redirect:
        """Keep an answer or a new version of it, unless something was saved meanwhile."""
        form = await read_form(request)
        await store.one(db, number)
        if request.user.id in await store.put_by(db, number):
            raise AnsweredByItself(NOT_YOURS)
        said = read_statement(_typed(form))
        if not isinstance(said, Statement):
            answer = Typed(_typed(form), said)
            return show(await _page(request, db, state, number, answer=answer), status=422)
        try:
            await store.save_answer(db, number, _seen(form), said, request.user.id, on=date.today())
        except SavedMeanwhile as problem:
            answer, problems = Typed(_typed(form)), _meanwhile(problem)
            page = await _page(request, db, state, number, answer=answer, problems=problems)
            return show(page, status=problem.status)
        return _saved(number)


async def _new_page(request: AnyRequest, db: Connection, state: State, form: Typed) -> NewPage:
    return NewPage(
        title=f"{'Problem: ' if form.problems else ''}A new challenge",
        person=request.user,
        typed=form.said,
        choices=await _choices(db, state),
        days=state.settings.challenge_days,
        problems=form.problems,
    )


async def _page(
    request: AnyRequest,
    db: Connection,
    state: State,
    number: int,
    *,
    mine: Typed | None = None,
    answer: Typed | None = None,
    problems: Mapping[str, str] | None = None,
    saved: bool = False,
) -> ChallengePage:
    kept = await store.one(db, number)
    wrong = dict(problems or {})
    for form, typed in (("mine", mine), ("answer", answer)):
        wrong |= {f"{form}-{name}": p for name, p in (typed.problems if typed else {}).items()}
    return ChallengePage(
        title=f"{'Problem: ' if wrong else ''}Challenge {number}",
        person=request.user,
        challenge=shown(kept, state.frameworks, clock(state)),
        history=await store.history(db, number),
        mine=mine or Typed(_as_typed(kept)),
        answer=answer or Typed(_as_typed(kept.answer)),
        may_answer=request.user.may("pledge")
        and request.user.id not in await store.put_by(db, number),
        problems=wrong,
        saved=saved,
    )


async def _choices(db: Connection, state: State) -> Mapping[str, Sequence[Choice]]:
    return await choices(db, state.frameworks, date.today())


def _typed(form: Form) -> dict[str, str]:
    return {name: one(form, name).replace("\r\n", "\n") for name in FIELDS}


def _as_typed(said: Kept | Statement | None) -> dict[str, str]:
    """Return what stands in the form for what is kept; nothing is chosen for a new answer."""
    if said is None:
        return dict.fromkeys(FIELDS, "")
    words = {name: getattr(said, name) for name in Statement.__struct_fields__}
    return words | {"confidential": "yes" if said.confidential else "no"}


def _seen(form: Form) -> Seen:
    """Return the versions that the person had before them; -1 is none that there is."""
    seen = (next(iter(numbers(form, name)), -1) for name in ("version", "answer_version"))
    return Seen(*seen)


def _meanwhile(problem: SavedMeanwhile) -> dict[str, str]:
    return {"history": f"{problem.title}. {problem.message}"}


def _saved(number: int) -> Redirect:
    return Redirect(f"{HOME}/{number}?saved=true", status_code=303)
