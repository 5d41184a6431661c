"""Whether two texts say the same: word for word, but for case, quotes and spaces; or nearly so."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

NEAR = 0.84
"""From here on two texts are offered as the same. Below, “happy” and “unhappy” questions meet."""

NOT_WORDS = re.compile(r"[^\w+]+")
NEGATIVES = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "don",
        "dont",
        "doesn",
        "didn",
        "isn",
        "can",
        "cannot",
        "without",
        "un",
    ]
)


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return what is left of a text to compare: its letters and digits, lower case, one space."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "")
    return NOT_WORDS.sub(" ", folded.replace("_", " ")).strip()


def nearest(text: str, known: Iterable[str], near: float = NEAR) -> str | None:
    """Return the one of `known` that says nearly the same, or None; with a “not” more it does not.

    Args:
        text: what to look for.
        known: texts that `plain` has made.
        near: how near, from 0 to 1; 1 is the same.
    """
    wanted = plain(text)
    same = [one for one in known if _negatives(one) == _negatives(wanted)]
    found = difflib.get_close_matches(wanted, same, n=1, cutoff=near)
    return found[0] if found else None


def _negatives(text: str) -> int:
    return sum(word in NEGATIVES for word in text.split())
