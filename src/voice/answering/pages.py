"""The pages a respondent sees: start, questions, check, send, thank you."""

import io
from collections.abc import Mapping
from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Template
from msgspec import structs

from voice.answering import codes, journey, receiving, sending
from voice.answering.journey import Line, Progress
from voice.answering.receiving import OBSERVED
from voice.answering.visit import COOKIE, Visit, show_again
from voice.database.pool import Connection, request_connection
from voice.languages.say import later, say
from voice.listening.clip import Listen
from voice.signing.videos import Signed
from voice.surveys.questions import Answer, AnswerProblem, AnyPage, Information
from voice.surveys.survey import Survey, SurveyNotFound
from voice.surveys.texts import explained_on
from voice.web.forms import Form, one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
ThisVisit = NamedDependency[Visit]
Id = FromPath[str]


class SurveyView(View, frozen=True):
    """What every page of a survey needs; `survey` is in the wording the person chose."""

    survey: Survey


class QuestionPage(SurveyView, frozen=True):
    """One page of the survey. `given` is what was answered before, or typed just now.

    `explained` has the hard words on it with what they mean. `observed` tells whether an adult
    says that they saw it; None where no adult is beside.
    """

    template: ClassVar[str] = "answering/question.html"
    page: AnyPage
    kind: str
    given: list[str]
    progress: Progress | None
    back: str
    listen: Listen | None = None
    signed: Signed | None = None
    checking: bool = False
    problem: str = ""
    observed: bool | None = None
    explained: Mapping[str, str] = {}

    @property
    def may_decline(self) -> bool:
        """Whether an answer says “I’d rather not say”, which is as good as missing the question."""
        options = getattr(self.page, "options", ())
        return any(option.value == "rather_not" for option in options)


class CheckPage(SurveyView, frozen=True):
    """All answers in one list, each with a way to change it."""

    template: ClassVar[str] = "answering/check.html"
    lines: list[Line]
    back: str


class StoppedPage(SurveyView, frozen=True):
    """All is kept; three words, and a picture to scan, to come back on this device or another."""

    template: ClassVar[str] = "answering/stopped.html"
    code: str


class ThankYouPage(SurveyView, frozen=True):
    """The answers are sent; three words to take them back with."""

    template: ClassVar[str] = "answering/thank_you.html"
    code: str


class AnsweringController(Controller):
    """A respondent's way through one survey."""

    path = "/surveys/{survey_id:str}"

    @get("/carry-on")
    async def carry_on(self, visit_again: ThisVisit) -> Redirect:
        """Go to the first question with nothing kept for it, or to the check."""
        page = journey.first_unanswered(visit_again.survey, visit_again.answers)
        return show_again(_to(_address(visit_again, page)), visit_again.survey.id)

    @get("/pages/{page_id:str}")
    async def ask(
        self, state: State, visit: ThisVisit, page_id: Id, changing: FromQuery[bool] = False
    ) -> Template | Redirect:
        """Show the page, filled in with what was answered before."""
        if visit.response.sent:
            return _to(f"{visit.home}/thank-you")
        page = _page(visit, page_id)
        if page is None:
            return _to(_address(visit, journey.first_unanswered(visit.survey, visit.answers)))
        given = journey.as_given(page, visit.answers.get(page.id))
        view = question_page(visit, page, given, checking=changing)
        return show(structs.replace(view, listen=await _listen(state, visit, page)))

    @post("/pages/{page_id:str}")
    async def answer(
        self, request: Request[Any, Any, Any], state: State, visit: ThisVisit, page_id: Id
    ) -> Template | Redirect:
        """Keep the answer and go on; on a problem, show the page again with what was typed."""
        page = _page(visit, page_id)
        if visit.response.sent or page is None:
            return _to(f"{visit.home}/carry-on")
        form = await read_form(request)
        checking = one(form, "checking") == "yes"
        given = form.get(page.id, [])
        try:
            answer = receiving.read_answer(visit, page, form)
        except AnswerProblem as problem:
            view = question_page(visit, page, given, checking=checking, problem=problem.message)
            observed = None if view.observed is None else one(form, OBSERVED) == "yes"
            listen = await _listen(state, visit, page)
            view = structs.replace(view, listen=listen, observed=observed)
            return show(view, status=problem.status)
        answers = visit.answers if answer is None else {**visit.answers, page.id: answer}
        to = _onward(visit, answers, page, form)  # Found first: after a fault, nothing is kept.
        if answer is not None and not await receiving.keep(state.keeper, visit, page, answer):
            # They were sent from elsewhere meanwhile, or are gone.
            return _to(f"{visit.home}/carry-on")
        return _to(to)

    @get("/stopped")
    async def stopped(self, db: Db, visit: ThisVisit, state: State) -> Template | Redirect:
        """Say that all is kept, and give the three words to come back with on any device."""
        if visit.response.sent:
            return _to(f"{visit.home}/thank-you")
        code = await sending.give_code(db, visit, state.key)
        title = f"{say('You have stopped')} – {visit.survey.title}"
        return show(StoppedPage(title=title, survey=visit.survey, code=code))

    @get("/stopped/picture.svg")
    async def picture_to_scan(self, visit: ThisVisit, state: State) -> Response[bytes]:
        """Answer with a QR code that opens the page to come back, on another device."""
        code = codes.code_for(state.key, visit.response.id, visit.response.code_try)
        address = f"{state.settings.address}/come-back?code={code.replace(' ', '-')}"
        drawn = io.BytesIO()
        import segno  # Seldom drawn, and a tenth of a second to load.

        segno.make(address, micro=False).save(drawn, kind="svg", scale=5, border=4, xmldecl=False)
        return Response(drawn.getvalue(), media_type="image/svg+xml")

    @get("/check")
    async def check(self, visit: ThisVisit) -> Template | Redirect:
        """Show all answers before they are sent."""
        if visit.response.sent:
            return _to(f"{visit.home}/thank-you")
        last = journey.pages_for(visit.survey, visit.answers)[-1]
        view = CheckPage(
            title=f"{say('Check your answers')} – {visit.survey.title}",
            survey=visit.survey,
            lines=journey.summary(visit.survey, visit.answers),
            back=f"{visit.home}/pages/{last.id}",
        )
        return show(view)

    @post("/send")
    async def send(self, db: Db, visit: ThisVisit, state: State) -> Redirect:
        """Send the answers; pressing twice sends them once."""
        await sending.send(db, visit, state.key)
        return _to(f"{visit.home}/thank-you")

    @get("/thank-you")
    async def thank_you(self, visit: ThisVisit, state: State) -> Template | Redirect:
        """Say thank you, what happens next, and how to take the answers back."""
        if not visit.response.sent:
            return _to(f"{visit.home}/check")
        code = codes.code_for(state.key, visit.response.id, visit.response.code_try)
        title = f"{say('Thank you')} – {visit.survey.title}"
        return show(ThankYouPage(title=title, survey=visit.survey, code=code))

    @post("/finish")
    async def finish(self, state: State, survey_id: Id) -> Redirect:
        """Forget this person on this device, for the next one who uses it."""
        state.catalogue.find(survey_id)
        answer = _to("/")
        answer.delete_cookie(COOKIE, path=f"/surveys/{survey_id}")
        return answer


