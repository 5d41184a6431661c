"""People: by how they are introduced, by lists of names, and by what the model thinks."""

import re
from collections.abc import Iterator
from itertools import chain

from voice.enrichment.lists import Lists
from voice.enrichment.name_forms import (
    ABOUT_PEOPLE,
    ACTS,
    ALSO_VERBS,
    CALLED,
    DAY_BEFORE,
    GREETING,
    IDEAS,
    IN_FULL,
    INITIALS,
    JOINS,
    JOINS_BEFORE,
    KIN,
    KIN_TITLES,
    NAMED,
    NAMED_A_SCHOOL,
    NEXT,
    NO_TITLE_BEFORE,
    NOT_A_PERSON,
    NUMBER_FOLLOWS,
    OF_A_PET,
    PAST,
    PERSONAL,
    POSSESSIVE,
    RELATION,
    SAYS,
    SENTENCE_START,
    SURE_TITLES,
    TITLE,
    TOKEN,
    TWO_LETTERS,
    VOWEL,
)
from voice.enrichment.patterns import Span


class Names:
    """Finds people's names."""

    def __init__(self, lists: Lists) -> None:
        """Keep the lists."""
        self._lists = lists

    def introduced(self, text: str) -> Iterator[Span]:
        """Yield names that the words before them announce: “Mrs Joy”, “my mate tom”."""
        for match in self._announced(text):
            yield self._whole(text, match.start("name"), match["name"])
        for match in TWO_LETTERS.finditer(text):
            yield Span(*match.span("name" if match["name"] else "told"), "PERSON")
        for match in ABOUT_PEOPLE.finditer(text):
            group = next(name for name, found in match.groupdict().items() if found)
            word = match[group].lower()
            if word in self._lists.lone_names or word in self._lists.introduced_names:
                yield Span(*match.span(group), "PERSON")

    def animals(self, text: str) -> list[tuple[int, int]]:
        """Return where the names of pets and toys stand: they point at nobody."""
        found = []
        for match in OF_A_PET.finditer(text):
            found.append((match.start(), max(match.start("name"), match.start("title"))))
            for name in ("name", "other", "title"):
                if match[name] and (match[name][0].isupper() or self._lists.is_name(match[name])):
                    found.append(match.span(name))
        return found

    def _announced(self, text: str) -> Iterator[re.Match[str]]:
        yield from (match for match in TITLE.finditer(text) if self._is_titled(text, match))
        for match in NAMED.finditer(text):
            about_a_thing = NOT_A_PERSON.search(text, 0, match.start())
            if match[0].lower().startswith("named "):
                about_a_thing = about_a_thing or NAMED_A_SCHOOL.search(text, 0, match.start())
            if not about_a_thing and self._fits(match["name"], sure=True):
                yield match
        yield from (match for match in CALLED.finditer(text) if self._may_be_called(match["name"]))
        for match in INITIALS.finditer(text):
            if self._fits(match["name"], sure=True):
                yield match
        for match in chain(RELATION.finditer(text), GREETING.finditer(text)):
            small = match["name"].islower() and not match.groupdict().get("whose")
            known = not small or match["name"] in self._lists.lone_names
            sure = not ALSO_VERBS.match(match["name"])
            if self._is_kin(match) or (known and self._fits(match["name"], sure=sure)):
                yield match

    def _may_be_called(self, name: str) -> bool:
        return name.lower() not in self._lists.never_names and not (
            name.islower() and PAST.match(name) and not self._lists.is_name(name)
        )

    def _is_kin(self, match: re.Match[str]) -> bool:
        """Return whether any word in capitals must be a name here: “my son River”."""
        whose = (match.groupdict().get("whose") or "").lower().strip(" -")
        if whose in {"", "a", "the"} or not KIN.match(match["who"]):
            return False
        name = POSSESSIVE.sub("", match["name"])
        kept = self._lists.kept.fullmatch(name) or name.lower() in self._lists.never_names
        return name[0].isupper() and not name.isupper() and not kept

    def is_said_again(self, text: str, start: int, end: int) -> bool:
        """Return whether these words, once a name in this comment, are a name here too."""
        word = text[start:end]
        if " " in word or not self._lists.is_ordinary(word):
            return True
        if word.lower() in self._lists.introduced_names:
            return word[0].isupper() and ACTS.match(text, end) is not None
        if not word[0].isupper():
            return False
        follows = ACTS.match(text, end) or POSSESSIVE.match(text[end : end + 2])
        return not _starts_sentence(text, start) or bool(follows)

    def listed(self, text: str) -> Iterator[Span]:
        """Yield names from the lists; names that are words only where they stand as names."""
        for token in TOKEN.finditer(text):
            word = POSSESSIVE.sub("", token[0])
            first = any(map(self._lists.is_sure_name, (word, word.split("-")[0])))
            first = first or self._is_double(word)
            letters_only = word.isupper() and len(word) < 4  # “TIA” is a stroke, not a girl.
            if (first and not letters_only) or self._stands_alone(text, token, word):
                yield self._whole(text, token.start(), token[0])
            elif self._lacks_apostrophe(token[0]):
                yield Span(token.start(), token.end() - 1, "PERSON")

    def _is_double(self, word: str) -> bool:
        """Return whether this is a double name: “Lily-Rose”."""
        parts = word.split("-")
        known = parts[0].lower() not in self._lists.introduced_names and self._lists.is_name(
            parts[0]
        )
        return len(parts) == 2 and word.istitle() and known

    def _lacks_apostrophe(self, word: str) -> bool:
        """Return whether this is a name as in “alfies fault”."""
        is_name = len(word) > 4 and word[-1] == "s" and self._lists.is_sure_name(word[:-1])
        return is_name and not self._lists.is_ordinary(word)

    def beside(self, text: str, found: list[Span]) -> Iterator[Span]:
        """Yield names that are words beside a name: “Mo and Trish”, “ruby, poppy and daisy”."""
        ends = {span.start: span for span in found} | {span.end: span for span in found}
        for token in TOKEN.finditer(text):
            if not self._lists.is_well_known(token[0]):
                continue
            before, after = (
                JOINS_BEFORE.search(text, 0, token.start()),
                JOINS.match(text, token.end()),
            )
            if (before and before.start() in ends) or (after and after.end() in ends):
                yield Span(*token.span(), "PERSON")

    def runs(self, text: str) -> Iterator[Span]:
        """Yield two names and more in small letters that stand beside each other."""
        last: re.Match[str] | None = None
        for token in TOKEN.finditer(text):
            named = token[0] in self._lists.lone_names and not ALSO_VERBS.match(token[0])
            if (
                named
                and last
                and last[0] != token[0]
                and NEXT.fullmatch(text, last.end(), token.start())
            ):
                yield Span(*last.span(), "PERSON")
                yield Span(*token.span(), "PERSON")
            last = token if named else None if token[0] != "and" else last

    def unusual(self, text: str) -> Iterator[Span]:
        """Yield words with a capital inside a sentence that no dictionary and no list has."""
        for token in TOKEN.finditer(text):
            word = POSSESSIVE.sub("", token[0])
            like_a_name = len(word) > 2 and word[0].isupper() and word[1:].islower()
            if not like_a_name or IN_FULL.match(token[0]) or self._is_known(text, token, word):
                continue
            if not _starts_sentence(text, token.start()) or self._acts(text, token, word):
                yield self._whole(text, token.start(), token[0])

    def _is_known(self, text: str, token: re.Match[str], word: str) -> bool:
        personal = PERSONAL.match(text, token.end()) and not self._lists.is_common(word)
        return self._lists.is_ordinary(word) and not personal

    def _acts(self, text: str, token: re.Match[str], word: str) -> bool:
        """Return whether a rare word at a sentence’s start does what people do, or owns."""
        acts = word != token[0] or text[token.end() : token.end() + 1] == ":"
        acts = acts or ACTS.match(text, token.end()) is not None
        rare = len(word) > 3 and word.lower() not in self._lists.frequent
        return acts and rare and not self._lists.is_misspelt(word)

    def trimmed(self, text: str, start: int, end: int) -> Span | None:
        """Return the model’s person without title and ending, or None if it can be no person."""
        words = [
            token
            for token in TOKEN.finditer(text, start, end)
            if token[0][0].isupper() and token[0].lower() not in self._lists.never_names
        ]
        words = [
            token
            for token in words
            if token[0].lower() not in {"mrs", "mr", "ms", "dr", "miss", "sir"}
        ]
        several = len(words) > 1 and self._lists.is_name(words[0][0])
        if not any(self._is_likely(token[0], several=several) for token in words):
            return None
        return Span(
            words[0].start(), words[-1].start() + len(POSSESSIVE.sub("", words[-1][0])), "PERSON"
        )

    def _is_likely(self, word: str, *, several: bool) -> bool:
        plain = POSSESSIVE.sub("", word)
        letters_only = plain.isupper() and len(plain) < 6
        if letters_only or IN_FULL.match(word) or self._lists.kept.fullmatch(plain):
            return False
        rare = self._lists.is_common if several else self._lists.is_ordinary
        return self._lists.is_sure_name(plain) or not rare(plain)

    def _is_titled(self, text: str, match: re.Match[str]) -> bool:
        title, name = match["title"].lower(), POSSESSIVE.sub("", match["name"])
        if name.lower() in self._lists.never_names:
            return False
        if title in KIN_TITLES:
            return self._lists.is_name(name)
        if title == "dr" and len(name) == 1 and name not in "ai":
            return True
        if title in SURE_TITLES - {"mrs", "mr", "ms"} and name.islower():
            return not self._lists.is_ordinary(name)
        if title in SURE_TITLES or (name[0].isupper() and match["title"][0].isupper()):
            return True
        if NO_TITLE_BEFORE.search(text, 0, match.start()) and not SAYS.match(text, match.end()):
            return name[0].isupper() and not self._lists.is_ordinary(name)
        maybe_a_name = title == "miss" and not name.endswith("ly")
        return maybe_a_name or not self._lists.is_ordinary(name)

    def _fits(self, name: str, *, sure: bool) -> bool:
        plain = POSSESSIVE.sub("", name)
        if (
            IN_FULL.match(name)
            or plain.lower() in self._lists.never_names - {"will"}
            or (len(plain) < 3 and plain.islower())
        ):
            return False
        if plain.isupper() and len(plain) > 1:
            return self._lists.is_sure_name(plain)
        if self._lists.is_name(plain):
            return sure or plain[0].isupper()
        if plain[0].isupper():
            known = self._lists.is_common(plain)
        else:
            long = len(plain) > 4 or not VOWEL.search(plain)
            known = self._lists.is_ordinary(plain) or (long and self._lists.is_misspelt(plain))
        return not known and not self._lists.kept.fullmatch(plain)

    def _stands_alone(self, text: str, token: re.Match[str], word: str) -> bool:
        if word.lower() in self._lists.introduced_names and word.istitle():
            dated = DAY_BEFORE.search(text, 0, token.start())
            return PERSONAL.match(text, token.end()) is not None and not dated
        capital = word[0].isupper() and not word[1:].isupper()
        if not self._lists.is_at_times_a_name(word) or not capital:
            return False
        if NUMBER_FOLLOWS.match(text, token.end()):
            return False
        if not _starts_sentence(text, token.start()):
            return True
        acts = PERSONAL if word.lower() in IDEAS else ACTS
        return word != token[0] or acts.match(text, token.end()) is not None

    def _whole(self, text: str, start: int, first: str) -> Span:
        """Return the name with the surnames that follow it in capitals."""
        end = start + len(first)
        while POSSESSIVE.sub("", text[start:end]) == text[start:end]:
            after = TOKEN.match(text, end + 1) if text[end : end + 1] == " " else None
            if not after or not self._is_surname(after[0]) or not text[start].isupper():
                break
            end = after.end()
        return Span(start, start + len(POSSESSIVE.sub("", text[start:end])), "PERSON")

    def _is_surname(self, word: str) -> bool:
        plain = POSSESSIVE.sub("", word)
        if not plain[0].isupper() or (plain.isupper() and len(plain) > 1):
            return False
        return plain.lower() not in self._lists.never_names and not self._lists.kept.fullmatch(
            plain
        )


def _starts_sentence(text: str, at: int) -> bool:
    return SENTENCE_START.search(text, max(0, at - 12), at) is not None or not text[:at].strip(
        "\"“‘'( "
    )
