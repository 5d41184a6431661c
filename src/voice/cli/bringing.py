"""The command that brings answers in from a file: comments of one column, or all by a mapping."""

from datetime import date
from pathlib import Path
from typing import get_args

import click
from msgspec import Struct, structs

from voice import settings as all_settings
from voice.bringing.checking import Checker, Problem
from voice.bringing.mapping import Mapping, read_mapping, write_mapping
from voice.bringing.reading import Brought, open_rows, read_file
from voice.bringing.run import Outcome, try_out
from voice.bringing.run import bring_in as bring_rows
from voice.bringing.suggest import SAMPLE, Suggested, suggest
from voice.bringing.tools import OWN
from voice.bringing.workbook import is_workbook
from voice.cli.comments import NEXT, bring_comments, prefix_of
from voice.cli.screen import Tell, bar, database, find_survey, many, note, run, tell_problem
from voice.database.master_key import vault
from voice.database.pool import transaction
from voice.errors import BadInput
from voice.secret_key import secret_key
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey, Voice

SHOWN = 20
"""Problems that are printed where all of them are in a file of rejected rows."""


class Wanted(Struct, frozen=True):
    """What the command was asked for."""

    file: Path
    content: bytes
    wordings: list[Survey]
    mapping: Mapping
    dry_run: bool
    rejects: Path | None


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--survey", "survey_id", help="The survey the answers belong to.")
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="Which column is what.")
@click.option("--question", "question_id", help="One question that asks for words.")
@click.option("--text", metavar="COLUMN", help="The column with the comments.")
@click.option("--id", metavar="COLUMN", help="The column with an id for each row.")
@click.option("--voice", type=click.Choice(get_args(Voice)), help="Who speaks.")
@click.option("--wave", metavar="NAME", help="The wave; the survey's own if not given.")
@click.option("--dry-run", is_flag=True, help="Check every row and keep nothing.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Write rejected rows here.")
def bring_in(
    file: Path,
    survey_id: str | None,
    *,
    map_file: Path | None,
    question_id: str | None,
    text: str | None,
    id: str | None,
    voice: Voice | None,
    wave: str | None,
    dry_run: bool,
    rejects: Path | None,
) -> None:
    """Bring answers from FILE (CSV or XLSX) into a survey; safe to run again.

    With --map all questions at once: the first time, the map is written for you to look through.
    Good rows are kept all together or not at all, the others are told of one by one; exits with 1
    when there are any. With --question and --text the comments of one column.

    \\b
    Example: voice import answers.xlsx --survey support-parents-carers --map answers.toml
             voice import answers.xlsx --map answers.toml --rejects mend.csv
             voice import answers.csv --survey support-parents-carers
             --question one_change --text comment --id ref
    """
    settings = all_settings.read()
    catalogue = Catalogue.read(settings.surveys)
    if rejects is not None and rejects.exists():
        raise BadInput(f"{rejects} is there already. Give another name, so that nothing is lost.")
    if text is None and question_id is None:
        wanted = _wanted(file, catalogue, survey_id, map_file, wave)
        if wanted is None:
            return
        if voice or id:
            raise BadInput("With --map, say who speaks and which column is the id in the map.")
        _tell(_bring(settings, structs.replace(wanted, dry_run=dry_run, rejects=rejects)), dry_run)
        return
    asked = _asked(catalogue, survey_id, question_id, text, map_file)
    assert text is not None
    assert question_id is not None
    content = read_file(file)
    if not dry_run and not rejects and not is_workbook(content):
        bring_comments(
            file, asked, question_id, text=text, id=id, voice=voice, wave=wave or asked.wave
        )
        return
    mapping = Mapping(
        survey=asked.id,
        wave=wave or "",
        id=_id_column(file, content, id),
        columns={text: question_id},
        heading=1,
    )
    spoken = [structs.replace(asked, voice=voice or asked.voice)]
    one = Wanted(file, content, spoken, mapping, dry_run, rejects)
    _tell(_bring(settings, one, prefix=prefix_of(file, mapping.id or None, content)), dry_run)


def _asked(
    catalogue: Catalogue,
    survey_id: str | None,
    question_id: str | None,
    text: str | None,
    map_file: Path | None,
) -> Survey:
    """Return the survey whose one question is brought in."""
    if map_file is not None:
        raise BadInput("Give --map, or --question and --text, not both.")
    if not survey_id or not question_id or not text:
        raise BadInput("Give --survey, --question and --text together, or --map.")
    asked = find_survey(catalogue, survey_id)
    if question_id not in {question.id for question in asked.comments}:
        known = ", ".join(question.id for question in asked.comments)
        raise BadInput(f"{survey_id} has no question “{question_id}” in words. It has: {known}.")
    return asked


def _id_column(file: Path, content: bytes, id: str | None) -> str:
    """Return the column of ids: the one that was named, else comment_id where there is one."""
    if id:
        return id
    names = {column.name for column in open_rows(file.name, content, 1).columns}
    return "comment_id" if "comment_id" in names else ""


