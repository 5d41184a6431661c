"""Reading comments on a graphics card: for whoever has millions of them, and a card.

The vectors are those of the processor within a thousandth, not to the last bit: a card adds in
another order. So themes found with a card can differ from those found without one at their edges,
and the record of a run says which it was.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.enrichment.embed import DIMENSIONS, Embedder, Read, mean_of_tokens, of_equal_length
from voice.enrichment.graph import Array, Arrays, Graph
from voice.enrichment.models import open_model
from voice.errors import BadInput

TOKENS_A_BATCH = 32_768  # It took 2.5 GB of a card's memory in all.


class CudaEmbedder(Embedder):
    """Reads as `Embedder` does, on the first graphics card of this machine."""

    def __init__(self, folder: Path, domain: Path, arrays: Arrays) -> None:
        """Remember where the models are; use `on_card`, which checks them and the card."""
        super().__init__(folder, domain, 0)
        self._arrays = arrays

    def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """Return one vector of length 1 a text, in the order given: shape (n, 384)."""
        return self._read(texts, progress, domain=False)[0]

    def read(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Read:
        """Return the vectors of `embed`, and beside them those of the model of SEND support."""
        return Read(*self._read(texts, progress, domain=True))

    def _read(
        self, texts: Sequence[str], progress: Callable[[int], None] | None, *, domain: bool
    ) -> list[NDArray[np.float32]]:
        tokens = self.tokens(texts)
        made = [np.empty((len(texts), DIMENSIONS), np.float32) for _ in range(1 + int(domain))]
        done = 0
        for batch in of_equal_length([len(ids) for ids in tokens], TOKENS_A_BATCH):
            ids = np.stack([tokens[place] for place in batch])
            by_token, pieces = self._words.run(["tokens", "pieces"], {"ids": ids})
            made[0][batch] = self._home(by_token)
            if domain:
                made[1][batch] = self._home(self._field.run(["tokens"], {"pieces": pieces})[0])
            done += len(batch)
            if progress:
                progress(done)
        return made

    def _home(self, by_token: Array) -> NDArray[np.float32]:
        """Return one vector a text, in this machine's memory, of what the card made."""
        summed = by_token.sum(axis=1, keepdims=True)
        return mean_of_tokens(summed if self._arrays.of is np else self._arrays.of.asnumpy(summed))

    @cached_property
    def _words(self) -> Graph:
        return Graph(self._folder / "model.onnx", self._arrays)

    @cached_property
    def _field(self) -> Graph:
        return Graph(self._domain_folder / "model.onnx", self._arrays)


def on_card(nlp_models: Path) -> CudaEmbedder:
    """Return an embedder that works on this machine's first graphics card.

    Raises:
        BadInput: CuPy is not installed, or it finds no card.
        ModelProblem: a file is missing or is not the one its card describes.
    """
    try:
        import cupy
        from cupyx.scipy.special import erf
    except ImportError as problem:
        raise BadInput(
            f"CuPy cannot be loaded ({problem}). Install it: pip install 'voice[cuda]'."
        ) from None
    try:
        cards = cupy.cuda.runtime.getDeviceCount()
    except cupy.cuda.runtime.CUDARuntimeError:
        cards = 0
    if not cards:
        raise BadInput("There is no graphics card that CUDA can use. Leave out --device cuda.")
    folders = open_model(nlp_models, "embedding"), open_model(nlp_models, "domain")
    return CudaEmbedder(*folders, Arrays(cupy, erf))
