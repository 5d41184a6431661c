"""The command that writes a survey's booklet, or its answer cards."""

from pathlib import Path

import click

from voice import settings as all_settings
from voice.cli.screen import find_survey, tell_problem
from voice.errors import BadInput
from voice.paper.sheets import Kind, Printer, bundle
from voice.surveys.catalogue import Catalogue
from voice.surveys.help_lines import load_help_lines


@click.command("print")
@click.argument("survey_id", metavar="ID")
@click.option("--words", default="", metavar="WORDING", help="Another wording, as easy-read or pl.")
@click.option("--cards", is_flag=True, help="The answer cards in place of the booklet.")
@click.option("--give-to", default="", help="Who takes the paper back; else a line to write on.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
def print_survey(survey_id: str, *, words: str, cards: bool, give_to: str, out: Path) -> None:
    """Write the survey ID as a booklet to print, or as cards to point at.

    \b
    Example: voice survey print support-young-people --words easy-read --out booklet.pdf
    """
    from voice.paper.typeset import typeset  # Nothing else needs the typesetter.

    settings = all_settings.read()
    catalogue = Catalogue.read(settings.surveys, settings.pictures)
    survey = find_survey(catalogue, survey_id, words)
    printer = Printer(
        settings.address, settings.home / "templates", load_help_lines(settings.surveys)
    )
    kind: Kind = "cards" if cards else "booklet"
    pictures = catalogue.pictures[survey_id]
    pdf = typeset(bundle(kind, survey, pictures, printer, wording=words, give_to=give_to))
    try:
        out.write_bytes(pdf)
    except OSError as problem:
        raise BadInput(f"{out} cannot be written: {problem.strerror}.") from None
    click.echo(f"{out} written, {len(pdf):,} bytes.")
    if not cards and not settings.public_url:
        tell_problem(
            f"The addresses in it begin with {settings.address}, which only this machine knows. "
            "Set VOICE_PUBLIC_URL before you hand it out."
        )
