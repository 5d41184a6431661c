"""Getting comments ready: what says nothing is set aside, what is said twice is counted once.

The order that comes out does not depend on the order that went in.
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.themes.non_answers import is_non_answer
from voice.themes.words import normalise


class WhyNone(StrEnum):
    """Why a comment is in no theme."""

    EMPTY = "empty"
    NON_ANSWER = "non-answer"
    NO_NEAR_THEME = "no near theme"


class Prepared(Struct, frozen=True):
    """The different comments, in alphabetical order, and where each stood in the input.

    `said[i]` holds the places in the input of the comments that are the same as comment i here,
    `first[i]` the one of them that stands for all. `set_aside` says why each other comment is out.
    """

    first: NDArray[np.intp]
    said: tuple[NDArray[np.intp], ...]
    set_aside: dict[int, WhyNone]

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often each was said: shape (n_different,)."""
        return np.array([len(places) for places in self.said], dtype=np.int64)


def without(at: Prepared, gone: NDArray[np.bool_]) -> Prepared:
    """Set aside more comments as saying nothing: shape (n_different,), true for each of them."""
    more = {
        int(place): WhyNone.NON_ANSWER for one in np.flatnonzero(gone) for place in at.said[one]
    }
    said = tuple(places for places, no in zip(at.said, gone, strict=True) if not no)
    return Prepared(at.first[~gone], said, {**at.set_aside, **more})


def prepare(texts: Sequence[str]) -> Prepared:
    """Set aside what is empty or says nothing, and bring together what is the same.

    Comments are the same if `normalise` makes no difference between them. The alphabetically
    first way of writing it stands for all, so that the order of the input decides nothing.
    """
    places_of: dict[str, list[int]] = {}
    set_aside: dict[int, WhyNone] = {}
    for place, text in enumerate(texts):
        words = normalise(text)
        if not words and not text.strip("\u200b\u2060\ufeff \t\r\n\f\v\u00a0"):
            set_aside[place] = WhyNone.EMPTY
        elif is_non_answer(words):
            set_aside[place] = WhyNone.NON_ANSWER
        else:
            places_of.setdefault(words, []).append(place)
    said = [
        np.array(sorted(places_of[words], key=lambda place: (texts[place], place)), dtype=np.intp)
        for words in sorted(places_of)
    ]
    first = np.array([places[0] for places in said], dtype=np.intp)
    return Prepared(first, tuple(said), set_aside)
