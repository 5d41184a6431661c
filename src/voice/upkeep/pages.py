"""What a watcher asks for: is this process alive, and can it serve?"""

from litestar import get
from litestar.datastructures import State
from litestar.response import Response

from voice.upkeep.ready import reasons


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
