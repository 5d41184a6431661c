"""Commands that write a survey as an XLSForm, and make a survey of one."""

from pathlib import Path
from typing import get_args

import click

from voice import settings as all_settings
from voice.bringing.reading import read_file
from voice.bringing.xlsform import read_form, write_form
from voice.bringing.xlsform_out import form_of
from voice.bringing.xlsform_survey import files_of
from voice.cli.screen import find_survey, many
from voice.errors import BadInput
from voice.listening.recordings import KINDS
from voice.listening.spoken import OWN_WORDS
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Voice


@click.command("to-xlsform")
@click.argument("survey_id", metavar="ID")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The XLSX to write.")
def to_xlsform(survey_id: str, *, out: Path) -> None:
    """Write the survey ID as an XLSForm, for ODK, Kobo and others, in all its wordings.

    What a form has no place for is said, line by line. Pictures and recordings are named in it:
    their files are in the survey’s folder.

    \b
    Example: voice survey to-xlsform support-easy-read --out support-easy-read.xlsx
    """
    settings = all_settings.read()
    catalogue = Catalogue.read(settings.surveys, settings.pictures)
    survey = find_survey(catalogue, survey_id)
    words = catalogue.words[survey_id]
    worded = {name: catalogue.find(survey_id, name) for name in words}
    audio = _recordings(settings.surveys / survey_id / "recordings" / OWN_WORDS)
    form, lines = form_of(survey, worded, words, audio)
    try:
        out.write_bytes(write_form(form))
    except OSError as problem:
        raise BadInput(f"{out} cannot be written: {problem.strerror}.") from None
    _say(lines)
    click.echo(
        f"{out} written, {many(len(survey.pages), 'page')}, {many(len(worded) + 1, 'wording')}."
    )


@click.command("from-xlsform")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--voice", required=True, type=click.Choice(get_args(Voice)), help="Who speaks.")
@click.option("--audience", required=True, metavar="WORDS", help="Whom it is for, in words.")
@click.option("--wave", default="", metavar="NAME", help="The form’s version if not given.")
@click.option("--by", default="", metavar="NAME", help="Who translated, if somebody did.")
@click.option("--into", type=click.Path(path_type=Path), help="The folder of surveys.")
def from_xlsform(
    file: Path, *, voice: Voice, audience: str, wave: str, by: str, into: Path | None
) -> None:
    """Make a survey of the XLSForm FILE: a folder with its words in every language.

    What Voice cannot hold is said, line by line. Then run “voice survey check”.

    \b
    Example: voice survey from-xlsform form.xlsx --voice parent --audience "parents and carers"
    """
    form = read_form(file.name, read_file(file))
    made = files_of(form, voice=voice, audience=audience, wave=wave, by=by)
    folder = (into or all_settings.read().surveys) / made.id
    if folder.exists():
        raise BadInput(
            f"{folder} is there already. Give the form another form_id, or move it away."
        )
    try:
        for name, content in made.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    except OSError as problem:
        raise BadInput(f"{folder} cannot be written: {problem.strerror}.") from None
    _say(made.lines)
    click.echo(f"{folder} written. Read it, then run: voice survey check {folder}")


def _say(lines: list[str]) -> None:
    if lines:
        click.echo("Not carried:")
    for line in lines:
        click.echo(f"  {line}")


def _recordings(folder: Path) -> dict[str, Path]:
    """Return the recordings in a survey's own words, by page."""
    found = sorted(folder.glob("*")) if folder.is_dir() else []
    return {path.stem: path for path in found if path.suffix in KINDS}
