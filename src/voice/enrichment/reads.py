"""What stands in a comment where something was taken out of it.

A reader must be able to follow who did what: the first person of a comment reads “[a name]”
throughout it, anybody else “[another name]”. Schools and places likewise, since many comments are
about a move from one to another. Nothing joins the names of two comments.
"""

import re
from collections.abc import Sequence

from voice.enrichment.patterns import Label, Span

READS_AS: dict[Label, str] = {
    "PERSON": "[a name]",
    "SCHOOL": "[a school]",
    "PLACE": "[a place]",
    "POSTCODE": "[a postcode]",
    "PHONE": "[a phone number]",
    "EMAIL": "[an e-mail address]",
    "DATE_OF_BIRTH": "[a date of birth]",
    "NHS_NUMBER": "[an NHS number]",
    "REFERENCE": "[a reference]",
    "ONLINE": "[a web address]",
}
ANOTHER: dict[Label, str] = {
    "PERSON": "[another name]",
    "SCHOOL": "[another school]",
    "PLACE": "[another place]",
}
WORD = re.compile(r"\w+")
SAYS_NOTHING = {"the", "school", "primary", "infant", "junior", "academy", "college", "nursery"}


def replace(text: str, spans: Sequence[Span]) -> str:
    """Return the text with each span replaced. Spans are in order and do not overlap."""
    parts: list[str] = []
    first: dict[Label, set[str]] = {}
    at = 0
    for span in spans:
        words = _words(text[span.start : span.end])
        known = first.setdefault(span.label, words)
        same = words <= known or known <= words
        if same:
            known |= words
        parts += [text[at : span.start], _reads_as(span.label, same=same)]
        at = span.end
    return "".join([*parts, text[at:]])


def _reads_as(label: Label, *, same: bool) -> str:
    return READS_AS[label] if same else ANOTHER.get(label, READS_AS[label])


def _words(name: str) -> set[str]:
    """Return what tells a name from others: “Oakfield” and “oakfield primary” are one."""
    words = {word.casefold().removesuffix("s") for word in WORD.findall(name)}
    return words - SAYS_NOTHING or words
