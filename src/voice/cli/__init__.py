"""The `voice` command: what an operator does by hand.

It exits with 0 when all went well, 1 when something is wrong that it was asked to look for, 2 when
what it was given cannot be used, and 3 when the machine it runs on let it down.
"""

import asyncio
import sys
from importlib import import_module
from typing import Any

import click

from voice.cli.screen import tell_problem
from voice.database import embedded
from voice.errors import BadInput, VoiceError

# Where each command stands. Only the one that is given is imported: the web app starts in a third
# of the time when what exports, papers and models need is left out.
COMMANDS = {
    "demo": "running.demo",
    "serve": "running.serve",
    "work": "running.work",
    "migrate": "running.migrate",
    "survey": "surveys.survey",
    "import": "bringing.bring_in",
    "pictures": "pictures.pictures",
    "themes": "themes.themes",
    "areas": "areas.areas",
    "labels": "labels.labels",
    "export": "exports.export",
    "backup": "upkeep.backup",
    "restore": "upkeep.restore",
    "doctor": "doctor.doctor",
    "keys": "keys.keys",
    "retention": "rights.retention",
    "rights": "rights.rights",
    "redact": "redact.redact",
    "safeguarding": "safeguarding.safeguarding",
    "staff": "staff.staff",
    "audit": "audit.audit",
    "small-numbers": "small_numbers.small_numbers",
    "words": "words.words",
}


class Voice(click.Group):
    """A group of commands that explains our own errors in a sentence, without a stack trace."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the help."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now; None when there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(".")
        found: click.Command = getattr(import_module(f"voice.cli.{module}"), name)
        return found

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
