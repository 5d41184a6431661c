"""The large model of SEND support: slower, and better at it; for small surveys, where it is there.

It is there once `nlp_models/large/make.py` has been run. Each comment is read alone or with others
of equal length, so that its vector never depends on them.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import LONGEST, load_session, mean_of_tokens, of_equal_length
from voice.enrichment.models import open_model

MOST = 500  # More comments than these are read by the small model: half a minute is enough.
WIDTH = 768
# Distances between tokens are told apart singly up to 8, then ever more coarsely, up to 128.
NEAR, FAR, KINDS = 8, 128, 16


class Large:
    """Reads comments, with the model in `nlp_models/large`."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Remember where the model is; use `Large.open`, which checks it."""
        self._folder = folder
        self._threads = threads

    @classmethod
    def open(cls, nlp_models: Path, threads: int = 0) -> "Large | None":
        """Return the model, its files checked; None if it has not been made.

        Raises:
            ModelProblem: a file is not the one its card describes.
        """
        if not (nlp_models / "large" / "model.onnx").exists():
            return None
        return cls(open_model(nlp_models, "large"), threads)

    def read(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector of length 1 a text, in the order given: shape (n, 768).

        `progress` is told after each batch how many texts are done.
        """
        tokens = [
            np.array(one.ids, dtype=np.int64)
            for one in self._tokenizer.encode_batch_fast(list(texts))
        ]
        vectors = np.empty((len(tokens), WIDTH), dtype=np.float32)
        done = 0
        for batch in of_equal_length([len(ids) for ids in tokens]):
            ids = np.stack([tokens[place] for place in batch])
            asked = {"ids": ids, "apart": self._apart_for(ids.shape[1])}
            vectors[batch] = mean_of_tokens(self._session.run(["tokens"], asked)[0])
            done += len(batch)
            if progress:
                progress(done)
        return vectors

    def codebook(self, small: Codebook) -> Codebook:
        """Return the codebook with the classifier that belongs to these vectors."""
        weights, bias = self._adapter["topics.weight"], self._adapter["topics.bias"]
        return msgspec.structs.replace(small, weights=weights, bias=bias)

    def _apart_for(self, length: int) -> NDArray[np.float32]:
        """Return what each head adds to the attention of token i to j: (1, heads, length, length).

        The kinds of distance are those of T5 (Raffel et al. 2020): half for tokens before, half
        for those after.
        """
        places = np.arange(length)
        distance = places[:, None] - places[None, :]
        kind = np.where(distance < 0, KINDS, 0)
        steps = np.abs(distance)
        far = np.log(np.maximum(steps, 1) / NEAR) / np.log(FAR / NEAR) * (KINDS - NEAR)
        kind = kind + np.where(steps < NEAR, steps, np.minimum(NEAR + far.astype(int), KINDS - 1))
        table: NDArray[np.float32] = self._adapter["apart"]
        return np.ascontiguousarray(table[kind].transpose(2, 0, 1)[None])

    @cached_property
    def _adapter(self) -> dict[str, NDArray[np.float32]]:
        with np.load(self._folder / "adapter.npz", allow_pickle=False) as kept:
            return {name: kept[name] for name in ("apart", "topics.weight", "topics.bias")}

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST)
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return load_session(self._folder / "model.onnx", self._threads)
