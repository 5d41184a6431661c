"""Comments made ready to learn from: words, and the vectors of the whole and of each clause."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.enrichment.embed import Embedder

CLAUSE_ENDS = re.compile(r"[.!?;:,\n]+|\b(?:but|however|although|though|and)\b", re.IGNORECASE)
MOST_CLAUSES = 12  # More than this hardly anybody writes; one long rant must not cost a minute.


class Reading(Struct, frozen=True):
    """n comments as a machine reads them.

    comments: the words of each, without its context.
    in_context: the same with the context, such as the question's text, before it.
    whole: shape (n, 384), rows of length 1: the vector of each comment in its context.
    clauses: shape (n_clauses, 384), rows of length 1; a comment has one or more, one after another.
    starts: shape (n,): where in `clauses` each comment begins.
    """

    comments: list[str]
    in_context: list[str]
    whole: NDArray[np.float32]
    clauses: NDArray[np.float32]
    starts: NDArray[np.int64]

    def at(self, places: NDArray[np.int64]) -> "Reading":
        """Return the reading of the comments at these places, in the order given."""
        counts = self.n_clauses[places]
        starts = np.cumsum(counts) - counts
        inside = np.arange(counts.sum()) - np.repeat(starts, counts)
        return Reading(
            [self.comments[place] for place in places],
            [self.in_context[place] for place in places],
            self.whole[places],
            self.clauses[np.repeat(self.starts[places], counts) + inside],
            starts,
        )

    @property
    def n_clauses(self) -> NDArray[np.int64]:
        """How many clauses each comment has: shape (n,), 1 or more."""
        return np.diff(np.append(self.starts, len(self.clauses)))


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
    parts = [clauses_of(comment) for comment in comments]
    counts = np.array([len(some) for some in parts], dtype=np.int64)
    texts = in_context + [clause for some in parts for clause in some]
    vectors = _embedded(texts, embedder, progress)
    n = len(comments)
    return Reading(list(comments), in_context, vectors[:n], vectors[n:], np.cumsum(counts) - counts)


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
