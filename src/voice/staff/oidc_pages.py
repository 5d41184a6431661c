"""Out to the sign-in service of one's organisation, and back."""

from typing import Any

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Redirect

from voice.database import sql
from voice.database.pool import Connection
from voice.staff import audit, store
from voice.staff.entry_pages import HOME, Proved, enter, inside
from voice.staff.people import NotAllowed
from voice.staff.store import sha256

SQL = sql.load(__file__.replace("_pages", ""))
Db = NamedDependency[Connection]


class OidcController(Controller):
    """Signing in with another service, where one is set."""

    path = "/staff/sign-in"

    @get("/away")
    async def leave(self, db: Db, state: State, next: FromQuery[str] = HOME) -> Redirect:
        """Send the person to the other service."""
        from voice.staff import oidc

        _must_be_set(state)
        journey = await oidc.leave(state.settings)
        await db.execute(SQL.forget_old)
        about = (sha256(journey.state), journey.nonce, journey.verifier, inside(next))
        await db.execute(SQL.begin, *about)
        return Redirect(journey.address, status_code=303)

    @get("/back")
    async def come_back(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        code: FromQuery[str] = "",
    ) -> Redirect:
        """Let the person in whom the service vouches for, if we know them or invited them."""
        from voice.staff import oidc

        _must_be_set(state)
        given = request.query_params.get("state", "")
        journey = await db.fetchrow(SQL.come_back, sha256(given))
        if journey is None:
            raise oidc.NotVouchedFor("Too much time has passed. Go back and sign in again.")
        email = await oidc.who_came(state.settings, code, journey["nonce"], journey["verifier"])
        person_id = await _known(db, email)
        proved = Proved(person_id, email, journey["wanted"], "another service")
        return await enter(db, request, state, proved)


async def _known(db: Connection, email: str) -> int:
    found = await store.person_to_sign_in(db, email)
    if found:
        return found.person.id
    invited = await store.invitation_for(db, email)
    if invited is None:
        await audit.note(db, email, "was not let in")
        raise NotAllowed("Ask your administrator to invite you, under the address of this account.")
    access = invited.access
    return await store.add_person(db, email, access.roles, None, access)


def _must_be_set(state: State) -> None:
    if not state.settings.oidc_issuer:
        raise NotFoundException
