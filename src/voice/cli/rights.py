"""Commands about what people may ask of us: words go in time, and a copy of their own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from msgspec import json

from voice import settings as all_settings
from voice.answering import codes
from voice.cli.screen import database, find_survey, many, note, note_alone, run
from voice.database.master_key import vault
from voice.database.pool import Part, transaction
from voice.errors import BadInput
from voice.rights import again
from voice.rights import retention as keeping
from voice.rights.copy import copy_of
from voice.rights.retention import Hold, Removed
from voice.secret_key import secret_key
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue


@click.group()
def retention() -> None:
    """Keep words no longer than the settings say; the worker does it every day."""


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def remove(*, dry_run: bool) -> None:
    """Remove the words whose time has come, and say how many.

    \b
    Example: voice retention run --dry-run
    """
    removed, holds = run(_remove(all_settings.read(), dry_run=dry_run))
    click.echo(
        f"{'Would go' if dry_run else 'Gone'}: raw words of {removed.raw_words} responses, "
        f"{removed.comments} redacted comments, {removed.unsent} responses that were never sent."
    )
    for one in holds:
        where = one.survey_id + (f", {one.wave}" if one.wave else "")
        click.echo(f"Hold {one.id}: {where} is kept since {one.since:%Y-%m-%d}: {one.reason}")


@retention.command()
@click.option("--survey", "survey_id", required=True, help="The survey whose words are kept.")
@click.option("--wave", metavar="NAME", help="One wave only; all if not given.")
@click.option("--reason", required=True, help="Why, for whoever reads it in a year.")
def hold(survey_id: str, wave: str | None, reason: str) -> None:
    """Keep the words of a survey beyond their time, until the hold is lifted.

    A person can still take their own answers back.

    \b
    Example: voice retention hold --survey support-easy-read --reason "Tribunal 12/2026"
    """
    settings = all_settings.read()
    find_survey(Catalogue.read(settings.surveys), survey_id)
    if not reason.strip():
        raise BadInput("Say why these words must be kept.")
    number = run(_hold(settings, survey_id, wave, reason.strip()))
    click.echo(f"Hold {number} stands. To lift it: voice retention lift {number}")


@retention.command()
@click.argument("number", type=click.IntRange(1))
def lift(number: int) -> None:
    """Lift the hold with this NUMBER: from the next day on, words go when their time has come.

    \b
    Example: voice retention lift 1
    """
    if not run(_lift(all_settings.read(), number)):
        raise BadInput(f"No hold {number} stands. voice retention run --dry-run lists them.")
    click.echo(f"Hold {number} is lifted.")


@retention.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Written anew each time.",
)
def gone(out: Path) -> None:
    """Write down which responses are gone, for “voice restore --gone FILE”.

    A backup still holds what people took back after it was made. Keep this list apart from the
    database, and newer than the backups: every hour, say. It holds hashes of random numbers.

    \b
    Example: voice retention gone --out /var/backups/voice/gone.txt
    """
    hashes = run(_gone(all_settings.read()))
    new = out.with_name(f".{out.name}.new")
    try:
        new.write_text("".join(f"{one.hex()}\n" for one in hashes), encoding="ascii")
        new.replace(out)  # Whoever restores never reads half a list.
    except OSError as problem:
        raise BadInput(f"We cannot write to {out}: {problem.strerror}.") from None
    click.echo(f"{many(len(hashes), 'response')} gone: {out}")


@click.group()
def rights() -> None:
    """Give a person a copy of what is held about them."""


@rights.command()
@click.option("--code", prompt="The three words", help="Asked for when not given.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.json",
    help="Not yet there.",
)
def copy(code: str, out: Path) -> None:
    """Write all that is held about the response with these three words to FILE.json.

    Make sure first that whoever asks is the one who answered: the file holds their own words.

    \b
    Example: voice rights copy --out copy.json
    """
    settings = all_settings.read()
    found = run(_copy(settings, codes.code_hash(secret_key(settings), code)))
    if found is None:
        raise BadInput("No answers have these three words. Check them.")
    try:
        out.touch(mode=0o600, exist_ok=False)  # Their own words are for nobody else's eyes.
        out.write_bytes(json.format(json.encode(found), indent=1) + b"\n")
    except OSError as problem:
        raise BadInput(f"We cannot write to {out}: {problem.strerror}.") from None
    click.echo(f"Written: {out}. Hand it over safely, then delete it.")


async def _remove(settings: Settings, *, dry_run: bool) -> tuple[Removed, list[Hold]]:
    step = keeping.due if dry_run else keeping.remove
    async with transaction(await database(settings), Part.WORKER) as db:
        found = await step(db, settings, datetime.now(UTC)), await keeping.holds(db)
    if not dry_run:
        await note_alone(settings, "removed words whose time had come")
    return found


async def _gone(settings: Settings) -> list[bytes]:
    async with transaction(await database(settings)) as db:
        return await again.gone(db)


async def _hold(settings: Settings, survey_id: str, wave: str | None, reason: str) -> int:
    async with transaction(await database(settings)) as db:
        known = await keeping.waves(db, survey_id)
        if wave is not None and wave not in known:
            raise BadInput(_no_such_wave(survey_id, wave, known))
        number = await keeping.hold(db, survey_id, wave, reason)
        await note(db, "began a hold", f"{number}: {survey_id}{f', {wave}' if wave else ''}")
        return number


def _no_such_wave(survey_id: str, wave: str, known: Sequence[str]) -> str:
    there = f"It has {', '.join(known)}." if known else "It has no answers yet."
    return f"{survey_id} has no answers of a wave “{wave}”, so nothing would be kept. {there}"


async def _lift(settings: Settings, number: int) -> bool:
    async with transaction(await database(settings)) as db:
        lifted = await keeping.lift(db, number)
        if lifted:
            await note(db, "lifted a hold", str(number))
        return lifted


async def _copy(settings: Settings, code_hash: bytes) -> dict[str, Any] | None:
    catalogue = Catalogue.read(settings.surveys)
    async with transaction(await database(settings)) as db:
        found = await copy_of(db, vault(settings), catalogue, code_hash)
        if found is not None:
            await note(db, "copied what is held about a person")
        return found
