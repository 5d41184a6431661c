"""Rules about how a question is put: no negative, no agreeing or rating, no leading."""

from collections.abc import Iterator

from voice.easy_words.fault import Fault, quoted
from voice.easy_words.lists import Lists
from voice.easy_words.shapes import (
    AGREE,
    ANOTHER_WAY,
    HELP_OR_SKIP,
    NEGATIVE,
    NOT_UN,
    OPENING,
    PRESUMED,
    TAG,
    TYPED,
    UN,
    loaded,
    praising,
)
from voice.easy_words.text import Text


def negative_question(text: Text, lists: Lists) -> Iterator[Fault]:
    """R9: a question has no negative; a yes to it may mean either."""
    if not text.english:
        return
    found = [
        match[0]
        for question in text.questions
        for match in [*NEGATIVE.finditer(question), *UN.finditer(question)]
        if not match[0].lower().startswith("un") or _is_un(match[0].lower(), lists)
    ]
    if found:
        why = f"The question has a negative: {quoted(found)}."
        yield Fault("R9", "error", why, "Ask it without: “Do you feel safe?”")


def agreeing_or_rating(text: Text, lists: Lists) -> Iterator[Fault]:
    """R12: a young person is not asked to agree, to rate, or how satisfied they are."""
    if not (text.english and (text.young or text.easy)):
        return
    found = [match[0] for match in lists.patterns.scale.finditer(text.words)]
    asked = text.words if text.kind != "text" else " ".join(text.questions)
    found += [match[0] for match in AGREE.finditer(asked)]
    if found:
        why = f"It asks to agree, rate or be satisfied: {quoted(found)}."
        yield Fault("R12", "error", why, "Ask about the thing itself: “Do people listen to you?”")


def leading_question(text: Text, lists: Lists) -> Iterator[Fault]:
    """R19: a question does not tell which answer is wanted."""
    if not text.english:
        return
    shapes = (OPENING, TAG, PRESUMED, praising(lists.sets.praise), loaded(lists.sets.loaded))
    found = [match[0] for match in lists.patterns.leading.finditer(text.words)]
    for question in text.questions:
        for shape in shapes:
            found += [match[0].strip(" ,–-?") for match in shape.finditer(question)]
    if found:
        what_to_do = "Ask openly: “What is your help like?” or “Is it good or bad?”"
        yield Fault("R19", "error", f"It leads to an answer: {quoted(found)}.", what_to_do)


def typing_only(text: Text, lists: Lists) -> Iterator[Fault]:
    """R20: who is asked to type or write is told of another way."""
    if text.english and TYPED.search(text.words) and not ANOTHER_WAY.search(text.words):
        why = "It asks to type or write, and names no other way."
        yield Fault("R20", "error", why, "Say that they can draw, speak, or miss it.")


def sensitive_question(text: Text, lists: Lists) -> Iterator[Fault]:
    """R23: a question about danger or fear stands beside a help line, and can be missed."""
    found = is_sensitive(text, lists)
    if found and not HELP_OR_SKIP.search(text.words):
        why = f"It asks about something that can upset: {quoted(found)}."
        yield Fault("R23", "error", why, "Put a help line and a way to miss it on the page.")


def is_sensitive(text: Text, lists: Lists) -> list[str]:
    """Return the words in a text's questions that speak of danger or fear."""
    if not text.english:
        return []
    return [
        m[0] for question in text.questions for m in lists.patterns.sensitive.finditer(question)
    ]


def _is_un(word: str, lists: Lists) -> bool:
    """Say whether a word is another with un- before it: “unfair”, not “uncle”."""
    return not NOT_UN.match(word) and lists.frequency_of(word[2:]) >= 3.0
