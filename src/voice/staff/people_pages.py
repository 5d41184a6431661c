"""Who may sign in: administrators invite, change and end access."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from msgspec import ValidationError, convert

from voice.database.pool import Connection
from voice.staff import audit, factor_store, passwords, store
from voice.staff.audit import Entry
from voice.staff.limits_store import plain_email
from voice.staff.pages import StaffView
from voice.staff.people import ROLES, Role
from voice.staff.store import Access, Invitation, Invited, Listed
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]
TASK = {"task": "administer"}
HOME = "/staff/people"
NAMES: dict[Role, str] = {
    "reviewer": "Reviewer: decides on themes",
    "officer": "Officer: writes what was done, types in papers",
    "safeguarding_lead": "Safeguarding lead: reads every answer as it was written",
    "administrator": "Administrator: lets people in; reviews and writes, too",
}
LAST = "Somebody must stay an administrator. Make somebody else one first."
CHOOSE = "Write one e-mail address, and tick at least one role."


class PeoplePage(StaffView, frozen=True):
    """Everybody who may sign in, open invitations, and the last deeds; `link` is shown once."""

    template: ClassVar[str] = "staff/people.html"
    people: list[Listed]
    invitations: list[Invited]
    deeds: list[Entry]
    roles: dict[Role, str]
    surveys: dict[str, str]
    link: str = ""
    email: str = ""
    problem: str = ""


class InvitedPage(View, frozen=True):
    """Where somebody who was invited chooses a password."""

    template: ClassVar[str] = "staff/invited.html"
    email: str
    action: str
    shortest: int
    problem: str = ""


class PeopleController(Controller):
    """For administrators."""

    path = HOME

    @get("/", opt=TASK)
    async def everybody(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Show who may sign in."""
        return show(await _page(request, db, state))

    @post("/invite", opt=TASK)
    async def invite(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Make an invitation; its link is shown now and never again."""
        form = await read_form(request)
        email, access = plain_email(one(form, "email")), _access(form, state)
        if email.count("@") != 1 or any(c.isspace() for c in email) or access is None:
            return show(await _page(request, db, state, email=email, problem=CHOOSE), status=422)
        token = await store.invite(db, Invitation(email, access), request.user.id)
        await audit.note(db, request.user.email, "invited", f"{email}: {', '.join(access.roles)}")
        link = f"{state.settings.address}/staff/invited/{token}"
        return show(await _page(request, db, state, link=link, email=email))

    @post("/change", opt=TASK)
    async def change(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Give a person other roles, let them set up the second step anew, or end their access."""
        form = await read_form(request)
        person_id, what = next(iter(numbers(form, "person")), 0), one(form, "what")
        access = _access(form, state, f"-{person_id}")
        if what == "change" and access is None:
            return show(await _page(request, db, state, problem=CHOOSE), status=422)
        stays = _administers(access) if what == "change" else False
        if what in ("change", "end") and not stays:
            others = set(await store.administrators(db)) - {person_id}
            if not others:
                return show(await _page(request, db, state, problem=LAST), status=422)
        await _change(db, request.user.email, person_id, what, access)
        return Redirect(HOME, status_code=303)


class InvitedController(Controller):
    """For whoever has the link of an invitation."""

    path = "/staff/invited"

    @get("/{token:str}")
    async def ask(self, db: Db, token: FromPath[str]) -> Template:
        """Ask for a password."""
        return await _invited(db, token)

    @post("/{token:str}")
    async def accept(
        self, request: AnyRequest, db: Db, token: FromPath[str]
    ) -> Template | Redirect:
        """Let the person in with the password they chose; the link is used up."""
        found = await store.invitation(db, token)
        password = (await read_form(request)).get("password", [""])[0]
        if found is None:
            return await _invited(db, token)
        if len(password) < passwords.SHORTEST:
            problem = f"The password needs at least {passwords.SHORTEST} letters."
            return await _invited(db, token, problem)
        hashed = await passwords.hashed(password)
        await store.add_person(db, found.email, found.access.roles, hashed, found.access)
        await store.use_invitation(db, token)
        await audit.note(db, found.email, "accepted an invitation")
        return Redirect("/staff/sign-in", status_code=303)


def _administers(access: Access | None) -> bool:
    """Tell whether this access lets people in: a role for all surveys."""
    return access is not None and "administrator" in access.roles and access.surveys is None


async def _change(
    db: Connection, by: str, person_id: int, what: str, access: Access | None
) -> None:
    email: str | None = None
    if what == "change" and access is not None:
        email = await store.change_person(db, person_id, access)
        what = f"changed roles to {', '.join(access.roles)}"
    elif what == "end":
        email = await store.end_access(db, person_id)
        what = "ended access"
    elif what == "second-step":
        email = await factor_store.take_away(db, person_id)
        what = "took the second step away"
    if email:
        await audit.note(db, by, what, email)


def _access(form: Form, state: State, suffix: str = "") -> Access | None:
    """Return the access that a form gives; None where no role, or none that exists, is ticked.

    Boxes of one name are one group to who hears the page, so each person’s have names of their own.
    """
    try:
        roles = convert(tuple(form.get(f"role{suffix}", [])), tuple[Role, ...])
    except ValidationError:
        return None
    surveys = tuple(one for one in form.get(f"survey{suffix}", []) if one in state.catalogue.by_id)
    return Access(roles, one(form, "organisation"), surveys or None) if roles else None


async def _invited(db: Connection, token: str, problem: str = "") -> Template:
    found = await store.invitation(db, token)
    page = InvitedPage(
        title="Choose a password" if found else "This invitation is used up",
        email=found.email if found else "",
        action=f"/staff/invited/{token}" if found else "",
        shortest=passwords.SHORTEST,
        problem=problem,
    )
    return show(page, status=404 if found is None else 422 if problem else 200)


async def _page(
    request: AnyRequest,
    db: Connection,
    state: State,
    *,
    link: str = "",
    email: str = "",
    problem: str = "",
) -> PeoplePage:
    return PeoplePage(
        title="People",
        person=request.user,
        people=await store.people(db),
        invitations=await store.invitations(db),
        deeds=await audit.lately(db, 30),
        roles={role: NAMES[role] for role in ROLES},
        surveys={survey.id: survey.title for survey in state.catalogue.surveys},
        link=link,
        email=email,
        problem=problem,
    )
