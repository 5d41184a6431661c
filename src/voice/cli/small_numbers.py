"""The command that hides small numbers in a table of one’s own."""

import csv
import io
from pathlib import Path

import click

from voice import settings as all_settings
from voice.csv_file import open_csv
from voice.errors import BadInput
from voice.small_numbers.sheet import Columns, lines, read_long, read_wide
from voice.small_numbers.table import Table, protect


@click.command("small-numbers")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rows", metavar="COLUMN", help="The column that names the rows of the table.")
@click.option("--columns", metavar="COLUMN", help="The column that names its columns, if any.")
@click.option("--count", metavar="COLUMN", help="The column with the counts.")
@click.option("--threshold", type=click.IntRange(5, 1000), help="10 if not given or set.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.csv", help="Else: printed.")
def small_numbers(
    file: Path,
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

    \b
    Example: voice small-numbers answers.csv --rows district --columns answer --count n
    """
    shown = protect(
        _read(file, rows, columns, count),
        threshold=threshold or all_settings.read().small_number,
    )
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(lines(shown))
    if out is None:
        click.echo(written.getvalue(), nl=False)
        return
    try:
        out.write_text(written.getvalue(), encoding="utf-8", newline="")
    except OSError as problem:
        raise BadInput(f"We cannot write to {out}: {problem.strerror}.") from None
    n_hidden = sum(cell is None for row in shown.cells for cell in row)
    click.echo(f"{n_hidden} of {len(shown.rows) * len(shown.columns)} counts are not shown: {out}.")


def _read(file: Path, rows: str | None, columns: str | None, count: str | None) -> Table:
    with open_csv(file) as opened:
        if rows and count:
            return read_long(opened, Columns(rows, count, columns))
        if rows or columns or count:
            raise BadInput(
                "Give --rows and --count, and --columns if there is one; or none of them."
            )
        return read_wide(opened)
