"""Schools, settings and homes: what points at where a family lives or a child spends the day.

Large places stay (`keep.txt`): a county, a district or a town of some 20,000 people points at
nobody, and reviewers need it. A village, a street or a house does point, and goes.
"""

import re
from collections.abc import Iterator
from itertools import chain

from voice.enrichment.around import SCHOOL_FOLLOWS
from voice.enrichment.lists import Lists
from voice.enrichment.patterns import Span

CAP = r"[A-ZÀ-Þ][\w'’-]*"
KIND = (
    r"(?:(?:Roman |C of E |CofE |CE |RC )?(?:Catholic |Church of England |Community |Special "
    r"|Girls['’]? |Boys['’]? |Free |High |Grammar |Infants?['’]? |Junior |Primary |Secondary "
    r"|Nursery |First |Middle |Upper |Lower |Preparatory |Prep |Federation )*"
    r"(?:and )?(?:School|College|Academy|Nursery|Pre-?school|Playgroup|Kindergarten|Sixth Form"
    r"|Primary|Juniors?|Infants?|JMI|PRU|Upper|Lower|Middle|Children['’]s Centre"
    r"|Education Support Centre|Montessori))"
)
NAMED_SCHOOL = re.compile(
    rf"\b(?P<name>{CAP}(?: (?:of|the|and|&|upon|on)(?= [A-Z])| {CAP}){{0,4}}?) {KIND}\b"
)
FEW_CAPITALS = re.compile(
    r"\b(?:at|to|in|from|go|goes|went|attends?|joined|left|near|called|outside|is|iz)"
    r" (?P<name>\w[\w'’-]+(?: \w[\w'’-]+)?)"
    r" (?:(?:infants?|junior|primary|secondary|high|special|nursery) )?"
    r"(?:school|college|academy|nursery|primary|juniors|infants|preschool|pre-school|pru"
    r"|playgroup)\b",
    re.IGNORECASE,
)
KIND_FOLLOWS = re.compile(
    r"(?: (?:infants?['’]?|juniors?|primary|secondary|jmi|special|lower|middle|upper|nursery"
    r"|pre-?school"
    r"|academy|school|college|girls|boys|community))+\b",
    re.IGNORECASE,
)
SMALL_LETTERS = re.compile(
    r"\b(?:(?:go|goes|going|went|been|move|moved|moving|transferred) to|attends?|(?:am|is|was|are"
    r"|i['’]?m"
    r"|he['’]?s|she['’]?s|place|pupil|pupils|teacher|work|works|start|started|starts|starting) at"
    r"|(?:my|our|his|her) (?:new |old )?(?:school|skool|scool|nursery|college) (?:is|iz|was|called"
    r"|is called)) (?P<name>[a-z][a-z'’]{3,})\b(?! (?:road|street|lane|way|hospital|clinic|park))"
)
SMALL_KIND = re.compile(
    r"(?<![\w'’])(?P<name>[a-z]{4,}) (?:primary|juniors?|infants?|academy|high|secondary|nursery"
    r"|college"
    r"|school|pre-?school)\b"
)
SAINT = re.compile(
    r"\b(?:St\.?|Saint) [A-Z][\w'’-]+(?: (?:and|&) (?:St\.? )?[A-Z][\w'’-]+)?"
    rf"(?: {KIND})?|\bst\.? (?:\w+s|\w+['’]s)"
    r"(?: (?:primary|nursery|infants?|juniors?|school|academy|college))*",
)
NOT_A_SCHOOL = re.compile(
    r" ?(?:street|road|lane|avenue|close|hospital|hospice|church|cathedral|ambulance|parish)\b",
    re.IGNORECASE,
)
SETTING = re.compile(
    r"(?i:\b(?:senco|sendco|teachers?|head|headteacher|ta|nursery|school|class|pupils?|place|staff"
    r"|dsl|goes|go|went|started|starts|start|moved|move|attends|is|was|now|up|lessons|days?|happy"
    r"|thrives"
    r"|thriving|settled|reception|year \d+|sixth form|unit|base|provision|him|her|them)) "
    rf"(?i:at|of|to|in at) (?P<name>(?:The )?{CAP}(?: {CAP}){{0,3}})"
    rf"|(?i:\b(?:attends|attended|attending|joined|left|(?:put|placed|kept) (?:him|her|them) in) )"
    rf"(?P<direct>(?:The )?{CAP}(?: {CAP}){{0,3}})"
)
BUILT = re.compile(
    r"Lodge|House|Court|Park|View|Bank|Manor|Grange|Farm|Woods?|Trees?|Hill|Lea|Meadows?|Fields?"
    r"|Acorns|Days|Stars|Steps|Oaks|Willows|Brook|Green|Gate|Cross|Springs?|Rise|Bridge|Mead"
)
SLOT = re.compile(
    r"(?i:\b(?:at|attends?|attended|attending|toured|visited|named|consulted|turned (?:away"
    r"|down) by"
    r"|refused by|excluded from|place at|(?:school|college|nursery|setting|academy)"
    r"(?: is| was| called| named| is called|,)|put in|moved (?:from|out of)|(?:go|goes|going|went"
    r"|been) to|left|joined)) "
    rf"(?P<name>{CAP}(?: {CAP}){{1,3}})"
)
NO_SCHOOL = re.compile(
    r"(?:Reviews?|Evening|Day|Time|Assembly|Plan|Team|Services?|Programme|Reports?|Meeting|Writing"
    r"|Group|Clubs?|Class|Office|Centre|Clinic|Hospital|Trust|Council|Department|Hall|Panel|Board"
    r"|Christmas|Stage|Level|Year|Week|Support|Needs|Authority|Therapy|Assessment|Court|Tribunal"
    r"|Hub|Network|Surgery|Station|Library|Church|World|Show|Party|Trip|Test|Lessons?|Studies|Care"
    r"|Psychology|Psychologist|Worker|Officer|Manager|Coordinator|Lead|Director|Parliament)$"
)
A_THING = re.compile(r"\b(?:an?|some|any|these|those|more|no|every|each) $", re.IGNORECASE)
ADJECTIVE = re.compile(r"(?:Little|Big|First|New|Tiny|Bright|Happy|Small) [A-Z]")
LOWER_KIND = re.compile(
    rf"\b(?P<name>{CAP}(?: {CAP}){{0,3}}) (?:nursery|primary|infants?|juniors?|school|academy"
    rf"|college"
    r"|pre-?school|playgroup|sixth form|high school)\b"
)
NAMED_THE = re.compile(rf"\bThe (?:{CAP} )?[A-Z][\w'’-]+s\b")
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
SCHOOL_WORDS = re.compile(
    r"(?:special|mainstream|primary|secondary|junior|infant|nursery|local|new|old|different"
    r"|same|big|small|little|state|private|first|middle|high|grammar|village|our|my|his"
    r"|her|their|your|this|that|any|every|each|another|other|next|good|outstanding"
    r"|independent|boarding|faith|catholic|the|a|an|no|some|both|all|one|two|three"
    r"|specialist|maintained|day|residential|sen|send|current|previous|proper|normal|real"
    r"|regular|free|public|forest|sunday|summer|upper|lower|sixth|home|after|before"
    r"|breakfast|which|what|whole|nearest|right|wrong|suitable|academy|college|school"
    r"|community|online|flexi|part-time|full-time|to|at|in|from|of|for|and|or|with|about)$",
    re.IGNORECASE,
)
MEASURES = re.compile(
    r"(?:minute|minutes|min|mins|hour|hours|mile|miles|metre|metres|way|lane|other|more|very"
    r"|year|years|month|months|week|weeks|different|main|busy|side|long|short|of|the|day"
    r"|days)$",
    re.IGNORECASE,
)


