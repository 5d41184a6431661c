"""Commands that write what leaves the house."""

from pathlib import Path
from typing import Literal

import click

from voice import settings as all_settings
from voice.cli.screen import database, note_alone, run
from voice.database.pool import Part, transaction
from voice.errors import BadInput
from voice.exports.summary import you_said as summary
from voice.exports.training import Training, training
from voice.review import asked
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks


@click.group()
def export() -> None:
    """Write files for others to read."""


@export.command("you-said")
@click.option("--format", "kind", type=click.Choice(["html", "csv"]), default="html")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
def you_said(kind: Literal["html", "csv"], out: Path) -> None:
    """Write all published pledges: what was said, by how many, and what was done or why not.

    \b
    Example: voice export you-said --format html --out you-said.html
    """
    written = run(_summary(all_settings.read(), kind))
    try:
        out.write_bytes(written)
    except OSError as problem:
        raise BadInput(f"{out} cannot be written: {problem.strerror}.") from None
    click.echo(f"{out} written, {len(written):,} bytes.")


@export.command("training")
@click.argument("survey")
@click.argument("question")
@click.option("--only-read", is_flag=True, help="Only comments that a person read one by one.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
def training_rows(survey: str, question: str, *, only_read: bool, out: Path) -> None:
    """Write the comments on QUESTION of SURVEY (or of a family) with the themes people gave them.

    A CSV file with the columns row, question, comment, themes and areas, for “voice labels train”.
    Names and places that were found are taken out of the comments; they are people’s words all the
    same: look after the file.

    \b
    Example: voice export training support-parents-carers one_change --out read.csv
    """
    made = run(_training(all_settings.read(), survey, question, only_read))
    try:
        out.touch(mode=0o600)
        out.write_bytes(made.content)
    except OSError as problem:
        raise BadInput(f"{out} cannot be written: {problem.strerror}.") from None
    click.echo(f"{out} written, {made.n:,} comments.")


async def _training(settings: Settings, survey: str, question: str, only_read: bool) -> Training:
    this = asked.find(Catalogue.read(settings.surveys), survey, question)
    async with transaction(await database(settings), Part.REPORTS) as db:
        return await training(db, this, only_read=only_read)


async def _summary(settings: Settings, kind: Literal["html", "csv"]) -> bytes:
    catalogue = Catalogue.read(settings.surveys)
    frameworks = load_frameworks(settings.surveys / "frameworks")
    async with transaction(await database(settings), Part.REPORTS) as db:
        written = await summary(db, settings, catalogue, frameworks, kind)
    await note_alone(settings, "exported", f"you-said, {kind}")
    return written
