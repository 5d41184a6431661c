"""Names in a row: “Reed or Barley”, “The Grange, Fernhill and now Lynwood” are of one kind."""

import re
from collections.abc import Iterator, Sequence

from voice.enrichment.around import label_around
from voice.enrichment.lists import Lists
from voice.enrichment.patterns import Span
from voice.enrichment.reads import ANOTHER
from voice.enrichment.school_forms import BUILT, CAP, NO_SCHOOL

STREETS = re.compile(r"\b(?:Street|Road|Lane|Close|Avenue|Drive|Crescent|Way)$")
AND_SO = re.compile(r",? (?:or|and|nor|&) |, ")
NEXT = re.compile(
    rf"(?:,? (?:or|and|nor|&)(?: now| then| later)? |, )"
    rf"(?P<name>(?:[Tt]he )?{CAP}(?: {CAP}){{0,2}})"
)


def in_a_row(lists: Lists, text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield names that follow a school or a place in a row with it."""
    for span in spans:
        at = span.end
        while span.label in {"SCHOOL", "PLACE"} and (match := NEXT.match(text, at)):
            words = match["name"].removeprefix("The ").removeprefix("the ").split()
            if not _may_go_on(lists, words):
                break
            yield Span(*match.span("name"), span.label)
            at = match.end()


def _may_go_on(lists: Lists, words: list[str]) -> bool:
    known = any(
        lists.kept.fullmatch(word) or word.isupper() or word.lower() in lists.never_names
        for word in words
    )
    built = len(words) > 1 and BUILT.fullmatch(words[-1]) is not None
    rare = built or not all(map(lists.is_common, words))
    person = lists.is_well_known(words[0]) and len(words) < 2
    return rare and not known and not person and not NO_SCHOOL.search(words[-1])


def agreeing(lists: Lists, text: str, spans: list[Span]) -> list[Span]:
    """Return the spans; “or” and “and” join two names of one kind: “in Reed or Barley”."""
    agreed: list[Span] = []
    for span in spans:
        last = agreed[-1] if agreed else span
        joined = AND_SO.fullmatch(text, last.end, span.start) is not None
        if joined and {last.label, span.label} <= ANOTHER.keys():
            if not _is_told(lists, text, span):
                span = Span(span.start, span.end, last.label)
            elif last.label == "PLACE" and not _is_told(lists, text, last):
                agreed[-1] = Span(last.start, last.end, span.label)
        agreed.append(span)
    return agreed


def _is_told(lists: Lists, text: str, span: Span) -> bool:
    """Return whether a list, or the words around, say what this is."""
    words = text[span.start : span.end]
    listed = lists.places.fullmatch(words) or lists.schools.fullmatch(words)
    around = label_around(text, span.start, span.end)
    listed = listed or STREETS.search(words)
    return lists.is_well_known(words.split()[0]) or bool(listed) or bool(around)
