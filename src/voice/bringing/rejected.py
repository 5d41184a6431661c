"""The rows that could not be brought in, as a file to mend and bring in again.

Each row keeps its cells, and carries what stands for it, so that a mended row is known as the same.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from voice.bringing.checking import Checked
from voice.bringing.heading import Column
from voice.bringing.likeness import plain
from voice.bringing.own import guarded
from voice.bringing.tools import PROBLEM, REJECTED, ROW

BOM = "\ufeff"


class RejectedRows:
    """Collects rejected rows as a CSV file in UTF-8, written so that no spreadsheet runs a cell."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Begin the file with its line of column names."""
        self._places = [
            place for place, one in enumerate(columns) if plain(one.name) not in REJECTED
        ]
        self._width = len(columns)
        self._out = io.StringIO(newline="")
        self._writer = csv.writer(self._out, lineterminator="\r\n")
        names = [columns[place].name for place in self._places]
        self._writer.writerow([*map(guarded, names), ROW, PROBLEM])
        self.n = 0

    def add(self, checked: Checked) -> None:
        """Add a row with what is wrong with it; cells beyond the last column come last."""
        cells = checked.row.cells
        beyond = [guarded(cell) for cell in cells[self._width :]]
        why = " ".join(problem.line for problem in checked.problems)
        kept = [guarded(cells[place]) for place in self._places]
        token = checked.token if checked.token.startswith("row:") else ""
        self._writer.writerow([*kept, token, why, *beyond])
        self.n += 1

    def add_all(self, several: Iterable[Checked]) -> None:
        """Add several rows, in order."""
        for checked in several:
            self.add(checked)

    @property
    def content(self) -> bytes:
        """The file so far."""
        return (BOM + self._out.getvalue()).encode("utf-8", "surrogatepass")
