"""Commands about the record of who did what."""

import click

from voice import settings as all_settings
from voice.cli.screen import database, run, tell_problem
from voice.database.pool import transaction
from voice.settings import Settings
from voice.staff import audit as record
from voice.staff.audit import Checked, Entry


@click.group()
def audit() -> None:
    """Who did what: read it, and check that nobody changed it."""


@audit.command()
def verify() -> None:
    """Work out the chain of hashes again; exit with 1 where it is broken.

    Keep the last hash somewhere else: then it also shows when rows were cut off the end.

    \b
    Example: voice audit verify
    """
    found = run(_check(all_settings.read()))
    if found.broken is not None:
        tell_problem(f"Row {found.broken} is not as it was written, or one before it is gone.")
        raise SystemExit(1)
    click.echo(f"{found.rows} rows, nothing was changed. Last hash: {found.last.hex()}")


@audit.command("list")
@click.option("--last", type=click.IntRange(1, 10_000), default=50, show_default=True)
def show(last: int) -> None:
    """Print the last deeds, newest first.

    \b
    Example: voice audit list --last 20
    """
    for one in run(_lately(all_settings.read(), last)):
        about = f" ({one.about})" if one.about else ""
        click.echo(f"{one.id:6}  {one.at:%Y-%m-%d %H:%M}  {one.who or '-'}  {one.did}{about}")


async def _check(settings: Settings) -> Checked:
    async with transaction(await database(settings)) as db:
        return await record.check(db)


async def _lately(settings: Settings, last: int) -> list[Entry]:
    async with transaction(await database(settings)) as db:
        return await record.lately(db, last)
