"""A comment that says two things: which other themes its clauses speak of.

A comment is put in the one theme that it is mostly about. A clause of it that is as near to another
theme as that theme's own comments are, and clearly nearer than to the comment's own, is a mention.
"""

import re
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from voice.themes.graph import DIGITS, Vectors
from voice.themes.measure import ALONE
from voice.themes.theme import Found
from voice.themes.waves import middle_of, threshold_of

# Where one clause ends and the next begins. A plain "and" joins too many things that are one.
BREAK = re.compile(
    r"(?<=[.!?;])\s+|\n+|,?\s+(?:but|and also|although|though|however|whereas)\s+", re.IGNORECASE
)
FEWEST_WORDS = 4  # Less is seldom about anything.
# Of two comments about different topics joined into one, written by somebody kept back, the second
# topic was found for 4 in 10, and 7 to 8 in 10 mentions were right; of comments about one topic 2
# to 5 % got a mention too many. Nearer by 0.1 finds little more and errs twice as often.
NEARER_BY = 0.2
# Near enough for any theme, even one whose comments say the same in nearly the same words.
NEAR_ENOUGH = 0.65


class Clause(Struct, frozen=True):
    """One of several clauses of a comment: the comment's place in the input, and the words."""

    place: int
    words: str


class Mention(Struct, frozen=True):
    """A theme that a comment speaks of beside its own.

    place: the comment's, in the input; theme: the theme's number, from 0.
    score: cosine of the clause to the theme's middle; words: the clause.
    """

    place: int
    theme: int
    score: float
    words: str


def clauses(texts: Sequence[str]) -> list[Clause]:
    """Return the clauses of those comments that have two or more, in the order of the comments."""
    found = []
    for place, text in enumerate(texts):
        parts = [part.strip() for part in BREAK.split(text)]
        long = [part for part in parts if len(part.split()) >= FEWEST_WORDS]
        if len(long) > 1:
            found += [Clause(place, part) for part in long]
    return found


def mentions(
    found: Found, said: Sequence[Clause], of_clauses: Vectors, of_comments: Vectors
) -> list[Mention]:
    """Return the other themes that comments speak of, each once a comment, by place and theme.

    Args:
        found: the themes of the comments.
        said: clauses, as `clauses` gives them.
        of_clauses: shape (n_clauses, n_dimensions), rows of length 1.
        of_comments: shape (n_comments, n_dimensions), rows of length 1 for those in a theme.
    """
    if not found.themes or not said:
        return []
    members = [of_comments[list(theme.members)] for theme in found.themes]
    middles = np.stack([middle_of(one) for one in members])
    least = np.array([min(threshold_of(one), NEAR_ENOUGH) for one in members])
    cosines = np.round((of_clauses @ middles.T).astype(np.float64), DIGITS)
    own = _own(found, len(of_comments))[[clause.place for clause in said]]
    nearest = cosines.argmax(axis=1)
    rows = np.arange(len(said))
    score = cosines[rows, nearest]
    to_own = np.where(own == ALONE, -1.0, cosines[rows, own])
    other = (nearest != own) & (score >= least[nearest]) & (score - to_own >= NEARER_BY)
    best: dict[tuple[int, int], Mention] = {}
    for row in np.flatnonzero(other).tolist():
        clause, theme = said[row], int(nearest[row])
        mention = Mention(clause.place, theme, round(float(score[row]), 4), clause.words)
        known = best.setdefault((clause.place, theme), mention)
        if mention.score > known.score:
            best[clause.place, theme] = mention
    return [best[key] for key in sorted(best)]


def _own(found: Found, n_comments: int) -> NDArray[np.int32]:
    own = np.full(n_comments, ALONE, dtype=np.int32)
    for number, theme in enumerate(found.themes):
        own[list(theme.members)] = number
    return own
