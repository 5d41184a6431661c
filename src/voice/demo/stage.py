"""The demo as a whole: prepare the data, start the parts, keep them running, leave."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, json

from voice import worker
from voice.database.pool import Connection, address, transaction
from voice.demo import measured, responses, story
from voice.enrichment.store import how_many_not_enriched
from voice.errors import VoiceError
from voice.jobs.tables import bring_up_to_date
from voice.settings import Settings, unless_set
from voice.staff import passwords, rota_store, store
from voice.staff.people import ROLES
from voice.worker import Workshop

FAMILY = "send-support"
POPULATION = Path(__file__).parent / "population.toml"
QUESTIONS = ("one_change", "going_well")
Tell = Callable[[str, int, int], None]
LONGEST_START = 30.0  # Seconds.


class WebDown(VoiceError):
    """The web app did not come up."""

    title = "The web app did not start"


class Ready(Struct, frozen=True):
    """What `prepare` made: the opened models, and the password of the demo's staff."""

    shop: Workshop
    password: str


async def prepare(settings: Settings, tell: Tell) -> Ready:
    """Fill the database: tables, made-up responses, themes, decisions, pledges, staff.

    What is there already is left as it is, so that the second start is quick.
    """
    dsn = await address(settings)
    shop = Workshop(settings)
    await bring_up_to_date(dsn, shop.vault)
    async with transaction(dsn) as db:
        await responses.keep(db, shop.vault, shop.catalogue)
        waiting = await how_many_not_enriched(db)
    if waiting:
        await worker.enrich_all(shop, dsn, lambda done: tell("Reading", done, waiting))
    for question in QUESTIONS:
        await _find_once(shop, dsn, question)
    password = _password(settings)
    async with transaction(dsn) as db:
        people = await _add_staff(db, password)
        await rota_store.set_rota(db, "lead", people["safeguarding_lead"], None)
        await story.tell_story(db, FAMILY, people)
        few = settings.small_number
        await measured.tell_measures(db, shop.catalogue, few, people["officer"])
    return Ready(shop, password)


async def _find_once(shop: Workshop, dsn: str, question: str) -> None:
    async with transaction(dsn) as db:
        found = await db.fetchval(
            "select 1 from theme_runs where asked_of = $1 and question_id = $2", FAMILY, question
        )
    if not found:
        asked = {"asked_of": FAMILY, "question_id": question}
        await worker.find_themes(shop, dsn, json.encode(asked))


async def _add_staff(db: Connection, password: str) -> dict[str, int]:
    """Return {role: person}; whoever is there already stays, signed in."""
    hashed = await asyncio.to_thread(passwords.hash_password, password)
    people: dict[str, int] = {}
    for role in ROLES:
        known = await store.person_to_sign_in(db, _email(role))
        fits = known and await passwords.matches(password, known.password_hash)
        people[role] = (
            known.person.id
            if known and fits
            else await store.add_person(db, _email(role), [role], hashed)
        )
    return people


def _email(role: str) -> str:
    return f"{role.replace('_', '-')}@demo.example"


def _password(settings: Settings) -> str:
    """Return the password of the demo's staff: made once, kept in the data folder."""
    file = settings.data_dir / "demo-password"
    if not file.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as new:
            new.write(secrets.token_urlsafe(12))
    return file.read_text()


class Web:
    """The web app in a process of its own, started again when it falls over."""

    def __init__(self, settings: Settings) -> None:
        """Start it and wait until it answers.

        Raises:
            WebDown: it does not answer in half a minute.
        """
        self._settings = settings
        self._process = self._start()
        self._wait()

    def _start(self) -> "subprocess.Popen[bytes]":
        # Made-up answers are held against made-up figures, and both say so.
        known = unless_set(population_file=str(POPULATION))
        return subprocess.Popen(
            [sys.executable, "-m", "voice", "serve", "--with-parent"], env=known
        )

    def _wait(self) -> None:
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex((self._settings.host, self._settings.port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        raise WebDown("The lines above say why.")

    def mend(self) -> None:
        """Start it again if it has ended."""
        if self._process.poll() is not None:
            self._process = self._start()

    def stop(self) -> None:
        """End it, kindly first."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def welcome(settings: Settings, ready: Ready) -> str:
    """Return the lines that say where to go."""
    people = "\n".join(f"    {_email(role)}" for role in ROLES)
    return f"""
Voice is running, with made-up answers. Press Ctrl-C to stop it.

  Answer a survey      {settings.address}/
  You said, we did     {settings.address}/you-said
  Staff                {settings.address}/staff
{people}
    password of all four: {ready.password}
"""


async def keep_running(settings: Settings, shop: Workshop, web: Web, stop: asyncio.Event) -> None:
    """Do jobs, and keep the web app up, until told to stop."""
    working = asyncio.create_task(worker.run(settings, shop=shop, stop=stop))
    while not stop.is_set():
        web.mend()
        try:
            await asyncio.wait_for(stop.wait(), 1)
        except TimeoutError:
            continue
    await working
    web.stop()
