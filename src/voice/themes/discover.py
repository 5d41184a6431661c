"""Themes from a CSV file, with no database: read, embed, find, write all or nothing."""

import csv
import io
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import numpy as np
from msgspec import Struct, json, to_builtins
from numpy.typing import NDArray

from voice.csv_file import Comment, read_comments
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import DIMENSIONS, Embedder
from voice.errors import BadInput
from voice.themes.find import SMALLEST, Found, find
from voice.themes.prepare import WhyNone, prepare

FILES = ("themes.json", "assignments.csv", "run.json")

Progress = Callable[[str, int, int], None]


class FoundTheme(Struct, frozen=True):
    """One theme in themes.json. `share` is of the comments that say something, from 0 to 1."""

    id: str
    name: str
    size: int
    share: float
    terms: tuple[str, ...]
    quotes: tuple[str, ...]


class Parameters(Struct, frozen=True):
    """What was asked for."""

    text: str
    id: str | None
    themes: int | None
    smallest: int


class Counts(Struct, frozen=True):
    """How many comments there were, and how many are in no theme for which reason."""

    comments: int
    themed: int
    empty: int
    non_answers: int
    not_themed: int
    themes: int


class Run(Struct, frozen=True):
    """What was done, how long each step took, and the most memory held: run.json."""

    version: str
    parameters: Parameters
    counts: Counts
    seconds: dict[str, float]
    peak_memory_mb: int


def discover(
    file: Path,
    *,
    text: str,
    id: str | None = None,
    themes: int | None = None,
    out: Path,
    nlp_models: Path,
    progress: Progress | None = None,
) -> Run:
    """Find the themes in one column of a CSV file and write them to the folder `out`.

    The same comments give the same themes.json byte for byte, in whatever order they come; the
    same file gives the same assignments.csv. Nothing is written unless all is.

    Args:
        file: the comments, as `voice.csv_file.read_comments` reads them.
        text: the column of the comments.
        id: the column of the ids, or None.
        themes: how many themes are wanted; None lets the comments decide.
        out: the folder for themes.json, assignments.csv and run.json; made if missing.
        nlp_models: the folder of the models.
        progress: is told the step, and how many of how many comments are done.

    Raises:
        BadInput: the file or the folder cannot be used; the message is for the person.
    """
    if themes is not None and themes < 1:
        raise BadInput("The number of themes must be 1 or more.")
    seconds: dict[str, float] = {}
    with _timed(seconds, "read"):
        comments = list(read_comments(file, text=text, id=id))
        texts = [comment.text for comment in comments]
    with _writable(out) as folder:
        with _timed(seconds, "embed"):
            vectors = _embed(texts, Embedder.open(nlp_models), progress)
        with _timed(seconds, "find"):
            found = find(texts, vectors, themes=themes, codebook=Codebook.open(nlp_models))
        with _timed(seconds, "write"):
            (folder / FILES[0]).write_bytes(_themes_file(found, texts))
            (folder / FILES[1]).write_text(
                _assignments_file(found, comments), encoding="utf-8", newline=""
            )
        run = Run(
            version=version("voice"),
            parameters=Parameters(text, id, themes, SMALLEST),
            counts=_counts(found, len(comments)),
            seconds=seconds,
            peak_memory_mb=peak_memory_mb(),
        )
        (folder / FILES[2]).write_bytes(_readable(run))
    return run


def _embed(
    texts: Sequence[str], embedder: Embedder, progress: Progress | None
) -> NDArray[np.float32]:
    """Return a vector for each comment that finding themes will look at, and zeros for others."""
    wanted = prepare(texts).first
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)

    def tell(done: int) -> None:
        if progress:
            progress("embed", done, len(wanted))

    if len(wanted):
        vectors[wanted] = embedder.embed([texts[place] for place in wanted], tell)
    return vectors


def _themes_file(found: Found, texts: Sequence[str]) -> bytes:
    said_something = sum(len(theme.members) for theme in found.themes) + sum(
        why is WhyNone.NO_NEAR_THEME for why in found.why_none.values()
    )
    return _readable(
        [
            FoundTheme(
                id=_theme_id(number),
                name=theme.name,
                size=len(theme.members),
                share=round(len(theme.members) / said_something, 4),
                terms=theme.terms,
                quotes=tuple(texts[place].strip() for place in theme.quotes),
            )
            for number, theme in enumerate(found.themes)
        ]
    )


def _assignments_file(found: Found, comments: Sequence[Comment]) -> str:
    theme_of = {
        place: (_theme_id(number), f"{score:.4f}")
        for number, theme in enumerate(found.themes)
        for place, score in zip(theme.members, theme.scores, strict=True)
    }
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("comment_id", "theme_id", "score"))
    for place, comment in enumerate(comments):
        rows.writerow((comment.id, *theme_of.get(place, ("", ""))))
    return written.getvalue()


def _theme_id(number: int) -> str:
    return f"T{number + 1:03d}"


def _counts(found: Found, n_comments: int) -> Counts:
    why = Counter(found.why_none.values())
    return Counts(
        comments=n_comments,
        themed=n_comments - len(found.why_none),
        empty=why[WhyNone.EMPTY],
        non_answers=why[WhyNone.NON_ANSWER],
        not_themed=why[WhyNone.NO_NEAR_THEME],
        themes=len(found.themes),
    )


def _readable(what: object) -> bytes:
    return json.format(json.encode(to_builtins(what)), indent=1) + b"\n"


def peak_memory_mb() -> int:
    """Return the most memory this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # What getrusage says on Linux may be that of the process that began ours.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) // 1024
    return getrusage(RUSAGE_SELF).ru_maxrss // (1024 * 1024)


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[step] = round(time.perf_counter() - start, 3)


@contextmanager
def _writable(out: Path) -> Iterator[Path]:
    """Give a folder to write to; what was written there becomes `out` only if all went well."""
    if out.exists() and not out.is_dir():
        raise BadInput(f"{out} is a file: give the name of a folder to write to.")
    try:
        near = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
        with tempfile.TemporaryDirectory(prefix=".voice-", dir=near) as folder:
            yield Path(folder)
            out.mkdir(parents=True, exist_ok=True)
            for name in FILES:
                (Path(folder) / name).replace(out / name)
    except OSError as problem:
        raise BadInput(f"We cannot write to {out}: {problem.strerror}.") from None
