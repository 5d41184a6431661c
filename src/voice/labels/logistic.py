"""Logistic regression by Newton's method, and features together with their products."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
ROWS_A_TIME = 50_000
STEPS = 12


class Logistic(Struct, frozen=True):
    """Weights over features and the products of each two of them, all standardised.

    middle, spread: shape (n_features,), of the features.
    middle_of_products, spread_of_products: shape (n_terms,), of features and products.
    weights: shape (n_terms + 1,); the last is the constant.
    """

    middle: Floats
    spread: Floats
    middle_of_products: Floats
    spread_of_products: Floats
    weights: Floats

    def probabilities(self, features: Floats) -> Floats:
        """Return how likely each row is a yes: features (n, n_features) to (n,), 0 to 1."""
        parts = [
            expit(self._terms(features[start : start + ROWS_A_TIME]) @ self.weights)
            for start in range(0, len(features), ROWS_A_TIME)
        ]
        return np.concatenate(parts) if parts else np.empty(0)

    def _terms(self, features: Floats) -> Floats:
        terms = with_products((features - self.middle) / self.spread)
        terms = (terms - self.middle_of_products) / self.spread_of_products
        return np.column_stack([terms, np.ones(len(terms))])

    @classmethod
    def learn(cls, features: Floats, truth: NDArray[np.bool_], penalty: float) -> "Logistic":
        """Return the weights that explain `truth` (n,) by `features` (n, n_features).

        `penalty` holds back the weights, but not the constant.
        """
        middle, spread = features.mean(axis=0), _spread(features)
        terms = with_products((features - middle) / spread)
        self = cls(middle, spread, terms.mean(axis=0), _spread(terms), np.empty(0))
        terms = np.column_stack(
            [(terms - self.middle_of_products) / self.spread_of_products, np.ones(len(terms))]
        )
        return cls(
            middle,
            spread,
            self.middle_of_products,
            self.spread_of_products,
            newton(terms, truth, penalty),
        )


def with_products(features: Floats) -> Floats:
    """Return the features and the product of each two, squares too: (n, k + k (k + 1) / 2)."""
    a, b = np.triu_indices(features.shape[1])
    return np.hstack([features, features[:, a] * features[:, b]])


def newton(terms: Floats, truth: NDArray[np.bool_], penalty: float) -> Floats:
    """Return the weights (n_terms,) of a logistic regression; the last term is the constant.

    A step that makes it worse is halved, so that it comes to rest even where a weight could grow
    without end.
    """
    held = np.full(terms.shape[1], penalty)
    held[-1] = 1e-6

    def cost(weights: Floats) -> float:
        said = terms @ weights
        return float(
            np.logaddexp(0, said).sum() - said[truth].sum() + (held * weights**2).sum() / 2
        )

    weights = np.zeros(terms.shape[1])
    before = cost(weights)
    for _ in range(STEPS):
        likely = expit(terms @ weights)
        slope = terms.T @ (likely - truth) + held * weights
        bend = (terms * (likely * (1 - likely))[:, None]).T @ terms + np.diag(held)
        step = np.linalg.solve(bend, slope)
        while (after := cost(weights - step)) > before and np.abs(step).max() > 1e-9:
            step /= 2
        if before - after < 1e-7 * before:
            break
        weights, before = weights - step, after
    return weights


def _spread(values: Floats) -> Floats:
    spread = values.std(axis=0)
    return np.where(spread > 1e-9, spread, 1.0)
