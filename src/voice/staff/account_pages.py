"""One's own account: where one is signed in, and the second step."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.staff import audit, factor_store, guards, passwords, store, totp
from voice.staff import limits_store as limits
from voice.staff.entry_pages import Proved, enter_half
from voice.staff.pages import StaffView
from voice.staff.store import Session
from voice.web.forms import numbers, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]
ANYBODY = {guards.TASK: guards.ANYBODY}
HOME = "/staff/account"
WRONG = "That is not your password, or there were too many tries. Check it, or wait 15 minutes."


class AccountPage(StaffView, frozen=True):
    """Where the person is signed in, and whether a second step is set up."""

    template: ClassVar[str] = "staff/account.html"
    sessions: list[Session]
    has_factor: bool
    recovery_left: int
    problem: str = ""


class AccountController(Controller):
    """For everybody who is signed in, about themselves."""

    path = HOME

    @get("/", opt=ANYBODY)
    async def account(self, request: AnyRequest, db: Db) -> Template:
        """Show it."""
        return show(await _page(request, db))

    @post("/sessions", opt=ANYBODY)
    async def end(self, request: AnyRequest, db: Db) -> Redirect:
        """End one session of one's own, or all others."""
        form, person = await read_form(request), request.user
        if one(form, "which") == "others":
            await store.end_other_sessions_of(db, person.id, request.cookies[guards.COOKIE])
            await audit.note(db, person.email, "signed out everywhere else")
        for session_id in numbers(form, "session"):
            if await store.end_session_of(db, person.id, session_id):
                await audit.note(db, person.email, "ended a session")
        return Redirect(HOME, status_code=303)

    @post("/second-step", opt=ANYBODY)
    async def begin(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Begin to set up a second step anew; the password is asked for again."""
        person, typed = request.user, one(await read_form(request), "password")
        who = limits.account(state.key, person.email)
        found = await store.person_to_sign_in(db, person.email)
        locked = await limits.over(db, limits.PASSWORDS, who)
        fits = await passwords.matches(typed, found.password_hash if found else None)
        if locked or not fits:
            await limits.note(db, limits.PASSWORDS, who)
            return show(await _page(request, db, WRONG), status=422)
        sealed = totp.seal(state.key, totp.new_secret(), person.id)
        return await enter_half(db, state, Proved(person.id, person.email, HOME, ""), sealed)


async def _page(request: AnyRequest, db: Connection, problem: str = "") -> AccountPage:
    person = request.user
    found = await store.person_to_sign_in(db, person.email)
    return AccountPage(
        title="Your account",
        person=person,
        sessions=await store.sessions_of(db, person.id, request.cookies.get(guards.COOKIE, "")),
        has_factor=bool(found and found.has_factor),
        recovery_left=await factor_store.recovery_left(db, person.id),
        problem=problem,
    )
