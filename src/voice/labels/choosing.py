"""From probabilities to chosen labels: a threshold a label, and never none at all."""

import numpy as np
from numpy.typing import NDArray

from voice.labels.measure import micro_f1

Floats = NDArray[np.float64]
TRIED = np.linspace(0.15, 0.6, 46)


def choose(probabilities: Floats, thresholds: Floats) -> NDArray[np.bool_]:
    """Return which labels are chosen: (n, n_labels) and (n_labels,) to (n, n_labels).

    A label is chosen that reaches its threshold; where none does, the most probable one is.
    """
    chosen = probabilities >= thresholds
    none = ~chosen.any(axis=1)
    chosen[none, probabilities[none].argmax(axis=1)] = True
    return chosen


def thresholds_for(probabilities: Floats, truth: NDArray[np.bool_]) -> Floats:
    """Return the threshold of each label: shape (n_labels,).

    Halfway between the one that is best for all labels together (micro F1) and the one that is
    best for the label itself: the second alone is a matter of luck for a label with few comments.

    Args:
        probabilities: shape (n, n_labels), given without sight of the comment's own labels.
        truth: the same shape: which comment has which label.
    """
    for_all = max(TRIED, key=lambda at: micro_f1(truth, choose(probabilities, np.full(1, at))))
    own = [_best(likely, yes) for likely, yes in zip(probabilities.T, truth.T, strict=True)]
    return np.asarray((float(for_all) + np.array(own)) / 2)


def _best(likely: Floats, yes: NDArray[np.bool_]) -> float:
    """Return the threshold at which the F1 of one label is greatest."""
    order = np.argsort(-likely, kind="stable")
    right = np.cumsum(yes[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + yes.sum())
    at = int(f1.argmax())
    below = order[min(at + 1, len(order) - 1)]
    return float(likely[order[at]] + likely[below]) / 2
