"""Homes: streets, houses and small places, which point at where a family lives.

Large places stay (`keep.txt`): a county, a district or a town of some 20,000 people points at
nobody, and reviewers need it. A village, a street or a house does point, and goes.
"""

import re
from collections.abc import Iterator

from voice.enrichment.lists import Lists
from voice.enrichment.patterns import Span
from voice.enrichment.school_forms import CAP, SCHOOL_WORDS

STREET = (
    r"(?:Street|Road|Lane|Close|Avenue|Drive|Crescent|Terrace|Mews|Gardens|Grove|Walk|Court|Way"
    r"|Rise|Row|Hill|Green|Place|Square|View|Mead|Meadows?|Croft|Dell|Ridgeway|Parade)"
)
FIRST = r"(?:(?:Flat|flat|Apartment|Unit) \w+,? )?(?:(?:[Nn]umber|[Nn]o\.?) )?"
NUMBERED = re.compile(
    rf"\b{FIRST}\d{{1,4}}[a-zA-Z]?,? (?:The )?{CAP}(?: {CAP}){{0,2}}\b"
    rf"|(?<=\bat )\d{{1,3}}[a-z]? (?:The )?{CAP}(?: {CAP})?(?=[.,]|$)"
)
ENDS_AS_STREET = re.compile(
    rf"(?:{STREET}|Approach|Chase|Hollow|End|Maltings|Orchard|Park|Quay|Wharf|Garth|Leys|Fields?"
    r"|Common|Bank|Cottages|Villas|Heath|Path|Vale|Broadway|Link|Spinney|Copse|Wood|Side)$"
)
NAMED_STREET = re.compile(
    rf"\b(?:{CAP} ){{1,2}}"
    r"(?:Street|Road|Lane|Close|Avenue|Drive|Crescent|Terrace|Mews|Gardens|Grove|Walk)\b"
    rf"|(?<=\bon )(?:{CAP} ){{1,2}}{STREET}\b|(?<=\bin )(?:{CAP} ){{1,2}}(?:Way|Rise|Row|Croft"
    rf"|Mead)\b"
    rf"|\b(?:Flat|flat) \w+,? (?:{CAP} ){{1,2}}(?:House|Court|Lodge|Point|Tower|Heights)\b"
)
LOWER_STREET = re.compile(
    r"\b(?:(?:flat|number|no\.?) )?\d{1,4}[a-z]? (?P<name>[a-z'’]+(?: [a-z'’]+)?)"
    r" (?:street|road|lane|avenue|close|crescent|drive|gardens|court)\b"
    r"|\b(?:live|lives|living) (?:on|in|at|down) (?P<name2>[a-z'’]+)"
    r" (?:street|road|lane|avenue|close|crescent|drive)\b",
    re.IGNORECASE,
)
LIVES_AT = re.compile(
    r"\b(?:live|lives|living|lived|address is|home is) (?:on|in|at"
    r"|down) (?P<name>(?:[\w'’]+,? ){1,5}?"
    r"(?:street|road|lane|avenue|close|crescent|drive|gardens|way|terrace|mews|grove|cottages?))\b",
    re.IGNORECASE,
)
COMMON_PLACE = re.compile(
    r"\b(?:of|same|main|busy|end|an?|my|our|this|that|other|side|long|next|near|because|and|with"
    r"|far)\b",
    re.IGNORECASE,
)
AT_NUMBER = re.compile(
    r"\b(?:at|lives? (?:at|in)|address is|address:|home is|number|no\.?) (?P<name>\d{1,3}[a-z]?"
    r" (?:[a-z]+ ){1,2}(?:view|rise|way"
    r"|place|hill|green|row|mews|walk|parade|terrace|grove|square|end|mead|croft|path|fields?))\b"
)
LIVES_IN = re.compile(
    r"\b(?:liv(?:e|es|ed|ing) in|(?:moved|move|moving) (?:here )?(?:from|to)|village of"
    r"|moved from \w+ to"
    r"|between|near) (?P<name>[a-z]{4,})\b"
)
SMALL_PLACE = re.compile(
    r"\b(?:in|near|from|to|around|at|outside|of)"
    r" (?P<one>(?=(?P<two>[a-z]+ [a-z]+))[a-z]+ [a-z]+(?: [a-z]+)?)"
)
FLAT = re.compile(rf"\b[Ff]lat \w+,? (?:{CAP} ){{1,2}}(?:House|Court|Lodge|Point|Tower|Heights)\b")
CALLED_PLACE = re.compile(
    rf"\b(?:village|hamlet|town|estate|road|street|lane) (?:called"
    rf"|named) (?P<name>{CAP}(?: {CAP})?)"
    r"|\b(?P<estate>(?!council|housing|whole|trading|industrial|build|real)[A-Za-z]\w+ estate)\b"
    rf"|\b(?:in|near|from|at|to|of) (?P<little>(?:Little|Great|Much"
    rf"|Nether) [A-Z]\w+[^s\W])\b(?! {CAP})"
)
MEASURES = re.compile(
    r"(?:minute|minutes|min|mins|hour|hours|mile|miles|metre|metres|way|lane|other|more|very"
    r"|year|years|month|months|week|weeks|different|main|busy|side|long|short|of|the|day"
    r"|days)$",
    re.IGNORECASE,
)


