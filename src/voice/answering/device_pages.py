"""What a device fetches and sends, so that a survey can be finished without a connection."""

import time
from typing import Any, TypeVar
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromPath, FromQuery
from litestar.response import Response
from msgspec import DecodeError, Struct, ValidationError, json

from voice.answering import device_store, device_visit, receiving, sending, store
from voice.answering.edition import bind, mark_of
from voice.answering.parcel import Key, Known, Parcel, Receipt, TakenUp, cookie_secret
from voice.answering.shelf import Packed
from voice.answering.start_pages import StartPage, asked_for, start_page
from voice.answering.store import Response as Started
from voice.answering.visit import COOKIE, LEFT, Visit, remember, worded
from voice.answering.words_asked import without_words
from voice.database.pool import Connection
from voice.display.preferences import COOKIE as LOOKS
from voice.inviting.door_pages import held
from voice.languages.language import language_of_wording
from voice.languages.say import speak_if_offered, spoken
from voice.listening.clip import Listen
from voice.listening.spoken import START
from voice.listening.store import listen_to
from voice.staff.rota_store import anybody_on_rota
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey
from voice.web.offline import worker
from voice.web.views import View

Db = NamedDependency[Connection]
ThisVisit = NamedDependency[Visit]
Id = FromPath[str]
AnyRequest = Request[Any, Any, Any]
Sent = TypeVar("Sent", bound=Struct)


class Taking(Struct, frozen=True):
    """A device made this key for a response that was begun without one."""

    key: Key


class DeviceController(Controller):
    """A survey's pages for a device to keep, and the answers that it kept."""

    path = "/surveys/{survey_id:str}"

    @get("/edition")
    async def edition(
        self, request: AnyRequest, db: Db, state: State, survey_id: Id, words: FromQuery[str] = ""
    ) -> Response[bytes]:
        """Answer with all pages of the survey, as this person reads them."""
        begun = await _begun(request, db, survey_id)
        if begun:
            wording = worded(state.catalogue, survey_id, begun.wording)
        else:
            wording = asked_for(state.catalogue, survey_id, words)
        speak_if_offered(language_of_wording(wording))
        looks = request.cookies.get(LOOKS, "")
        edition = await state.shelf.take(
            (survey_id, wording, spoken().code, looks, str(await anybody_on_rota(db))),
            lambda: _bound(request, db, survey_id, wording),
        )
        return _packed(request, edition)

    @post("/device", status_code=200)
    async def receive(
        self, request: AnyRequest, db: Db, state: State, survey_id: Id
    ) -> Response[Any]:
        """Keep all that a device has for one response; the same sent twice is kept once."""
        parcel = await _read(request, Parcel)
        catalogue: Catalogue = state.catalogue
        wording = parcel.words if parcel.words in catalogue.wordings(survey_id) else ""
        survey = catalogue.find(survey_id, wording)
        await device_visit.begin_once(
            db,
            state,
            survey,
            parcel.key,
            wording=wording,
            swapped=parcel.swapped,
            ticket=held(request),
        )
        visit = await device_visit.visit_of_key(db, state, survey_id, parcel.key)
        if visit is None:
            return Response(Receipt(state="gone", now=_now()))
        beside = await receiving.keep_parcel(db, visit, parcel)
        if parcel.send or (beside and visit.response.sent):
            await _send(db, state, visit, again=beside > 0)
        receipt = Receipt(
            state="sent" if parcel.send or visit.response.sent else "open",
            now=_now(),
            unplaced=beside,
            mark=mark_of(await _asked(db, catalogue.find(survey_id, visit.response.wording))),
        )
        return await _known_here(request, db, state, visit, parcel, Response(receipt))

    @post("/device/take-up", status_code=200)
    async def take_up(self, request: AnyRequest, db: Db, visit: ThisVisit) -> Response[TakenUp]:
        """Let the device that has this response's cookie speak for it under a key of its own."""
        taking = await _read(request, Taking)
        await device_store.tie(db, taking.key, visit.response.id)
        turns = await store.turns(db, visit.response.id)
        answers = {
            page_id: Known(answer.state, answer.value, answer.observed, turns[page_id])
            for page_id, answer in visit.answers.items()
        }
        response = visit.response
        taken = TakenUp(
            wording=response.wording,
            swapped=response.swapped,
            sent=response.sent,
            now=_now(),
            answers=answers,
        )
        return Response(taken)


@get("/worker.js", sync_to_thread=False)
def worker_script(state: State) -> Response[bytes]:
    """Answer with the script that stands between pages and the network on a device."""
    headers = {"cache-control": "no-cache", "content-encoding": "gzip"}
    body = worker(on=state.settings.offline)
    return Response(body, media_type="text/javascript", headers=headers)


async def _begun(request: AnyRequest, db: Connection, survey_id: str) -> Started | None:
    secret = request.cookies.get(COOKIE, "")
    if not secret or LEFT in request.cookies:
        return None
    return await store.response_of_cookie(db, survey_id, secret)


async def _send(db: Connection, state: State, visit: Visit, *, again: bool) -> None:
    """Send the answers with those that just came; words that came too late are read as well."""
    await sending.send(db, visit, state.key)
    if again:
        await sending.enrich(db, visit)


async def _known_here(
    request: AnyRequest,
    db: Connection,
    state: State,
    visit: Visit,
    parcel: Parcel,
    answer: Response[Any],
) -> Response[Any]:
    """Let the browser remember the response, where the person is and no other device took it."""
    secret = cookie_secret(state.key, parcel.key)
    if not parcel.here or request.cookies.get(COOKIE) == secret:
        return answer
    if not await device_store.cookie_is_own(db, visit.response.id, secret):
        return answer
    return remember(answer, visit.survey.id, secret, secure=state.settings.secure)


async def _asked(db: Connection, survey: Survey) -> Survey:
    return survey if await anybody_on_rota(db) else without_words(survey)


async def _bound(request: AnyRequest, db: Connection, survey_id: str, wording: str) -> bytes:
    state = request.app.state
    survey = await _asked(db, state.catalogue.find(survey_id, wording))
    heard = await listen_to(db, survey, wording, START)

    def start(carry_on: bool) -> StartPage:
        return start_page(state, survey, wording, carry_on=carry_on, listen=heard)

    async def hear(place: str) -> Listen | None:
        return await listen_to(db, survey, wording, place)

    blank = Started(UUID(int=0), survey_id, wording, False, 0, False, False)
    visit = Visit(survey, blank, {}, state.videos, state.vault)
    bound = await bind(visit, start, lambda view: _html(request, view), hear)
    return json.encode(bound, enc_hook=str)


def _html(request: AnyRequest, view: View) -> str:
    engine = request.app.template_engine
    if engine is None:
        raise RuntimeError("there are no templates")
    return str(engine.get_template(view.template).render(view=view, request=request))


def _packed(request: AnyRequest, edition: Packed) -> Response[bytes]:
    """Answer with the edition; with nothing where the device has the same already."""
    headers = {"etag": edition.etag, "cache-control": "private, no-cache", "vary": "cookie"}
    if request.headers.get("if-none-match") == edition.etag:
        return Response(b"", status_code=304, headers=headers)
    headers["content-encoding"] = "gzip"
    return Response(edition.gzipped, media_type="application/json", headers=headers)


async def _read(request: AnyRequest, kind: type[Sent]) -> Sent:
    try:
        return json.decode(await request.body(), type=kind)
    except (DecodeError, ValidationError):
        raise ClientException("not what a device sends") from None


def _now() -> int:
    return int(time.time() * 1000)
