"""Commands about surveys: check, publish, translate and print them."""

from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import json

from voice import settings as all_settings
from voice.cli.checking import find_problems
from voice.cli.paper import print_survey
from voice.cli.publish import publish
from voice.cli.screen import tell_problem
from voice.cli.translate import translate
from voice.cli.xlsform import from_xlsform, to_xlsform
from voice.surveys.problem import Problem


@click.group()
def survey() -> None:
    """Look after the surveys."""


survey.add_command(print_survey)
survey.add_command(publish)
survey.add_command(translate)
survey.add_command(to_xlsform)
survey.add_command(from_xlsform)


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
