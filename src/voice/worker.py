"""The worker: runs jobs, {name: function}. It joins the rooms that think."""

import asyncio
import logging
from asyncio import to_thread
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from msgspec import Struct, json

from voice.areas.run import FrameworkVectors, embed_frameworks, match_areas
from voice.bringing.store import forget_old_files
from voice.database import scrub as scrubbing
from voice.database.master_key import vault
from voice.database.pool import Part, address, transaction
from voice.database.vault import Vault
from voice.enrichment import run as enrichment
from voice.enrichment import store as enriched
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder
from voice.enrichment.large import Large
from voice.enrichment.run import Machines
from voice.exports import pack_store
from voice.jobs import queue
from voice.jobs import work as jobs
from voice.jobs.daily import keep_queueing
from voice.measures import run as measures
from voice.rights import retention
from voice.safeguarding import run as safeguarding
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks
from voice.themes import run as themes
from voice.themes import store as theme_store
from voice.themes.readers import Readers
from voice.themes.run import Suggested
from voice.themes.store import Question
from voice.upkeep.run import keep_saying_alive

AT_ONCE = 100
MANY_AT_ONCE = 5_000  # Of what needs no model to be read again.
ALARM_EVERY = 600.0  # Seconds between two looks at what is overdue.

log = logging.getLogger("voice.worker")


class Workshop:
    """The models and the surveys that jobs need, opened when the first job asks for them."""

    def __init__(self, settings: Settings, *, reader: Embedder | None = None) -> None:
        """Remember the settings; nothing is opened yet.

        `reader` reads what is redacted already, in place of this machine; raw words stay here.
        """
        self.settings = settings
        self._reader = reader

    @cached_property
    def machines(self) -> Machines:
        """The models of enrichment."""
        return Machines.open(self.settings.nlp_models, self.settings.threads)

    @property
    def reader(self) -> Embedder:
        """What reads redacted comments."""
        return self._reader or self.machines.embedder

    @property
    def at_once(self) -> int:
        """How many comments are read in one transaction: more where many machines read."""
        return AT_ONCE if self._reader is None else MANY_AT_ONCE

    @cached_property
    def catalogue(self) -> Catalogue:
        """The surveys."""
        return Catalogue.read(self.settings.surveys)

    @cached_property
    def codebook(self) -> Codebook:
        """What is known about SEND support."""
        return Codebook.open(self.settings.nlp_models)

    @cached_property
    def large(self) -> Large | None:
        """The large model for small surveys, if it has been made."""
        return Large.open(self.settings.nlp_models, self.settings.threads)

    @cached_property
    def vault(self) -> Vault:
        """What opens words that are sealed."""
        return vault(self.settings)

    @cached_property
    def frameworks(self) -> list[FrameworkVectors]:
        """The frameworks that hold today, as vectors."""
        found = load_frameworks(self.settings.surveys / "frameworks")
        return embed_frameworks(
            self.machines.embedder, [f for f in found if f.holds_on(date.today())]
        )


class Asked(Struct, frozen=True):
    """The payload of a job that finds themes."""

    asked_of: str
    question_id: str
    wave: str | None = None


async def enrich(shop: Workshop, dsn: str, payload: bytes) -> None:
    """Enrich the responses whose ids are in the payload."""
    ids = json.decode(payload, type=list[UUID])
    machines = await to_thread(lambda: shop.machines)
    async with transaction(dsn, Part.WORKER) as db:
        await enrichment.enrich(db, shop.vault, machines, ids)


async def enrich_all(shop: Workshop, dsn: str, tell: Callable[[int], None]) -> int:
    """Enrich every comment that still waits, a batch at a time; return how many.

    Safe beside a worker that does the same: what one has enriched, the other leaves alone.
    """
    done = 0
    machines = await to_thread(lambda: shop.machines)
    while True:
        async with transaction(dsn, Part.WORKER) as db:
            ids = await enriched.not_enriched(db, AT_ONCE)
            if not ids:
                return done
            done += await enrichment.enrich(db, shop.vault, machines, ids)
        tell(done)


async def read_again(shop: Workshop, dsn: str, _: bytes = b"") -> None:
    """Make the vectors that are missing, a batch at a time, and hear what has not been heard.

    They are after a change of the model, and where a reviewer took words out of a comment.
    """
    machines = await to_thread(lambda: shop.machines)
    at_once = shop.at_once
    made = at_once
    while made == at_once:
        async with transaction(dsn, Part.WORKER) as db:
            made = await enrichment.read_again(db, shop.reader, machines.sentiment, at_once)
    heard = MANY_AT_ONCE
    while heard == MANY_AT_ONCE:
        async with transaction(dsn, Part.WORKER) as db:
            heard = await enrichment.hear_again(db, machines.sentiment, MANY_AT_ONCE)


