"""Out to the sign-in service of one's organisation, and back."""

from hmac import compare_digest
from typing import Any

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Redirect

from voice.database import sql
from voice.database.pool import Connection, request_transaction
from voice.staff import audit, store
from voice.staff.entry_pages import HALF_PATH, HOME, Proved, cookie, enter, inside
from voice.staff.people import NotAllowed
from voice.staff.store import sha256

SQL = sql.load(__file__.replace("_pages", ""))
AWAY = "voice_away"


class OidcController(Controller):
    """Signing in with another service, where one is set."""

    path = "/staff/sign-in"

    @get("/away")
    async def leave(self, state: State, next: FromQuery[str] = HOME) -> Redirect:
        """Send the person to the other service; no connection is held while it is asked."""
        from voice.staff import oidc

        _must_be_set(state)
        journey = await oidc.leave(state.settings)
        about = (sha256(journey.state), journey.nonce, journey.verifier, inside(next))
        async with request_transaction(state.pool, state.settings) as db:
            await db.execute(SQL.forget_old)
            await db.execute(SQL.begin, *about)
        answer = Redirect(journey.address, status_code=303)
        answer.set_cookie(cookie(AWAY, journey.state, HALF_PATH, state.settings, 600))
        return answer

    @get("/back")
    async def come_back(
        self, request: Request[Any, Any, Any], state: State, code: FromQuery[str] = ""
    ) -> Redirect:
        """Let the person in whom the service vouches for, if we know them or invited them.

        Only in the browser that left: else a link could sign somebody in as somebody else.
        """
        from voice.staff import oidc

        _must_be_set(state)
        given, kept = request.query_params.get("state", ""), request.cookies.get(AWAY, "")
        journey = None
        if kept and compare_digest(sha256(given), sha256(kept)):
            async with request_transaction(state.pool, state.settings) as db:
                journey = await db.fetchrow(SQL.come_back, sha256(given))
        if journey is None:
            raise oidc.NotVouchedFor("Too much time has passed. Go back and sign in again.")
        email = await oidc.who_came(state.settings, code, journey["nonce"], journey["verifier"])
        async with request_transaction(state.pool, state.settings) as db:
            person_id = await _known(db, email)
            if person_id is not None:
                proved = Proved(person_id, email, journey["wanted"], "another service")
                answer = await enter(db, request, state, proved)
        if person_id is None:
            raise NotAllowed(
                "Ask your administrator to invite you, under the address of this account."
            )
        answer.delete_cookie(AWAY, path=HALF_PATH)
        return answer


async def _known(db: Connection, email: str) -> int | None:
    """Return who this is, by an invitation if need be; None, and noted, if we know nobody."""
    found = await store.person_to_sign_in(db, email)
    if found:
        return found.person.id
    invited = await store.invitation_for(db, email)
    if invited is None:
        await audit.note(db, email, "was not let in")
        return None
    access = invited.access
    return await store.add_person(db, email, access.roles, None, access)


def _must_be_set(state: State) -> None:
    if not state.settings.oidc_issuer:
        raise NotFoundException
