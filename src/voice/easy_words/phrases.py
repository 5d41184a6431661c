"""Phrases as the lists have them, turned into one pattern that finds any of them.

`~` before a word stands for all its forms, `your` for any owner, `*` for up to two words between,
and `a|b` for either word; anything else is a regular expression.
"""

import re
from collections.abc import Iterable

from voice.easy_words.verbs import Verbs

OWNER = r"(?:my|your|his|her|its|our|their|one's|someone's|a|the|\w+'s)"
BETWEEN = r"(?:[\w']+\s+){0,2}"


def pattern_of(phrases: Iterable[str], verbs: Verbs) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases, whole words only, in any case."""
    longest_first = sorted((_of_one(phrase, verbs) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(longest_first)})(?![\w-])", re.IGNORECASE)


def _of_one(phrase: str, verbs: Verbs) -> str:
    # A bracketed part may hold spaces of its own: it is kept whole.
    tokens = re.findall(r"(?:\([^)]*\)|\[[^]]*\]|[^\s(])+", phrase)
    parts = [_of_token(token, verbs) for token in tokens]
    written = r"\s+".join(part for part in parts)
    return written.replace(rf"{BETWEEN}\s+", BETWEEN)


def _of_token(token: str, verbs: Verbs) -> str:
    if token == "*":
        return BETWEEN
    if token == "your":
        return OWNER
    if token.startswith("~"):
        verb, *others = token[1:].split("|")
        return (
            f"(?:{'|'.join(map(re.escape, verbs.forms(verb)))}{''.join('|' + o for o in others)})"
        )
    return f"(?:{token})" if "|" in token else token
