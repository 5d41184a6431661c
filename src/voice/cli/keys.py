"""Commands about the master key, which seals what people wrote."""

from pathlib import Path

import click

from voice import settings as all_settings
from voice.cli.screen import database, note_alone, run
from voice.database import master_key
from voice.database.sealing import masters_in_use, rewrap_all
from voice.errors import BadInput
from voice.secret_key import secret_key
from voice.settings import Settings
from voice.upkeep import manifest


@click.group()
def keys() -> None:
    """Change the master key, which seals people’s own words."""


@keys.command()
def rotate() -> None:
    """Make a new master key, and wrap the key of every response by it.

    With a key file, the new key is put first in it and the old one stays, for processes that still
    use it. With VOICE_MASTER_KEY, put the new key first yourself, a comma and the old one behind.

    \b
    Example: voice keys rotate
    """
    settings = all_settings.read()
    if not settings.master_key:
        master_key.vault(settings)
        master_key.add(master_key.key_file(settings))
    done = run(_rotate(settings))
    click.echo(
        f"The keys of {done} responses are wrapped by the newest master key. When every process of "
        "Voice has been started again, run: voice keys forget"
    )


@keys.command()
def forget() -> None:
    """Take master keys that wrap nothing any more out of the key file.

    From then on raw words in older backups cannot be read with it. A key in use is never taken out.

    \b
    Example: voice keys forget
    """
    settings = all_settings.read()
    if settings.master_key:
        raise BadInput("The keys are in VOICE_MASTER_KEY: leave the old ones out there yourself.")
    gone = run(_forget(settings))
    click.echo(f"{gone} old master {'key is' if gone == 1 else 'keys are'} gone for good.")


@keys.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
def save(folder: Path) -> None:
    """Write copies of the master keys and of the secret key into DIR, a file each.

    Without the master key nobody can read what people wrote; without the secret key nobody’s three
    words work. They are never in a backup, so that whoever steals one cannot read it: keep DIR in
    another place, with other people, on paper or in a safe for passwords.

    \b
    Example: voice keys save /media/stick/voice-keys
    """
    settings = all_settings.read()
    if (folder / manifest.NAME).exists() or (folder.parent / manifest.NAME).exists():
        raise BadInput("That is a backup. Keys beside it would open it: choose another place.")
    masters, secret = master_key.as_file(settings), secret_key(settings)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, held in (("master-key", masters), ("secret-key", secret)):
            file = folder / name
            file.touch(mode=0o600, exist_ok=False)
            file.write_bytes(held)
    except OSError as problem:
        raise BadInput(f"We cannot write to {folder}: {problem.strerror}.") from None
    run(note_alone(settings, "saved the keys"))
    click.echo(f"Written: {folder}/master-key, {folder}/secret-key. Keep them apart from backups.")


async def _rotate(settings: Settings) -> int:
    done = await rewrap_all(await database(settings), master_key.vault(settings))
    await note_alone(settings, "changed the master key", f"keys of {done} responses")
    return done


async def _forget(settings: Settings) -> int:
    used = await masters_in_use(await database(settings))
    await note_alone(settings, "forgot old master keys")
    return master_key.forget(master_key.key_file(settings), used)
