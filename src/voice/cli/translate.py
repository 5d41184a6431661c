"""The command that hands a survey's strings to a translator, and takes them back."""

import tomllib
from pathlib import Path

import click
from msgspec.structs import asdict

from voice import settings as all_settings
from voice.cli.screen import find_survey, tell_problem
from voice.csv_file import open_csv
from voice.errors import BadInput
from voice.exports.spreadsheet import to_csv
from voice.languages.language import ENGLISH, KNOWN, Language
from voice.surveys.catalogue import Catalogue
from voice.surveys.check import check_survey
from voice.surveys.survey import Survey
from voice.surveys.translation_table import COLUMNS, Line, read_lines, table_of, to_toml


@click.command()
@click.argument("survey_id", metavar="ID")
@click.option("--language", required=True, metavar="CODE", help="As pl, ur, cy.")
@click.option("--words", default="", metavar="WORDING", help="The English to translate.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the table here, for Excel.")
@click.option("--take", type=click.Path(path_type=Path), help="Bring a finished table in.")
@click.option("--by", default="", help="Who translated, where the table does not say.")
def translate(
    survey_id: str, *, language: str, words: str, out: Path | None, take: Path | None, by: str
) -> None:
    """Hand the strings of the survey ID to a translator, as a table, and take them back.

    Without --out and --take it says how far the translation is. A string whose English has
    changed since is shown with the old translation, to be done again.

    \b
    Example: voice survey translate support-easy-read --language pl --out polish.csv
             voice survey translate support-easy-read --language pl --take polish.csv --by "A. N."
    """
    spoken = _language(language)
    settings = all_settings.read()
    catalogue = Catalogue.read(settings.surveys, settings.pictures)
    english = find_survey(catalogue, survey_id, words)
    wording = f"{spoken.code}-{words}".rstrip("-")
    file = settings.surveys / survey_id / "words" / f"{wording}.toml"
    lines = _lines(catalogue, english, wording)
    if take is not None:
        _take(take, lines, file, spoken, by)
    elif out is not None:
        _write(out, to_csv(COLUMNS, [asdict(line) for line in lines]))
        click.echo(f"{out} written, {len(lines)} strings. Translate the column “words”.")
    else:
        done = sum(bool(line.words) for line in lines)
        click.echo(f"{survey_id} in {spoken.english}: {done} of {len(lines)} strings.")


def _language(code: str) -> Language:
    found = KNOWN.get(code)
    if found is None or found == ENGLISH:
        known = ", ".join(sorted(set(KNOWN) - {ENGLISH.code}))
        raise BadInput(f"“{code}” is no code of a language that Voice knows. It knows: {known}.")
    return found


def _lines(catalogue: Catalogue, english: Survey, wording: str) -> list[Line]:
    words = catalogue.words[english.id].get(wording)
    worded = catalogue.find(english.id, wording) if words else None
    return table_of(english, worded, words)


def _take(table: Path, known: list[Line], file: Path, language: Language, by: str) -> None:
    """Write the wording's file from a table, then say what is still to be done."""
    with open_csv(table) as opened:
        places = {column: opened.place(column) for column in COLUMNS if column in opened.columns}
        if not {"place", "english", "words"} <= set(places):
            raise BadInput(f"{table.name} needs the columns place, english and words.")
        rows = [
            {column: row.cells[place].removeprefix("'") for column, place in places.items()}
            for row in opened.rows()
        ]
    lines = read_lines(rows, known, by)
    if not lines:
        raise BadInput(f"{table.name} has nothing in the column “words”. Nothing was changed.")
    if not all(line.by for line in lines):
        raise BadInput("Say who translated, with --by. Nothing was changed.")
    before = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    file.parent.mkdir(exist_ok=True)
    _write(file, to_toml(lines, language.name, before).encode())
    click.echo(f"{file} written, {len(lines)} strings.")
    for problem in check_survey(file.parent.parent, council=all_settings.read().pictures):
        if problem.file.endswith(f"/{file.name}"):
            tell_problem(problem.line)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as problem:
        raise BadInput(f"{file} cannot be written: {problem.strerror}.") from None
