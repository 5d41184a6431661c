"""Which improvement areas the comments of a CSV file may belong to: read, think, write."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.areas.run import embed_frameworks, suggest
from voice.csv_file import Comment, read_comments
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder, Read
from voice.errors import BadInput
from voice.surveys.framework import Framework
from voice.themes.prepare import prepare

COLUMNS = ("comment_id", "area_id", "score", "chosen")


class Mapped(Struct, frozen=True):
    """How much of each comment belongs to each area.

    scores: shape (n_comments, n_areas), from 0 to 1; 0 for a comment that says nothing.
    chosen: the same shape, which are suggested.
    """

    scores: NDArray[np.float64]
    chosen: NDArray[np.bool_]


def map_comments(
    read: Read, framework: Framework, embedder: Embedder, codebook: Codebook
) -> Mapped:
    """Return the scores of single comments against every area: a suggestion, no more.

    Args:
        read: the comments, one at least.
        framework: the areas.
        embedder: reads the words of the areas.
        codebook: what is known about SEND support, and the areas that its topics touch.
    """
    [known] = embed_frameworks(embedder, [framework])
    members = [np.array([place]) for place in range(len(read.vectors))]
    return Mapped(*suggest(read, members, known, codebook))


def map_file(
    file: Path,
    framework: Framework,
    *,
    text: str,
    id: str | None,
    out: Path,
    nlp_models: Path,
    names: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[int, int]:
    """Write one row a comment and area to `out`; return how many comments, and with areas.

    Args:
        file: the comments, as `voice.csv_file.read_comments` reads them.
        framework: the areas.
        text: the column of the comments.
        id: the column of the ids, or None.
        out: the CSV file to write.
        nlp_models: the folder of the models.
        names: whether a last column, area_name, says the area in words.
        progress: is told how many of how many comments are read.

    Raises:
        BadInput: a file cannot be read or written; the message is for the person.
    """
    comments = list(read_comments(file, text=text, id=id))
    texts = [comment.text for comment in comments]
    said = np.sort(np.concatenate([*prepare(texts).said, np.zeros(0, dtype=np.intp)]))
    shape = (len(texts), len(framework.areas))
    scores, chosen = np.zeros(shape), np.zeros(shape, dtype=bool)
    if len(said):
        embedder, codebook = Embedder.open(nlp_models), Codebook.open(nlp_models)
        read = embedder.read(
            [texts[place] for place in said],
            (lambda done: progress(done, len(said))) if progress else None,
        )
        mapped = map_comments(read, framework, embedder, codebook)
        scores[said], chosen[said] = mapped.scores, mapped.chosen
    _write(out, comments, framework, Mapped(scores, chosen), names=names)
    return len(texts), int(chosen.any(axis=1).sum())


def _write(
    out: Path, comments: Sequence[Comment], framework: Framework, mapped: Mapped, *, names: bool
) -> None:
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow((*COLUMNS, "area_name") if names else COLUMNS)
    for place, comment in enumerate(comments):
        for column, area in enumerate(framework.areas):
            score, yes = mapped.scores[place, column], int(mapped.chosen[place, column])
            row = (comment.id, area.id, f"{score:.4f}", yes)
            rows.writerow((*row, area.name) if names else row)
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_text(written.getvalue(), encoding="utf-8", newline="")
        beside.replace(out)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        raise BadInput(f"We cannot write to {out}: {problem.strerror}.") from None
