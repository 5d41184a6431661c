"""Commands about surveys: check them, and bring in comments from a file."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args

import click
from msgspec import json

from voice import settings as all_settings
from voice.answering.run import Kept, keep_batch
from voice.answering.store import Imported
from voice.characters import clean
from voice.cli.checking import find_problems
from voice.cli.paper import print_survey
from voice.cli.publish import publish
from voice.cli.screen import Tell, bar, database, find_survey, note_alone, run, tell_problem
from voice.cli.translate import translate
from voice.csv_file import Comment, open_csv, read_comments
from voice.database.master_key import vault
from voice.database.pool import connect
from voice.errors import BadInput
from voice.surveys.catalogue import Catalogue
from voice.surveys.problem import Problem
from voice.surveys.questions import SKIPPED, Answer
from voice.surveys.survey import Survey, Voice

AT_ONCE = 500


@click.group()
def survey() -> None:
    """Look after the surveys."""


survey.add_command(print_survey)
survey.add_command(publish)
survey.add_command(translate)


@survey.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program.")
def check(path: Path | None, *, as_json: bool) -> None:
    """Say what is wrong in a survey's folder, or in all of them. Exits with 1 if anything is.

    Rules R1 to R23 are those of easy words (docs/easy-read.md). Advice stops nothing, and neither
    does a rule that the survey file gives a reason to break.

    \b
    Example: voice survey check surveys/support-easy-read
    """
    settings = all_settings.read()
    problems = find_problems(path or settings.surveys, settings)
    stopping = sum(problem.stops for problem in problems)
    if as_json:
        click.echo(_as_json(problems))
        raise SystemExit(1 if stopping else 0)
    for problem in problems:
        tell_problem(problem.line)
    found = f"{stopping or 'No'} problem{'' if stopping == 1 else 's'} found"
    click.echo(f"{found}{' by machine: people have to say whether it is easy' * (not stopping)}.")
    raise SystemExit(1 if stopping else 0)


def _as_json(problems: Sequence[Problem]) -> str:
    """Return the problems as a JSON list, one object for each."""
    written = [
        {
            "file": problem.file,
            "id": problem.id,
            "rule": problem.rule,
            "level": problem.level,
            "why": problem.message,
            "what_to_do": problem.what_to_do,
            "accepted": problem.accepted,
        }
        for problem in problems
    ]
    return json.format(json.encode(written), indent=2).decode()


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--survey", "survey_id", required=True, help="The survey the comments belong to.")
@click.option("--question", "question_id", required=True, help="Its question; it asks for words.")
@click.option("--text", required=True, metavar="COLUMN", help="The column with the comments.")
@click.option("--id", metavar="COLUMN", help="The column with an id for each row.")
@click.option("--voice", type=click.Choice(get_args(Voice)), help="Who speaks.")
@click.option("--wave", metavar="NAME", help="The wave; the survey's own if not given.")
def bring_in(
    file: Path,
    survey_id: str,
    question_id: str,
    *,
    text: str,
    id: str | None,
    voice: Voice | None,
    wave: str | None,
) -> None:
    """Bring comments from the CSV file FILE into a survey.

    A row that is there already is left alone, so it is safe to run it again, also after a crash.

    \b
    Example: voice import answers.csv --survey support-parents-carers
             --question one_change --text comment --id ref
    """
    settings = all_settings.read()
    asked = find_survey(Catalogue.read(settings.surveys), survey_id)
    if question_id not in {question.id for question in asked.comments}:
        known = ", ".join(question.id for question in asked.comments)
        raise BadInput(f"{survey_id} has no question “{question_id}” in words. It has: {known}.")
    total = sum(1 for _ in read_comments(file, text=text, id=id))
    prefix = _prefix(file, id)
    with bar() as tell:
        counts = run(
            _keep_all(
                (
                    _imported(comment, prefix, question_id, voice or asked.voice)
                    for comment in read_comments(file, text=text, id=id)
                ),
                asked,
                wave=wave or asked.wave,
                total=total,
                tell=tell,
            )
        )
    click.echo(
        f"{counts.new} rows kept, {counts.before} were there already. "
        "They are read for worries and names by “voice work”; then “voice themes find”."
    )
    if counts.differ:
        names = ", ".join(ref.split(":", 1)[1] for ref in counts.differ[:10])
        tell_problem(
            f"{len(counts.differ)} of them are there with other words and were left as they "
            f"were: {names}{' …' if len(counts.differ) > 10 else ''}. Give changed rows new ids."
        )
        raise SystemExit(1)


async def _keep_all(
    imported: Iterator[Imported], asked: Survey, *, wave: str, total: int, tell: Tell
) -> Kept:
    """Keep all rows, a batch in each transaction: a row that was told of is safe."""
    settings = all_settings.read()
    keys = vault(settings)
    db = await connect(await database(settings))
    new, before = 0, 0
    differ: list[str] = []
    batch: list[Imported] = []
    try:
        for place, response in enumerate(imported, 1):
            batch.append(response)
            if len(batch) == AT_ONCE or place == total:
                async with db.transaction():
                    kept = await keep_batch(db, asked, batch, vault=keys, wave=wave, route="import")
                new, before = new + kept.new, before + kept.before
                differ += kept.differ
                batch = []
                tell("Keeping", place, total)
    finally:
        await db.close()
    await note_alone(settings, "imported", f"{asked.id}, {wave}: {new} rows")
    return Kept(new, before, differ)


def _imported(comment: Comment, prefix: str, question_id: str, voice: Voice) -> Imported:
    words = clean(comment.text).strip()
    answer = Answer("answered", words) if words else SKIPPED
    return Imported(source_ref=f"{prefix}:{comment.id}", voice=voice, answers={question_id: answer})


def _prefix(file: Path, id: str | None) -> str:
    """Return what makes a row's id its own: row numbers mean something in one file only."""
    with open_csv(file) as opened:
        named = id is not None or "comment_id" in opened.columns
    if named:
        return "id"
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
