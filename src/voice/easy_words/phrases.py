"""Phrases as the lists have them, turned into one pattern that finds any of them.

`~` before a word stands for all its forms, `your` for any owner, `*` for up to two words between,
and `a|b` for either word; anything else is a regular expression.
"""

import re
from collections.abc import Iterable

from voice.easy_words.verbs import Verbs

OWNER = r"(?:(?:the |my |your )?\w+'s|my|your|his|her|its|our|their|a|the)"
BETWEEN = r"(?:[\w']+\s+){0,2}"


def pattern_of(phrases: Iterable[str], verbs: Verbs) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases, whole words only, in any case."""
    longest_first = sorted((_of_one(phrase, verbs) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(longest_first)})(?![\w-])", re.IGNORECASE)


def _of_one(phrase: str, verbs: Verbs) -> str:
    written = r"\s+".join(_of_token(token, verbs) for token in _tokens(phrase))
    return written.replace(rf"{BETWEEN}\s+", BETWEEN)


def _tokens(phrase: str) -> list[str]:
    """Return the parts of a phrase that space divides; what is in brackets stays together."""
    tokens = [""]
    for letter in phrase:
        inside = tokens[-1].count("(") > tokens[-1].count(")")
        if letter == " " and not inside:
            tokens.append("")
        else:
            tokens[-1] += letter
    return tokens


def _of_token(token: str, verbs: Verbs) -> str:
    if token == "*":
        return BETWEEN
    if token.startswith("~"):
        verb, *others = token[1:].split("|")
        return (
            f"(?:{'|'.join(map(re.escape, verbs.forms(verb)))}{''.join('|' + o for o in others)})"
        )
    if "(" in token:
        return f"(?:{token})"
    return f"(?:{'|'.join(OWNER if word == 'your' else word for word in token.split('|'))})"
