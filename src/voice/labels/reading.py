"""Comments made ready to learn from: words, and the vectors of the whole and of its pieces."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.enrichment.embed import Embedder

CLAUSE_ENDS = re.compile(r"[.!?;:,\n]+|\b(?:but|however|although|though|and)\b", re.IGNORECASE)
MOST_CLAUSES = 12  # More than this hardly anybody writes; one long rant must not cost a minute.
MOST_WORDS = 100  # So many are cut into passages, for the same reason.
PASSAGE, STEP = 8, 5  # Words in a passage, and words from one to the next.


class Pieces(Struct, frozen=True):
    """Pieces of n comments, each comment with one or more, one after another.

    vectors: shape (n_pieces, 384), rows of length 1.
    starts: shape (n,): where in `vectors` each comment begins.
    """

    vectors: NDArray[np.float32]
    starts: NDArray[np.int64]

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many pieces each comment has: shape (n,), 1 or more."""
        return np.diff(np.append(self.starts, len(self.vectors)))

    def at(self, places: NDArray[np.int64]) -> "Pieces":
        """Return the pieces of the comments at these places, in the order given."""
        counts = self.counts[places]
        starts = np.cumsum(counts) - counts
        inside = np.arange(counts.sum()) - np.repeat(starts, counts)
        return Pieces(self.vectors[np.repeat(self.starts[places], counts) + inside], starts)


class Reading(Struct, frozen=True):
    """n comments as a machine reads them.

    comments: the words of each, without its context.
    in_context: the same with the context, such as the question's text, before it.
    whole: the vector of each comment in its context, the one piece of it.
    clauses: what stands between commas, stops and words such as “but”.
    passages: eight words in a row, and again from the sixth on.
    """

    comments: list[str]
    in_context: list[str]
    whole: Pieces
    clauses: Pieces
    passages: Pieces

    def at(self, places: NDArray[np.int64]) -> "Reading":
        """Return the reading of the comments at these places, in the order given."""
        return Reading(
            [self.comments[place] for place in places],
            [self.in_context[place] for place in places],
            self.whole.at(places),
            self.clauses.at(places),
            self.passages.at(places),
        )


def read(
    comments: Sequence[str],
    contexts: Sequence[str],
    embedder: Embedder,
    progress: Callable[[str, int, int], None] | None = None,
) -> Reading:
    """Return the comments made ready; one alone reads the same as among others.

    `contexts` has the context of each comment, or empty words. `progress` is told the step, and
    how many of how many texts have their vectors.
    """
    in_context = [
        f"{context.strip()} {comment}" if context.strip() else comment
        for comment, context in zip(comments, contexts, strict=True)
    ]
    pieces = (
        [[text] for text in in_context],
        [clauses_of(comment) for comment in comments],
        [passages_of(comment) for comment in comments],
    )
    texts = [text for kind in pieces for some in kind for text in some]
    vectors = _embedded(texts, embedder, progress)
    counts = [np.array([len(some) for some in kind], dtype=np.int64) for kind in pieces]
    ends = np.cumsum([count.sum() for count in counts])
    return Reading(
        list(comments),
        in_context,
        *(
            Pieces(some, np.cumsum(count) - count)
            for some, count in zip(np.split(vectors, ends[:-1]), counts, strict=True)
        ),
    )


def _embedded(
    texts: list[str], embedder: Embedder, progress: Callable[[str, int, int], None] | None
) -> NDArray[np.float32]:
    """Return the vectors of texts (n, 384); what is written more than once is read once."""
    different = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    total = len(different)
    tell = (lambda done: progress("Reading", done, total)) if progress else None
    vectors = embedder.embed(list(different), tell)
    return vectors[[different[text] for text in texts]]


def clauses_of(comment: str) -> list[str]:
    """Return the clauses of two words and more, at most 12; without any, the comment as it is."""
    parts = (part.strip() for part in CLAUSE_ENDS.split(comment))
    return [part for part in parts if " " in part][:MOST_CLAUSES] or [comment]


def passages_of(comment: str) -> list[str]:
    """Return the passages of the first hundred words, without what stands at their edges."""
    words = comment.split()[:MOST_WORDS]
    starts = range(0, max(1, len(words) - PASSAGE + STEP), STEP)
    return [" ".join(words[start : start + PASSAGE]).strip(" .,!?;:") for start in starts]
