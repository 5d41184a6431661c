"""Who is answering: the response behind the cookie, with its survey and its answers so far."""

from typing import Any, TypeVar
from urllib.parse import quote

from litestar import Request
from litestar.datastructures import Cookie, State
from litestar.params import FromPath
from litestar.response import Redirect, Response
from msgspec import Struct, structs

from voice.answering import store
from voice.answering.crowd_store import Begin, Begun
from voice.answering.store import Response as Started
from voice.answering.words_asked import without_words
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.errors import VoiceError
from voice.languages.language import language_of_wording
from voice.languages.messages import offered
from voice.languages.say import spoken
from voice.listening.clip import Listen
from voice.listening.store import listen_to
from voice.signing.videos import Signed, Videos
from voice.staff.rota_store import anybody_on_rota
from voice.surveys.catalogue import Catalogue
from voice.surveys.order import SWAPPED, swapped
from voice.surveys.questions import Answer, Faces
from voice.surveys.survey import Survey

COOKIE = "voice_answers"
LEFT = "voice_left"
"""Set when somebody leaves at once: whoever presses Back then must not see what was answered."""

AnyAnswer = TypeVar("AnyAnswer", bound=Response[Any])


class NotStarted(VoiceError):
    """Nobody has started this survey here. The message is the survey's id."""

    status = 303
    title = "Start here"


class Visit(Struct, frozen=True):
    """One person's way through one survey, in the wording they chose.

    `left_out` are the questions for words that are not asked while nobody is there to read them.
    `wrapped` is the key that seals the person's words, wrapped, if it had been made when the visit
    was read.
    """

    survey: Survey
    response: Started
    answers: dict[str, Answer]
    videos: Videos
    vault: Vault
    left_out: tuple[str, ...] = ()
    wrapped: bytes | None = None

    @property
    def home(self) -> str:
        """The address of the survey's start page."""
        return f"/surveys/{self.survey.id}"

    async def listen_to(self, db: Connection, page_id: str) -> Listen | None:
        """Return the clip of a page as this person sees it, or None when there is none."""
        if self.response.swapped and isinstance(self.survey.page(page_id), Faces):
            as_it_was = swapped(self.survey)
            return await listen_to(db, as_it_was, self.response.wording, page_id + SWAPPED)
        return await listen_to(db, self.survey, self.response.wording, page_id)

    def signed(self, page_id: str) -> Signed | None:
        """Return the video of a page in this person's wording, or None when there is none.

        A page whose faces stand in the other order has the same video: nobody signs two for it.
        """
        return self.videos.at(self.survey.id, self.response.wording, page_id)


async def find_visit(
    request: Request[Any, Any, Any],
    state: State,
    survey_id: FromPath[str],
) -> Visit:
    """Return the visit that the cookie stands for.

    Raises:
        NotStarted: there is no cookie, it belongs to no response of this survey, or the person
            left at once and has not carried on since.
        SurveyNotFound: there is no such survey.
    """
    if LEFT in request.cookies:
        raise NotStarted(survey_id)
    return await find_visit_again(request, state, survey_id)


async def find_visit_again(
    request: Request[Any, Any, Any],
    state: State,
    survey_id: FromPath[str],
) -> Visit:
    """Return the visit also of a person who left the page and now carries on.

    Raises:
        NotStarted: there is no cookie, or it belongs to no response of this survey.
        SurveyNotFound: there is no such survey.
    """
    catalogue: Catalogue = state.catalogue
    catalogue.find(survey_id)
    secret = request.cookies.get(COOKIE, "")
    begin: Begin = state.begin
    begun = await begin(secret) if secret else None
    if begun is None or begun.response.survey_id != survey_id:
        raise NotStarted(survey_id)
    return _visit(state, begun)


async def visit_of(db: Connection, state: State, response: Started) -> Visit:
    """Return the visit of a response, with the survey as this person sees it."""
    answers = await store.answers_so_far(db, state.vault, response.id)
    return _visit(state, Begun(response, answers, None, await anybody_on_rota(db)))


def _visit(state: State, begun: Begun) -> Visit:
    response, answers = begun.response, begun.answers
    catalogue: Catalogue = state.catalogue
    wording = worded(catalogue, response.survey_id, response.wording)
    survey = catalogue.find(response.survey_id, wording)
    survey = swapped(survey) if response.swapped else survey
    response = structs.replace(response, wording=wording)
    asked = survey if begun.words_are_read else without_words(survey, answers)
    left_out = tuple(page.id for page in survey.comments if asked.page(page.id) is None)
    about = (asked, response, answers, state.videos, state.vault, left_out)
    return Visit(*about, begun.wrapped)


def worded(catalogue: Catalogue, survey_id: str, wording: str) -> str:
    """Return the wording to show: as easy as the one that was begun, in the language spoken now.

    A wording that the survey no longer has gives way to its own words; one in a language that
    our own words are not in stays.
    """
    known = wording if wording in catalogue.wordings(survey_id) else ""
    if language_of_wording(known) not in offered():
        return known
    return catalogue.wording_in(survey_id, spoken(), like=known)


def to_start(_: Request[Any, Any, Any], error: NotStarted) -> Redirect:
    """Send a person who has not started, or whose cookie is gone, to the start page."""
    return Redirect(f"/surveys/{quote(error.message)}", status_code=303)


def remember(answer: AnyAnswer, survey_id: str, secret: str, *, secure: bool) -> AnyAnswer:
    """Let the browser remember the response: in a cookie, until the browser is closed."""
    answer.set_cookie(_cookie(COOKIE, secret, survey_id, secure=secure))
    return show_again(answer, survey_id)


def hide(answer: AnyAnswer, survey_id: str, *, secure: bool) -> AnyAnswer:
    """Show no answer of this survey in this browser any more, until the person carries on."""
    answer.set_cookie(_cookie(LEFT, "yes", survey_id, secure=secure))
    return answer


def show_again(answer: AnyAnswer, survey_id: str) -> AnyAnswer:
    """Undo `hide`."""
    answer.delete_cookie(LEFT, path=f"/surveys/{survey_id}")
    return answer


def _cookie(key: str, value: str, survey_id: str, *, secure: bool) -> Cookie:
    path = f"/surveys/{survey_id}"
    return Cookie(key=key, value=value, path=path, httponly=True, secure=secure, samesite="lax")
