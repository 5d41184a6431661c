"""From scores to probabilities: one judge for all labels, who sees a comment's other labels too.

A score of 0.4 means more if no other label of the comment has as much, if the comment is long, or
if the label's own name is near. What of this counts is the same for all labels, so that it is
learnt from all of them together; a label with ten comments gains by it.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.special import expit

from voice.labels.logistic import Logistic, newton
from voice.labels.reading import Reading

Floats = NDArray[np.float64]
SCALE = 5.0  # Makes scores, mostly between 0 and 1, as wide as the other features.
SMALLEST = 1e-4  # Probabilities beyond it, to both sides, are taken as this one.
PENALTY = 10.0


class Judge(Struct, frozen=True):
    """What was learnt about scores.

    names: shape (n_labels, 384), rows of length 1: the vectors of the labels' names.
    names_middle, names_spread: shape (2, n_labels): how near a name is to comments as a rule; first
        to the whole, then to the nearest clause.
    slopes: shape (n_labels, 2): each label's own way from score to log-odds.
    usual: shape (n_labels,): how many of all comments have the label, 0 to 1.
    pairs: the regression over pairs of a comment and a label.
    """

    names: NDArray[np.float32]
    names_middle: Floats
    names_spread: Floats
    slopes: Floats
    usual: Floats
    pairs: Logistic

    def probabilities(self, scores: Floats, reading: Reading) -> Floats:
        """Return how likely each comment has each label: scores (n, n_labels) to the same shape."""
        near = (nearness(self.names, reading) - self.names_middle[:, None]) / self.names_spread[
            :, None
        ]
        features = _features(scores, self.slopes, self.usual, near.sum(axis=0), reading)
        likely = self.pairs.probabilities(features)
        return np.asarray(likely.reshape(scores.shape))

    @classmethod
    def learn(
        cls, scores: Floats, truth: NDArray[np.bool_], names: NDArray[np.float32], reading: Reading
    ) -> "Judge":
        """Return a judge of scores that were given without sight of the comment's own labels.

        Args:
            scores: shape (n, n_labels).
            truth: the same shape: which comment has which label.
            names: shape (n_labels, 384), rows of length 1.
            reading: the n comments.
        """
        near = nearness(names, reading)
        middle, spread = near.mean(axis=1), np.maximum(near.std(axis=1), 1e-6)
        standard = ((near - middle[:, None]) / spread[:, None]).sum(axis=0)
        slopes = np.stack(
            [
                newton(np.column_stack([score * SCALE, np.ones(len(score))]), yes, 0.01)
                for score, yes in zip(scores.T, truth.T, strict=True)
            ]
        )
        usual = np.maximum(truth.mean(axis=0), 1 / (len(truth) + 1))
        features = _features(scores, slopes, usual, standard, reading)
        pairs = Logistic.learn(features, truth.ravel(), PENALTY)
        return cls(names, middle, spread, slopes, usual, pairs)


def nearness(names: NDArray[np.float32], reading: Reading) -> Floats:
    """Return how near names are to whole comments and to their nearest clause: (2, n, n_labels)."""
    clauses = np.maximum.reduceat(reading.clauses.vectors @ names.T, reading.clauses.starts, axis=0)
    return np.stack([reading.whole.vectors @ names.T, clauses]).astype(np.float64)


def _features(
    scores: Floats, slopes: Floats, usual: Floats, near: Floats, reading: Reading
) -> Floats:
    """Return what the judge sees of each pair: shape (n * n_labels, 11)."""
    likely = expit(scores * SCALE * slopes[:, 0] + slopes[:, 1])
    ordered = np.sort(scores, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    n_words = np.array([len(comment.split()) for comment in reading.comments])
    seen = (
        scores * SCALE,
        _log_odds(likely),
        (scores - np.where(scores == best, second, best)) * SCALE,
        np.log1p((-scores).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")),
        _log_odds(likely.max(axis=1, keepdims=True)),
        likely.sum(axis=1, keepdims=True),
        scores.sum(axis=1, keepdims=True),
        np.log1p(n_words)[:, None],
        np.log(reading.clauses.counts)[:, None],
        np.log(usual)[None],
        near,
    )
    return np.stack([np.broadcast_to(one, scores.shape).ravel() for one in seen], axis=1)


def _log_odds(likely: Floats) -> Floats:
    inside = np.clip(likely, SMALLEST, 1 - SMALLEST)
    return np.asarray(np.log(inside / (1 - inside)))
