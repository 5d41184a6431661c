"""Who is answering: the response behind the cookie, with its survey and its answers so far."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from voice.answering import store
from voice.answering.store import Response
from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.listening.clip import Listen
from voice.listening.store import listen_to
from voice.signing.videos import Signed, Videos
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import Answer
from voice.surveys.survey import Survey

COOKIE = "voice_answers"


class NotStarted(VoiceError):
    """Nobody has started this survey here. The message is the survey's id."""

    status = 303
    title = "Start here"


class Visit(Struct, frozen=True):
    """One person's way through one survey, in the wording they chose."""

    survey: Survey
    response: Response
    answers: dict[str, Answer]
    videos: Videos

    @property
    def home(self) -> str:
        """The address of the survey's start page."""
        return f"/surveys/{self.survey.id}"

    async def listen_to(self, db: Connection, page_id: str) -> Listen | None:
        """Return the clip of a page in this person's wording, or None when there is none."""
        return await listen_to(db, self.survey, self.response.wording, page_id)

    def signed(self, page_id: str) -> Signed | None:
        """Return the video of a page in this person's wording, or None when there is none."""
        return self.videos.at(self.survey.id, self.response.wording, page_id)


async def find_visit(
    request: Request[Any, Any, Any],
    db: NamedDependency[Connection],
    state: State,
    survey_id: FromPath[str],
) -> Visit:
    """Return the visit that the cookie stands for.

    Raises:
        NotStarted: there is no cookie, or it belongs to no response of this survey.
        SurveyNotFound: there is no such survey.
    """
    catalogue: Catalogue = state.catalogue
    survey = catalogue.find(survey_id)
    secret = request.cookies.get(COOKIE, "")
    response = await store.response_of_cookie(db, survey_id, secret) if secret else None
    if response is None:
        raise NotStarted(survey_id)
    if response.wording in catalogue.wordings(survey_id):
        survey = catalogue.find(survey_id, response.wording)
    answers = await store.answers_so_far(db, response.id)
    return Visit(survey, response, answers, state.videos)


def to_start(_: Request[Any, Any, Any], error: NotStarted) -> Redirect:
    """Send a person who has not started, or whose cookie is gone, to the start page."""
    return Redirect(f"/surveys/{error.message}", status_code=303)


def remember(answer: Redirect, survey_id: str, secret: str, *, secure: bool) -> Redirect:
    """Let the browser remember the response: in a cookie, until the browser is closed."""
    answer.set_cookie(
        Cookie(
            key=COOKIE,
            value=secret,
            path=f"/surveys/{survey_id}",
            httponly=True,
            secure=secure,
            samesite="lax",
        )
    )
    return answer
