"""Refuse a page to people whose roles may not see it. A page that names no task is refused too."""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.response import Redirect

from voice.database.pool import request_transaction
from voice.staff import audit, store
from voice.staff.people import NotAllowed, NotSignedIn

COOKIE = "voice_staff"
TASK = "task"
ANYBODY = "anybody signed in"
NOTED = "noted"
"""The option of a handler that only reads, and is noted all the same: what the person did."""


async def must_be_allowed(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Let the request through when the signed-in person may do the handler's task.

    The person is then `request.user`.

    Raises:
        NotSignedIn: there is no session, or it has ended.
        NotAllowed: none of the person's roles includes the task.
    """
    secret = connection.cookies.get(COOKIE, "")
    state = connection.app.state
    async with request_transaction(state.pool, state.settings) as db:
        idle = state.settings.idle_minutes
        person = await store.person_of_session(db, secret, idle) if secret else None
    if person is None:
        raise NotSignedIn("Sign in to go on.")
    connection.scope["user"] = person
    task = handler.opt[TASK]
    if task != ANYBODY and not person.may(task):
        raise NotAllowed("Ask your administrator if you need it.")
    if NOTED in handler.opt:
        async with request_transaction(state.pool, state.settings) as db:
            await audit.note(db, person.email, handler.opt[NOTED], connection.url.path)


def to_sign_in(request: Request[Any, Any, Any], _: NotSignedIn) -> Redirect:
    """Send a visitor who must sign in to the page where they can, and back afterwards."""
    wanted = request.url.path if request.method == "GET" else "/staff"
    return Redirect(f"/staff/sign-in?next={wanted}", status_code=303)
