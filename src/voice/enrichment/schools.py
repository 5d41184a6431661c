"""Schools and settings: what points at where a child spends the day."""

import re
from collections.abc import Iterator
from itertools import chain

from voice.enrichment.around import SCHOOL_FOLLOWS, label_around
from voice.enrichment.lists import Lists
from voice.enrichment.name_forms import SENTENCE_START
from voice.enrichment.patterns import Span
from voice.enrichment.school_forms import (
    A_THING,
    ADJECTIVE,
    BUILT,
    FEW_CAPITALS,
    KIND_FOLLOWS,
    LOWER_KIND,
    NAMED_SCHOOL,
    NAMED_THE,
    NO_SCHOOL,
    NOT_A_SCHOOL,
    PROPER,
    SAINT,
    SCHOOL_WORDS,
    SETTING,
    SLOT,
    SMALL_KIND,
    SMALL_LETTERS,
    STRONG,
)


class Schools:
    """Finds schools and settings."""

    def __init__(self, lists: Lists) -> None:
        """Keep the lists."""
        self._lists = lists

    def schools(self, text: str) -> Iterator[Span]:
        """Yield schools and settings that are named as such."""
        yield from self._listed(text)
        yield from self._with_kind(text)
        for match in FEW_CAPITALS.finditer(text):
            yield from self._few_capitals(match)
        for match in chain(SMALL_LETTERS.finditer(text), SMALL_KIND.finditer(text)):
            if self._may_be_a_school(match["name"]):
                end = KIND_FOLLOWS.match(text, match.end("name"))
                yield Span(match.start("name"), end.end() if end else match.end(), "SCHOOL")

    def _with_kind(self, text: str) -> Iterator[Span]:
        for match in NAMED_SCHOOL.finditer(text):
            start = self._name_start(text, match)
            if start < match.end("name"):
                yield Span(start, match.end(), "SCHOOL")
        for match in LOWER_KIND.finditer(text):
            start = self._name_start(text, match)
            name = text[start : match.end("name")]
            if ADJECTIVE.match(match["name"]):
                start, name = match.start(), match["name"]
            inside = SENTENCE_START.search(text, 0, start) is None and start > 0
            own = self._is_own_name(name) or (inside and name)
            if own and not A_THING.search(text, 0, start):
                yield Span(start, match.end(), "SCHOOL")

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
            joined = " de " in name or " of " in name
            person = self._lists.is_name(words[0]) and not ends_plainly and not joined
            place = self._lists.places.fullmatch(name) or person
            sure = STRONG.match(match[0]) and full not in self._lists.never_names
            plain = NO_SCHOOL.search(full) or (
                not sure
                and self._is_just_words(full)
                and not SCHOOL_FOLLOWS.match(text, match.end())
            )
            if not known and not place and not plain:
                yield Span(match.end() - len(full), _without_end(text, match), "SCHOOL")
        yield from self._in_capitals(text)

    def _in_capitals(self, text: str) -> Iterator[Span]:
        for match in SLOT.finditer(text):
            if self._may_be_named(match["name"]):
                yield Span(match.start("name"), _without_end(text, match), "SCHOOL")
        for match in PROPER.finditer(text):
            first = match["name"].split()[0]
            label = label_around(text, *match.span("name"))
            if not self._never(first) and not self._lists.kept.fullmatch(first):
                yield Span(*match.span("name"), label or "SCHOOL")
        for match in NAMED_THE.finditer(text):
            if SCHOOL_FOLLOWS.match(text, match.end()):
                yield Span(*match.span(), "SCHOOL")

    def _is_own_name(self, name: str) -> bool:
        """Return whether this before “nursery” is a name: no one word of the dictionary."""
        return name != "" and (" " in name or not self._lists.is_ordinary(name))

    def _may_be_named(self, name: str) -> bool:
        """Return whether capitals where a school stands are not a person’s or a body’s."""
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
