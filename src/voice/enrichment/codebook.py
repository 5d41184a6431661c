"""What is known beforehand about SEND support: its topics, and which one a comment may be about.

It was learnt from made-up comments and is often wrong about a single one. So it guides how comments
are put together, and decides nothing.
"""

from pathlib import Path

import numpy as np
from msgspec import Struct, json
from numpy.typing import NDArray

from voice.enrichment.models import open_model

# The cosine of a survey’s mean vector to the nearest middle of the codebook was .80 to .98 for
# comments on SEND support by a writer kept back, be it all of it or three topics; .72 for NHS
# patients, .66 for those mixed with customers of a bank, and at most .53 for customers of a bank
# and for commands to a phone. NHS comments gain a little from part of the weight.
STRANGE, KNOWN = 0.67, 0.8


class Topic(Struct, frozen=True):
    """A topic of SEND support: its plain name, and the areas of each framework that it touches."""

    id: str
    name: str
    areas: dict[str, tuple[str, ...]]


class Codebook(Struct, frozen=True):
    """The topics, and a linear classifier over the domain vectors of comments.

    weights: shape (n_topics + 1, n_domain), rows of equal length; the last is for what is no topic.
    bias: shape (n_topics + 1,).
    middles: shape (n_topics + 1, 384), rows of length 1: the mean direction of the general vectors
        of comments about each topic, and about any.
    """

    topics: tuple[Topic, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    middles: NDArray[np.float32]

    @classmethod
    def open(cls, nlp_models: Path) -> "Codebook":
        """Return the codebook in `nlp_models/codebook`, its files checked.

        Raises:
            ModelProblem: a file is missing or is not the one its card describes.
        """
        folder = open_model(nlp_models, "codebook")
        topics = json.decode((folder / "topics.json").read_bytes(), type=list[Topic])
        with np.load(folder / "classifier.npz", allow_pickle=False) as kept:
            # The last topic of the file is the one for what is no topic.
            return cls(tuple(topics[:-1]), kept["weights"], kept["bias"], kept["middles"])

    def with_topic(
        self, topic: Topic, domain: NDArray[np.float32], among: NDArray[np.float32]
    ) -> "Codebook":
        """Return a codebook that knows one topic more, say a theme that people agreed on.

        Args:
            topic: its name and areas.
            domain: shape (n, n_domain), rows of length 1: comments about it, one at least.
            among: shape (m, n_domain), the comments that it will be looked for in, one at least.
                What all of these have in common tells nothing about the topic, and is left out:
                else it would be likely for every one of them.
        """
        n = len(self.topics)
        common = among.mean(axis=0, dtype=np.float64)
        own = domain.mean(axis=0, dtype=np.float64) - common
        length = np.linalg.norm(self.weights[:n], axis=1).mean() / max(np.linalg.norm(own), 1e-9)
        row = own * length
        # As likely as a topic of the codebook is for the average comment.
        usual = float(np.median(self.weights[:n].astype(np.float64) @ common + self.bias[:n]))
        return Codebook(
            (*self.topics, topic),
            np.insert(self.weights, n, row.astype(np.float32), axis=0),
            np.insert(self.bias, n, usual - float(row @ common)),
            self.middles,
        )

    def probabilities(self, domain: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how likely each comment is about each topic, if it is about any.

        Args:
            domain: shape (n, n_domain), rows of length 1.

        Returns:
            shape (n, n_topics), in the order of `topics`; each row adds up to 1.
        """
        n_topics = len(self.topics)
        return _shares(domain, self.weights[:n_topics], self.bias[:n_topics])

    def says_nothing(self, domain: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how likely each comment says nothing about SEND support: shape (n,), 0 to 1."""
        return _shares(domain, self.weights, self.bias)[:, -1]

    def knows(self, vectors: NDArray[np.float32]) -> float:
        """Return how much comments as a whole are about SEND support: from 0, not at all, to 1.

        Args:
            vectors: shape (n, 384), n of 1 or more.
        """
        middle = vectors.mean(axis=0, dtype=np.float64)
        nearest = float((self.middles @ middle).max())
        near = nearest / max(float(np.linalg.norm(middle)), 1e-9)
        return round(min(max((near - STRANGE) / (KNOWN - STRANGE), 0.0), 1.0), 3)


def _shares(
    domain: NDArray[np.float32], weights: NDArray[np.float32], bias: NDArray[np.float32]
) -> NDArray[np.float32]:
    fit = domain.astype(np.float64) @ weights.T + bias
    share = np.exp(fit - fit.max(axis=1, keepdims=True))
    return np.asarray(share / share.sum(axis=1, keepdims=True), dtype=np.float32)
