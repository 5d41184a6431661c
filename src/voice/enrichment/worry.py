"""How worried an answer should make us: the phrase book, and beside it what was learnt.

The phrase book knows plain words. What was learnt from made-up comments also hears indirect,
childlike and misspelt ones, by what a comment means. A worry only puts an answer further up the
list; a person reads every one.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

from voice.enrichment.embed import Embedder, Read
from voice.enrichment.models import open_model
from voice.safeguarding.detect import CONCERN_FROM, Concern, Detector

LONG_PART = 90  # Characters: a longer sentence is looked at by its clauses.
KIND_FROM = 0.5
SURE = 0.95  # From here up the phrase book alone is enough.
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]*")
N_PIECES = 2**14
PIECES_COUNT = 0.7  # How much the pieces of words weigh beside the vectors of a comment.
CLAUSE = re.compile(r".+?(?:,| – | - |(?= but | and | because | cos | when | so )|$)", re.DOTALL)

Floats = NDArray[np.float64]


class Seen(Struct, frozen=True):
    """What the regressions look at, for n comments.

    meaning: shape (n, 769), both vectors of a comment and its phrase score.
    pieces: shape (n, 32768), which words, runs of words, and runs of letters are in it, hashed;
        that is how a misspelt word is still like the right one.
    """

    meaning: Floats
    pieces: csr_matrix


class Learnt(Struct, frozen=True):
    """Logistic regressions: one for a worry of any kind, then one for each kind.

    weights: shape (1 + n_kinds, 769), over `Seen.meaning`.
    pieces: shape (32768,), over `Seen.pieces`: only for a worry of any kind.
    bias: shape (1 + n_kinds,). That of the first is such that odds of 0 are where a worry begins.
    """

    weights: Floats
    pieces: Floats
    bias: Floats
    kinds: tuple[str, ...]

    @classmethod
    def open(cls, nlp_models: Path) -> "Learnt":
        """Return what is in `nlp_models/safeguarding`, its files checked.

        Raises:
            ModelProblem: a file is missing or is not the one its card describes.
        """
        file = open_model(nlp_models, "safeguarding") / "learnt.npz"
        with np.load(file, allow_pickle=False) as kept:
            kinds = tuple(str(kind) for kind in kept["kinds"])
            weights, pieces, bias = (
                kept[name].astype(np.float64) for name in ("weights", "pieces", "bias")
            )
            return cls(weights, pieces, bias, kinds)

    def odds(self, seen: Seen) -> Floats:
        """Return the log-odds of a worry, then of each kind: shape (n, 1 + n_kinds)."""
        odds = seen.meaning @ self.weights.T + self.bias
        odds[:, 0] += seen.pieces @ self.pieces
        return np.asarray(odds, dtype=np.float64)


class Senses:
    """Turns texts into what the regressions look at."""

    def __init__(self, detector: Detector, embedder: Embedder) -> None:
        """Put the phrase book and what makes vectors together."""
        self.detector = detector
        self._embedder = embedder
        kept = {"n_features": N_PIECES, "lowercase": False}
        self._letters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), **kept)
        self._words = HashingVectorizer(token_pattern=r"\S+", ngram_range=(1, 3), **kept)

    def see(
        self, texts: Sequence[str], phrases: Sequence[Concern], read: Read | None = None
    ) -> Seen:
        """Return what there is to see of the texts, given what the phrase book says of them."""
        read = read or self._embedder.read(texts)
        scores = np.array([[found.score] for found in phrases], dtype=np.float64)
        meant = [self.detector.as_meant(text) for text in texts]
        pieces = hstack([self._letters.transform(meant), self._words.transform(meant)])
        return Seen(
            np.hstack([read.vectors, read.domain, scores]), csr_matrix(pieces * PIECES_COUNT)
        )


class WorryFinder:
    """Says how worried answers should make us."""

    def __init__(self, detector: Detector, embedder: Embedder, learnt: Learnt) -> None:
        """Put the phrase book, what makes vectors, and what was learnt together."""
        self._detector = detector
        self._learnt = learnt
        self._senses = Senses(detector, embedder)

    @classmethod
    def open(cls, nlp_models: Path, embedder: Embedder) -> "WorryFinder":
        """Return a finder that knows what is in `nlp_models/safeguarding`.

        Raises:
            ModelProblem: a file is missing or is not the one its card describes.
            BadInput: the phrase book cannot be read.
        """
        learnt = Learnt.open(nlp_models)
        return cls(Detector.open(nlp_models), embedder, learnt)

    def concerns(self, texts: Sequence[str], read: Read | None = None) -> list[Concern]:
        """Return how worried each text should make us, in order.

        `read` are the vectors of these texts, where they were made already.
        """
        if not texts:
            return []
        phrases = [self._detector.concern(text) for text in texts]
        odds = self._odds(texts, phrases, read)
        return [
            self._together(text, said, row)
            for text, said, row in zip(texts, phrases, odds, strict=True)
        ]

    def odds(self, texts: Sequence[str]) -> Floats:
        """Return the log-odds of a worry, then of each kind: shape (n, 1 + n_kinds)."""
        return self._odds(texts, [self._detector.concern(text) for text in texts], None)

    def _odds(self, texts: Sequence[str], phrases: Sequence[Concern], read: Read | None) -> Floats:
        """Return the odds of each text as a whole, or of its one sentence that worries us more."""
        odds = self._learnt.odds(self._senses.see(texts, phrases, read))
        sentences = [
            (place, sentence)
            for place, text in enumerate(texts)
            if len(found := sentences_of(text)) > 1
            for sentence in found
        ]
        if sentences:
            alone = self._odds_of_parts([sentence for _, sentence in sentences])
            for (place, _), row in zip(sentences, alone, strict=True):
                if row[0] > odds[place, 0]:
                    odds[place] = row
        return odds

    def _odds_of_parts(self, parts: Sequence[str]) -> Floats:
        return self._learnt.odds(
            self._senses.see(parts, [self._detector.concern(part) for part in parts])
        )

    def _together(self, text: str, said: Concern, odds: Floats) -> Concern:
        score = round(max(_score(odds[0]), _sure(said)), 3) if text.strip() else 0.0
        if score < CONCERN_FROM:
            return Concern(False, score, [], [])
        because = said.because if said.concern else [self._telling_part(text)]
        return Concern(True, score, self._kinds(said, odds[1:]), because)

    def _kinds(self, said: Concern, odds: Floats) -> list[str]:
        """Return the kinds that are likely, the likeliest first; one at least."""
        likely = 1 / (1 + np.exp(-odds))
        order = [int(place) for place in np.argsort(-likely, kind="stable")]
        learnt = [self._learnt.kinds[place] for place in order if likely[place] >= KIND_FROM]
        said_kinds = said.kinds[:1] if said.concern else []
        found = list(dict.fromkeys([*learnt, *said_kinds]))
        return found or [self._learnt.kinds[order[0]]]

    def _telling_part(self, text: str) -> str:
        """Return the sentence or clause that alone would worry us most."""
        parts = parts_of(text)
        if len(parts) == 1:
            return parts[0]
        odds = self._odds_of_parts(parts)
        return parts[int(odds[:, 0].argmax())]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text that have a letter or a digit in them."""
    sentences: list[str] = SENTENCE.findall(text)
    return [sentence.strip() for sentence in sentences if any(map(str.isalnum, sentence))]


def parts_of(text: str) -> list[str]:
    """Return the sentences of a text, long ones clause by clause, in its own words."""
    parts: list[str] = []
    for sentence in sentences_of(text):
        parts += CLAUSE.findall(sentence) if len(sentence) > LONG_PART else [sentence]
    plain = [" ".join(part.split()) for part in parts]
    return [part for part in plain if any(map(str.isalnum, part))] or [" ".join(text.split())]


def _score(odds: float) -> float:
    """Return 0 to 1 for log-odds, such that odds of 0 are where a concern begins."""
    shift = np.log(CONCERN_FROM / (1 - CONCERN_FROM))
    return float(1 / (1 + np.exp(-(odds + shift))))


def _sure(said: Concern) -> float:
    """Return the phrase book's score where its words leave little doubt, else 0."""
    return said.score if said.score >= SURE else 0.0
