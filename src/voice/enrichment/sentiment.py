"""Praise or complaint: how a comment sounds, from its vector.

About single comments it is often wrong, irony above all; it is there to split a theme roughly.
"""

from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.enrichment.models import open_model

CLEAR = 0.2  # The one must be likelier than the other by this much, or it is neither.
PRAISE, COMPLAINT, NEITHER = 1, -1, 0


class Sentiment(Struct, frozen=True):
    """A linear classifier of praise against complaint over vectors of comments.

    weights: shape (384,).
    bias: the log-odds of praise for a vector of zeros.
    """

    weights: NDArray[np.float32]
    bias: float

    @classmethod
    def open(cls, nlp_models: Path) -> "Sentiment":
        """Return the model in `nlp_models/sentiment`, its files checked.

        Raises:
            ModelProblem: a file is missing or is not the one its card describes.
        """
        with np.load(
            open_model(nlp_models, "sentiment") / "sentiment.npz", allow_pickle=False
        ) as kept:
            return cls(kept["weights"], float(kept["bias"]))

    def feelings(self, vectors: NDArray[np.float32]) -> NDArray[np.int8]:
        """Return for each comment 1 (praise), -1 (complaint) or 0 (both, neither, not clear).

        Args:
            vectors: shape (n, 384), rows of length 1; a row of zeros comes out as 0.
        """
        odds = vectors.astype(np.float64) @ self.weights + self.bias
        praise = 1 / (1 + np.exp(-odds))
        lead = (2 * praise - 1).round(4)
        found = np.where(lead >= CLEAR, PRAISE, np.where(lead <= -CLEAR, COMPLAINT, NEITHER))
        found[~vectors.any(axis=1)] = NEITHER
        return np.asarray(found, dtype=np.int8)
