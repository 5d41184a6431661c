"""Letting what is known about SEND support guide which comments come together.

Two comments may be about one topic and share no word. The codebook says what each may be about;
that is set beside its vector. It guides only: the vector still counts more, so comments about what
the codebook does not know come together as before, and comments of other worlds are left as they
are.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice.enrichment.codebook import Codebook
from voice.themes.graph import Vectors

# Chosen on comments by writers whom the codebook had not learnt from; 0.7 to 1 do nearly as well,
# more harms themes about topics that the codebook does not know.
WEIGHT = 0.85
SHARPNESS = 1.5  # The classifier is too modest: its first guess is right more often than it says.
ROUNDS = 60
# A theme gets a topic's name if so much of it is about the topic, seen with and without the rest of
# the survey; or the names of two topics that share it. Read on the demonstration's comments.
AGREED, LIKELY = 0.5, 0.2
AGREED_ID = "agreed-"  # The topics that people agreed on about other questions.
# NHS comments reach 0.35, and their nearest topics are wrong names; SEND surveys 0.65 to 1.
NAMES_FROM = 0.6
# None of 1,820 real comments by two writers kept back reached this; two thirds of non-answers did.
NOTHING = 0.5
BOTH_AGREED, EACH_AGREED, EACH_LIKELY = 0.45, 0.15, 0.1


class Guided(NamedTuple):
    """Comments as seen with the codebook.

    vectors: shape (n_comments, 384 + n_topics), rows of length 1; or as they came if the codebook
        knows nothing about such comments.
    topics: shape (n_comments, n_topics), what each may be about, in view of the others.
    likely: the same shape, each seen alone.
    known: how much the codebook knows about such comments, above 0 to 1.
    """

    vectors: Vectors
    topics: NDArray[np.float64]
    likely: NDArray[np.float64]
    known: float


def guide(vectors: Vectors, domain: Vectors, codebook: Codebook) -> Guided | None:
    """Set beside each vector the topics that the comment may be about; None if they say nothing.

    Args:
        vectors: shape (n_comments, 384), rows of length 1.
        domain: shape (n_comments, n_domain), rows of length 1: what the codebook reads.
        codebook: the topics.
    """
    known = float(codebook.knows(vectors)) if len(vectors) else 0.0
    if not known:
        return None
    weight = WEIGHT * known
    likely = codebook.probabilities(domain).astype(np.float64)
    topics = _in_view_of_others(likely)
    beside = np.hstack([vectors, weight * np.sqrt(topics)])
    beside /= np.linalg.norm(beside, axis=1, keepdims=True)
    return Guided(np.ascontiguousarray(beside, dtype=np.float32), topics, likely, known)


def says_nothing(vectors: Vectors, domain: Vectors, codebook: Codebook) -> NDArray[np.bool_]:
    """Return which comments say nothing about SEND support, in a survey that is about it.

    Args:
        vectors: shape (n_comments, 384), rows of length 1.
        domain: shape (n_comments, n_domain), rows of length 1.
        codebook: has learnt from answers that say nothing, too.

    Returns:
        shape (n_comments,); all false if the codebook does not know such a survey well.
    """
    if not len(vectors) or codebook.knows(vectors) < NAMES_FROM:
        return np.zeros(len(vectors), dtype=np.bool_)
    return np.asarray(codebook.says_nothing(domain) >= NOTHING)


def topic_names(
    guided: Guided, counts: NDArray[np.int64], groups: list[NDArray[np.intp]], codebook: Codebook
) -> list[str | None]:
    """Return for each theme the plain name of the topic, or two, that it is about, or None.

    What people agreed on about other questions gives no name: “The taxi is late” is none for what
    goes well. A survey that the codebook knows only in part gets no names from it: a topic that is
    merely the nearest would be a wrong name, and a wrong name is worse than a vague one.

    Args:
        guided: what the comments may be about.
        counts: shape (n_comments,), how often each was said.
        groups: for each theme, the places of its comments.
        codebook: the topics.
    """
    if guided.known < NAMES_FROM:
        return [None] * len(groups)
    names: list[str | None] = []
    for group in groups:
        agreed = np.average(guided.topics[group], axis=0, weights=counts[group]).round(4)
        likely = np.average(guided.likely[group], axis=0, weights=counts[group]).round(4)
        first, second = np.argsort(-agreed, kind="stable")[:2].tolist()
        pair = [first, second]
        name = codebook.topics[first].name
        if codebook.topics[first].id.startswith(AGREED_ID):
            names.append(None)
        elif agreed[first] >= AGREED and likely[first] >= LIKELY:
            names.append(name)
        elif (
            agreed[pair].sum() >= BOTH_AGREED
            and agreed[second] >= EACH_AGREED
            and likely[pair].min() >= EACH_LIKELY
            and not codebook.topics[second].id.startswith(AGREED_ID)
        ):
            names.append(f"{name}; {_inside(codebook.topics[second].name)}")
        else:
            names.append(None)
    return names


def _inside(name: str) -> str:
    """Write a name as it stands within a line: “ADHD” keeps its capitals."""
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _in_view_of_others(likely: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what comments are about, given that a topic of many others is more likely.

    How often each topic occurs is estimated from the comments themselves (expectation
    maximisation), beginning with all topics alike.
    """
    sharp = likely**SHARPNESS
    sharp /= sharp.sum(axis=1, keepdims=True)
    about = sharp
    for _ in range(ROUNDS):
        about = sharp * about.mean(axis=0)
        about /= about.sum(axis=1, keepdims=True)
    return about
