"""Themes from a CSV file, with no database: read, embed, find, write all or nothing."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.csv_file import Comment, read_comments
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import Embedder, Read, both
from voice.enrichment.large import Large
from voice.enrichment.sentiment import Sentiment
from voice.errors import BadInput
from voice.themes.clauses import Mention, clauses, mentions
from voice.themes.embedded import READ_ALL_UP_TO, Embedded, embedded
from voice.themes.files import assignments_file, mentions_file, readable, themes_file
from voice.themes.find import SMALLEST, find
from voice.themes.prepare import Prepared, WhyNone, prepare
from voice.themes.theme import Found

FILES = ("themes.json", "assignments.csv", "run.json")
MENTIONS = "mentions.csv"

Progress = Callable[[str, int, int], None]


class How(StrEnum):
    """How comments become vectors: by size, all read by the model, or a sample read by it."""

    AUTO = "auto"
    FULL = "full"
    RIDGE = "ridge"


class Parameters(Struct, frozen=True):
    """What was asked for."""

    text: str
    id: str | None = None
    themes: int | None = None
    smallest: int = SMALLEST
    levels: int = 1
    vectors: How = How.AUTO
    clauses: bool = False
    engine: str = "local"
    device: str = "cpu"


class Counts(Struct, frozen=True):
    """How many comments there were, and how many are in no theme for which reason."""

    comments: int
    themed: int
    empty: int
    non_answers: int
    not_themed: int
    themes: int


class Run(Struct, frozen=True):
    """What was done, how long each step took, and the most memory held: run.json.

    vectors: how they were made; `auto` settled as `full` or `ridge`.
    codebook: how much the codebook knows about such comments, from 0 (it kept out) to 1.
    large_model: whether the large model read them for the codebook.
    """

    version: str
    parameters: Parameters
    vectors: How
    codebook: float
    large_model: bool
    counts: Counts
    seconds: dict[str, float]
    peak_memory_mb: int


def discover(
    file: Path,
    wanted: Parameters,
    *,
    out: Path,
    nlp_models: Path,
    map_file: Path | None = None,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
) -> Run:
    """Find the themes in one column of a CSV file and write them to the folder `out`.

    The same comments give the same themes.json byte for byte, in whatever order they come; the
    same file gives the same assignments.csv. Nothing is written unless all is.

    Args:
        file: the comments, as `voice.csv_file.read_comments` reads them.
        wanted: which column, and what to look for.
        out: the folder for themes.json, assignments.csv and run.json; made if missing.
        nlp_models: the folder of the models.
        map_file: where to draw a map of the comments, or None.
        progress: is told the step, and how many of how many comments are done.
        embedder: what reads the comments; the models of this machine if not given.

    Raises:
        BadInput: the file or the folder cannot be used; the message is for the person.
    """
    if wanted.themes is not None and wanted.themes < 1:
        raise BadInput("The number of themes must be 1 or more.")
    clock = Clock()
    with clock.time("read"):
        comments = list(read_comments(file, text=wanted.text, id=wanted.id))
        texts = [comment.text for comment in comments]
        ready = prepare(texts)
    with writable(out) as folder:
        how = _how(wanted.vectors, len(ready.first))
        with clock.time("embed"):
            reader = embedder or Embedder.open(nlp_models)
            made = embedded(
                texts,
                ready.first,
                reader,
                Codebook.open(nlp_models),
                ridge=how is How.RIDGE,
                large=Large.open(nlp_models),
                progress=progress,
            )
        with clock.time("find"):
            feelings = Sentiment.open(nlp_models).feelings(made.vectors)
            found = _find(texts, ready, made, wanted, feelings)
        if wanted.clauses:
            with clock.time("clauses"):
                also = _mention(texts, ready, found, made, reader, progress)
                rows = mentions_file(also, comments)
                (folder / MENTIONS).write_text(rows, encoding="utf-8", newline="")
        with clock.time("write"):
            _write(folder, found, comments, wanted)
            if map_file:
                _draw(found, made.vectors, map_file)
        counts, memory = _counts(found, len(comments)), peak_memory_mb()
        run = Run(
            version("voice"), wanted, how, made.known, made.large, counts, clock.seconds, memory
        )
        (folder / FILES[2]).write_bytes(readable(run))
    return run


def _how(asked: How, n_different: int) -> How:
    """Settle how comments become vectors, if that was left to their number."""
    if asked is not How.AUTO:
        return asked
    return How.RIDGE if n_different > READ_ALL_UP_TO else How.FULL


def _find(
    texts: Sequence[str],
    ready: Prepared,
    made: Embedded,
    wanted: Parameters,
    feelings: NDArray[np.int8],
) -> Found:
    return find(
        texts,
        made.vectors,
        themes=wanted.themes,
        smallest=wanted.smallest,
        parts=wanted.levels > 1,
        codebook=made.codebook,
        domain=made.domain,
        feelings=feelings,
        at=ready,
    )


def _write(folder: Path, found: Found, comments: Sequence[Comment], wanted: Parameters) -> None:
    texts = [comment.text for comment in comments]
    (folder / FILES[0]).write_bytes(themes_file(found, texts))
    rows = assignments_file(found, comments, parts=wanted.levels > 1)
    (folder / FILES[1]).write_text(rows, encoding="utf-8", newline="")


def _mention(
    texts: Sequence[str],
    ready: Prepared,
    found: Found,
    made: Embedded,
    embedder: Embedder,
    progress: Progress | None,
) -> list[Mention]:
    """Return the other themes that comments speak of; each clause is read as comments were."""
    said = clauses(texts)
    words = [clause.words for clause in said]

    def tell(done: int) -> None:
        if progress:
            progress("clauses", done, len(words))

    if made.domain is None:
        return mentions(found, said, embedder.embed(words, tell), _of_all(made.vectors, ready))
    # The large model's vectors are too slow to make for every clause.
    small = embedder.read(texts) if made.large else Read(made.vectors, made.domain)
    return mentions(found, said, both(embedder.read(words, tell)), _of_all(both(small), ready))


def _of_all(vectors: NDArray[np.float32], ready: Prepared) -> NDArray[np.float32]:
    """Give every comment that says the same the vector of the first that said it."""
    every = np.zeros_like(vectors)
    for first, places in zip(ready.first, ready.said, strict=True):
        every[places] = vectors[first]
    return every


def _draw(found: Found, vectors: NDArray[np.float32], map_file: Path) -> None:
    from voice.themes.plot import draw  # Loads scikit-learn: a second.

    draw(found, vectors, map_file)


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


def peak_memory_mb() -> int:
    """Return the most memory this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # What getrusage says on Linux may be that of the process that began ours.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) // 1024
    return getrusage(RUSAGE_SELF).ru_maxrss // (1024 * 1024)


class Clock:
    """Takes down how many seconds each step took, in `seconds`."""

    def __init__(self) -> None:
        """Start with nothing taken down."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        """Take down how long what is inside takes."""
        start = time.perf_counter()
        yield
        self.seconds[step] = round(time.perf_counter() - start, 3)


@contextmanager
def writable(out: Path) -> Iterator[Path]:
    """Give a folder to write to; what was written there becomes `out` only if all went well."""
    if out.exists() and not out.is_dir():
        raise BadInput(f"{out} is a file: give the name of a folder to write to.")
    try:
        near = next(folder for folder in (out, *out.absolute().parents) if folder.exists())
        with tempfile.TemporaryDirectory(prefix=".voice-", dir=near) as folder:
            yield Path(folder)
            out.mkdir(parents=True, exist_ok=True)
            for name in (*FILES, MENTIONS):
                if (Path(folder) / name).exists():
                    (Path(folder) / name).replace(out / name)
    except OSError as problem:
        raise BadInput(f"We cannot write to {out}: {problem.strerror}.") from None
