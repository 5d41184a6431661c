"""Where officers keep measures: the list, a new one, and one with its figures and history."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.measures import store
from voice.measures.asked import Measurable
from voice.measures.editing import (
    NEW,
    OUTSIDE,
    Typed,
    areas_to_choose,
    as_typed,
    chosen,
    questions_for,
    ticked,
    typed_in,
)
from voice.measures.lines import unknown_waves
from voice.measures.measure import (
    ACTUAL_FIELDS,
    FIELDS,
    STEPS,
    Asking,
    Measure,
    MeasureNotFound,
    read_measure,
)
from voice.measures.public_pages import known
from voice.measures.run import keep_readings_of
from voice.measures.shown import OfArea, Shown, by_area, shown
from voice.measures.store import Actual, Version
from voice.staff.pages import StaffView
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show
from voice.you_said.pledge import SavedMeanwhile

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]

HOME = "/staff/measures"
SEE, PLEDGE = {"task": "see"}, {"task": "pledge"}


class MeasuresPage(StaffView, frozen=True):
    """Every measure by area, and the questions that a new one could count."""

    template: ClassVar[str] = "measures/measures.html"
    areas: Sequence[OfArea]
    questions: Sequence[Measurable]


class Editor(StaffView, frozen=True):
    """A page with the form of a measure; `question` is None for an outside figure."""

    form: Typed
    question: Measurable | None
    areas: Mapping[str, Mapping[str, str]]
    pledges: Mapping[int, str]
    steps: ClassVar[Sequence[str]] = STEPS


class NewPage(Editor, frozen=True):
    """The form for a new measure; `what` is what it measures."""

    template: ClassVar[str] = "measures/new.html"
    what: str


class MeasurePage(Editor, frozen=True):
    """A measure with its figures and history; `figure` is the form for a new figure.

    `actuals` are all that was ever kept, the newest first; `unknown` are the waves of which nobody
    has said in which words they were asked.
    """

    template: ClassVar[str] = "measures/measure.html"
    measure: Shown
    figure: Typed
    actuals: Sequence[Actual]
    unknown: Sequence[str]
    history: Sequence[Version]
    saved: bool = False

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong in either form, by the id of the field in the page."""
        figure = {f"figure-{name}": words for name, words in self.figure.problems.items()}
        return {**self.form.problems, **figure}


