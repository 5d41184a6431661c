"""Labels of which little more is known than a description each: no comment has them yet, or a few.

What all comments share, such as the subject that they were asked about, says nothing about which
label one has: it is taken away first, and so is what all descriptions share. What is left is
compared, whole comments and clauses with names, descriptions and both together; then comments that
are alike lend each other what was found. Labelled comments, where there are any, add what they
teach to it, by the same ridge as in `voice.labels.ridge`.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.enrichment.embed import Embedder
from voice.labels.likeness import folded, likeness, unfolded
from voice.labels.measure import by_comment
from voice.labels.reading import Pieces, Reading
from voice.labels.ridge import solve

Vectors = NDArray[np.float32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
LENT_BACK = 2.0  # How strongly is held back what alike comments lend each other.
SURE = 2.0  # How much surer than the rest the first label is taken to be when it is lent.
# Of a labelled survey 0.1 to 0.15 were equally good, with two to eight comments a label.
OF_DESCRIPTIONS = 0.125
MOST_LABELS = 3
GAPS = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0)
USUAL_GAP = 0.5


class Descriptions(Struct, frozen=True):
    """The vectors of n_labels labels, each shape (n_labels, 384), rows of length 1.

    names: of the names. descriptions: of the descriptions. both: of the two as one text.
    """

    names: Vectors
    descriptions: Vectors
    both: Vectors

    @classmethod
    def of(
        cls, names: Sequence[str], descriptions: Sequence[str], embedder: Embedder
    ) -> "Descriptions":
        """Return the vectors of these labels; an empty description is taken as its name."""
        told = [text.strip() or name for name, text in zip(names, descriptions, strict=True)]
        both = [f"{name}: {text}" for name, text in zip(names, told, strict=True)]
        return cls(embedder.embed(names), embedder.embed(told), embedder.embed(both))


class Suggested(Struct, frozen=True):
    """scores: shape (n, n_labels), higher is likelier. chosen: the same shape, one or more each."""

    scores: Floats
    chosen: Flags


def suggest(
    reading: Reading, described: Descriptions, known: NDArray[np.int64], truth: Flags
) -> Suggested:
    """Return scores of every comment for every label, and which are chosen: one to three.

    A label is chosen if its score is near the comment's best. How near is settled by the labelled
    comments; where there are none, it is half of the scores' standard deviation. A labelled comment
    keeps its labels. A pure function; comments are compared with each other, so that one among
    twenty or more is told better than one alone.

    Args:
        reading: n comments, 1 or more, none of them empty.
        described: two labels or more.
        known: shape (m,): the places of labelled comments, or none.
        truth: shape (m, n_labels): which labels those have.
    """
    whole, clauses = _apart(reading)
    scores = by_descriptions(whole, clauses, described)
    if not len(known):
        return Suggested(scores, _near_best(scores / _spread(scores), USUAL_GAP))
    taught, without_itself = _taught(whole, clauses, known, truth)
    usual = truth.mean(axis=0) / 2
    told = OF_DESCRIPTIONS * scores + usual
    scale = _spread(without_itself + told[known])
    gap = _gap((without_itself + told[known]) / scale, truth)
    scores = taught + told
    chosen = _near_best(scores / scale, gap)
    chosen[known] = truth
    return Suggested(scores, chosen)


def by_descriptions(whole: Vectors, clauses: Pieces, described: Descriptions) -> Floats:
    """Return what descriptions alone say: shape (n, n_labels), each label standardised.

    Args:
        whole: shape (n, 384), rows of length 1, what all comments share taken away.
        clauses: the same of their clauses.
        described: the labels, as they are.
    """
    near = np.zeros((len(whole), len(described.names)))
    for vectors in (described.names, described.descriptions, described.both):
        label = _direction(vectors - vectors.mean(axis=0))
        near += _standard(whole @ label.T)
        near += _standard(np.maximum.reduceat(clauses.vectors @ label.T, clauses.starts, axis=0))
    scores = _standard(near)
    return _standard(scores + _standard(_lent(whole, scores)))


def _lent(whole: Vectors, scores: Floats) -> Floats:
    """Return what alike comments say of each other's labels: a ridge from vectors to shares."""
    share = np.exp(scores * SURE)
    share /= share.sum(axis=1, keepdims=True)
    vectors = whole.astype(np.float64)
    held = vectors.T @ vectors + LENT_BACK * np.eye(vectors.shape[1])
    return vectors @ np.linalg.solve(held, vectors.T @ (share - share.mean(axis=0)))


def _taught(
    whole: Vectors, clauses: Pieces, known: NDArray[np.int64], truth: Flags
) -> tuple[Floats, Floats]:
    """Return what labelled comments say of all (n, n_labels), and of each of them without it."""
    theirs, their_clauses = whole[known], clauses.at(known)
    alike = theirs @ theirs.T + likeness(their_clauses)
    solved = solve(alike, truth, held_back=1.0)
    said = whole @ (theirs.T @ solved.shares)
    said += unfolded(folded(their_clauses, solved.shares), clauses)
    return said, solved.without_itself - solved.usual


def _gap(scores: Floats, truth: Flags) -> float:
    """Return how far below the best a label may be, by what suits the labelled comments."""

    def how_well(gap: float) -> float:
        right = float(by_comment(truth, _near_best(scores, gap)).mean())
        return right - 0.02 * abs(gap - USUAL_GAP)

    return max(GAPS, key=how_well)


def _near_best(scores: Floats, gap: float) -> Flags:
    rank = (-scores).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    near = scores >= scores.max(axis=1, keepdims=True) - gap
    return np.asarray(near & (rank < MOST_LABELS) | (rank == 0))


def _apart(reading: Reading) -> tuple[Vectors, Pieces]:
    """Return whole comments and clauses as directions from the middle of all comments."""
    whole, clauses = reading.whole.vectors, reading.clauses
    middle = whole.mean(axis=0) if len(whole) > 1 else np.float32(0)
    apart = Pieces(_direction(clauses.vectors - middle), clauses.starts)
    return _direction(whole - middle), apart


def _direction(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-6), dtype=np.float32)


def _standard(scores: NDArray[np.floating]) -> Floats:
    if len(scores) == 1:
        return scores.astype(np.float64)
    spread = scores.std(axis=0)
    return np.asarray((scores - scores.mean(axis=0)) / np.maximum(spread, 1e-6), dtype=np.float64)


def _spread(scores: Floats) -> float:
    return max(float(scores.std()), 1e-6)