def _wanted(
    file: Path,
    catalogue: Catalogue,
    survey_id: str | None,
    map_file: Path | None,
    wave: str | None,
) -> Wanted | None:
    """Return what to bring in; None where a first map was written, for a person to look through."""
    content = read_file(file)
    if map_file is not None and map_file.exists():
        mapping = read_mapping(map_file.name, read_file(map_file))
        if survey_id and survey_id != mapping.survey:
            raise BadInput(f"{map_file.name} is for {mapping.survey}, not for {survey_id}.")
        mapping = structs.replace(mapping, wave=wave or mapping.wave)
        wordings = wordings_of(catalogue, mapping.survey)
        return Wanted(file, content, wordings, mapping, False, None)
    if not survey_id:
        raise BadInput("Say which survey the answers belong to: --survey ID.")
    wordings = wordings_of(catalogue, survey_id)
    opened = open_rows(file.name, content)
    rows = [row for _, row in zip(range(SAMPLE), opened.rows, strict=False)]
    found = suggest(wordings, opened.columns, rows, wave or "")
    if map_file is None:
        if found.tool is OWN:
            return Wanted(file, content, wordings, found.mapping, False, None)
        raise BadInput("Say which column is what: --map FILE.toml. Voice writes the first one.")
    map_file.write_text(write_mapping(found.mapping), encoding="utf-8")
    _tell_suggested(found, map_file)
    return None


def wordings_of(catalogue: Catalogue, survey_id: str) -> list[Survey]:
    """Return a survey in its own words, then in all others."""
    own = find_survey(catalogue, survey_id)
    others = [catalogue.find(survey_id, wording) for wording in catalogue.wordings(survey_id)]
    return [own, *others]


def _tell_suggested(found: Suggested, map_file: Path) -> None:
    click.echo(f"It looks like an export of {found.tool.name}.")
    for name, target in found.mapping.columns.items():
        near = " (nearly the same words: please look)" if name in found.near else ""
        click.echo(f"  {name} → {target}{near}")
    for name in found.left_out:
        click.echo(f"  {name} → left out")
    click.echo(f"{map_file} written: look through it, change what is wrong, and run this again.")


def _bring(settings: Settings, wanted: Wanted, prefix: str = "") -> Outcome:
    """Bring it in, or try it out, and write the rejected rows."""
    opened = open_rows(wanted.file.name, wanted.content, wanted.mapping.heading)
    key = secret_key(settings)
    checker = Checker(
        wanted.wordings,
        wanted.mapping,
        opened.columns,
        key=key,
        today=date.today(),
        refs=(lambda row, id: f"{prefix}:{id or row.number - opened.heading}") if prefix else None,
    )
    with bar() as tell:
        outcome = run(_work(settings, wanted, checker, opened, key, tell))
    if wanted.rejects is not None and outcome.rejected.n:
        try:
            wanted.rejects.touch(mode=0o600)
            wanted.rejects.write_bytes(outcome.rejected.content)
        except OSError as problem:
            raise BadInput(f"{wanted.rejects} cannot be written: {problem.strerror}.") from None
        click.echo(f"{wanted.rejects} written: mend its rows and bring it in with the same map.")
    _tell_problems(outcome.problems, SHOWN if wanted.rejects else None)
    _tell_problems(outcome.changed, SHOWN)
    return outcome


async def _work(
    settings: Settings,
    wanted: Wanted,
    checker: Checker,
    opened: Brought,
    key: bytes,
    tell: Tell,
) -> Outcome:
    done = 0

    def told(n: int) -> None:
        nonlocal done
        done += n
        tell("Reading", done, done)

    wave = wanted.mapping.wave or checker.survey.wave
    async with transaction(await database(settings)) as db:
        if wanted.dry_run:
            return await try_out(db, checker, opened.rows, wave=wave, key=key, tell=told)
        outcome = await bring_rows(
            *(db, checker, opened.rows),
            vault=vault(settings),
            wave=wave,
            key=key,
            by=None,
            tell=told,
        )
        await note(db, "imported", f"{checker.survey.id}, {wave}: {outcome.counts.new} rows")
    return outcome


def _tell_problems(problems: list[Problem], most: int | None) -> None:
    for problem in problems[:most]:
        tell_problem(problem.line)
    if most is not None and len(problems) > most:
        tell_problem(f"… and {many(len(problems) - most, 'problem')} more.")


def _tell(outcome: Outcome, dry_run: bool) -> None:
    counts = outcome.counts
    would = "would be " if dry_run else ""
    there = "are" if dry_run else "were"
    click.echo(
        f"{counts.new} rows {would}kept, {counts.before} {there} there already, "
        f"{counts.rejected} {would}rejected, {counts.not_agreed} {would}left out: they did not "
        f"agree. {'Nothing was kept.' if dry_run else NEXT}"
    )
    if outcome.problems or outcome.changed:
        raise SystemExit(1)
