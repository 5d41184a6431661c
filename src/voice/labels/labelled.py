"""Comments with the labels that people gave them, read from a CSV file."""

from collections import Counter
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.csv_file import read_comments
from voice.errors import BadInput

BETWEEN = "|"
FEWEST_LABELS = 2
# A machine with 8 GB learns so many comments in a few minutes; time grows with the cube.
MOST = 6000
SEED = 11


class Columns(Struct, frozen=True):
    """The columns of a file: the comments, what they answer, their ids, the labels they have."""

    text: str
    context: str | None = None
    id: str | None = None
    labels: str | None = None

    @property
    def also(self) -> tuple[str, ...]:
        """The columns to read beside the comment: the context, then the labels, where named."""
        return tuple(column for column in (self.context, self.labels) if column)


class Labelled(Struct, frozen=True):
    """What there is to learn from.

    comments, contexts: the words of n comments and what each answers.
    labels: the names of the labels, those with the most comments first.
    truth: shape (n, n_labels): which comment has which label.
    left_out: labels with too few comments to learn, and how many those are.
    rows, empty, unlabelled: how many rows the file has; how many of them hold no words; how many
        hold words but no label that is learnt.
    """

    comments: list[str]
    contexts: list[str]
    labels: list[str]
    truth: NDArray[np.bool_]
    left_out: dict[str, int]
    rows: int
    empty: int
    unlabelled: int


def read_labelled(file: Path, columns: Columns, at_least: int) -> Labelled:
    """Return the labelled comments of a file; a label with fewer than `at_least` is left out.

    Rows without words or without a label that is learnt teach nothing and are only counted. Of more
    than 6,000 comments a sample is learnt, always the same.

    Raises:
        BadInput: as `voice.csv_file.read_comments`; or there are not two labels to learn.
    """
    rows = list(read_comments(file, text=columns.text, id=columns.id, also=columns.also))
    spoken = [row for row in rows if row.text.strip()]
    given = [_labels(row.also[-1]) for row in spoken]
    counts = Counter(label for labels in given for label in labels)
    common = sorted(
        (label for label, count in counts.items() if count >= at_least),
        key=lambda label: (-counts[label], label),
    )
    _check_enough(file, columns, counts, common, at_least)
    taught = [place for place, labels in enumerate(given) if not labels.isdisjoint(common)]
    learnt = taught
    if len(taught) > MOST:
        drawn = np.random.default_rng(SEED).choice(len(taught), MOST, replace=False)
        learnt = [taught[place] for place in np.sort(drawn)]
    return Labelled(
        comments=[spoken[place].text for place in learnt],
        contexts=[spoken[place].also[0] if columns.context else "" for place in learnt],
        labels=common,
        truth=np.array([[label in given[place] for label in common] for place in learnt]),
        left_out={label: n for label, n in sorted(counts.items()) if n < at_least},
        rows=len(rows),
        empty=len(rows) - len(spoken),
        unlabelled=len(spoken) - len(taught),
    )


def _labels(cell: str) -> frozenset[str]:
    return frozenset(label.strip() for label in cell.split(BETWEEN) if label.strip())


def _check_enough(
    file: Path, columns: Columns, counts: Counter[str], common: list[str], at_least: int
) -> None:
    if not counts:
        raise BadInput(
            f"No comment of {file.name} has a label in the column “{columns.labels}”. Give some "
            f"comments their labels first, with {BETWEEN} between two."
        )
    if len(common) < FEWEST_LABELS:
        raise BadInput(
            f"Of {len(counts)} labels in {file.name}, {len(common)} have {at_least} comments or "
            f"more; {FEWEST_LABELS} are needed to learn to tell them apart. Label more comments."
        )