def question_page(
    visit: Visit, page: AnyPage, given: list[str], *, checking: bool, problem: str = ""
) -> QuestionPage:
    """Return a page on this person's route, filled in with what is given."""
    progress = journey.progress(visit.survey, visit.answers, page.id)
    before = journey.page_before(visit.survey, visit.answers, page.id)
    back = f"{visit.home}/check" if checking else _address(visit, before, visit.home)
    return QuestionPage(
        title=titled(visit.survey, page, progress, problem=bool(problem)),
        survey=visit.survey,
        page=page,
        kind=str(page.__struct_config__.tag),
        given=given,
        progress=progress,
        back=back,
        signed=visit.signed(page.id),
        checking=checking,
        problem=problem,
        observed=_observed(visit, page),
        explained=explained_on(page, visit.survey),
    )


async def _listen(state: State, visit: Visit, page: AnyPage) -> Listen | None:
    async with request_connection(state.pool, state.settings) as db:
        return await visit.listen_to(db, page.id)


def _observed(visit: Visit, page: AnyPage) -> bool | None:
    if not visit.survey.adult_beside or isinstance(page, Information):
        return None
    return page.id in visit.answers and visit.answers[page.id].observed


def titled(survey: Survey, page: AnyPage, progress: Progress | None, *, problem: bool) -> str:
    """Return the title of a page: where it stands, what it asks, and in which survey."""
    title = f"{page.ask} – {survey.title}"
    if progress:
        place = say("Question %(n)s of %(total)s", n=progress.number, total=progress.total)
        title = f"{place}: {title}"
    return f"{say('Problem')}: {title}" if problem else title


def _page(visit: Visit, page_id: str) -> AnyPage | None:
    """Return the page when it is on this person's route, or None when it is not any more."""
    if visit.survey.page(page_id) is None and page_id not in visit.left_out:
        raise SurveyNotFound(later("Go back to the start of the survey."))
    pages = journey.pages_for(visit.survey, visit.answers)
    return next((page for page in pages if page.id == page_id), None)


def _address(visit: Visit, page: AnyPage | None, otherwise: str = "") -> str:
    if page is None:
        return otherwise or f"{visit.home}/check"
    return f"{visit.home}/pages/{page.id}"


def _onward(visit: Visit, answers: Mapping[str, Answer], page: AnyPage, form: Form) -> str:
    if one(form, "go") == "stop":
        return f"{visit.home}/stopped"
    if one(form, "checking") == "yes":
        return _address(visit, journey.first_unanswered(visit.survey, answers, page.id))
    return _address(visit, journey.page_after(visit.survey, answers, page.id))


def _to(address: str) -> Redirect:
    return Redirect(address, status_code=303)
