"""A question to try before the survey: it shows how answering works, and nothing is kept."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from voice.answering import journey
from voice.answering.pages import QuestionPage, SurveyView
from voice.answering.visit import Visit
from voice.database.pool import Connection
from voice.languages.language import Language, language_of
from voice.languages.say import say
from voice.listening.clip import Listen
from voice.surveys.questions import AnswerProblem, AnyPage
from voice.web.forms import read_form
from voice.web.views import show

Db = NamedDependency[Connection]
ThisVisit = NamedDependency[Visit]


class PracticePage(QuestionPage, frozen=True, kw_only=True):
    """A question to try; `first` is where the survey begins."""

    template: ClassVar[str] = "answering/practice.html"
    first: str


class PractisedPage(SurveyView, frozen=True):
    """What was chosen, in words, with their language; empty when nothing was."""

    template: ClassVar[str] = "answering/practised.html"
    chosen: str
    language: Language
    first: str
    back: str


class PracticeController(Controller):
    """The question to try."""

    path = "/surveys/{survey_id:str}/practice"

    @get("/")
    async def ask(self, db: Db, visit: ThisVisit) -> Template | Redirect:
        """Show the question to try, or go on where a survey has none."""
        practice = visit.survey.practice
        if practice is None:
            return Redirect(_first(visit), status_code=303)
        listen = await visit.listen_to(db, practice.id)
        return show(practice_page(visit, practice, listen))

    @post("/")
    async def answer(
        self, request: Request[Any, Any, Any], visit: ThisVisit
    ) -> Template | Redirect:
        """Say what was chosen, and that it was right to choose it; keep nothing."""
        practice = visit.survey.practice
        if practice is None:
            return Redirect(_first(visit), status_code=303)
        given = (await read_form(request)).get(practice.id, [])
        try:
            answer = practice.read(given)
        except AnswerProblem:
            return Redirect(f"{visit.home}/practice", status_code=303)
        chosen = "" if answer.state == "skipped" else journey.in_words(practice, answer)
        return show(practised_page(visit, practice, chosen))


def practice_page(visit: Visit, practice: AnyPage, listen: Listen | None) -> PracticePage:
    """Return the page that shows the question to try."""
    return PracticePage(
        title=f"{say('Try it')}: {practice.ask} – {visit.survey.title}",
        survey=visit.survey,
        page=practice,
        kind=str(practice.__struct_config__.tag),
        given=[],
        progress=None,
        back=visit.home,
        listen=listen,
        signed=visit.signed(practice.id),
        first=_first(visit),
    )


def practised_page(visit: Visit, practice: AnyPage, chosen: str) -> PractisedPage:
    """Return the page that says what was chosen, in words; empty when nothing was."""
    return PractisedPage(
        title=f"{say('Well done')} – {visit.survey.title}",
        survey=visit.survey,
        chosen=chosen,
        language=language_of(practice.ask),
        first=_first(visit),
        back=f"{visit.home}/practice",
    )


def _first(visit: Visit) -> str:
    return f"{visit.home}/pages/{visit.survey.pages[0].id}"
