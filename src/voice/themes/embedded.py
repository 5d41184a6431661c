"""Vectors for comments that have none yet: all read by the model, or a sample of very many."""

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.enrichment.bulk import SAMPLE, bulk_read
from voice.enrichment.codebook import Codebook
from voice.enrichment.embed import DIMENSIONS, Embedder
from voice.enrichment.large import MOST, Large

READ_ALL_UP_TO = 30_000  # Half a minute on two cores.
ENOUGH_TO_TELL = 500  # So many comments, spread evenly, tell what a file is about.


class Embedded(Struct, frozen=True):
    """Comments as numbers.

    vectors: shape (n_comments, 384), rows of length 1; zeros for those that were not wanted.
    domain: shape (n_comments, n_domain), what the codebook reads; None where it keeps out.
    known: how much the codebook knows about such comments, from 0 to 1.
    codebook: the one that reads them; that of the large model where it was used.
    large: whether it was.
    """

    vectors: NDArray[np.float32]
    domain: NDArray[np.float32] | None
    known: float
    codebook: Codebook
    large: bool = False


def embedded(
    texts: Sequence[str],
    wanted: NDArray[np.intp],
    embedder: Embedder,
    codebook: Codebook,
    *,
    ridge: bool,
    large: Large | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Embedded:
    """Return vectors of the wanted comments; the codebook's too, if it knows such comments.

    Args:
        texts: all comments.
        wanted: the places of those that will be looked at, in a settled order.
        embedder: the model.
        codebook: decides whether comments like these are about SEND support.
        ridge: whether to read a sample only, and to work out the rest.
        large: the large model, if it is there; it reads small surveys that the codebook knows.
        progress: is told the step, and how many of how many comments are done.
    """
    words = [texts[place] for place in wanted]
    if not words:
        return Embedded(np.zeros((len(texts), DIMENSIONS), np.float32), None, 0.0, codebook)

    def tell(done: int) -> None:
        if progress:
            progress("embed", done, len(words))

    step = -(-len(words) // ENOUGH_TO_TELL)
    known = codebook.knows(embedder.embed(words[::step]))
    n = len(texts)
    if large and known and len(words) <= MOST and not ridge:
        vectors, domain = embedder.embed(words), large.read(words, tell)
        known_by = large.codebook(codebook)
        of = _all(domain, wanted, n)
        return Embedded(_all(vectors, wanted, n), of, known, known_by, large=True)
    sample = SAMPLE if ridge else len(words)
    vectors, small = bulk_read(words, embedder, domain=known > 0, sample=sample, progress=tell)
    domain_of = None if small is None else _all(small, wanted, n)
    return Embedded(_all(vectors, wanted, n), domain_of, known, codebook)


def _all(made: NDArray[np.float32], wanted: NDArray[np.intp], n: int) -> NDArray[np.float32]:
    vectors = np.zeros((n, made.shape[1]), dtype=np.float32)
    vectors[wanted] = made
    return vectors