async def find_themes(shop: Workshop, dsn: str, payload: bytes) -> Suggested:
    """Find the themes of one question, and suggest areas for each."""
    asked = json.decode(payload, type=Asked)
    surveys = [survey.id for survey in shop.catalogue.members(asked.asked_of)]
    known = await to_thread(lambda: shop.frameworks)
    question = Question(asked.asked_of, asked.question_id, asked.wave)
    readers = Readers(
        embedder=await to_thread(lambda: shop.reader),
        codebook=shop.codebook,
        sentiment=shop.machines.sentiment,
        large=shop.large,
    )
    await read_again(shop, dsn)
    async with transaction(dsn, Part.WORKER) as db:
        found = await themes.find_themes(
            db,
            surveys,
            question,
            smallest=shop.settings.smallest_theme,
            readers=readers,
        )
        await match_areas(db, found.ids, found.members, found.read, known, shop.codebook)
    return found


async def find_again(shop: Workshop, dsn: str, payload: bytes) -> None:
    """Find themes again wherever a response was looked at that has been taken back since."""
    survey_id, wave = json.decode(payload, type=tuple[str, str])
    survey = shop.catalogue.by_id.get(survey_id)
    asked = [survey_id, *([survey.family] if survey and survey.family else [])]
    async with transaction(dsn, Part.WORKER) as db:
        found = await theme_store.runs_about(db, asked, wave)
        await pack_store.take_back(db)
    for question in found:
        await find_themes(shop, dsn, json.encode(question))
    async with transaction(dsn, Part.WORKER) as db:
        await retention.ask_to_scrub(db)


async def scrub(shop: Workshop, dsn: str, _: bytes) -> None:
    """Remove from the database's files what was removed from its tables."""
    if not await scrubbing.scrub(dsn):
        log.info("The database keeps its own log until it writes over it; docs/protection.md.")


async def retain(shop: Workshop, dsn: str, _: bytes) -> None:
    """Remove the words whose time has come."""
    async with transaction(dsn, Part.WORKER) as db:
        await retention.remove(db, shop.settings, datetime.now(UTC))
        await safeguarding.forget_contacts(db, date.today())
        await forget_old_files(db)
        await pack_store.take_back(db)


async def count_measures(shop: Workshop, dsn: str, _: bytes) -> None:
    """Keep what the answers of each wave say, for every measure that counts them."""
    async with transaction(dsn, Part.WORKER) as db:
        await measures.keep_readings(db, shop.catalogue, shop.settings.small_number)


async def overdue_alarm(shop: Workshop, dsn: str, _: bytes) -> None:
    """Tell the people on the rota which answers are overdue, once a day for each."""
    surveys = shop.catalogue.by_id
    async with transaction(dsn, Part.WORKER) as db:
        await safeguarding.raise_alarm(db, shop.settings, surveys, datetime.now(UTC))


DAILY = ("count_measures", "retain")
JOBS: dict[str, Callable[[Workshop, str, bytes], Awaitable[object]]] = {
    "enrich": enrich,
    "find_themes": find_themes,
    "find_again": find_again,
    "retain": retain,
    "scrub": scrub,
    "count_measures": count_measures,
    "read_again": read_again,
    "overdue_alarm": overdue_alarm,
}


async def run(
    settings: Settings,
    *,
    shop: Workshop | None = None,
    drain: bool = False,
    stop: asyncio.Event | None = None,
) -> None:
    """Run jobs as they come, or with `drain` until none waits."""
    kept = shop or Workshop(settings)

    def ready(job: Callable[[Workshop, str, bytes], Awaitable[object]]) -> jobs.Run:
        async def once(payload: bytes) -> None:
            await job(kept, await address(settings), payload)

        return once

    stop = stop or asyncio.Event()

    def find_database() -> Awaitable[str]:
        return address(settings)

    ready_jobs = {name: ready(job) for name, job in JOBS.items()}
    beside: list[Coroutine[Any, Any, None]] = (
        []
        if drain
        else [
            keep_queueing(find_database, DAILY, stop),
            keep_saying_alive(find_database, stop),
            _remind(settings),
        ]
    )
    tasks = [asyncio.create_task(one) for one in beside]
    try:
        await jobs.work(find_database, ready_jobs, drain=drain, stop=stop)
    finally:
        for task in tasks:
            task.cancel()


async def _remind(settings: Settings) -> None:
    """Queue the look at what is overdue, again and again; other workers' is not queued twice."""
    while settings.smtp_host:
        try:
            async with transaction(await address(settings), Part.WORKER) as db:
                await queue.add(db, "overdue_alarm", None, once="overdue_alarm")
        except jobs.LOST as lost:
            log.warning("The database is away (%s); the alarm waits.", type(lost).__name__)
        await asyncio.sleep(ALARM_EVERY)
