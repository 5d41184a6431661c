"""Reading comments on several machines: Dask workers, each with models of its own.

A comment's vector does not depend on the others it is read with, so it does not matter which worker
reads which: what comes back is what one machine would have made, bit for bit, if their processors
are of one kind. Words travel to the workers, so the way there must be encrypted unless it stays on
this machine; and no worker's log may hold them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from voice import settings
from voice.enrichment.embed import DIMENSIONS, Embedder, Read
from voice.enrichment.models import card
from voice.errors import BadInput, VoiceError

if TYPE_CHECKING:
    from distributed import Client, Future

BLOCK = 500  # Comments to a task: a second of one core.
AT_ONCE = 64  # Blocks with the workers; the others wait here.
TRIES = 2  # A worker that is lost takes its blocks along; others read them again.
PATIENCE = 300.0  # Seconds without a block, until we say that nobody reads.
TO_CONNECT = 10.0
NEAR = ("127.", "localhost", "[::1]", "::1")
MODELS = ("embedding", "domain")

Files = Mapping[str, Mapping[str, str]]


class Words:
    """Comments on their way. They have no readable form, so that Dask's logs cannot hold them."""

    __slots__ = ("texts",)

    def __init__(self, texts: Sequence[str]) -> None:
        """Wrap the texts."""
        self.texts = list(texts)

    def __repr__(self) -> str:
        """Say how many there are, and nothing else."""
        return f"<{len(self.texts)} comments>"


class Unread(Exception):
    """A worker could not read comments. It says why, and never what they were."""


def read_block(words: Words, files: Files, *, domain: bool) -> list[NDArray[np.float32]]:
    """Read comments where this runs: on a worker, with the models that are there.

    Args:
        words: the comments.
        files: for each model the SHA-256 of its files where the run was started.
        domain: whether the vectors of the model of SEND support are wanted too.

    Raises:
        Unread: the models here are others, or fell over.
    """
    try:
        embedder, here = _opened()
    except VoiceError as problem:
        raise Unread(f"A worker cannot read: {problem}") from None
    if here != files:
        raise Unread("A worker has other models than this machine: install the same Voice on both.")
    try:
        return list(embedder.read(words.texts)) if domain else [embedder.embed(words.texts)]
    except Exception as error:  # Its own words could quote a comment.
        raise Unread(f"A worker could not read: {type(error).__name__}.") from None


@cache
def _opened() -> tuple[Embedder, Files]:
    here = settings.read()
    return Embedder.open(here.nlp_models, here.threads), files_of(here.nlp_models)


def files_of(nlp_models: Path) -> Files:
    """Return for each model that reads comments the SHA-256 of its files."""
    return {name: card(nlp_models / name).files for name in MODELS}


class Spread(Embedder):
    """Reads as `Embedder` does, on the workers of a Dask cluster."""

    def __init__(self, client: "Client", nlp_models: Path) -> None:
        """Remember the cluster; this machine's own models are opened for what is not spread."""
        super().__init__(nlp_models / "embedding", nlp_models / "domain", 0)
        self._client = client
        self._files = files_of(nlp_models)

    def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector of length 1 a text, in the order given: shape (n, 384)."""
        return self._spread(texts, progress, domain=False)[0]

    def read(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Read:
        """Return the vectors of `embed`, and beside them those of the model of SEND support."""
        return Read(*self._spread(texts, progress, domain=True))

    def _spread(
        self, texts: Sequence[str], progress: Callable[[int], None] | None, *, domain: bool
    ) -> list[NDArray[np.float32]]:
        made = [
            np.empty((len(texts), DIMENSIONS), dtype=np.float32) for _ in range(1 + int(domain))
        ]
        starts = iter(range(0, len(texts), BLOCK))
        going = {
            self._begin(texts, start, domain=domain): start for start in islice(starts, AT_ONCE)
        }
        done = 0
        while going:
            future = _first_done(list(going))
            start, vectors = going.pop(future), _result(future)
            for whole, block in zip(made, vectors, strict=True):
                whole[start : start + len(block)] = block
            for following in islice(starts, 1):
                going[self._begin(texts, following, domain=domain)] = following
            done += len(vectors[0])
            if progress:
                progress(done)
        return made

    def _begin(self, texts: Sequence[str], start: int, *, domain: bool) -> "Future[Any]":
        return self._client.submit(
            read_block,
            Words(texts[start : start + BLOCK]),
            self._files,
            domain=domain,
            pure=False,  # Else the task's key would be made from the words.
            retries=TRIES,
        )


def _first_done(going: "list[Future[Any]]") -> "Future[Any]":
    """Return a task that has ended.

    Raises:
        BadInput: none has for `PATIENCE` seconds.
    """
    from distributed import wait

    try:
        ended: Future[Any] = wait(going, timeout=PATIENCE, return_when="FIRST_COMPLETED").done.pop()
    except TimeoutError:
        raise BadInput(f"No worker has read anything for {PATIENCE:.0f} seconds.") from None
    return ended


def _result(future: "Future[Any]") -> list[NDArray[np.float32]]:
    """Return what a task made.

    Raises:
        BadInput: its worker could not read, or one worker after another was lost over it.
    """
    from distributed.scheduler import KilledWorker

    try:
        vectors: list[NDArray[np.float32]] = future.result()
    except Unread as problem:
        raise BadInput(str(problem)) from None
    except KilledWorker:
        raise BadInput("Worker after worker was lost while it read. Look at their logs.") from None
    return vectors


@contextmanager
def spread(address: str, nlp_models: Path) -> Iterator[Spread]:
    """Give a reader that works on the cluster of the Dask scheduler at this address.

    Raises:
        BadInput: Dask is not installed, nobody answers there, there is no worker, or words would
            travel to another machine unencrypted.
    """
    refuse_plain(address)
    try:
        from distributed import Client, Security
    except ImportError:
        raise BadInput("Dask is not installed: pip install 'voice[many-machines]'.") from None
    security = Security(require_encryption=True) if address.startswith("tls://") else None
    try:
        client = Client(address, security=security, timeout=TO_CONNECT)
    except (OSError, TimeoutError, ValueError, TypeError) as problem:
        raise BadInput(
            f"No Dask scheduler answers at {address} ({type(problem).__name__}). "
            "docs/many-machines.md says how to start one."
        ) from None
    with client:
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise BadInput(f"The scheduler at {address} has no worker: dask worker {address}.")
        yield Spread(client, nlp_models)


def refuse_plain(address: str) -> None:
    """Refuse an address to which words would travel readable.

    Raises:
        BadInput: it is neither tls:// nor on this machine.
    """
    way, _, place = address.partition("://")
    if way == "tls" or (way == "tcp" and place.startswith(NEAR)):
        return
    raise BadInput(
        f"{address} is neither tls://… nor tcp://127.0.0.1:…: what people wrote must not travel to "
        "another machine readable. docs/many-machines.md says how to make the keys."
    )