class Places:
    """Finds schools, settings, streets and small places."""

    def __init__(self, lists: Lists) -> None:
        """Keep the lists."""
        self._lists = lists

    def schools(self, text: str) -> Iterator[Span]:
        """Yield schools and settings that are named as such."""
        yield from self._listed(text)
        for match in NAMED_SCHOOL.finditer(text):
            start = self._name_start(text, match)
            if start < match.end("name"):
                yield Span(start, match.end(), "SCHOOL")
        for match in LOWER_KIND.finditer(text):
            start = self._name_start(text, match)
            name = text[start : match.end("name")]
            if ADJECTIVE.match(match["name"]):
                start, name = match.start(), match["name"]
            if self._is_own_name(name) and not A_THING.search(text, 0, start):
                yield Span(start, match.end(), "SCHOOL")
        for match in FEW_CAPITALS.finditer(text):
            yield from self._few_capitals(match)
        for match in chain(SMALL_LETTERS.finditer(text), SMALL_KIND.finditer(text)):
            if self._may_be_a_school(match["name"]):
                end = KIND_FOLLOWS.match(text, match.end("name"))
                yield Span(match.start("name"), end.end() if end else match.end(), "SCHOOL")

    def _listed(self, text: str) -> Iterator[Span]:
        for match in self._lists.schools.finditer(text):
            end = KIND_FOLLOWS.match(text, match.end())
            if not NOT_A_SCHOOL.match(text, match.end()):
                yield Span(match.start(), end.end() if end else match.end(), "SCHOOL")
        for match in SAINT.finditer(text):
            kept = self._lists.kept.match(text, match.start())
            village = (place.span() for place in self._lists.places.finditer(text))
            inside = any(start < match.start() < end for start, end in village)
            if not kept and not inside and not NOT_A_SCHOOL.match(text, match.end()):
                yield Span(match.start(), _without_end(text, match), "SCHOOL")

    def _may_be_a_school(self, word: str) -> bool:
        lists = self._lists
        if word.title() in lists.school_names:
            return True
        known = lists.is_ordinary(word) or lists.is_misspelt(word) or lists.is_sure_name(word)
        place = lists.places.fullmatch(word) or lists.kept.fullmatch(word)
        return not known and not place and not self._never(word)

    def settings(self, text: str) -> Iterator[Span]:
        """Yield names that stand where a school or a setting stands (“goes to The Willows”)."""
        for match in SETTING.finditer(text):
            full = match["name"] or match["direct"]
            name = full.removeprefix("The ")
            known = self._lists.kept.match(text, match.end() - len(name)) or name.isupper()
            words = name.split()
            ends_plainly = len(words) > 1 and self._is_plain(words[-1])
            person = self._lists.is_name(words[0]) and not ends_plainly
            place = self._lists.places.fullmatch(name) or person
            plain = self._is_just_words(full) and not SCHOOL_FOLLOWS.match(text, match.end())
            if not known and not place and not plain:
                yield Span(match.end() - len(full), _without_end(text, match), "SCHOOL")

        for match in SLOT.finditer(text):
            if self._may_be_named(match["name"]):
                yield Span(match.start("name"), _without_end(text, match), "SCHOOL")
        for match in NAMED_THE.finditer(text):
            if SCHOOL_FOLLOWS.match(text, match.end()):
                yield Span(*match.span(), "SCHOOL")

    def homes(self, text: str) -> Iterator[Span]:
        """Yield streets with and without a house number, and listed places."""
        for match in NUMBERED.finditer(text):
            if ENDS_AS_STREET.search(match[0]):
                yield Span(*match.span(), "PLACE")
        for match in NAMED_STREET.finditer(text):
            words = match[0].split()
            start = match.start() + (len(words[0]) + 1 if self._leads(words) else 0)
            kept = (self._lists.kept.match(text, at) for at in (match.start(), start))
            if not any(found and found.end() >= match.end() for found in kept):
                yield Span(start, match.end(), "PLACE")
        for match in LOWER_STREET.finditer(text):
            words = (match["name"] or match["name2"]).lower().split()
            if not any(MEASURES.match(word) or self._never(word) for word in words):
                start = match.start("name2") if match["name2"] else match.start()
                yield Span(start, match.end(), "PLACE")
        for match in self._lists.places.finditer(text):
            yield Span(*match.span(), "PLACE")

    def _is_own_name(self, name: str) -> bool:
        """Return whether this before “nursery” is a name: no one word of the dictionary."""
        return name != "" and (" " in name or not self._lists.is_ordinary(name))

    def _may_be_named(self, name: str) -> bool:
        """Return whether capitals where a school stands are a school’s, not a person’s or body’s."""
        words = name.split()
        person = self._lists.is_name(words[0]) and not self._is_plain(words[-1])
        kept = any(self._lists.kept.fullmatch(word) or word.isupper() for word in words)
        never = any(map(self._never, words)) and not ADJECTIVE.match(name)
        return not (person or kept or never or NO_SCHOOL.search(name))

    def _is_plain(self, word: str) -> bool:
        low = word.lower()
        return self._lists.is_common(low) and not self._lists.is_name(low)

    def _never(self, word: str) -> bool:
        low = word.lower()
        return SCHOOL_WORDS.match(low) is not None or low in self._lists.never_names

    def _leads(self, words: list[str]) -> bool:
        return len(words) > 2 and words[0].lower() in self._lists.never_names

    def _name_start(self, text: str, match: re.Match[str]) -> int:
        """Return where the school's own name starts, past words such as “Our” or “At”."""
        start = match.start()
        for word in match["name"].split():
            if not self._never(word) and not self._lists.kept.fullmatch(word):
                break
            start = text.index(word, start) + len(word) + 1
        return start

    def _few_capitals(self, match: re.Match[str]) -> Iterator[Span]:
        words = match["name"].split()
        skip = 0
        while skip < len(words) and self._never(words[skip]):
            skip += 1
        rest = words[skip:]
        if not rest or any(self._never(word) or self._lists.kept.fullmatch(word) for word in rest):
            return
        kind = match[0].split()[-1].lower()
        if kind == "school" and len(rest) < 2 and self._lists.is_ordinary(rest[0]):
            return  # “to hospital school”: a kind of school, not its name.
        start = match.start("name") + sum(len(word) + 1 for word in words[:skip])
        yield Span(start, match.end(), "SCHOOL")

    def _is_just_words(self, name: str) -> bool:
        words = name.removeprefix("The ").split()
        if name.startswith("The ") or (len(words) > 1 and BUILT.fullmatch(words[-1])):
            return False
        return all(self._lists.is_ordinary(word) for word in words)


def _without_end(text: str, match: re.Match[str]) -> int:
    found = text[match.start() : match.end()]
    return match.start() + len(found.rstrip("'’ "))
