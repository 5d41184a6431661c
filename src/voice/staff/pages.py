"""Sign in and sign out."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import Cookie, State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.settings import Settings
from voice.staff import guards, passwords, store
from voice.staff.people import Person
from voice.web.forms import one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
HOME = "/staff"


class StaffView(View, frozen=True):
    """A page for signed-in staff; `person` decides what the menu offers."""

    person: Person


class SignInPage(View, frozen=True):
    """The form to sign in, with what was wrong the last time."""

    template: ClassVar[str] = "staff/sign_in.html"
    email: str = ""
    problem: str = ""
    wanted: str = HOME


class SignInController(Controller):
    """The way in for staff, and the way out."""

    path = "/staff"

    @get("/sign-in")
    async def ask(self, next: FromQuery[str] = HOME) -> Template:
        """Show the form."""
        return show(SignInPage(title="Sign in", wanted=inside(next)))

    @post("/sign-in")
    async def sign_in(
        self, request: Request[Any, Any, Any], db: Db, state: State
    ) -> Template | Redirect:
        """Start a session with a new secret, or say in the same words whatever was wrong."""
        form = await read_form(request)
        email, wanted = one(form, "email"), inside(one(form, "next"))
        person = await self._person(db, email, one(form, "password"))
        if person is None:
            problem = (
                "That e-mail address and password do not belong together, or there were too "
                "many tries. Check both, or wait 15 minutes."
            )
            page = SignInPage(title="Sign in", email=email, problem=problem, wanted=wanted)
            return show(page, status=422)
        settings: Settings = state.settings
        secret = await store.start_session(db, person.id, settings.session_hours)
        answer = Redirect(wanted, status_code=303)
        answer.set_cookie(
            Cookie(
                key=guards.COOKIE,
                value=secret,
                path="/staff",
                httponly=True,
                secure=settings.secure,
                samesite="lax",
                max_age=settings.session_hours * 3600,
            )
        )
        return answer

    async def _person(self, db: Connection, email: str, password: str) -> Person | None:
        found = await store.person_to_sign_in(db, email)
        locked = await store.locked_out(db, email)
        fits = await passwords.matches(password, found.password_hash if found else None)
        if locked or not fits or found is None:
            await store.note_failure(db, email)
            return None
        await store.forget_failures(db, email)
        return found.person

    @post("/sign-out")
    async def sign_out(self, request: Request[Any, Any, Any], db: Db) -> Redirect:
        """End the session and forget its cookie."""
        await store.end_session(db, request.cookies.get(guards.COOKIE, ""))
        answer = Redirect("/staff/sign-in", status_code=303)
        answer.delete_cookie(guards.COOKIE, path="/staff")
        return answer


def inside(address: str) -> str:
    """Return the address when it is one of our staff pages, else the staff home."""
    plain = address.startswith("/staff") and not address.startswith("/staff/sign-")
    return address if plain and "//" not in address and "\\" not in address else HOME
