"""Suggest improvement areas for themes: read, think, write."""

from asyncio import to_thread
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.areas import match, store
from voice.areas.store import SuggestedArea
from voice.database.pool import Connection
from voice.enrichment.embed import Embedder
from voice.surveys.framework import Framework


class FrameworkVectors(Struct, frozen=True):
    """A framework and, for each of its areas, the vectors of its words: shape (n_words, 384)."""

    framework: Framework
    areas: list[NDArray[np.float32]]


def embed_frameworks(embedder: Embedder, frameworks: Sequence[Framework]) -> list[FrameworkVectors]:
    """Return each framework with vectors of its areas' examples and plain wording."""
    return [
        FrameworkVectors(
            framework,
            [embedder.embed([*area.examples, area.plain]) for area in framework.areas],
        )
        for framework in frameworks
    ]


async def match_areas(
    db: Connection,
    theme_ids: Sequence[int],
    members: list[NDArray[np.intp]],
    vectors: NDArray[np.float32],
    frameworks: Sequence[FrameworkVectors],
) -> None:
    """Keep how near each suggested theme is to every area of every framework.

    Args:
        db: the connection of the caller's transaction.
        theme_ids: the suggested themes.
        members: for each theme, the places of its comments in `vectors`.
        vectors: shape (n_comments, 384), rows of length 1.
        frameworks: as `embed_frameworks` returns them.
    """
    if not theme_ids:
        return
    for known in frameworks:
        near = await to_thread(match.theme_similarities, vectors, members, known.areas)
        scores, chosen = match.scores(near), match.chosen(near)
        suggested = [
            SuggestedArea(theme_id, area.id, float(scores[row, column]), bool(chosen[row, column]))
            for row, theme_id in enumerate(theme_ids)
            for column, area in enumerate(known.framework.areas)
        ]
        await store.keep_suggested_areas(db, known.framework.id, suggested)
