"""Commands about improvement areas."""

from pathlib import Path

import click

from voice import settings as all_settings
from voice.cli.screen import bar
from voice.errors import BadInput


@click.group()
def areas() -> None:
    """Find which improvement areas comments belong to."""


@areas.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", required=True, metavar="COLUMN", help="The column with the comments.")
@click.option("--id", metavar="COLUMN", help="The column with an id for each row.")
@click.option("--framework", "framework_id", required=True, metavar="ID", help="Whose areas.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE.csv", help="To write."
)
@click.option("--names", is_flag=True, help="A last column, area_name: each area in words.")
def map_areas(
    file: Path, *, text: str, id: str | None, framework_id: str, out: Path, names: bool
) -> None:
    """Suggest improvement areas for each comment of the CSV file FILE; no database is needed.

    Writes a row for each comment and area: comment_id, area_id, score (0 to 1), chosen (0 or 1).
    A suggestion only: without labels of its own the machine is often wrong, and a person decides.

    \b
    Example: voice areas map comments.csv --text comment --framework hertfordshire-2023 --out a.csv
    """
    from voice.areas.map_file import map_file  # Loads the language stack: seconds.
    from voice.surveys.framework import load_frameworks

    settings = all_settings.read()
    known = {one.id: one for one in load_frameworks(settings.surveys / "frameworks")}
    if framework_id not in known:
        raise BadInput(f"There is no framework “{framework_id}”. There are: {', '.join(known)}.")
    with bar() as tell:
        n, with_areas = map_file(
            file,
            known[framework_id],
            text=text,
            id=id,
            out=out,
            nlp_models=settings.nlp_models,
            names=names,
            progress=lambda done, of: tell("Reading", done, of),
        )
    click.echo(f"{with_areas} of {n} comments have an area. See {out}. A person decides.")
