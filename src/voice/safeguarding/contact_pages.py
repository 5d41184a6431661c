"""“I want someone to contact me”: the page that asks, and the safeguarding lead's list.

The request goes to a store of its own. Nothing here reads the cookie of the answers.
"""

from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from msgspec import Struct

from voice.answering.pages import SurveyView
from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.languages.say import later, say, spoken
from voice.safeguarding import contact_store
from voice.safeguarding.contact_store import ContactRequest
from voice.safeguarding.run import KEPT_DAYS
from voice.staff.pages import StaffView
from voice.surveys.catalogue import CHECK_THE_LINK, Catalogue
from voice.surveys.survey import Survey, SurveyNotFound
from voice.web.forms import one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]
Id = FromPath[str]
LONGEST_NAME, LONGEST_REACH = 100, 200
TASK = {"task": "safeguard"}


class TooManyRequests(VoiceError):
    """So many requests came today that no more are kept."""

    status = 429
    title = later("Too many tries just now")


class ContactPage(SurveyView, frozen=True):
    """The form for a name and how to reach somebody; `kept` once it has been sent."""

    template: ClassVar[str] = "safeguarding/contact.html"
    name: str = ""
    reach: str = ""
    problem: str = ""
    kept: bool = False


class Listed(Struct, frozen=True):
    """A request with its survey's name; `goes_on` is the day on which it is deleted, once done."""

    request: ContactRequest
    survey: str
    goes_on: date | None


class ContactsPage(StaffView, frozen=True):
    """Who waits to be contacted, and who has been."""

    template: ClassVar[str] = "safeguarding/contacts.html"
    waiting: list[Listed]
    done: list[Listed]


class ContactController(Controller):
    """Where a person who has sent their answers can ask to be contacted."""

    path = "/surveys/{survey_id:str}/contact"

    @get("/")
    async def ask(self, state: State, survey_id: Id) -> Template:
        """Ask for a name and how to reach the person."""
        survey = _survey(state.catalogue, survey_id)
        return show(ContactPage(title=_titled(survey), survey=survey))

    @post("/")
    async def keep(
        self, request: AnyRequest, db: Db, state: State, survey_id: Id
    ) -> Template | Redirect:
        """Keep the request, apart from every answer."""
        survey = _survey(state.catalogue, survey_id)
        form = await read_form(request)
        name, reach = (" ".join(one(form, field).split()) for field in ("name", "reach"))
        fits = 0 < len(name) <= LONGEST_NAME and 0 < len(reach) <= LONGEST_REACH
        if not fits:
            problem = say("Write your name, and how we can reach you.")
            title = f"{say('Problem')}: {_titled(survey)}"
            page = ContactPage(title=title, survey=survey, name=name, reach=reach, problem=problem)
            return show(page, status=422)
        if not await contact_store.ask(db, survey.id, name, reach):
            raise TooManyRequests(later("Try again tomorrow."))
        return Redirect(f"/surveys/{survey.id}/contact/kept", status_code=303)

    @get("/kept")
    async def kept(self, state: State, survey_id: Id) -> Template:
        """Say that the request is kept."""
        survey = _survey(state.catalogue, survey_id)
        return show(ContactPage(title=_titled(survey), survey=survey, kept=True))


class ContactsController(Controller):
    """The safeguarding lead's list of people who want to be contacted."""

    path = "/staff/safeguarding/contact"

    @get("/", opt=TASK)
    async def show_requests(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Show who waits, and who was contacted in the last 30 days."""
        found = [_listed(state.catalogue, one) for one in await contact_store.requests(db)]
        page = ContactsPage(
            title="People who want to be contacted",
            person=request.user,
            waiting=[one for one in found if one.goes_on is None],
            done=[one for one in found if one.goes_on],
        )
        return show(page)

    @post("/", opt=TASK)
    async def done(self, request: AnyRequest, db: Db) -> Redirect:
        """Keep that somebody was contacted."""
        try:
            request_id = UUID(one(await read_form(request), "request"))
        except ValueError:
            request_id = None
        if request_id:
            await contact_store.done(db, request_id, request.user.id)
        return Redirect("/staff/safeguarding/contact", status_code=303)


def _survey(catalogue: Catalogue, survey_id: str) -> Survey:
    """Return the survey in the language spoken, if its settings allow contact.

    Raises:
        SurveyNotFound: there is no such survey, or it does not offer contact.
    """
    survey = catalogue.find(survey_id, catalogue.wording_in(survey_id, spoken()))
    if not survey.contact:
        raise SurveyNotFound(CHECK_THE_LINK)
    return survey


def _titled(survey: Survey) -> str:
    return f"{say('I want someone to contact me')} – {survey.title}"


def _listed(catalogue: Catalogue, request: ContactRequest) -> Listed:
    survey = catalogue.by_id.get(request.survey_id)
    goes_on = request.done_on + timedelta(days=KEPT_DAYS + 1) if request.done_on else None
    return Listed(request, survey.title if survey else request.survey_id, goes_on)
