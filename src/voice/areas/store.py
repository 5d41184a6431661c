"""Suggested areas of suggested themes. Only this module writes them."""

from collections.abc import Sequence

from msgspec import Struct

from voice.database import sql
from voice.database.pool import Connection

SQL = sql.load(__file__)


class SuggestedArea(Struct, frozen=True):
    """How much of a theme one area takes within its framework, from 0 to 1."""

    theme_id: int
    area_id: str
    score: float
    chosen: bool


async def keep_suggested_areas(
    db: Connection, framework_id: str, suggested: Sequence[SuggestedArea]
) -> None:
    """Keep the scores of themes against every area of one framework."""
    await db.execute(
        SQL.keep_suggested_areas,
        framework_id,
        [one.theme_id for one in suggested],
        [one.area_id for one in suggested],
        [one.score for one in suggested],
        [one.chosen for one in suggested],
    )
