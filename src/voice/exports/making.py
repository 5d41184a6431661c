"""What every section of an evidence pack is made from."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from voice.database.pool import Connection
from voice.report.made import Report, Sources
from voice.surveys.catalogue import Catalogue
from voice.you_said.reply import Reading, Reply

Layer = Literal["public", "confidential"]
LAYERS: dict[Layer, str] = {
    "public": "Public: only what anybody may read",
    "confidential": "Confidential: for the board and inspectors",
}


class Making(Struct, frozen=True, kw_only=True):
    """A pack that is being made.

    Args:
        db: with the rights of the web part.
        reports: of each question that stands in the pack, all waves together.
        replies: the pledges of its layer, by number.
        models: the folder of the language models.
        challenge_days: working days in which a challenge must be answered.
    """

    db: Connection
    sources: Sources
    reports: Sequence[Report]
    replies: Sequence[Reply]
    models: Path
    layer: Layer
    today: date
    challenge_days: int

    @property
    def catalogue(self) -> Catalogue:
        """Return the surveys."""
        return self.sources.catalogue

    @property
    def reading(self) -> Reading:
        """Return what it takes to read replies."""
        sources = self.sources
        return Reading(sources.catalogue, sources.frameworks, sources.threshold, self.today)
