"""Names in small letters that the words around give away: “i dont like jaydn he pushes”."""

import re
from collections.abc import Iterator, Sequence

from voice.enrichment.lists import Lists
from voice.enrichment.name_forms import ACTS, ALSO_VERBS, IDEAS
from voice.enrichment.patterns import Span
from voice.enrichment.school_forms import SCHOOL_WORDS

LIKED = re.compile(
    r"\b(?:like|likes|love|hate|hates|miss|misses|luv|with|told|hit|want|wants|asked|saw|know|knows"
    r") (?P<name>[a-z]{3,})(?= (?:he|she|hes|shes|he['’]s|she['’]s|they|them|in my class|at lunch"
    r"|at play ?time|on the bus|in the taxi|cos (?:he|she)|(?:because|coz|becos) (?:he|she)"
    r"|and (?:he|she"
    r"|me)|but (?:he|she))\b)"
)
WITH_ME = re.compile(
    r"\bme (?:and|n|nd|&) (?P<name>[a-z]{3,})\b|(?<![\w'’])(?P<first>[a-z]{3,}) (?:and|n|nd|&) me\b"
)
I_AM = re.compile(
    r"\b(?:i['’]?m|i am|its|it['’]s|im called) (?P<name>[a-z]{3,})(?=,? (?:and )?(?:i am|im"
    r"|i['’]m|aged?)"
    r" \d|,? \d+\b|,? year \d| here\b| from year)"
)
AT_THE_START = re.compile(r"^(?P<name>[a-z]{3,})")
NO_DEED = re.compile(r" (?:is|was|from|and|has|had|can|could|should|would|does|did|\w+ed)\b")
TURN = re.compile(
    r"\b(?:its|it['’]s|was) (?P<name>[a-z]{2,})(?=['’]s (?:turn|fault|birthday|idea|party|go)\b)"
)
BEFORE = re.compile(r"(?<![\w'’])(?P<name>[a-z]{4,})(?:, | and | n | nd | & )$")
BESIDE = re.compile(r"(?:,? and| n| nd|,| not| or| &|,? nor) (?P<name>[a-z]{3,})\b(?!['’])")
BUILT = (
    r"(?:house|lodge|park|grange|manor|court|hill|view|wood|bank|brook|fields?|meadows?|grove|lea"
    r"|farm|mead|green|lane|ridge|gate|heath|valley|springs?|tree|cross|lanes)"
)
WITH_BUILT = re.compile(rf"(?<![\w'’])(?P<name>[a-z]{{4,}} {BUILT})\b")
IN_A_SLOT = re.compile(
    r"\b(?:go|goes|going|went|been|moved?|transferred|got moved)(?: back)?(?: from| to)?"
    rf" (?P<name>(?:the )?[a-z]{{3,}} {BUILT})\b"
    r"|\b(?:to|at|from|goes|go|left|attends?|wants?|called|chose|like|prefer"
    r"|visited) (?P<trees>the (?:beeches|oaks|willows|elms|limes"
    r"|poplars|cedars|pines"
    r"|firs|acorns|hollies|chestnuts|orchards?|sycamores|meadows|laurels|maples|rowans|birches"
    r"|hawthorns"
    r"|nest))\b"
    r"|\bto (?P<second>[a-z]{4,} (?:park|house|lodge|grange|manor|wood|hill|view))\b(?= (?:in"
    r"|because|cos|and)\b)"
    r"|\b(?:go|goes|going|went) (?P<bare>[a-z]{5,})\b"
)


COMPOUND = re.compile(
    r"(?<![\w'’.@#-])(?P<name>[a-z]{3,}(?:fields?|brook|wood|hurst|bank|dale|bury|mead|crest|view"
    r"|croft"
    r"|stead|combe|bridge|well|lands?|grove|tree|lea|mount|hill))\b(?![\w@-])"
)
LIVES = re.compile(r"\b(?:liv(?:e|es|ed|ing)|moved|village|near|from|bus|shops?)(?: \w+){0,2} $")
SEVERAL = re.compile(
    r"(?:^|[.,!?] |\b(?:at|to|from|by|with|left|attends?|in|of"
    r"|think) )(?P<name>[a-z'’]{3,} [a-z'’]{3,}(?: [a-z'’]{3,})?)"
    r" (?:primary|juniors?|infants?|nursery|academy|jmi|high|pre-?school|college)\b"
)
YEAR_AT = re.compile(
    r"\b(?:year \d+|reception|teachers?|tas?|senco|staff|head|unit|base|place|placement|pupils?"
    r"|works?"
    rf"|excluded|kicked out|expelled) (?:at|in|from|of) (?P<name>[a-z]{{3,}} {BUILT}"
    rf"|[a-z]{{3,}} lanes)\b"
)


