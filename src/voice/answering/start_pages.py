"""The door of a survey: what it is about, in which words, and whether it is OK to ask."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Template

from voice.answering import device_visit, store
from voice.answering.pages import SurveyView
from voice.answering.visit import COOKIE, hide, remember, worded
from voice.database.pool import Connection
from voice.display.pages import asks_first, keep_language
from voice.inviting.door import shut
from voice.inviting.door_pages import held
from voice.inviting.store import Door
from voice.languages.language import ENGLISH, Language, language_of_wording
from voice.languages.say import say, speak_if_offered
from voice.listening.clip import Listen
from voice.listening.spoken import START
from voice.listening.store import listen_to
from voice.signing.videos import Signed
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey
from voice.web.forms import one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[str]


class StartPage(SurveyView, frozen=True):
    """What the survey is about, and whether it is OK to ask."""

    template: ClassVar[str] = "answering/start.html"
    wording: str
    other_wordings: dict[str, str]
    languages: list[Language]
    draft: bool
    carry_on: bool
    shut: Door
    listen: Listen | None
    signed: Signed | None


class NoThanksPage(SurveyView, frozen=True):
    """It is fine not to answer."""

    template: ClassVar[str] = "answering/no_thanks.html"


class StartController(Controller):
    """From the link in an invitation to the first page, or to no."""

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
        """Show what the survey is about and ask whether it is OK, in the language of its words."""
        catalogue: Catalogue = state.catalogue
        words = asked_for(catalogue, survey_id, words)
        survey = catalogue.find(survey_id, words)
        speak_if_offered(language_of_wording(words))
        secret = request.cookies.get(COOKIE, "")
        open_one = await store.response_of_cookie(db, survey_id, secret) if secret else None
        view = start_page(
            state,
            survey,
            words,
            carry_on=open_one is not None and not open_one.sent,
            shut=await shut(db, state.key, survey_id, held(request)),
            listen=await listen_to(db, survey, words, START),
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
        secret = await device_visit.begin(db, state, survey, form, ticket=held(request))
        answer = _to(_first(request, survey))
        answer = keep_language(request, answer, language_of_wording(one(form, "words")), state)
        return remember(answer, survey_id, secret, secure=state.settings.secure)

    @get("/leave")
    async def leave(self, state: State, survey_id: Id) -> Redirect:
        """Go elsewhere; until the person carries on, Back shows the start page and no answer."""
        answer = _to(state.settings.leave_to)
        if survey_id not in state.catalogue.by_id:  # Whoever wants to leave leaves.
            return answer
        return hide(answer, survey_id, secure=state.settings.secure)

    @post("/leave", status_code=204)
    async def note_left(self, state: State, survey_id: Id) -> Response[None]:
        """Note the same for a page that has gone elsewhere by itself."""
        state.catalogue.find(survey_id)
        return hide(Response(None), survey_id, secure=state.settings.secure)

    @get("/no-thanks")
    async def no_thanks(self, state: State, survey_id: Id) -> Template:
        """Say that this is fine."""
        survey: Survey = state.catalogue.find(survey_id)
        return show(NoThanksPage(title=say("That is OK"), survey=survey))


def asked_for(catalogue: Catalogue, survey_id: str, words: str) -> str:
    """Return the wording to begin with: the one in the address, in the language that is spoken.

    Raises:
        SurveyNotFound: there is no such survey, or it has no such wording.
    """
    catalogue.find(survey_id, words)
    if language_of_wording(words) != ENGLISH:
        return words
    return worded(catalogue, survey_id, words)


def start_page(
    state: State,
    survey: Survey,
    words: str,
    *,
    carry_on: bool,
    listen: Listen | None,
    shut: Door = "open",
) -> StartPage:
    """Return the start page of a survey in a wording."""
    catalogue: Catalogue = state.catalogue
    return StartPage(
        title=survey.title,
        survey=survey,
        wording=words,
        other_wordings=_other_wordings(catalogue, survey.id, words),
        languages=catalogue.languages_of(survey.id),
        draft=catalogue.is_draft(survey.id, words),
        carry_on=carry_on,
        shut=shut,
        listen=listen,
        signed=state.videos.at(survey.id, words, START),
    )


def _first(request: Request[Any, Any, Any], survey: Survey) -> str:
    """Return where a survey begins: with how it looks, with a question to try, or at once."""
    home = f"/surveys/{survey.id}"
    begin = f"{home}/practice" if survey.practice else f"{home}/pages/{survey.pages[0].id}"
    return asks_first(request, back=begin) if survey.easy_read else begin


def _other_wordings(catalogue: Catalogue, survey_id: str, words: str) -> dict[str, str]:
    """Return the other wordings in the same language, by what they are called."""
    every = {"": say("Standard words"), **catalogue.wordings(survey_id)}
    language = language_of_wording(words)
    return {
        wording: name
        for wording, name in every.items()
        if wording != words and language_of_wording(wording) == language
    }


def _to(address: str) -> Redirect:
    return Redirect(address, status_code=303)
