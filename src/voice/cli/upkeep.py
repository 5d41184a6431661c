"""Commands that make a backup and bring one back."""

from datetime import UTC, datetime
from pathlib import Path

import click

from voice import settings as all_settings
from voice.cli.screen import database, many, note, note_alone, run
from voice.database.master_key import vault
from voice.database.pool import address, transaction
from voice.errors import BadInput
from voice.jobs.tables import bring_up_to_date
from voice.rights import retention
from voice.rights.again import forget_again, hold_again
from voice.rights.again import gone as gone_in
from voice.rights.retention import Removed
from voice.settings import Settings
from voice.upkeep import files, manifest, store
from voice.upkeep import restore as restoring
from voice.upkeep.backup import make
from voice.upkeep.manifest import FILES, Manifest

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
def backup(folder: Path) -> None:
    """Write a backup into the new folder DIR, while people go on answering.

    It holds the database and your own pictures, surveys and population, with their hashes. It never
    holds a key: “voice keys save” copies those, to another place. docs/running.md says what a
    backup means for words that people take back.

    \b
    Example: voice backup /var/backups/voice/2026-12-01
    """
    settings = all_settings.read()
    made = run(_backup(settings, folder))
    click.echo(
        f"{folder}: {many(made.rows['responses'], 'response')}, {many(len(made.rows), 'table')}, "
        f"by Voice {made.voice}. The keys are not in it: voice keys save DIR, somewhere else."
    )


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--over", is_flag=True, help="Lose what is in the database now.")
@click.option("--without-keys", is_flag=True, help="Also when words will stay closed.")
@click.option(
    "--without-retention",
    is_flag=True,
    help="Leave words whose time has come to the worker: put holds again before you start it.",
)
@click.option(
    "--gone",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="The newest list of “voice retention gone”.",
)
def restore(
    folder: Path, *, over: bool, without_keys: bool, without_retention: bool, gone: Path | None
) -> None:
    """Bring back the backup in DIR, all of it or nothing.

    Stop the web app and the workers first. What people took back since goes again: as the database
    knew that is replaced, and as FILE says. Words whose time has come go, too, unless a hold keeps
    them, and everybody is signed out.

    \b
    Example: voice restore /var/backups/voice/2026-12-01 --gone /var/backups/voice/gone.txt
    """
    settings = all_settings.read()
    found = manifest.read(folder)
    listed = _read_gone(gone) if gone else []
    if not without_keys:
        restoring.check_keys(settings, found)
    retain = not without_retention
    click.echo(run(_restore(settings, folder, found, listed, over=over, retain=retain)))
    for file in files.bring_back(settings, folder / FILES):
        click.echo(f"Left as it is, though the backup has another: {file}")


async def _backup(settings: Settings, folder: Path) -> Manifest:
    made = await make(settings, await database(settings), folder)
    await note_alone(settings, "made a backup")
    return made


async def _restore(
    settings: Settings,
    folder: Path,
    found: Manifest,
    listed: list[bytes],
    *,
    over: bool,
    retain: bool,
) -> str:
    dsn = await address(settings)
    await restoring.check_place(dsn, found, over=over)
    async with transaction(dsn) as db:
        hashes = sorted({*listed, *await gone_in(db)})
        held = await retention.holds(db) if await store.has_tables(db) else []
    await restoring.put_back(dsn, folder, found)
    await bring_up_to_date(dsn, vault(settings))
    async with transaction(dsn) as db:
        await hold_again(db, held)
        again = await forget_again(db, hashes)
        aged = Removed(0, 0, 0)
        if retain:
            aged = await retention.remove(db, settings, datetime.now(UTC))
        await note(db, "restored a backup", f"of {found.made_at:%Y-%m-%d %H:%M} UTC")
    return (
        f"Restored: {many(found.rows['responses'], 'response')} as of "
        f"{found.made_at:%Y-%m-%d %H:%M} UTC.\n"
        f"Gone again: {many(again, 'response')} that had been taken back since, raw words of "
        f"{aged.raw_words}, {many(aged.comments, 'redacted comment')}, {aged.unsent} never sent.\n"
        "Start the web app and the worker. Look at “Who works here”: whoever left since the backup "
        "is back in it."
    )


def _read_gone(file: Path) -> list[bytes]:
    try:
        found = [bytes.fromhex(line) for line in file.read_text(encoding="ascii").split()]
    except ValueError:
        found = [b""]
    if any(len(one) != 32 for one in found):
        raise BadInput(f"{file} is no list of “voice retention gone”.")
    return found
