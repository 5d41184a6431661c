"""The command that hides small numbers in a table of one’s own."""

import csv
import io
from pathlib import Path

import click

from voice import settings as all_settings
from voice.csv_file import open_csv
from voice.errors import BadInput
from voice.small_numbers.sheet import Columns, lines, read_long, read_wide
from voice.small_numbers.table import ShownTable, Table, protect_linked


@click.command("small-numbers")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--rows", metavar="COLUMN", help="The column that names the rows of the table.")
@click.option("--columns", metavar="COLUMN", help="The column that names its columns, if any.")
@click.option("--count", metavar="COLUMN", help="The column with the counts.")
@click.option("--threshold", type=click.IntRange(5, 1000), help="10 if not given or set.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.csv", help="Else: printed.")
def small_numbers(
    files: tuple[Path, ...],
    *,
    rows: str | None,
    columns: str | None,
    count: str | None,
    threshold: int | None,
    out: Path | None,
) -> None:
    """Hide small numbers in the table of the CSV file FILE, and what would give them away.

    FILE holds a row for each count (say which columns with --rows, --columns, --count), or is the
    table itself: names of rows in the first column, counts in the others. Counts become the nearest
    5, those under the threshold and as many others as it takes are not shown.

    Several FILEs are tables of the same people with the same columns, say by voice and by wave: a
    total that one hides, all hide. They come one after the other, an empty line between.

    \b
    Example: voice small-numbers answers.csv --rows district --columns answer --count n
    """
    read = [_read(file, rows, columns, count) for file in files]
    tables = [table for _, table in read]
    least = threshold or all_settings.read().small_number
    try:
        found = protect_linked(tables, threshold=least)
    except ValueError as problem:
        raise BadInput(f"{', '.join(file.name for file in files)}: {problem}.") from None
    written = "\n".join(
        _written(shown, heading) for shown, (heading, _) in zip(found, read, strict=True)
    )
    if out is None:
        click.echo(written, nl=False)
        return
    try:
        out.write_text(written, encoding="utf-8", newline="")
    except OSError as problem:
        raise BadInput(f"We cannot write to {out}: {problem.strerror}.") from None
    cells = [cell for shown in found for row in shown.cells for cell in row]
    click.echo(f"{cells.count(None)} of {len(cells)} counts are not shown: {out}.")


def _written(shown: ShownTable, heading: str) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(lines(shown, heading))
    return written.getvalue()


def _read(
    file: Path, rows: str | None, columns: str | None, count: str | None
) -> tuple[str, Table]:
    with open_csv(file) as opened:
        if rows and count:
            return rows, read_long(opened, Columns(rows, count, columns))
        if rows or columns or count:
            raise BadInput("Give --rows and --count (and --columns, if any), or none of them.")
        return opened.columns[0], read_wide(opened)