class Places:
    """Finds streets, houses and small places."""

    def __init__(self, lists: Lists) -> None:
        """Keep the lists."""
        self._lists = lists

    def addresses(self, text: str) -> Iterator[Span]:
        """Yield homes with a number: houses in a street, flats in a house."""
        for match in NUMBERED.finditer(text):
            if ENDS_AS_STREET.search(match[0]):
                yield Span(*match.span(), "PLACE")
        for match in FLAT.finditer(text):
            yield Span(*match.span(), "PLACE")

    def homes(self, text: str) -> Iterator[Span]:
        """Yield streets without a number, estates, and listed places."""
        for match in CALLED_PLACE.finditer(text):
            group = next(name for name, found in match.groupdict().items() if found)
            if group != "estate" or not self._never(match[group].split()[0]):
                yield Span(*match.span(group), "PLACE")
        for match in NAMED_STREET.finditer(text):
            words = match[0].split()
            start = match.start() + (len(words[0]) + 1 if self._leads(words) else 0)
            kept = (self._lists.kept.match(text, at) for at in (match.start(), start))
            if not any(found and found.end() >= match.end() for found in kept):
                yield Span(start, match.end(), "PLACE")
        yield from self._in_small_letters(text)
        for match in self._lists.places.finditer(text):
            yield Span(*match.span(), "PLACE")

    def _in_small_letters(self, text: str) -> Iterator[Span]:
        yield from self._listed_small(text)
        for match in LOWER_STREET.finditer(text):
            words = (match["name"] or match["name2"]).lower().split()
            told = match["name"] is not None  # A number stands before it.
            if not any(MEASURES.match(w) or (not told and self._never(w)) for w in words):
                start = match.start("name2") if match["name2"] else match.start()
                yield Span(start, match.end(), "PLACE")
        for match in AT_NUMBER.finditer(text):
            yield Span(*match.span("name"), "PLACE")
        for match in LIVES_AT.finditer(text):
            if not COMMON_PLACE.search(match["name"]):
                yield Span(*match.span("name"), "PLACE")

    def _listed_small(self, text: str) -> Iterator[Span]:
        for match in SMALL_PLACE.finditer(text):
            for name in (match["two"], match["one"]):
                if name.title() in self._lists.place_names:
                    yield Span(match.start("one"), match.start("one") + len(name), "PLACE")
        for match in LIVES_IN.finditer(text):
            if match["name"].title() in self._lists.place_names:
                yield Span(*match.span("name"), "PLACE")

    def _leads(self, words: list[str]) -> bool:
        return len(words) > 2 and words[0].lower() in self._lists.never_names

    def _never(self, word: str) -> bool:
        low = word.lower()
        return SCHOOL_WORDS.match(low) is not None or low in self._lists.never_names
