"""The `voice` command: what an operator does by hand.

It exits with 0 when all went well, 1 when something is wrong that it was asked to look for, 2 when
what it was given cannot be used, and 3 when the machine it runs on let it down.
"""

import asyncio
import sys
from typing import Any

import click

from voice.cli import (
    areas,
    audit,
    exports,
    keys,
    labels,
    paper,
    pictures,
    redact,
    rights,
    running,
    safeguarding,
    small_numbers,
    staff,
    surveys,
    themes,
    words,
)
from voice.cli.screen import tell_problem
from voice.database import embedded
from voice.errors import BadInput, VoiceError


class Voice(click.Group):
    """A group of commands that explains our own errors in a sentence, without a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn a `VoiceError` into its words and an exit code.

        Our own Postgres, where the command used it, is left, and stopped by whoever leaves last.
        """
        before = embedded.in_use()
        try:
            return super().invoke(ctx)
        except BadInput as problem:
            tell_problem(problem.message)
            sys.exit(2)
        except VoiceError as problem:
            tell_problem(f"{problem.title}. {problem.message}")
            sys.exit(3)
        finally:
            asyncio.run(embedded.leave_since(before))


@click.group(cls=Voice, context_settings={"max_content_width": 100})
@click.version_option(package_name="voice")
def main() -> None:
    """Run surveys, find what people say, and answer: you said, we did.

    To try it all with made-up answers: voice demo
    """


surveys.survey.add_command(paper.print_survey)
for command in (
    running.demo,
    running.serve,
    running.work,
    running.migrate,
    surveys.survey,
    surveys.bring_in,
    pictures.pictures,
    themes.themes,
    areas.areas,
    labels.labels,
    exports.export,
    keys.keys,
    rights.retention,
    rights.rights,
    redact.redact,
    safeguarding.safeguarding,
    staff.staff,
    audit.audit,
    small_numbers.small_numbers,
    words.words,
):
    main.add_command(command)
