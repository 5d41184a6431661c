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

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from voice.enrichment.models import open_model

DIMENSIONS = 384
LONGEST = 256  # The tokens that the model has places for; what comes after them is not read.
TOKENS_A_BATCH = 1024  # Larger batches were no faster and took more memory.
TEXTS_A_TIME = 4096  # So that the tokenizer's own notes on 100,000 comments never pile up.


class Embedder:
    """Turns comments into vectors, with the model in `nlp_models/embedding`."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Remember where the model is; use `Embedder.open`, which checks it."""
        self._folder = folder
        self._threads = threads

    @classmethod
    def open(cls, nlp_models: Path, threads: int = 0) -> "Embedder":
        """Return an embedder whose files were checked; the model is loaded at the first use.

        `threads` is the number of processor threads to work with; 0 means one for each core.

        Raises:
            ModelProblem: a file is missing or is not the one its card describes.
        """
        return cls(open_model(nlp_models, "embedding"), threads)

    def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector of length 1 a text, in the order given: shape (n, 384).

        Only the first 256 tokens of a text count, about 190 words. A text of nothing but spaces
        has a vector too, always the same: that of the marks for start and end. `progress` is told
        after each batch how many texts are done.
        """
        tokens = self._tokens(texts)
        vectors = np.empty((len(tokens), DIMENSIONS), dtype=np.float32)
        done = 0
        for batch in _batches([len(ids) for ids in tokens]):
            vectors[batch] = self._vectors(np.stack([tokens[place] for place in batch]))
            done += len(batch)
            if progress:
                progress(done)
        return vectors

    def _tokens(self, texts: Sequence[str]) -> list[NDArray[np.int64]]:
        """Return each text's token numbers."""
        return [
            np.array(encoding.ids, dtype=np.int64)
            for start in range(0, len(texts), TEXTS_A_TIME)
            for encoding in self._tokenizer.encode_batch_fast(
                list(texts[start : start + TEXTS_A_TIME])
            )
        ]

    def _vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return vectors (n, 384) of length 1 for texts of equal length (n, length)."""
        by_token: NDArray[np.float32] = self._session.run(["tokens"], {"ids": ids})[0]
        summed = by_token.sum(axis=1)
        lengths = np.sqrt(np.square(summed).sum(axis=1, keepdims=True))
        return np.asarray(summed / lengths, dtype=np.float32)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        # Threads that wait by spinning would take the processor from the web pages.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(
            str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts of equal length, as many at a time as make a good batch."""
    by_length = sorted(range(len(lengths)), key=lengths.__getitem__)
    for length, places in groupby(by_length, key=lengths.__getitem__):
        group = list(places)
        size = max(1, TOKENS_A_BATCH // length)
        yield from (group[start : start + size] for start in range(0, len(group), size))


def pack(vectors: NDArray[np.float32]) -> list[bytes]:
    """Return each row as the bytes to keep in the database: 16-bit floats, little-endian."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpack(kept: Sequence[bytes]) -> NDArray[np.float32]:
    """Return the vectors (n, 384) of what `pack` gave; each number is right to three digits."""
    rows = np.frombuffer(b"".join(kept), dtype="<f2").reshape(len(kept), DIMENSIONS)
    return rows.astype(np.float32)
