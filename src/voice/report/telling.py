"""Telling words: what people say in a theme more than elsewhere, and never one person alone."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from voice.themes.words import STOP_WORDS, WEAK_WORDS

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
FEWEST = 5  # People who use a word before it is shown.
MOST = 8
SHORTEST = 3


def telling_words(inside: Sequence[str], every: Sequence[str]) -> list[str]:
    """Return words that many comments of a theme hold and few others do, the most telling first.

    A word counts once for each comment: share in the theme × log(share in the theme / share in
    all). What stands in [brackets] took the place of a name, and is no word of theirs.

    Args:
        inside: the comments of the theme.
        every: all comments of the question, those of the theme among them.
    """
    here, all_over = _counted(inside), _counted(every)
    telling = [
        (here[word] / len(inside) * log(ratio), word)
        for word in here
        if here[word] >= FEWEST
        and (ratio := here[word] / len(inside) / (all_over[word] / len(every))) > 1
    ]
    best_first = sorted(telling, key=lambda one: (-round(one[0], 6), one[1]))
    return [word for _, word in best_first][:MOST]


def _counted(comments: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for comment in comments:
        plain = re.sub(r"\[[^\]]*\]", " ", comment).casefold()
        words = {word for word in WORD.findall(plain) if len(word) >= SHORTEST}
        found.update(word for word in words if not _says_little(word))
    return found


def _says_little(word: str) -> bool:
    return re.sub(r"['’-]", "", word) in STOP_WORDS | WEAK_WORDS
