"""Words to vectors: comments that mean the same get vectors that point the same way.

A comment's vector never depends on the others it is embedded with, nor on their order or the number
of threads, down to the last bit; finding the same themes again rests on it. Three choices keep it
so: only comments of equal length in tokens share a batch, so there is no padding; the weights are
8 bits, but the arithmetic is floating point; and the mean over tokens is taken here, row by row.

Measured on banking77: 540 comments a second of one core, 265 one at a time. Arithmetic in 8 bits
with one scale a batch is 2.5 times faster, but a batch's other comments then move single numbers of
a vector by up to 0.04.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from voice.enrichment.models import open_model

DIMENSIONS = 384
LONGEST = 256  # The tokens that the model has places for; what comes after them is not read.
TOKENS_A_BATCH = 1024  # Larger batches were no faster and took more memory.
TEXTS_A_TIME = 4096  # So that the tokenizer's own notes on 100,000 comments never pile up.


class Read(NamedTuple):
    """Comments as numbers, rows of length 1.

    vectors: shape (n, 384), what a comment means to anybody.
    domain: shape (n, 384), what it means to somebody who knows SEND support.
    """

    vectors: NDArray[np.float32]
    domain: NDArray[np.float32]


class Embedder:
    """Turns comments into vectors, with the models in `nlp_models/embedding` and `…/domain`."""

    def __init__(self, folder: Path, domain: Path, threads: int) -> None:
        """Remember where the models are; use `Embedder.open`, which checks them."""
        self._folder = folder
        self._domain_folder = domain
        self._threads = threads

    @classmethod
    def open(cls, nlp_models: Path, threads: int = 0) -> "Embedder":
        """Return an embedder whose files were checked; each model is loaded at its first use.

        `threads` is the number of processor threads to work with; 0 means one for each core.

        Raises:
            ModelProblem: a file is missing or is not the one its card describes.
        """
        return cls(open_model(nlp_models, "embedding"), open_model(nlp_models, "domain"), threads)

    def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector of length 1 a text, in the order given: shape (n, 384).

        Only the first 256 tokens of a text count, about 190 words. A text of nothing but spaces
        has a vector too, always the same: that of the marks for start and end. `progress` is told
        after each batch how many texts are done.
        """
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for batch, ids in self._in_batches(texts, progress):
            vectors[batch] = mean_of_tokens(self._session.run(["tokens"], {"ids": ids})[0])
        return vectors

    def read(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Read:
        """Return the vectors of `embed`, and beside them those of the model of SEND support."""
        read = Read(*(np.empty((len(texts), DIMENSIONS), dtype=np.float32) for _ in range(2)))
        for batch, ids in self._in_batches(texts, progress):
            by_token, pieces = self._session.run(["tokens", "pieces"], {"ids": ids})
            read.vectors[batch] = mean_of_tokens(by_token)
            read.domain[batch] = mean_of_tokens(self._domain.run(["tokens"], {"pieces": pieces})[0])
        return read

    def _in_batches(
        self, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> Iterator[tuple[list[int], NDArray[np.int64]]]:
        """Yield the places of texts of equal length, and their token numbers (n, length)."""
        tokens = self.tokens(texts)
        done = 0
        for batch in of_equal_length([len(ids) for ids in tokens]):
            yield batch, np.stack([tokens[place] for place in batch])
            done += len(batch)
            if progress:
                progress(done)

    def tokens(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Return each text's token numbers, the marks for start and end among them."""
        return [
            np.array(encoding.ids, dtype=np.int64)
            for start in range(0, len(texts), TEXTS_A_TIME)
            for encoding in self._tokenizer.encode_batch_fast(
                list(texts[start : start + TEXTS_A_TIME])
            )
        ]

    def word_vectors(self) -> NDArray[np.float32]:
        """Return what the model knows of each word piece alone: shape (n_pieces, 384)."""
        kept = (self._folder / "words.bin").read_bytes()
        n = len(kept) // (DIMENSIONS + 4)
        whole = np.frombuffer(kept, dtype=np.int8, count=n * DIMENSIONS).reshape(n, DIMENSIONS)
        scales = np.frombuffer(kept, dtype="<f4", offset=n * DIMENSIONS)
        return np.asarray(whole * scales[:, None], dtype=np.float32)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return load_session(self._folder / "model.onnx", self._threads)

    @cached_property
    def _domain(self) -> onnxruntime.InferenceSession:
        return load_session(self._domain_folder / "model.onnx", self._threads)


def load_session(file: Path, threads: int) -> onnxruntime.InferenceSession:
    """Load a model to be run with so many threads, 0 for one each core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that wait by spinning would take the processor from the web pages.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def mean_of_tokens(by_token: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return one vector of length 1 a text (n, 384) from one a token (n, length, 384)."""
    summed = by_token.sum(axis=1)
    lengths = np.sqrt(np.square(summed).sum(axis=1, keepdims=True))
    return np.asarray(summed / lengths, dtype=np.float32)


def of_equal_length(lengths: Sequence[int], tokens: int = TOKENS_A_BATCH) -> Iterator[list[int]]:
    """Yield the places of texts of equal length, as many at a time as have so many tokens."""
    by_length = sorted(range(len(lengths)), key=lengths.__getitem__)
    for length, places in groupby(by_length, key=lengths.__getitem__):
        group = list(places)
        size = max(1, tokens // length)
        yield from (group[start : start + size] for start in range(0, len(group), size))


def both(read: Read) -> NDArray[np.float32]:
    """Return both vectors of each comment as one of length 1: the cosine is the mean of theirs."""
    return np.hstack(read) / np.float32(np.sqrt(2))


def pack(read: Read) -> list[bytes]:
    """Return each comment as the bytes to keep in the database: 16-bit floats, little-endian.

    Both of its vectors, one after the other.
    """
    return [row.tobytes() for row in np.hstack([read.vectors, read.domain]).astype("<f2")]


def unpack(kept: Sequence[bytes]) -> Read:
    """Return the vectors of what `pack` gave; each number is right to three digits."""
    both = np.frombuffer(b"".join(kept), dtype="<f2").reshape(len(kept), 2 * DIMENSIONS)
    vectors, domain = np.split(both.astype(np.float32), 2, axis=1)
    return Read(np.ascontiguousarray(vectors), np.ascontiguousarray(domain))
