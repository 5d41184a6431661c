"""Sign in and sign out."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.staff import audit, guards, passwords, store
from voice.staff import limits_store as limits
from voice.staff.entry_pages import HOME, SET_UP, Proved, enter, enter_half, inside
from voice.staff.people import Person
from voice.staff.store import PersonToSignIn
from voice.web.forms import one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
WRONG = (
    "That e-mail address and password do not belong together, or there were too many tries. Check "
    "both, or wait 15 minutes."
)


class StaffView(View, frozen=True):
    """A page for signed-in staff; `person` decides what the menu offers."""

    person: Person


class SignInPage(View, frozen=True):
    """The form to sign in, with what was wrong the last time; `other` names another way in."""

    template: ClassVar[str] = "staff/sign_in.html"
    email: str = ""
    problem: str = ""
    wanted: str = HOME
    other: str = ""


class SignInController(Controller):
    """The way in for staff, and the way out."""

    path = "/staff"

    @get("/sign-in")
    async def ask(self, state: State, next: FromQuery[str] = HOME) -> Template:
        """Show the form."""
        return show(SignInPage(title="Sign in", wanted=inside(next), other=other_way(state)))

    @post("/sign-in")
    async def sign_in(
        self, request: Request[Any, Any, Any], db: Db, state: State
    ) -> Template | Redirect:
        """Let the person in, ask for the second factor, or say the same for whatever fault."""
        form = await read_form(request)
        email, wanted = one(form, "email"), inside(one(form, "next"))
        found = await self._person(request, db, state, email, one(form, "password"))
        if found is None:
            page = SignInPage(
                title="Sign in", email=email, problem=WRONG, wanted=wanted, other=other_way(state)
            )
            return show(page, status=422)
        person = found.person
        if found.has_factor:
            proved = Proved(person.id, person.email, wanted, "password")
            return await enter_half(db, state, proved)
        if state.settings.second_factor == "required":
            proved = Proved(person.id, person.email, wanted, SET_UP)
            return await enter_half(db, state, proved)
        proved = Proved(person.id, person.email, wanted, "password")
        return await enter(db, request, state, proved)

    async def _person(
        self,
        request: Request[Any, Any, Any],
        db: Connection,
        state: State,
        email: str,
        password: str,
    ) -> PersonToSignIn | None:
        """Return who this is; one try of an account is looked at after the other.

        A password is compared in every case, so that all answers take as long.
        """
        who, where = (
            limits.account(state.key, email),
            limits.place(state.key, request, state.settings),
        )
        held = await store.hold_account(db, who)
        found = await store.person_to_sign_in(db, email)
        locked = await limits.over(db, limits.PASSWORDS, who)
        locked = await limits.over(db, limits.FROM_ONE_PLACE, where) or locked or not held
        fits = await passwords.matches(password, found.password_hash if found else None)
        if locked or not fits or found is None:
            await limits.note(db, limits.PASSWORDS, who)
            await limits.note(db, limits.FROM_ONE_PLACE, where)
            await audit.note(db, "", "could not sign in")
            return None
        await limits.forget(db, limits.PASSWORDS, who)
        return found

    @post("/sign-out")
    async def sign_out(self, request: Request[Any, Any, Any], db: Db) -> Redirect:
        """End the session and forget its cookie."""
        await store.end_session(db, request.cookies.get(guards.COOKIE, ""))
        answer = Redirect("/staff/sign-in", status_code=303)
        answer.delete_cookie(guards.COOKIE, path="/staff")
        return answer


def other_way(state: State) -> str:
    """Return what staff call the sign-in service of their organisation; "" where there is none."""
    return str(state.settings.oidc_name) if state.settings.oidc_issuer else ""
