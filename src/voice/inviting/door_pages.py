"""Where a person with a card comes in: the code is looked at once, and then forgotten."""

from datetime import date, timedelta
from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.inviting import code, store, ticket
from voice.languages.say import later, say
from voice.staff import limits_store as limits
from voice.web.forms import one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]
WRONG_CODES = limits.Limit("invitation code", 90, timedelta(minutes=10))
TITLE = later("Type your code")


class TooManyCodes(VoiceError):
    """So many wrong codes came from one place that no more are looked at for a while."""

    status = 429
    title = later("Too many tries just now")


class InvitedPage(View, frozen=True):
    """The form for a code; `came` says that it was on a card that was scanned.

    `outcome` is "unknown" or "used" when the code that was typed was not taken.
    """

    template: ClassVar[str] = "inviting/door.html"
    typed: str = ""
    came: bool = False
    outcome: str = ""


class WithCodeController(Controller):
    """The door for people with a card."""

    path = "/invited"

    @get("/")
    async def ask(self) -> Template:
        """Ask for the code."""
        return show(InvitedPage(title=say(TITLE)))

    @get("/{typed:str}")
    async def from_card(self, typed: FromPath[str]) -> Template:
        """Show the code of a card that was scanned; only pressing the button uses it.

        Programs that look where a link leads would use up a code otherwise.
        """
        known = typed if code.read(typed) else ""
        return show(InvitedPage(title=say(TITLE), typed=known, came=bool(known)))

    @post("/")
    async def come_in(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Take the code, and lead to its survey with a ticket that holds nothing of it."""
        typed = one(await read_form(request), "code")
        where = limits.place(state.key, request, state.settings)
        if await limits.over(db, WRONG_CODES, where):
            raise TooManyCodes(later("Wait ten minutes, then try again."))
        place = code.read(typed)
        outcome, survey_id = await store.take(db, state.key, place) if place else ("unknown", "")
        if outcome == "taken":
            return _with_ticket(state, survey_id)
        if outcome == "unknown":
            await limits.note(db, WRONG_CODES, where)
        page = InvitedPage(title=say(TITLE), typed=typed, outcome=outcome)
        return show(page, status=422)


def held(request: AnyRequest) -> str:
    """Return the ticket that a person holds, or nothing."""
    return request.cookies.get(ticket.COOKIE, "")


def _with_ticket(state: State, survey_id: str) -> Redirect:
    answer = Redirect(f"/surveys/{survey_id}", status_code=303)
    answer.set_cookie(
        Cookie(
            key=ticket.COOKIE,
            value=ticket.make(state.key, survey_id, date.today()),
            max_age=int(2 * ticket.GOOD_FOR.total_seconds()),
            httponly=True,
            secure=state.settings.secure,
            samesite="lax",
        )
    )
    return answer
