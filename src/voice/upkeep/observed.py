"""What is seen of each request: an id given back, a line in the log, a count; never its words."""

import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from voice import logs
from voice.settings import Settings

if TYPE_CHECKING:
    from voice.upkeep.metrics import Counts

HEADER = b"x-request-id"
FIT = re.compile(rb"[A-Za-z0-9-]{8,64}")
NOWHERE = "nowhere"  # An address that no page has: what was typed is not written down.
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}

Scope = MutableMapping[str, Any]
Send = Callable[[Any], Awaitable[None]]
Serve = Callable[[Send], Awaitable[None]]


class Watch:
    """Watches requests as the settings say."""

    def __init__(self, settings: Settings) -> None:
        """Decide what is written and counted; by default that is nothing."""
        self._in_log = settings.log == "json"
        self._from_proxy = settings.behind_proxy
        self.counts: Counts | None = None
        if settings.metrics_token:
            # Loaded for who wants it: the web app starts sooner without.
            self.counts = import_module("voice.upkeep.metrics").Counts()

    async def over(self, scope: Scope, send: Send, serve: Serve) -> None:
        """Serve one request, and note how it went."""
        mine = self._id(scope)
        token = logs.request_id.set(mine.decode())
        began, status = time.perf_counter(), 500

        async def telling(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, mine)]
            await send(message)

        try:
            await serve(telling)
        finally:
            self._note(scope, status, time.perf_counter() - began)
            logs.request_id.reset(token)

    def _id(self, scope: Scope) -> bytes:
        """Return the id of our own proxy, where there is one that gives some; else a new one."""
        if self._from_proxy:
            given = next((held for name, held in scope["headers"] if name == HEADER), b"")
            if FIT.fullmatch(given):
                return bytes(given)
        return secrets.token_hex(8).encode()

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("path_template") or NOWHERE
        method = scope["method"] if scope["method"] in METHODS else "other"
        if self._in_log:
            logs.note_request(method, route, status, seconds)
        if self.counts:
            self.counts.note(method, route, status, seconds)
