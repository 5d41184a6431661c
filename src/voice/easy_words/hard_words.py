"""Rules about single words: rare, hard, long, or known only to people who work in the field."""

import re
from collections.abc import Iterator

from voice.easy_words.fault import Fault, Level, quoted
from voice.easy_words.lists import Lists
from voice.easy_words.syllables import syllables
from voice.easy_words.text import Explained, Text, Word, straight, words_of

CAPITALS = re.compile(
    r"(?<![\w.])(?:[A-Z](?:\.[A-Z])+\b\.?|[A-Z]{2,6}s?|[A-Z]&[A-Z])(?![\w-]*[a-z])"
)
RARE, RARER = 4.3, 4.0
FIRST_HARD_LEVEL = 4
LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
LONG, TOO_LONG = 3, 4
FAMILIAR_FREQUENCY, FAMILIAR_LEVEL = 4.3, 2


def rare_words(text: Text, lists: Lists) -> Iterator[Fault]:
    """R5: words are common ones."""
    rare = [word for word in _judged(text, lists) if lists.frequency_of(word) < RARE]
    if rare:
        worst = min(map(lists.frequency_of, rare))
        level: Level = "error" if worst < RARER else "warn"
        yield Fault("R5", level, f"Rare: {quoted(rare)}.", _instead(rare, lists))


def hard_words(text: Text, lists: Lists) -> Iterator[Fault]:
    """R6: words are those that learners of English meet in their first years, up to B1."""
    judged = _judged(text, lists)
    hard = [word for word in judged if lists.level_of(word) >= FIRST_HARD_LEVEL]
    if hard:
        named = [f"{word} ({LEVELS[lists.level_of(word)]})" for word in hard]
        level: Level = "error" if len(set(hard)) > 1 else "warn"
        yield Fault("R6", level, f"Hard: {quoted(named)}.", _instead(hard, lists))


def long_words(text: Text, lists: Lists) -> Iterator[Fault]:
    """R7: a word has at most two syllables, three if everybody knows it."""
    judged = _judged(text, lists)
    long = [word for word in judged if _is_long(word, lists)]
    if long:
        level: Level = "error" if max(map(syllables, long)) >= TOO_LONG else "warn"
        yield Fault("R7", level, f"Long: {quoted(long)}.", _instead(long, lists))


def initials_and_jargon(text: Text, lists: Lists) -> Iterator[Fault]:
    """R11: initials and words of the trade stand in the glossary, with how they are said."""
    found = _initials(text, lists)
    if text.easy:
        found += [match[0] for match in lists.patterns.jargon.finditer(text.words)]
    unexplained = [word for word in found if _entry(word, text) is None]
    unsaid = [word for word in found if (entry := _entry(word, text)) and not entry.say]
    if unexplained:
        what_to_do = f"{_in_place(unexplained, lists)}Or explain it in the glossary."
        yield Fault("R11", "error", f"Not everyone knows {quoted(unexplained)}.", what_to_do)
    if unsaid:
        why = f"The glossary does not tell how to say {quoted(unsaid)}."
        yield Fault("R11", "error", why, "Add `say` to it.")


def unsaid_words(text: Text) -> list[str]:
    """Return the words of the glossary that stand in the text and have no `say`."""
    return [
        word
        for word, entry in text.glossary.items()
        if not entry.say and re.search(rf"\b{re.escape(straight(word))}", text.words, re.IGNORECASE)
    ]


def _judged(text: Text, lists: Lists) -> list[str]:
    """Return the words to judge: no names, no short forms, none that is explained or known."""
    if not (text.easy and text.english):
        return []
    explained = {part for entry in text.glossary for part in re.findall(r"[\w']+", entry.lower())}
    return [
        part
        for word in words_of(text.words)
        if not _is_excused(word, lists) and not (text.kind == "option" and _is_place(word, lists))
        for part in word.plain.split("-")
        if len(part) > 1
        and "'" not in part
        and part not in explained
        and word.plain not in explained
        and not lists.knows(part)
    ]


def _is_excused(word: Word, lists: Lists) -> bool:
    """Say whether a word is a name, initials, a short form such as “don't”, or known as a whole."""
    capitals = len(word.written) > 1 and word.written.isupper() and len(word.written) <= 6
    return word.named or capitals or "n't" in word.written.lower() or lists.knows(word.plain)


def _is_place(word: Word, lists: Lists) -> bool:
    """Say whether a word that begins an answer is a name: it has a capital, and is in no list."""
    return word.written[0].isupper() and word.plain not in lists.frequency


def _is_long(word: str, lists: Lists) -> bool:
    count = syllables(word)
    familiar = (
        lists.frequency_of(word) >= FAMILIAR_FREQUENCY
        and 0 < lists.level_of(word) <= FAMILIAR_LEVEL
    )
    return count >= TOO_LONG or (count == LONG and not familiar)


def _initials(text: Text, lists: Lists) -> list[str]:
    """Return initials in a text, but for those that are words by now and for a shout."""
    known, trade = lists.sets.initials_known, lists.sets.initials
    return [
        found
        for found in dict.fromkeys(_capitals_in(text.words) + _mixed_in(text.words, trade))
        if found.replace(".", "") not in known
        and (found in trade or lists.frequency.get(found.lower(), 0.0) < RARE or "." in found)
        and not re.fullmatch(r"[IVX]+", found)
    ]


def _capitals_in(words: str) -> list[str]:
    if words.isupper() and " " in words:
        return []
    return [found[0] for found in CAPITALS.finditer(words)]


def _mixed_in(words: str, trade: frozenset[str]) -> list[str]:
    """Return initials that people write with small letters in them, such as SaLT."""
    return [word for word in re.findall(r"[A-Za-z]+\d?", words) if word in trade and len(word) > 1]


def _entry(word: str, text: Text) -> Explained | None:
    lower = word.lower()
    for entry, explained in text.glossary.items():
        if lower in (entry.lower(), entry.lower() + "s") or lower in entry.lower().split():
            return explained
    return None


def _instead(words: list[str], lists: Lists) -> str:
    """Return what to do about hard words, with an easier one where the lists have it."""
    easier = [
        f"“{word}”: {lists.written.plainer[word]}"
        for word in words
        if word in lists.written.plainer
    ]
    if easier:
        return f"Use easier words ({'; '.join(dict.fromkeys(easier))}), or the glossary."
    return "Use an easier word, or explain it in the glossary."


def _in_place(words: list[str], lists: Lists) -> str:
    for word in words:
        for pattern, easier in lists.written.jargon.items():
            if re.fullmatch(pattern, word, re.IGNORECASE):
                return f"Say “{easier}”. "
    return "Write it out in easy words. "
