"""What the command shows: sentences, and a bar for work that takes longer than two seconds."""

import asyncio
import getpass
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import asyncpg
import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from voice.database.pool import LOST, Connection, address, transaction
from voice.errors import BadInput, VoiceError
from voice.settings import Settings
from voice.staff import audit
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey

T = TypeVar("T")
PATIENCE = 2.0
Tell = Callable[[str, int, int], None]


class NoDatabase(VoiceError):
    """The database does not answer."""

    title = "The database does not answer"


class NoTables(VoiceError):
    """The database is there, but nothing is in it."""

    title = "The database has no tables yet"


def many(n: int, thing: str) -> str:
    """Return “1 theme” or “3 themes”."""
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def tell_problem(words: str) -> None:
    """Print what went wrong, on the error stream."""
    click.secho(words, fg="red", err=True)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end.

    Raises:
        NoDatabase: the database cannot be reached or went away.
    """
    try:
        return asyncio.run(coroutine)
    except LOST as error:
        raise NoDatabase(
            "Look whether it runs and whether DATABASE_URL is right. "
            f"What was done before is kept; run the command again. ({type(error).__name__})"
        ) from None
    except asyncpg.UndefinedTableError:
        raise NoTables("Run: voice migrate") from None


async def database(settings: Settings) -> str:
    """Return the address of a database that is there already; a command makes no new one.

    Raises:
        BadInput: none is set, and there is none of our own in the data folder.
    """
    if not settings.database_url and not (settings.data_dir / "postgres").is_dir():
        raise BadInput(
            f"There is no Voice in {settings.data_dir.absolute()}. Go to the folder where you ran "
            "“voice demo” or “voice migrate”, or set VOICE_DATA_DIR or DATABASE_URL."
        )
    return await address(settings)


async def note(db: Connection, did: str, about: str = "") -> None:
    """Add a deed of whoever gives this command to the record, in the caller's transaction."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError):  # A container may run as a number that has no name.
        who = "somebody"
    await audit.note(db, f"{who}, at the command line", did, about)


async def note_alone(settings: Settings, did: str, about: str = "") -> None:
    """Add a deed as `note` does, in a transaction of its own."""
    async with transaction(await database(settings)) as db:
        await note(db, did, about)


def find_survey(catalogue: Catalogue, survey_id: str, wording: str = "") -> Survey:
    """Return the survey with this id, in these words.

    Raises:
        BadInput: there is none, or it has no such words; the message lists those that there are.
    """
    if survey_id not in catalogue.by_id:
        known = ", ".join(catalogue.by_id)
        raise BadInput(f"There is no survey “{survey_id}”. There are: {known}.")
    wordings = catalogue.wordings(survey_id)
    if wording and wording not in wordings:
        known = f"It has {', '.join(wordings)}." if wordings else "It has its own words only."
        raise BadInput(f"{survey_id} has no words called “{wording}”. {known}")
    return catalogue.find(survey_id, wording)


@contextmanager
def bar() -> Iterator[Tell]:
    """Give a function (step, done, total) that shows a bar once two seconds have passed."""
    started = time.monotonic()
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    tasks: dict[str, Any] = {}

    def tell(step: str, done: int, total: int) -> None:
        if time.monotonic() - started < PATIENCE:
            return
        if not tasks:
            progress.start()
        if step not in tasks:
            tasks[step] = progress.add_task(step, total=total)
        progress.update(tasks[step], completed=done, total=total)

    try:
        yield tell
    finally:
        progress.stop()
