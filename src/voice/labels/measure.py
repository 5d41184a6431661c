"""How well labels were chosen: four kinds of F1, and how far chance could move them."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
DRAWS = 1000
SEED = 20240501


class Figure(Struct, frozen=True):
    """A figure from 0 to 1, and the 95 % interval around it."""

    value: float
    low: float
    high: float


class Measured(Struct, frozen=True):
    """F1 over all choices (micro), over labels (macro; weighted by size), over comments."""

    micro: Figure
    macro: Figure
    weighted: Figure
    samples: Figure


def measured(truth: Flags, chosen: Flags) -> Measured:
    """Return four kinds of F1, each with its interval: 1,000 times comments are drawn anew.

    Args:
        truth: shape (n, n_labels): which comment has which label.
        chosen: the same shape.
    """
    rng = np.random.default_rng(SEED)
    n = len(truth)
    times = np.stack([np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(DRAWS)])
    drawn = _four(truth, chosen, np.vstack([np.ones(n), times]))
    low, high = np.percentile(drawn[1:], (2.5, 97.5), axis=0)
    return Measured(
        *(
            Figure(round(float(value), 4), round(float(least), 4), round(float(most), 4))
            for value, least, most in zip(drawn[0], low, high, strict=True)
        )
    )


def micro_f1(truth: Flags, chosen: Flags) -> float:
    """Return F1 over all choices, from 0 to 1."""
    return float(2 * (truth & chosen).sum() / max(truth.sum() + chosen.sum(), 1))


def by_label(truth: Flags, chosen: Flags) -> Floats:
    """Return the F1 of each label: shape (n_labels,); 0 where it is neither true nor chosen."""
    return _ratio(2 * (truth & chosen).sum(axis=0), truth.sum(axis=0) + chosen.sum(axis=0))


def by_comment(truth: Flags, chosen: Flags) -> Floats:
    """Return the F1 of each comment: shape (n,); 0 where nothing is true nor chosen."""
    return by_label(truth.T, chosen.T)


def _four(truth: Flags, chosen: Flags, times: Floats) -> Floats:
    """Return the four kinds of F1, with each comment counted so many times: shape (draws, 4)."""
    right = 2 * times @ (truth & chosen)
    true = times @ truth
    either = true + times @ chosen
    each = _ratio(right, either)
    return np.stack(
        [
            _ratio(right.sum(axis=1), either.sum(axis=1)),
            each.mean(axis=1),
            _ratio((each * true).sum(axis=1), true.sum(axis=1)),
            times @ by_comment(truth, chosen) / times.sum(axis=1),
        ],
        axis=1,
    )


def _ratio(over: Floats, under: Floats) -> Floats:
    return np.asarray(over / np.maximum(under, 1), dtype=np.float64)
