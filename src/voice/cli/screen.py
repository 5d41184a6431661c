"""What the command shows: sentences, and a bar for work that takes longer than two seconds."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import asyncpg
import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from voice.database.pool import LOST
from voice.errors import VoiceError

T = TypeVar("T")
PATIENCE = 2.0
Tell = Callable[[str, int, int], None]


class NoDatabase(VoiceError):
    """The database does not answer."""

    title = "The database does not answer"


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
        raise NoDatabase("It has no tables yet. Run: voice migrate") from None


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
