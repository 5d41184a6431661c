"""Commands that run Voice: all of it as a demo, or its parts one by one."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from voice import logs
from voice import settings as all_settings
from voice.cli.screen import bar, run
from voice.database import migrate as migrations
from voice.database.master_key import vault
from voice.database.pool import address, transaction
from voice.jobs import queue
from voice.jobs.tables import bring_up_to_date
from voice.settings import Settings
from voice.web.limits import allow_open_files
from voice.web.parent import end_with_parent
from voice.web.port import check_port

# A connection that says nothing takes a place: with few, a thousand of them shut out everybody.
CONNECTIONS = 12_000  # Of each process, before further ones wait.
WAITING = 4096
LONGEST_STOP = 10  # Seconds that a process has to end; what it has acknowledged is kept by then.
LONGEST_HEAD = 15_000  # Milliseconds until a connection that asks for nothing is closed.


@click.command()
def demo() -> None:
    """Start all of Voice with made-up answers: Postgres, web app, worker. Ctrl-C ends it.

    \b
    Example: VOICE_PORT=8080 voice demo
    """
    all_settings.ease_for_a_look()
    settings = all_settings.read()
    check_port(settings)
    from voice.demo import stage  # Loads the language stack: seconds.

    with bar() as tell:
        ready = run(stage.prepare(settings, tell))
    web = stage.Web(settings)
    click.echo(stage.welcome(settings, ready))
    run(_until_told(lambda stop: stage.keep_running(settings, ready.shop, web, stop)))
    click.echo("Voice has stopped. All answers are kept; start it again to go on.")


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True)
def serve(*, with_parent: bool) -> None:
    """Serve the pages.

    \b
    Example: VOICE_HOST=0.0.0.0 VOICE_WEB_WORKERS=2 voice serve
    """
    settings = all_settings.read()
    if with_parent:
        end_with_parent()
    check_port(settings)
    logs.configure(settings)
    run(_ready(settings))
    with _counting_together(settings):
        _serve(settings)


def _serve(settings: Settings) -> None:
    allow_open_files(CONNECTIONS * settings.web_workers)
    # Its processes are forked from this one: loaded here, the app is loaded once, and a process
    # that takes the place of another has a fifth of a second of work in place of a whole one.
    import_module("voice.app")
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    Granian(
        "voice.app:served_app",
        factory=True,
        interface=Interfaces.ASGI,
        # Browsers speak HTTP/2 over TLS only; to tell the two apart, a silent one is waited for.
        http=HTTPModes.http1,
        address=settings.host,
        port=settings.port,
        workers=settings.web_workers,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=LONGEST_STOP,
        backlog=WAITING,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=LONGEST_HEAD),
        log_level=LogLevels.warning,
        log_dictconfig=logs.as_json() if settings.log == "json" else None,
    ).serve()


@contextmanager
def _counting_together(settings: Settings) -> Iterator[None]:
    """Give several processes a folder to count in; it goes with them, and so do the counts."""
    if not settings.metrics_token or settings.web_workers == 1:
        yield
        return
    with TemporaryDirectory(prefix="voice-counts-") as folder:
        all_settings.share_counts(Path(folder))
        yield


@click.command()
@click.option("--once", is_flag=True, help="Do what waits, then end.")
@click.option("--parked", is_flag=True, help="Show the jobs that failed for good, and end.")
@click.option("--try-again", is_flag=True, help="Put the parked jobs back in the queue, and end.")
def work(*, once: bool, parked: bool, try_again: bool) -> None:
    """Do the jobs: redact, check for worries, embed, find themes.

    \b
    Example: voice work --once
    """
    settings = all_settings.read()
    if parked or try_again:
        run(_parked(settings, try_again=try_again))
        return
    logs.configure(settings)
    from voice import worker  # Loads the language stack: seconds.

    run(_ready(settings))
    run(_until_told(lambda stop: worker.run(settings, drain=once, stop=stop)))


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date; safe to run again, and from several places at once.

    \b
    Example: DATABASE_URL=postgresql://voice@db/voice voice migrate
    """
    applied = run(_migrate(all_settings.read()))
    click.echo("\n".join(f"applied {name}" for name in applied) or "Nothing to do.")


async def _migrate(settings: Settings) -> list[str]:
    dsn = await address(settings)
    return await bring_up_to_date(dsn, vault(settings))


async def _ready(settings: Settings) -> None:
    """Bring our own Postgres up to date at once; an outside one only by `voice migrate`."""
    if not settings.database_url:
        await _migrate(settings)
    elif await migrations.missing(settings.database_url):
        raise migrations.MigrationProblem("Its tables are not up to date. Run: voice migrate")


async def _parked(settings: Settings, *, try_again: bool) -> None:
    async with transaction(await address(settings)) as db:
        found = await queue.parked(db)
        if try_again:
            await queue.try_again(db, [job.id for job in found])
    for job in found:
        click.echo(f"{job.id}  {job.name}  tried {job.attempts + 1} times")
    click.echo(f"{len(found)} parked{'; back in the queue' if try_again and found else ''}.")


async def _until_told(job: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run a job that ends when its event is set: by Ctrl-C, or by whoever stops services."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await job(stop)
