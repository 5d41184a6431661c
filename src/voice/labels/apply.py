"""Suggest labels for the comments of a CSV file, with what was learnt before."""

import csv
import io
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.csv_file import Comment, read_comments
from voice.enrichment.embed import Embedder
from voice.errors import BadInput
from voice.labels.choosing import choose
from voice.labels.kept import learnt_how, open_kept
from voice.labels.labelled import Columns
from voice.labels.reading import read
from voice.labels.writing import check_writable, write_whole
from voice.themes.discover import Progress
from voice.themes.non_answers import is_non_answer
from voice.themes.words import normalise

HEADER = ("comment_id", "label", "probability", "chosen")
COMMENTS_A_TIME = 5000  # So that 100,000 comments take no more memory than a few.


class Applied(Struct, frozen=True):
    """How many comments there were, how many of them empty, and how many labels were chosen."""

    comments: int
    empty: int
    chosen: int


def apply(
    folder: Path,
    file: Path,
    columns: Columns,
    *,
    out: Path,
    nlp_models: Path,
    progress: Progress | None = None,
) -> Applied:
    """Write how likely each comment of a CSV file has each label, and which are chosen.

    One row for a comment and label, comments in the order of the file, the likeliest label first. A
    comment without words gets its rows too, all with probability 0 and none chosen. One that says
    nothing, such as “n/a”, gets none chosen unless such comments were learnt too. The same file
    gives the same bytes, and nothing is written unless all is.

    Args:
        folder: what `voice.labels.train.train` wrote.
        file: the comments, as `voice.csv_file.read_comments` reads them.
        columns: where the comments and their contexts are.
        out: the CSV file to write; its folder is made if missing.
        nlp_models: the folder of the models.
        progress: is told the step, and how much of how much is done.

    Raises:
        BadInput: a file or folder cannot be used; the message is for the person.
        ModelProblem: the language model is missing or was changed.
    """
    if out.is_dir():
        raise BadInput(f"{out} is a folder: give the name of a file to write.")
    check_writable(out.parent)
    classifier, labels = open_kept(folder, nlp_models)
    with_context, with_non_answers = learnt_how(folder)
    _same_columns(with_context, columns)
    rows = list(read_comments(file, text=columns.text, id=columns.id, also=columns.also))
    spoken = np.flatnonzero([bool(row.text.strip()) for row in rows])
    likely = np.zeros((len(rows), len(labels)))
    chosen = np.zeros((len(rows), len(labels)), dtype=bool)
    embedder = Embedder.open(nlp_models)
    for start in range(0, len(spoken), COMMENTS_A_TIME):
        some = spoken[start : start + COMMENTS_A_TIME]
        contexts = [rows[place].also[0] if columns.context else "" for place in some]
        reading = read([rows[place].text for place in some], contexts, embedder, progress)
        likely[some] = np.round(classifier.probabilities(reading), 4)
        chosen[some] = choose(likely[some], classifier.thresholds)
    if not with_non_answers:
        says_nothing = [is_non_answer(normalise(row.text)) for row in rows]
        chosen[np.array(says_nothing, dtype=bool)] = False
    write_whole(out.parent, {out.name: _table(rows, labels, likely, chosen)})
    return Applied(len(rows), len(rows) - len(spoken), int(chosen.sum()))


def _same_columns(with_context: bool | None, columns: Columns) -> None:
    if with_context and not columns.context:
        raise BadInput(
            "This was learnt from comments together with what they answer. Name the column that "
            "says it with --context, or train again without."
        )
    if with_context is False and columns.context:
        raise BadInput(
            "This was learnt from comments without what they answer. Leave --context out, or train "
            "again with it."
        )


def _table(
    rows: list[Comment], labels: list[str], likely: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> bytes:
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(HEADER)
    for row, probabilities, flags in zip(rows, likely, chosen, strict=True):
        for place in np.argsort(-probabilities, kind="stable"):
            table.writerow(
                (row.id, labels[place], f"{probabilities[place]:.4f}", int(flags[place]))
            )
    return written.getvalue().encode()
