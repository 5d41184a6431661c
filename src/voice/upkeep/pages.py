"""What a watcher asks for: is this process alive, can it serve, and what do its figures say?"""

import asyncio
import hmac
from typing import Any

from litestar import Request, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Response

from voice.database.pool import LOST, DatabaseAway, request_connection
from voice.settings import shared_counts
from voice.upkeep import store
from voice.upkeep.ready import PATIENCE, reasons

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # What Prometheus asks for.


@get("/healthz", sync_to_thread=False)
def alive() -> Response[dict[str, bool]]:
    """Answer as long as this process does. The database is not asked.

    Whoever starts processes again looks here: a database that is away is not mended by that.
    """
    return Response({"alive": True})


@get("/readyz")
async def ready(state: State) -> Response[dict[str, object]]:
    """Say whether this process can serve, and if not, why, with 503."""
    found = await reasons(state.pool, state.settings)
    return Response({"ready": not found, "reasons": found}, status_code=503 if found else 200)


@get("/metrics")
async def figures(request: Request[Any, Any, Any], state: State) -> Response[bytes]:
    """Answer with figures for Prometheus, to whoever sends the token of the settings.

    Raises:
        NotFoundException: there is no token, or another was sent: the page is not there for them.
    """
    counts = state.watch.counts
    wanted = f"Bearer {state.settings.metrics_token}".encode()
    sent = request.headers.get("authorization", "").encode()
    if counts is None or not hmac.compare_digest(sent, wanted):
        raise NotFoundException
    page = counts.page(shared_counts(), await _seen(state))
    return Response(page, media_type=MEDIA_TYPE)


async def _seen(state: State) -> store.Seen | None:
    try:
        async with (
            asyncio.timeout(PATIENCE),
            request_connection(state.pool, state.settings) as db,
        ):
            return await store.seen(db)
    except (DatabaseAway, *LOST):
        return None