class MeasuresController(Controller):
    """What officers measure."""

    path = HOME

    @get("/", opt=SEE)
    async def list_measures(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Show every measure by area, and two ways to a new one."""
        kept = await store.every(db)
        found = await store.actuals(db, [measure.number for measure in kept])
        every = [shown(measure, found[measure.number], known(state)) for measure in kept]
        page = MeasuresPage(
            title="Measures",
            person=request.user,
            areas=by_area(every, state.frameworks),
            questions=questions(request, state),
        )
        return show(page)

    @get("/new", opt=PLEDGE)
    async def new(
        self, request: AnyRequest, db: Db, state: State, what: FromQuery[str] = OUTSIDE
    ) -> Template:
        """Show an empty form for an outside figure, or for a question of a survey."""
        typed = dict.fromkeys(FIELDS, "") | NEW
        return show(await _new_page(request, db, state, what, Typed(typed)))

    @post("/new", opt=PLEDGE)
    async def save_new(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Keep a new measure, and what the answers say so far."""
        form = await read_form(request)
        what, typed = one(form, "what"), typed_in(form)
        question = the_question(request, state, what)
        asking = chosen(form, question)
        measure = await _read(db, state, form, typed, asking)
        problems = await _options_problem(db, question, asking)
        if problems or not isinstance(measure, Measure):
            problems |= {} if isinstance(measure, Measure) else measure
            kept = Typed(typed, problems, ticked(form))
            return show(await _new_page(request, db, state, what, kept), status=422)
        number = await store.save_new(db, measure, request.user.id)
        await _keep_readings(db, state, number)
        return saved(number)

    @get("/{number:int}", opt=SEE)
    async def show_measure(
        self,
        request: AnyRequest,
        db: Db,
        state: State,
        number: FromPath[int],
        saved: FromQuery[bool] = False,
    ) -> Template:
        """Show a measure to change, with its figures and history."""
        return show(await measure_page(request, db, state, number, saved=saved))

    @post("/{number:int}", opt=PLEDGE)
    async def save_again(
        self, request: AnyRequest, db: Db, state: State, number: FromPath[int]
    ) -> Template | Redirect:
        """Keep a new version, unless somebody else did so meanwhile."""
        form = await read_form(request)
        kept = await store.one(db, number)
        typed = typed_in(form)
        measure = await _read(db, state, form, typed, kept.asking, area=kept.area)
        if not isinstance(measure, Measure):
            wrong = Typed(typed, measure, ticked(form))
            return show(await measure_page(request, db, state, number, form=wrong), status=422)
        try:
            if numbers(form, "version") != [kept.version]:
                raise SavedMeanwhile(store.LOOK_BELOW)
            await store.save_again(db, kept, measure, request.user.id)
        except SavedMeanwhile as problem:
            words = {"history": f"{problem.title}. {problem.message}"}
            wrong = Typed(typed, words, ticked(form))
            page = await measure_page(request, db, state, number, form=wrong)
            return show(page, status=problem.status)
        return saved(number)


async def measure_page(
    request: AnyRequest,
    db: Connection,
    state: State,
    number: int,
    *,
    form: Typed | None = None,
    figure: Typed | None = None,
    saved: bool = False,
) -> MeasurePage:
    """Return the page of a measure, with what stands in its forms.

    Raises:
        MeasureNotFound: there is none with this number.
    """
    kept = await store.one(db, number)
    found = (await store.actuals(db, [number]))[number]
    wrong = bool((form and form.problems) or (figure and figure.problems))
    pledges = [f"pledge-{one}" for one in kept.pledges]
    return MeasurePage(
        title=f"{'Problem: ' if wrong else ''}{kept.name}",
        person=request.user,
        form=form or Typed(as_typed(kept), ticked=pledges),
        question=None,
        areas=areas_to_choose(state.frameworks, date.today()),
        pledges=await store.pledges_now(db),
        measure=shown(kept, found, known(state)),
        figure=figure or Typed(dict.fromkeys(ACTUAL_FIELDS, "") | {"source": kept.source}),
        actuals=found[::-1],
        unknown=unknown_waves(found) if kept.asking else [],
        history=await store.history(db, number),
        saved=saved,
    )


def questions(request: AnyRequest, state: State) -> list[Measurable]:
    """Return the questions that this person may measure."""
    about = [group.question for group in state.population.groups]
    return questions_for(request.user, state.catalogue, about)


def the_question(request: AnyRequest, state: State, what: str) -> Measurable | None:
    """Return the question with this key, None for an outside figure.

    Raises:
        MeasureNotFound: there is no such question for this person.
    """
    if what == OUTSIDE:
        return None
    for question in questions(request, state):
        if question.key == what:
            return question
    raise MeasureNotFound("Choose a question from the list.")


def saved(number: int) -> Redirect:
    """Go to a measure that has been saved."""
    return Redirect(f"{HOME}/{number}?saved=true", status_code=303)


async def _new_page(
    request: AnyRequest, db: Connection, state: State, what: str, form: Typed
) -> NewPage:
    return NewPage(
        title=f"{'Problem: ' if form.problems else ''}A new measure",
        person=request.user,
        form=form,
        question=the_question(request, state, what),
        areas=areas_to_choose(state.frameworks, date.today()),
        pledges=await store.pledges_now(db),
        what=what,
    )


async def _read(
    db: Connection,
    state: State,
    form: Form,
    typed: Mapping[str, str],
    asking: Asking | None,
    *,
    area: str = "",
) -> Measure | dict[str, str]:
    """Read the form; the area that a measure has may stay, also when it holds no more."""
    today, pledges = date.today(), await store.pledges_now(db)
    areas = [key for some in areas_to_choose(state.frameworks, today).values() for key in some]
    about = [number for number in numbers(form, "pledge") if number in pledges]
    return read_measure(
        typed, today, asking=asking, areas=[*areas, *([area] if area else [])], pledges=about
    )


async def _options_problem(
    db: Connection, question: Measurable | None, asking: Asking | None
) -> dict[str, str]:
    if question is None:
        return {}
    if asking is None or len(asking.options) == len(question.choices):
        return {"option": "Tick the answers to count: at least one, and not all."}
    other = await store.other_options(db, asking)
    if not other:
        return {}
    labels = "” and “".join(question.labels(other))
    return {
        "option": f"Another measure counts “{labels}” of this question. Two counts of one question "
        "could be subtracted, so tick the same answers, or use that measure."
    }


async def _keep_readings(db: Connection, state: State, number: int) -> None:
    kept = await store.one(db, number)
    await keep_readings_of(db, kept, state.catalogue, state.settings.small_number)
