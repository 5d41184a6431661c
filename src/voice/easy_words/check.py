"""All rules of easy words that need only a text, in the order of their numbers."""

from collections.abc import Callable, Iterator

from voice.easy_words.asking import (
    agreeing_or_rating,
    leading_question,
    negative_question,
    sensitive_question,
    typing_only,
)
from voice.easy_words.fault import Fault
from voice.easy_words.hard_words import hard_words, initials_and_jargon, long_words, rare_words
from voice.easy_words.joined import joined_questions
from voice.easy_words.lengths import long_answer, long_sentences, many_sentences, reads_hard
from voice.easy_words.lists import Lists
from voice.easy_words.passive import passive
from voice.easy_words.text import Text
from voice.easy_words.vague import idioms, numbers_and_dates, vague_times

TextRule = Callable[[Text, Lists], Iterator[Fault]]

ABOUT_WORDS: tuple[TextRule, ...] = (
    long_sentences,
    rare_words,
    hard_words,
    long_words,
    passive,
    negative_question,
    joined_questions,
    initials_and_jargon,
    agreeing_or_rating,
    vague_times,
    long_answer,
    idioms,
    leading_question,
    numbers_and_dates,
)
"""Rules that hold for any text, on a page or not."""

ABOUT_A_WHOLE: tuple[TextRule, ...] = (many_sentences, reads_hard)
"""Rules about all that is read before an answer."""

WITHOUT_A_PAGE: tuple[TextRule, ...] = (typing_only, sensitive_question)
"""Rules about a page, asked of a text that stands alone."""


def faults(text: Text, lists: Lists) -> list[Fault]:
    """Return what is wrong with a text that stands alone, by the number of the rule.

    An empty list says that no problem was found by machine; it never says “easy read”.
    """
    rules = (*ABOUT_WORDS, *ABOUT_A_WHOLE, *WITHOUT_A_PAGE)
    return sorted(
        (fault for rule in rules for fault in rule(text, lists)),
        key=lambda fault: int(fault.rule[1:]),
    )


def faults_of(text: Text, lists: Lists, rules: tuple[TextRule, ...]) -> list[Fault]:
    """Return what these rules find in a text."""
    return [fault for rule in rules for fault in rule(text, lists)]
