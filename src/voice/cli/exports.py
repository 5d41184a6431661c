"""Commands that write what leaves the house."""

from datetime import date
from pathlib import Path

import click

from voice import settings as all_settings
from voice.cli.screen import database, find_survey, many, note_alone, run, tell_problem
from voice.database.pool import Part, transaction
from voice.errors import BadInput
from voice.exports import pack_store
from voice.exports.answers import Exported, answers_of
from voice.exports.making import LAYERS
from voice.exports.pack_store import Frozen
from voice.exports.summary import MEDIA_TYPES, Format, From
from voice.exports.summary import you_said as summary
from voice.exports.training import Training, training
from voice.paper.press import Press
from voice.review import asked
from voice.secret_key import secret_key
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks
from voice.surveys.survey import Survey


@click.group()
def export() -> None:
    """Write files for others to read."""


@export.command("you-said")
@click.option("--format", "kind", type=click.Choice(list(MEDIA_TYPES)), default="html")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
def you_said(kind: Format, out: Path) -> None:
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
        made = await training(db, this, only_read=only_read)
    await note_alone(settings, "exported", f"training rows, {survey}, {question}")
    return made


@export.command("answers")
@click.argument("survey_id", metavar="SURVEY")
@click.option("--wave", metavar="NAME", help="The wave; the survey's own if not given.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
def answers(survey_id: str, *, wave: str | None, out: Path) -> None:
    """Write all answers of a wave of SURVEY, for “voice import” of another Voice.

    A row for each person, so it is no table to publish. What people wrote is there as it was
    redacted; what is held back or not yet read is left out. Look after the file.

    \b
    Example: voice export answers support-parents-carers --out answers.csv
    """
    settings = all_settings.read()
    asked_of = find_survey(Catalogue.read(settings.surveys), survey_id)
    made = run(_answers(settings, asked_of, wave or asked_of.wave))
    try:
        out.touch(mode=0o600)
        out.write_bytes(made.content)
    except OSError as problem:
        raise BadInput(f"{out} cannot be written: {problem.strerror}.") from None
    back = f" {many(made.n_kept_back, 'comment')} kept back." if made.n_kept_back else ""
    click.echo(f"{out} written, {many(made.n, 'response')}.{back}")


async def _answers(settings: Settings, survey: Survey, wave: str) -> Exported:
    async with transaction(await database(settings)) as db:
        made = await answers_of(db, survey, wave, secret_key(settings))
    await note_alone(settings, "exported", f"answers, {survey.id}, {wave}: {made.n} rows")
    return made


@export.command("check-packs")
def check_packs() -> None:
    """Hold every frozen evidence pack against its hash; exit with 1 where one is not as it was.

    \b
    Example: voice export check-packs
    """
    found = run(_packs(all_settings.read()))
    for pack, as_frozen in found:
        but = f", but for {many(pack.taken_back, 'quote')} taken back" if pack.taken_back else ""
        state = {
            True: f"as it was frozen{but}",
            False: "CHANGED",
            None: "its content was taken out",
        }
        click.echo(f"pack {pack.id}, {pack.day}, {pack.layer}, {pack.sha256}: {state[as_frozen]}")
    changed = [pack for pack, as_frozen in found if as_frozen is False]
    if changed:
        tell_problem(f"{len(changed)} of {len(found)} packs are not as they were frozen.")
        raise SystemExit(1)
    click.echo(f"{many(len(found), 'pack')}, none was changed.")


async def _summary(settings: Settings, kind: Format) -> bytes:
    catalogue = Catalogue.read(settings.surveys)
    frameworks = load_frameworks(settings.surveys / "frameworks")
    of = From(settings, catalogue, frameworks, Press(), date.today())
    async with transaction(await database(settings), Part.REPORTS) as db:
        written = await summary(db, of, kind)
    await note_alone(settings, "exported", f"you-said, {kind}")
    return written


async def _packs(settings: Settings) -> list[tuple[Frozen, bool | None]]:
    async with transaction(await database(settings)) as db:
        return [
            (pack, await pack_store.as_frozen(db, pack))
            for pack in await pack_store.packs(db, list(LAYERS))
        ]
