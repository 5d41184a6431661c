"""Whether this process can serve: the database answers, its tables fit, the models are there.

The reasons are fixed sentences: a page that anybody may ask for tells no address and no name.
"""

import asyncio
from pathlib import Path

from voice.database.migrate import not_applied
from voice.database.pool import LOST, DatabaseAway, Pool, request_connection
from voice.enrichment.models import ModelProblem, card
from voice.settings import Settings

# What the worker cannot do without; “large” is for those who made it.
MODELS = (
    "codebook",
    "domain",
    "embedding",
    "redaction",
    "safeguarding",
    "sentiment",
    "voice",
    "words",
)
PATIENCE = 3.0  # Seconds: whoever asks tries again, and gives up after five or so.
AWAY = "The database does not answer."
OLD = "The database’s tables are not up to date. Run: voice migrate"
NO_MODELS = "A language model is missing. Run: voice doctor"


async def reasons(pool: Pool, settings: Settings) -> list[str]:
    """Return why this process cannot serve, in sentences; none when all is well.

    Tables that are newer than this version are no reason: while an upgrade runs, the version
    before it goes on serving.
    """
    found = await _about_database(pool, settings)
    if missing_models(settings.nlp_models):
        found.append(NO_MODELS)
    return found


def missing_models(folder: Path) -> list[str]:
    """Return the models whose card, or a file named on it, is not there. Contents are not read."""
    return [name for name in MODELS if not _is_there(folder / name)]


async def _about_database(pool: Pool, settings: Settings) -> list[str]:
    try:
        async with asyncio.timeout(PATIENCE), request_connection(pool, settings) as db:
            return [OLD] if await not_applied(db) else []
    except (DatabaseAway, *LOST):
        return [AWAY]


def _is_there(folder: Path) -> bool:
    try:
        return all((folder / name).is_file() for name in card(folder).files)
    except ModelProblem:
        return False
