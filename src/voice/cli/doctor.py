"""The command that looks at everything and says what to do."""

import click

from voice import settings as all_settings
from voice.cli.screen import database, run
from voice.database.pool import LOST, connect
from voice.database.sealing import masters_in_use
from voice.errors import VoiceError
from voice.settings import Settings
from voice.upkeep import store
from voice.upkeep.check_database import check_database
from voice.upkeep.check_machine import check_machine
from voice.upkeep.finding import Finding, fail

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}
LOOK = "Look whether it runs and whether DATABASE_URL is right."


@click.command()
def doctor() -> None:
    """Look at settings, keys, database, models, mail, disk, clock and worker; say what to do.

    Nothing is changed and no mail is sent. It exits with 1 when something fails; a warning is no
    failure.

    \b
    Example: voice doctor
    """
    settings = all_settings.read()
    found = [*check_machine(settings), *run(_database(settings))]
    for one in found:
        click.echo(
            f"{click.style(f'{one.state:4}', fg=COLOURS[one.state])}  {one.about}: {one.words}"
        )
        if one.do:
            click.echo(f"      → {one.do}")
    raise SystemExit(1 if any(one.state == "fail" for one in found) else 0)


async def _database(settings: Settings) -> list[Finding]:
    """Look at the database; where it does not answer, that is what was found."""
    try:
        dsn = await database(settings)
        db = await connect(dsn)
    except VoiceError as problem:
        return [fail("database", f"{problem.title}. {problem.message}", LOOK)]
    except LOST as problem:
        return [fail("database", f"It does not answer ({type(problem).__name__}).", LOOK)]
    try:
        used = await masters_in_use(dsn) if await store.has_tables(db) else []
        return await check_database(db, settings, used)
    finally:
        await db.close()
