"""An evidence pack: all that the board and inspectors ask for, of one day, in one document.

`SECTIONS` says what stands in it, in order. A room with more to say adds its section there.
"""

from collections.abc import Awaitable, Callable
from datetime import date

from voice.database.pool import Connection
from voice.exports import pack_did, pack_held_to, pack_made, pack_said
from voice.exports.document import Document, Section, cleaned
from voice.exports.making import LAYERS, Layer, Making
from voice.report import store as counted
from voice.report.made import Report, Sources, family_of, make, survey_ids
from voice.review import asked
from voice.settings import Settings
from voice.web.templates import day
from voice.you_said import store as you_said
from voice.you_said.reply import Reading, Reply, published_replies, with_what_was_said

MakesSection = Callable[[Making], Awaitable[Section | None]]
"""Makes one section of a pack; None where there is nothing of it in the pack's layer."""

SECTIONS: tuple[MakesSection, ...] = (
    pack_said.who_answered,
    pack_said.themes,
    pack_said.areas,
    pack_did.pledges,
    pack_did.owed,
    pack_held_to.measures,
    pack_held_to.challenges,
    pack_did.kept_back,
    pack_made.how_made,
)
ABOUT = {
    "public": "It holds what may be handed to anybody: reports with safe numbers, and published"
    " pledges. Drafts are not in it.",
    "confidential": "It is for the board and inspectors, and not to be published: it holds drafts,"
    " what is marked confidential, and what was changed. Numbers of people are as safe as in a"
    " public one.",
}


async def pack(
    db: Connection,
    sources: Sources,
    settings: Settings,
    layer: Layer,
    *,
    today: date,
) -> Document:
    """Return what the pack of this day says, in English; the same data gives the same pack."""
    reading = Reading(sources.catalogue, sources.frameworks, sources.threshold, today)
    making = Making(
        db=db,
        sources=sources,
        reports=await _reports(db, sources),
        replies=await _replies(db, reading, layer),
        models=settings.home / "nlp_models",
        layer=layer,
        today=today,
        challenge_days=settings.challenge_days,
    )
    made = [await make_section(making) for make_section in SECTIONS]
    demo = any(report.demo for report in making.reports)
    return cleaned(
        Document(
            kind=f"evidence-pack-{layer}",
            title=f"Evidence pack: {day(today)}",
            day=today.isoformat(),
            layer=LAYERS[layer],
            about=(
                "What children and young people with special educational needs or disabilities"
                " (SEND), their families and the people who work with them said, who said it and"
                " who is missing, and what came of it.",
                ABOUT[layer],
            ),
            demo=demo,
            sections=tuple(section for section in made if section is not None),
        )
    )


async def _reports(db: Connection, sources: Sources) -> list[Report]:
    """Return the report of every question, of all waves; those of a family, not of one survey."""
    catalogue, read, found = sources.catalogue, {}, []
    for one in asked.every(catalogue):
        if family_of(catalogue, one):
            continue
        if one.asked_of not in read:
            read[one.asked_of] = await counted.answered(db, survey_ids(catalogue, one))
        found.append(await make(db, sources, one, answered=read[one.asked_of]))
    return found


async def _replies(db: Connection, reading: Reading, layer: Layer) -> list[Reply]:
    """Return the pledges of the layer by number."""
    if layer == "confidential":
        return await with_what_was_said(db, await you_said.current(db), reading)
    return sorted(await published_replies(db, reading), key=lambda reply: reply.kept.number)
