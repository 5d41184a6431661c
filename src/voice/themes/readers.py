"""The models that themes are found with, and what people's own themes add to them."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.enrichment.codebook import Codebook, Topic
from voice.enrichment.embed import Embedder, Read, both
from voice.enrichment.large import MOST, Large
from voice.enrichment.sentiment import Sentiment
from voice.themes.guide import AGREED_ID, LIKELY
from voice.themes.waves import place

# A topic is learnt from so many of a theme’s comments, the best: the large model is slow.
ENOUGH = 40


class Readers(Struct, frozen=True, kw_only=True):
    """What reads comments; each part may be missing, and then does not help.

    embedder: reads the clauses of comments that say several things.
    codebook: what is known about SEND support, to guide what comes together.
    sentiment: tells praise from complaint, to split each theme.
    large: the large model, if it has been made; it reads small surveys again for the codebook.
    """

    embedder: Embedder | None = None
    codebook: Codebook | None = None
    sentiment: Sentiment | None = None
    large: Large | None = None


class AgreedTopic(Struct, frozen=True):
    """A theme that people agreed on about another question: what is known beside the codebook.

    areas: {framework: area ids}; words: its comments, best first; read: their vectors.
    """

    name: str
    areas: Mapping[str, tuple[str, ...]]
    words: Sequence[str]
    read: Read


class Known(Struct, frozen=True):
    """What the codebook reads, shape (n_comments, n_domain), and the codebook that reads it."""

    domain: NDArray[np.float32]
    codebook: Codebook | None
    large: bool
    learnt: int


def also_here(agreed: Sequence[AgreedTopic], read: Read, smallest: int) -> list[AgreedTopic]:
    """Return the themes of other questions that so many comments here speak of, `smallest` or more.

    A comment does if it is as near to the theme's middle as most that people put there. A theme
    that nobody speaks of would draw in whatever is merely nearest to it.
    """
    if not agreed or not len(read.vectors):
        return []
    nearest, _ = place(both(read), [both(one.read) for one in agreed])
    return [one for number, one in enumerate(agreed) if (nearest == number).sum() >= smallest]


def read_for(
    readers: Readers, words: Sequence[str], read: Read, agreed: Sequence[AgreedTopic]
) -> Known:
    """Return what the codebook reads of these comments, and the codebook with the agreed topics.

    A small survey is read by the large model, if it is there.
    """
    codebook, large = readers.codebook, readers.large
    if codebook is None or not words:
        return Known(read.domain, codebook, large=False, learnt=0)
    if large is None or len(words) > MOST or not codebook.knows(read.vectors):
        new = [(one, one.read.domain[:ENOUGH]) for one in agreed]
        return _learning(codebook, read.domain, new, large=False)
    new = [(one, large.read(one.words[:ENOUGH])) for one in agreed]
    return _learning(large.codebook(codebook), large.read(words), new, large=True)


def _learning(
    codebook: Codebook,
    domain: NDArray[np.float32],
    agreed: Sequence[tuple[AgreedTopic, NDArray[np.float32]]],
    *,
    large: bool,
) -> Known:
    """Add each agreed theme that the codebook does not know already as a topic of its own."""
    learnt = codebook
    for number, (topic, vectors) in enumerate(agreed):
        about = learnt.probabilities(vectors).mean(axis=0)
        if about.max() < LIKELY:
            new = Topic(f"{AGREED_ID}{number + 1}", topic.name, dict(topic.areas))
            learnt = learnt.with_topic(new, vectors, domain)
    return Known(domain, learnt, large, len(learnt.topics) - len(codebook.topics))
