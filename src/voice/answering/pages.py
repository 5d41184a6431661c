"""The pages a respondent sees: start, questions, check, send, thank you."""

import io
from typing import Any, ClassVar

import segno
from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Template
from msgspec import structs

from voice.answering import codes, journey, sending, store
from voice.answering.journey import Line, Progress
from voice.answering.visit import COOKIE, Visit, remember
from voice.database.pool import Connection
from voice.listening.clip import Listen
from voice.listening.spoken import START
from voice.listening.store import listen_to
from voice.signing.videos import Signed
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import SKIPPED, AnswerProblem, AnyPage, Comment, Information
from voice.surveys.survey import Survey, SurveyNotFound
from voice.web.forms import Form, one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
ThisVisit = NamedDependency[Visit]
Id = FromPath[str]


class SurveyView(View, frozen=True):
    """What every page of a survey needs; `survey` is in the wording the person chose."""

    survey: Survey


class StartPage(SurveyView, frozen=True):
    """What the survey is about, and whether it is OK to ask."""

    template: ClassVar[str] = "answering/start.html"
    wording: str
    other_wordings: dict[str, str]
    carry_on: bool
    listen: Listen | None
    signed: Signed | None


class NoThanksPage(SurveyView, frozen=True):
    """It is fine not to answer."""

    template: ClassVar[str] = "answering/no_thanks.html"