class SmallLetters:
    """Finds names that have no capital and stand in no list, or are words."""

    def __init__(self, lists: Lists) -> None:
        """Keep the lists."""
        self._lists = lists

    def people(self, text: str) -> Iterator[Span]:
        """Yield people, by what is said of them."""
        for form in (LIKED, I_AM):
            for match in form.finditer(text):
                if self._is_strange(match["name"]):
                    yield Span(*match.span("name"), "PERSON")
        yield from self._companions(text)
        start = AT_THE_START.match(text)
        if start and self._lists.is_at_times_a_name(start["name"]):
            acts = ACTS.match(text, start.end()) and not NO_DEED.match(text, start.end())
            if acts and start["name"] not in IDEAS and not ALSO_VERBS.match(start["name"]):
                yield Span(*start.span("name"), "PERSON")

    def _companions(self, text: str) -> Iterator[Span]:
        for match in WITH_ME.finditer(text):
            group = "name" if match["name"] else "first"
            if self._is_strange(match[group]):
                yield Span(*match.span(group), "PERSON")
        for match in TURN.finditer(text):
            if match["name"] not in self._lists.never_names:
                yield Span(*match.span("name"), "PERSON")

    def beside(self, text: str, people: Sequence[Span]) -> Iterator[Span]:
        """Yield strange words that “and”, “or” or “not” joins to a person: “kofi and lils”."""
        for span in people:
            before = BEFORE.search(text, 0, span.start)
            if before and self._is_strange(before["name"]) and text[span.start].islower():
                yield Span(*before.span("name"), "PERSON")
            match = BESIDE.match(text, span.end)
            word = match["name"] if match else ""
            if match and self._is_strange(word) and not (len(word) > 5 and self._is_slip(word)):
                yield Span(*match.span("name"), "PERSON")

    def schools(self, text: str) -> Iterator[Span]:
        """Yield schools: a strange word before “house”, or plain ones where a school stands."""
        yield from self._compounds(text)
        for match in SEVERAL.finditer(text):
            if not any(map(self._says_little, match["name"].split())):
                yield Span(match.start("name"), match.end(), "SCHOOL")
        for match in YEAR_AT.finditer(text):
            if not self._says_little(match["name"].split()[0]):
                yield Span(*match.span("name"), "SCHOOL")
        for match in IN_A_SLOT.finditer(text):
            group = next(name for name, found in match.groupdict().items() if found)
            if group == "trees" or self._may_be_a_school(match[group].removeprefix("the ")):
                yield Span(*match.span(group), "SCHOOL")

    def _compounds(self, text: str) -> Iterator[Span]:
        for match in WITH_BUILT.finditer(text):
            first = match["name"].split()[0]
            if self._is_strange(first) and not self._is_slip(first):
                yield Span(*match.span("name"), "SCHOOL")
        for match in COMPOUND.finditer(text):
            word = match["name"]
            rare = word not in self._lists.frequent and word not in self._lists.never_names
            place = self._lists.places.fullmatch(word) or LIVES.search(text, 0, match.start())
            if rare and not place and not self._lists.is_name(word):
                yield Span(*match.span("name"), "SCHOOL")

    def _may_be_a_school(self, name: str) -> bool:
        first, _, rest = name.partition(" ")
        if self._lists.kept.fullmatch(name) or SCHOOL_WORDS.match(first):
            return False
        if not rest:
            return self._is_strange(first) and not self._is_slip(first)
        return first not in self._lists.never_names

    def _says_little(self, word: str) -> bool:
        return bool(SCHOOL_WORDS.match(word)) or word in self._lists.never_names

    def _is_strange(self, word: str) -> bool:
        lists = self._lists
        known = lists.is_ordinary(word) or word in lists.frequent or lists.kept.fullmatch(word)
        return not known and not lists.places.fullmatch(word)

    def _is_slip(self, word: str) -> bool:
        return self._lists.is_misspelt(word)
