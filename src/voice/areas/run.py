"""Suggest improvement areas for themes: read, think, write."""

from asyncio import to_thread
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.areas import match, store
from voice.areas.store import SuggestedArea
from voice.database.pool import Connection
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder, Read
from voice.surveys.framework import Framework


class FrameworkVectors(Struct, frozen=True):
    """A framework and, for each of its areas, its words as vectors."""

    framework: Framework
    areas: list[Read]


def embed_frameworks(embedder: Embedder, frameworks: Sequence[Framework]) -> list[FrameworkVectors]:
    """Return each framework with vectors of its areas' examples and plain wording."""
    return [
        FrameworkVectors(
            framework,
            [embedder.read([*area.examples, area.plain]) for area in framework.areas],
        )
        for framework in frameworks
    ]


def known_of(
    codebook: Codebook,
    known: FrameworkVectors,
    read: Read,
    members: list[NDArray[np.intp]],
) -> match.Known | None:
    """Return what the codebook makes of themes; None if no topic touches the framework.

    Args:
        codebook: the topics, and the areas that each touches.
        known: the areas wanted.
        read: the comments.
        members: for each theme, the places of its comments in the rows of `read`.
    """
    framework = known.framework
    touched = [topic.areas.get(framework.id, ()) for topic in codebook.topics]
    if not any(touched):
        return None
    areas = np.array(
        [[(area.id in some) / max(len(some), 1) for area in framework.areas] for some in touched]
    )
    shares = match.topic_shares(codebook.probabilities(read.domain), members, areas)
    near = match.theme_similarities(read.domain, members, [area.domain for area in known.areas])
    return match.Known(shares, near, codebook.knows(read.vectors))


def suggest(
    read: Read,
    members: list[NDArray[np.intp]],
    known: FrameworkVectors,
    codebook: Codebook | None,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the scores of themes against areas, and which are suggested; see `voice.areas.match`.

    Both of shape (n_themes, n_areas).
    """
    areas = [area.vectors for area in known.areas]
    near = match.theme_similarities(read.vectors, members, areas)
    topics = known_of(codebook, known, read, members) if codebook else None
    return match.scores(near, topics), match.chosen(near, topics)


async def match_areas(
    db: Connection,
    theme_ids: Sequence[int],
    members: list[NDArray[np.intp]],
    read: Read,
    frameworks: Sequence[FrameworkVectors],
    codebook: Codebook | None = None,
) -> None:
    """Keep how near each suggested theme is to every area of every framework.

    Args:
        db: the connection of the caller's transaction.
        theme_ids: the suggested themes.
        members: for each theme, the places of its comments in the rows of `read`.
        read: the comments.
        frameworks: as `embed_frameworks` returns them.
        codebook: what is known about SEND support, and the areas that its topics touch.
    """
    if not theme_ids:
        return
    for known in frameworks:
        scores, chosen = await to_thread(suggest, read, members, known, codebook)
        suggested = [
            SuggestedArea(theme_id, area.id, float(scores[row, column]), bool(chosen[row, column]))
            for row, theme_id in enumerate(theme_ids)
            for column, area in enumerate(known.framework.areas)
        ]
        await store.keep_suggested_areas(db, known.framework.id, suggested)