class QuestionPage(SurveyView, frozen=True):
    """One page of the survey. `given` is what was answered before, or typed just now."""

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

    @get("/")
    async def start(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        survey_id: Id,
        words: FromQuery[str] = "",
    ) -> Template:
        """Show what the survey is about and ask whether it is OK."""
        catalogue: Catalogue = state.catalogue
        survey = catalogue.find(survey_id, words)
        secret = request.cookies.get(COOKIE, "")
        open_one = await store.response_of_cookie(db, survey_id, secret) if secret else None
        view = StartPage(
            title=survey.title,
            survey=survey,
            wording=words,
            other_wordings=_other_wordings(catalogue, survey_id, words),
            carry_on=open_one is not None and not open_one.sent,
            listen=await listen_to(db, survey, words, START),
            signed=state.videos.at(survey_id, words, START),
        )
        return show(view)

    @post("/start")
    async def begin(
        self, request: Request[Any, Any, Any], db: Db, state: State, survey_id: Id
    ) -> Redirect:
        """Open a response, or take no for an answer and keep nothing."""
        form = await read_form(request)
        survey: Survey = state.catalogue.find(survey_id, one(form, "words"))
        if one(form, "assent") != "yes":
            return _to(f"/surveys/{survey_id}/no-thanks")
        secret = await store.start_response(db, survey, one(form, "words"))
        answer = _to(f"/surveys/{survey_id}/pages/{survey.pages[0].id}")
        return remember(answer, survey_id, secret, secure=state.settings.secure)

    @get("/no-thanks")
    async def no_thanks(self, state: State, survey_id: Id) -> Template:
        """Say that this is fine."""
        survey: Survey = state.catalogue.find(survey_id)
        return show(NoThanksPage(title="That is OK", survey=survey))

    @get("/carry-on")
    async def carry_on(self, visit: ThisVisit) -> Redirect:
        """Go to the first question with nothing kept for it, or to the check."""
        page = journey.first_unanswered(visit.survey, visit.answers)
        return _to(_address(visit, page))

    @get("/pages/{page_id:str}")
    async def ask(
        self, db: Db, visit: ThisVisit, page_id: Id, changing: FromQuery[bool] = False
    ) -> Template | Redirect:
        """Show the page, filled in with what was answered before."""
        if visit.response.sent:
            return _to(f"{visit.home}/thank-you")
        page = _page(visit, page_id)
        if page is None:
            return _to(_address(visit, journey.first_unanswered(visit.survey, visit.answers)))
        given = journey.as_given(page, visit.answers.get(page.id))
        view = _question_page(visit, page, given, checking=changing)
        return show(structs.replace(view, listen=await visit.listen_to(db, page.id)))

    @post("/pages/{page_id:str}")
    async def answer(
        self, request: Request[Any, Any, Any], db: Db, visit: ThisVisit, page_id: Id
    ) -> Template | Redirect:
        """Keep the answer and go on; on a problem, show the page again with what was typed."""
        page = _page(visit, page_id)
        if visit.response.sent or page is None:
            return _to(f"{visit.home}/carry-on")
        form = await read_form(request)
        checking = one(form, "checking") == "yes"
        given = form.get(page.id, [])
        try:
            await _keep(db, visit, page, form)
        except AnswerProblem as problem:
            view = _question_page(visit, page, given, checking=checking, problem=problem.message)
            view = structs.replace(view, listen=await visit.listen_to(db, page.id))
            return show(view, status=problem.status)
        if one(form, "go") == "stop":
            return _to(f"{visit.home}/stopped")
        answers = await store.answers_so_far(db, visit.response.id)
        if checking:
            return _to(_address(visit, journey.first_unanswered(visit.survey, answers, page.id)))
        return _to(_address(visit, journey.page_after(visit.survey, answers, page.id)))

    @get("/stopped")
    async def stopped(self, db: Db, visit: ThisVisit, state: State) -> Template | Redirect:
        """Say that all is kept, and give the three words to come back with on any device."""
        if visit.response.sent:
            return _to(f"{visit.home}/thank-you")
        code = await sending.give_code(db, visit, state.key)
        title = f"You have stopped – {visit.survey.title}"
        return show(StoppedPage(title=title, survey=visit.survey, code=code))

    @get("/stopped/picture.svg")
    async def picture_to_scan(self, visit: ThisVisit, state: State) -> Response[bytes]:
        """Answer with a QR code that opens the page to come back, on another device."""
        code = codes.code_for(state.key, visit.response.id, visit.response.code_try)
        address = f"{state.settings.address}/come-back?code={code.replace(' ', '-')}"
        drawn = io.BytesIO()
        segno.make(address, micro=False).save(drawn, kind="svg", scale=5, border=4, xmldecl=False)
        return Response(drawn.getvalue(), media_type="image/svg+xml")

    @get("/check")
    async def check(self, visit: ThisVisit) -> Template | Redirect:
        """Show all answers before they are sent."""
        if visit.response.sent:
            return _to(f"{visit.home}/thank-you")
        last = journey.pages_for(visit.survey, visit.answers)[-1]
        view = CheckPage(
            title=f"Check your answers – {visit.survey.title}",
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
        title = f"Thank you – {visit.survey.title}"
        return show(ThankYouPage(title=title, survey=visit.survey, code=code))

    @post("/finish")
    async def finish(self, survey_id: Id) -> Redirect:
        """Forget this person on this device, for the next one who uses it."""
        answer = _to("/")
        answer.delete_cookie(COOKIE, path=f"/surveys/{survey_id}")
        return answer


async def _keep(db: Connection, visit: Visit, page: AnyPage, form: Form) -> None:
    if isinstance(page, Information):
        return
    given = form.get(page.id, [])
    if one(form, "go") == "stop" and not "".join(given).strip():
        return  # Stopping before answering is not missing the question.
    answer = SKIPPED if one(form, "go") == "skip" else page.read(given)
    await store.save_answer(
        db, visit.response.id, page.id, answer, free_text=isinstance(page, Comment)
    )


def _question_page(
    visit: Visit, page: AnyPage, given: list[str], *, checking: bool, problem: str = ""
) -> QuestionPage:
    progress = journey.progress(visit.survey, visit.answers, page.id)
    before = journey.page_before(visit.survey, visit.answers, page.id)
    place = f"Question {progress.number} of {progress.total}: " if progress else ""
    back = f"{visit.home}/check" if checking else _address(visit, before, visit.home)
    return QuestionPage(
        title=f"{'Problem: ' if problem else ''}{place}{page.ask} – {visit.survey.title}",
        survey=visit.survey,
        page=page,
        kind=str(page.__struct_config__.tag),
        given=given,
        progress=progress,
        back=back,
        signed=visit.signed(page.id),
        checking=checking,
        problem=problem,
    )


def _page(visit: Visit, page_id: str) -> AnyPage | None:
    """Return the page when it is on this person's route, or None when it is not any more."""
    if visit.survey.page(page_id) is None:
        raise SurveyNotFound("Go back to the start of the survey.")
    pages = journey.pages_for(visit.survey, visit.answers)
    return next((page for page in pages if page.id == page_id), None)


def _address(visit: Visit, page: AnyPage | None, otherwise: str = "") -> str:
    if page is None:
        return otherwise or f"{visit.home}/check"
    return f"{visit.home}/pages/{page.id}"


def _other_wordings(catalogue: Catalogue, survey_id: str, words: str) -> dict[str, str]:
    every = {"": "Standard words", **catalogue.wordings(survey_id)}
    return {wording: name for wording, name in every.items() if wording != words}


def _to(address: str) -> Redirect:
    return Redirect(address, status_code=303)
