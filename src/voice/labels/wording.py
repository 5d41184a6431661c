"""Which words and letters a comment is made of, weighed by how rare they are."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from voice.labels.reading import Reading

FEWEST = 2  # A word that one person alone wrote is not learnt, and so not kept either.


class Vocabulary(Struct, frozen=True):
    """What is known, and how rare each is; the place in the list is its place in the columns.

    words: single words and pairs of words, of comments in their context.
    letters: three to five letters in a row within a word, of comments alone.
    rarity: shape (n_words + n_letters,): the inverse document frequency of each.
    """

    words: list[str]
    letters: list[str]
    rarity: NDArray[np.float32]

    def counted(self, reading: Reading) -> csr_matrix:
        """Return the weighed counts of each comment: shape (n, n_words + n_letters), sparse.

        Words make a row of length 1 of their own, and so do letters; a comment with nothing known
        in it has zeros.
        """
        n_words = len(self.words)
        blocks = [
            _known(self._words(), self.words, self.rarity[:n_words], reading.in_context),
            _known(self._letters(), self.letters, self.rarity[n_words:], reading.comments),
        ]
        return csr_matrix(hstack(blocks))

    @classmethod
    def of(cls, reading: Reading) -> "Vocabulary":
        """Return the words and letters that two comments or more have."""
        words, words_rarity = _learnt(cls._words(), reading.in_context)
        letters, letters_rarity = _learnt(cls._letters(), reading.comments)
        return cls(words, letters, np.concatenate([words_rarity, letters_rarity]))

    @staticmethod
    def _words() -> TfidfVectorizer:
        return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, ngram_range=(1, 2))

    @staticmethod
    def _letters() -> TfidfVectorizer:
        return TfidfVectorizer(
            sublinear_tf=True, dtype=np.float32, analyzer="char_wb", ngram_range=(3, 5)
        )


def _learnt(empty: TfidfVectorizer, texts: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
    analyse = empty.build_analyzer()
    common: dict[str, int] = {}
    for text in texts:
        for term in set(analyse(text)):
            common[term] = common.get(term, 0) + 1
    terms = sorted(term for term, count in common.items() if count >= FEWEST)
    counts = np.array([common[term] for term in terms])
    rarity = np.log((1 + len(texts)) / (1 + counts)) + 1
    return terms, rarity.astype(np.float32)


def _known(
    empty: TfidfVectorizer, terms: list[str], rarity: NDArray[np.float32], texts: Sequence[str]
) -> csr_matrix:
    if not terms:
        return csr_matrix((len(texts), 0), dtype=np.float32)
    empty.vocabulary = {term: place for place, term in enumerate(terms)}
    empty.idf_ = rarity
    return csr_matrix(empty.transform(texts))
