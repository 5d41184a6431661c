"""Rules about words that are hard to picture: vague times, idioms, numbers and dates."""

import re
from collections.abc import Iterator

from voice.easy_words.fault import Fault, quoted
from voice.easy_words.lists import Lists
from voice.easy_words.text import Text

MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter|easter|christmas)"
)
PERCENT = re.compile(r"\d\s?%|%|\bper ?cent(?:age)?s?\b", re.IGNORECASE)
ROMAN = re.compile(
    r"\b(?:II|III|IV|VI{1,3}|IX|XI{0,3}|XIV|XVI?)\b|"
    r"\b(?:[Pp]art|[Ss]ection|[Cc]hapter|[Ss]tage|[Yy]ear|[Ll]evel|[Vv]olume|[Pp]hase|[Tt]ype|"
    r"[Uu]nit)s? (?:I|V|X)\b|\bI to [VX]\b"
)
DATE = re.compile(
    r"\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b(?!\s?(?:am|pm))|\b\d{4}-\d\d(?:-\d\d)?\b|\b24/7\b"
)
NUMBER = re.compile(r"(?<![\w/.:-])[£$€]?(\d[\d,]*)(?:\.\d+)?(?![\w/:%]|\.\d)")
BIG = re.compile(r"\b(?:hundreds|thousands?|millions?|billions?)\b", re.IGNORECASE)
CALLING = re.compile(
    r"\b(?:call|ring|phone|telephone|text|dial|tel|childline|samaritans|number|line|code)\b",
    re.IGNORECASE,
)
YEAR = re.compile(
    rf"\b(?:in|since|until|by|from|before|after|of|for|to|year|{MONTHS})\s+(?:19|20)\d\d\b(?!\s+(?:children|people|families|pupils|schools))",
    re.IGNORECASE,
)
MOST = 100
EMERGENCY = frozenset({"101", "105", "111", "112", "116", "119", "123", "999"})


def vague_times(text: Text, lists: Lists) -> Iterator[Fault]:
    """R13: a question is about a time that one can picture; “often” is another for everyone."""
    found = [match[0] for match in lists.patterns.vague.finditer(text.words)]
    if text.easy and text.english and found:
        why = f"Vague: {quoted(found)}."
        yield Fault("R13", "warn", why, "Say when: “this week”, “every day”, “today”.")


def idioms(text: Text, lists: Lists) -> Iterator[Fault]:
    """R18: words mean what they say."""
    found = [match[0] for match in lists.patterns.idioms.finditer(text.words)]
    if text.easy and text.english and found:
        what_to_do = "Say it in words that mean what they say."
        yield Fault("R18", "warn", f"An idiom: {quoted(found)}.", what_to_do)


def numbers_and_dates(text: Text, lists: Lists) -> Iterator[Fault]:
    """R21: no per cent, Roman numerals, dates in numbers, or numbers over 100."""
    found = [match[0] for shape in (PERCENT, ROMAN, DATE) for match in shape.finditer(text.words)]
    found += _large(text.words)
    if found:
        what_to_do = "Say it in words: “half”, “Part 3”, “Monday 1 February”, “many”."
        yield Fault("R21", "warn", f"Hard to read: {quoted(found)}.", what_to_do)


def _large(words: str) -> list[str]:
    """Return numbers over 100 that are no telephone number and no year."""
    if CALLING.search(words):
        return []
    without_years = YEAR.sub(" ", words)
    large = [
        match[0]
        for match in NUMBER.finditer(without_years)
        if (digits := match[1].replace(",", ""))
        and (len(digits) > len(str(MOST)) or int(digits) > MOST)
        and not digits.startswith("0")
        and digits not in EMERGENCY
    ]
    return [] if re.search(r"\b0\d{2,4} ?\d{3}", words) else large + BIG.findall(words)
