"""What is learnt from labelled comments, and what it says of others."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from voice.labels.choosing import thresholds_for
from voice.labels.judge import Judge
from voice.labels.likeness import folded, likeness, unfolded
from voice.labels.reading import Reading
from voice.labels.ridge import Shares, solve
from voice.labels.wording import Vocabulary

FOLDS = 5
SEED = 7
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Learnt(Struct, frozen=True):
    """What one learning gave: how each comment speaks for each label, and how to judge scores.

    counted: the words and letters of the comments that were learnt from.
    """

    vocabulary: Vocabulary
    counted: csr_matrix
    solved: Shares
    judge: Judge
    thresholds: Floats


class Classifier(Struct, frozen=True):
    """The same without the comments: what is kept, and suggests labels for others.

    words: shape (n_words + n_letters, n_labels): the weight of each for each label.
    whole, clauses, passages: shape (n_labels, 384, 384): see `voice.labels.likeness`.
    usual: shape (n_labels,): scores add to it.
    """

    vocabulary: Vocabulary
    words: NDArray[np.float32]
    whole: NDArray[np.float32]
    clauses: NDArray[np.float32]
    passages: NDArray[np.float32]
    usual: Floats
    judge: Judge
    thresholds: Floats

    def scores(self, reading: Reading) -> Floats:
        """Return the scores of each comment for each label: shape (n, n_labels)."""
        said = self.vocabulary.counted(reading) @ self.words
        said += unfolded(self.whole, reading.whole)
        said += unfolded(self.clauses, reading.clauses)
        said += unfolded(self.passages, reading.passages)
        return np.asarray(said + self.usual, dtype=np.float64)

    def probabilities(self, reading: Reading) -> Floats:
        """Return how likely each comment has each label: shape (n, n_labels), 0 to 1."""
        return self.judge.probabilities(self.scores(reading), reading)


def meanings_alike(reading: Reading) -> NDArray[np.float32]:
    """Return how alike comments are by their vectors: shape (n, n), 0 to 3."""
    alike = likeness(reading.whole)
    alike += likeness(reading.clauses)
    alike += likeness(reading.passages)
    return alike


def learn(
    reading: Reading,
    truth: NDArray[np.bool_],
    names: NDArray[np.float32],
    alike: NDArray[np.float32],
) -> Learnt:
    """Learn from comments which labels they have.

    Judge and thresholds are learnt from what would be said of each comment without it, not from
    what is said of a comment that is known by heart.

    Args:
        reading: n comments.
        truth: shape (n, n_labels): which comment has which label.
        names: shape (n_labels, 384), rows of length 1: the vectors of the labels' names.
        alike: shape (n, n), from `meanings_alike`.
    """
    vocabulary = Vocabulary.of(reading)
    counted = vocabulary.counted(reading)
    solved = solve(alike + (counted @ counted.T).toarray(), truth)
    judge = Judge.learn(solved.without_itself, truth, names, reading)
    likely = judge.probabilities(solved.without_itself, reading)
    return Learnt(vocabulary, counted, solved, judge, thresholds_for(likely, truth))


def to_keep(learnt: Learnt, reading: Reading) -> Classifier:
    """Return what was learnt from these comments, in a shape that has no comment in it."""
    shares = learnt.solved.shares
    words = learnt.counted.T @ shares
    return Classifier(
        vocabulary=learnt.vocabulary,
        words=np.asarray(words, dtype=np.float32),
        whole=folded(reading.whole, shares),
        clauses=folded(reading.clauses, shares),
        passages=folded(reading.passages, shares),
        usual=learnt.solved.usual,
        judge=learnt.judge,
        thresholds=learnt.thresholds,
    )


def judged_apart(
    reading: Reading,
    truth: NDArray[np.bool_],
    names: NDArray[np.float32],
    alike: NDArray[np.float32],
) -> tuple[Floats, Floats]:
    """Say of each comment what is learnt from the four fifths that it is not in.

    Words, scores, judge and thresholds are all learnt anew from the four fifths.

    Returns:
        the probabilities, shape (n, n_labels), and the thresholds to hold them to, the same shape.
    """
    probabilities = np.zeros(truth.shape)
    thresholds = np.zeros(truth.shape)
    fold = np.random.default_rng(SEED).permutation(len(truth)) % FOLDS
    for number in range(FOLDS):
        rest, asked = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        new = reading.at(asked)
        learnt = learn(reading.at(rest), truth[rest], names, alike[np.ix_(rest, rest)])
        shared = learnt.vocabulary.counted(new) @ learnt.counted.T
        near = alike[np.ix_(asked, rest)] + shared.toarray()
        scores = near @ learnt.solved.shares + learnt.solved.usual
        probabilities[asked] = learnt.judge.probabilities(scores, new)
        thresholds[asked] = learnt.thresholds
    return probabilities, thresholds
