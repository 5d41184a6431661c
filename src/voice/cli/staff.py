"""Commands about the people who may sign in."""

import click

from voice import settings as all_settings
from voice.cli.screen import database, note, run
from voice.database.pool import transaction
from voice.errors import BadInput
from voice.staff import passwords, store
from voice.staff.people import ROLES, Role


@click.group()
def staff() -> None:
    """Look after who may sign in."""


@staff.command()
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES))
@click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="VOICE_NEW_PASSWORD",
    help="Asked for when not given; also from VOICE_NEW_PASSWORD.",
)
def add(email: str, roles: tuple[Role, ...], password: str) -> None:
    """Let the person with this e-mail address sign in; --role can be given more than once.

    An address that is known gets the new roles and password, and is signed out everywhere.

    \b
    Example: voice staff add chair@example.org --role reviewer
    """
    if email.count("@") != 1 or any(c.isspace() for c in email):
        raise BadInput("That is not an e-mail address.")
    if len(password) < passwords.SHORTEST:
        raise BadInput(f"The password needs at least {passwords.SHORTEST} letters.")
    run(_add(email, roles, password))
    click.echo(f"{email} can sign in as {', '.join(roles).replace('_', ' ')}.")


async def _add(email: str, roles: tuple[Role, ...], password: str) -> None:
    async with transaction(await database(all_settings.read())) as db:
        await store.add_person(db, email, roles, passwords.hash_password(password))
        await note(db, "let somebody sign in", f"{email}: {', '.join(roles)}")
