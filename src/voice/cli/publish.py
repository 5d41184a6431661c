"""The command that publishes surveys: check them, then have them read aloud."""

from collections.abc import Sequence
from typing import Literal

import click

from voice import settings as all_settings
from voice.cli.checking import find_problems
from voice.cli.screen import Tell, bar, database, run, tell_problem
from voice.database.pool import connect
from voice.errors import BadInput, VoiceError
from voice.listening.clip import NAMES, Published
from voice.listening.spoken import OWN_WORDS, all_said
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue
from voice.surveys.problem import Problem

Engine = Literal["neural", "espeak"]

LINE = "{:<23}{:<11}{:<22}{:>6}{:>6}{:>9}{:>8}{:>8}{:>7}"
HEADINGS = ("survey", "wording", "source", "clips", "made", "Opus kB", "MP3 kB", "sound s", "CPU s")


class VoiceNotHere(VoiceError):
    """The machine that was asked for by name cannot be used."""

    title = "That voice is not here"


@click.command()
@click.argument("survey_id", metavar="[ID]", required=False)
@click.option("--no-audio", is_flag=True, help="Publish without sound; take away what is there.")
@click.option(
    "--engine",
    type=click.Choice(["neural", "espeak"]),
    help="Which machine reads. A person’s recording comes first all the same.",
)
def publish(survey_id: str | None, *, no_audio: bool, engine: Engine | None) -> None:
    """Check a survey, or all of them, and have every page read aloud that has no clip yet.

    A second run makes nothing. Exits with 1 when something in a survey stops it.

    \b
    Example: voice survey publish support-easy-read
    """
    settings = all_settings.read()
    _must_be_sound(settings, survey_id)
    catalogue = Catalogue.read(settings.surveys)
    chosen = [survey_id] if survey_id else [survey.id for survey in catalogue.surveys]
    if no_audio:
        run(_take_away(settings, chosen))
        click.echo(f"Published without sound: {', '.join(chosen)}.")
        return
    with bar() as tell:
        stopped = run(_publish(settings, catalogue, chosen, engine=engine, tell=tell))
    raise SystemExit(1 if stopped else 0)


def _must_be_sound(settings: Settings, survey_id: str | None) -> None:
    """Stop with exit code 1 when the check finds something that stops a survey."""
    folder = settings.surveys / (survey_id or "")
    if survey_id and not (folder / "survey.toml").is_file():
        known = ", ".join(file.parent.name for file in settings.surveys.glob("*/survey.toml"))
        raise BadInput(f"There is no survey “{survey_id}”. There are: {known}.")
    found = find_problems(folder, settings, publishing=True)
    if _tell([problem for problem in found if problem.stops]):
        tell_problem("Nothing is published. See all of it with: voice survey check")
        raise SystemExit(1)


def _tell(found: Sequence[Problem]) -> bool:
    """Print what was found; return whether any of it stops."""
    for problem in found:
        tell_problem(problem.line)
    return any(problem.stops for problem in found)


async def _take_away(settings: Settings, chosen: Sequence[str]) -> None:
    from voice.listening.run import take_away  # Loads arrays and sound.

    db = await connect(await database(settings))
    try:
        for survey_id in chosen:
            await take_away(db, survey_id)
    finally:
        await db.close()


async def _publish(
    settings: Settings,
    catalogue: Catalogue,
    chosen: Sequence[str],
    *,
    engine: Engine | None,
    tell: Tell,
) -> bool:
    """Publish each survey and print what became of it; return whether anything stopped one."""
    from voice.listening import run as listening
    from voice.listening.sources import explain, find_machines

    machines = find_machines(settings.nlp_models, engine)
    if engine and not machines.here:
        raise VoiceNotHere(explain(machines.missing[0]))
    lines: list[str] = []
    silent = stopped = 0
    db = await connect(await database(settings))
    try:
        for survey_id in chosen:
            wordings = all_said(catalogue, survey_id)
            folder = settings.surveys / survey_id
            outcome = await listening.publish(db, folder, wordings, machines.here, tell)
            stopped += _tell(outcome.problems)
            silent += len(outcome.silent)
            lines += _lines(survey_id, outcome.clips, outcome.made)
    finally:
        await db.close()
    _show(lines)
    if silent:
        click.echo(f"{silent} pages have no sound, and no button to listen.")
        click.echo("\n".join(explain(missing) for missing in machines.missing))
    if stopped:
        tell_problem(f"{stopped} of {len(chosen)} not published; what was there is as it was.")
    return bool(stopped)


def _lines(survey_id: str, clips: Sequence[Published], made: frozenset[str]) -> list[str]:
    """Return a line for each wording and source, with what was made just now."""
    groups: dict[tuple[str, str], list[Published]] = {}
    for clip in clips:
        groups.setdefault((clip.wording, NAMES[clip.source]), []).append(clip)
    return [
        _line((survey_id, wording or OWN_WORDS, source), group, made)
        for (wording, source), group in sorted(groups.items())
    ]


def _line(what: tuple[str, str, str], clips: Sequence[Published], made: frozenset[str]) -> str:
    new = [clip for clip in clips if clip.key in made]
    return LINE.format(
        *what,
        len(clips),
        len(new),
        f"{sum(clip.opus_bytes for clip in clips) / 1000:.1f}",
        f"{sum(clip.mp3_bytes for clip in clips) / 1000:.1f}",
        f"{sum(clip.seconds for clip in clips):.1f}",
        f"{sum(clip.cpu_seconds for clip in new):.1f}",
    )


def _show(lines: Sequence[str]) -> None:
    if lines:
        click.echo(LINE.format(*HEADINGS))
        click.echo("\n".join(lines))
