"""Rules about length: words in a sentence, sentences in a question, how hard the whole reads."""

from collections.abc import Iterator

from voice.easy_words.fault import Fault, over
from voice.easy_words.lists import Lists
from voice.easy_words.syllables import syllables
from voice.easy_words.text import Text, count_words, words_of

LONG_SENTENCE = 10
"""The most words a sentence should have."""

TOO_LONG_SENTENCE = 15
"""The most words a sentence may have."""

SHORTEST_MEASURED = 5
"""The fewest words for which the two reading formulas mean anything."""


def long_sentences(text: Text, lists: Lists) -> Iterator[Fault]:
    """R1: a sentence has 10 words; 15 at most."""
    for sentence in text.sentences if text.easy else ():
        length = count_words(sentence)
        if level := over(length, LONG_SENTENCE, TOO_LONG_SENTENCE):
            what_to_do = "Use 10 words at most, or make two sentences of it."
            yield Fault("R1", level, f"“{sentence}” has {length} words.", what_to_do)


def many_sentences(text: Text, lists: Lists) -> Iterator[Fault]:
    """R2: before an answer there are two sentences to read; three at most."""
    count = len(text.sentences)
    if text.easy and text.kind == "question" and (level := over(count, 2, 3)):
        why = f"{count} sentences come before the answer."
        yield Fault("R2", level, why, "Ask one thing, in one or two sentences.")


def reads_hard(text: Text, lists: Lists) -> Iterator[Fault]:
    """R3 and R4: two formulas of long words and long sentences; a hint, rough on one sentence.

    Of one short sentence they never stop a survey: a single longer word decides its figure, and
    R5 to R7 look at each word for itself.
    """
    words = [word.written for word in words_of(text.words)]
    if not text.easy or not text.english or len(words) < SHORTEST_MEASURED:
        return
    by_sentence = len(words) / len(text.sentences)
    by_word = sum(map(syllables, words)) / len(words)
    grade = 0.39 * by_sentence + 11.8 * by_word - 15.59
    ease = 206.835 - 1.015 * by_sentence - 84.6 * by_word
    what_to_do = "Use shorter words and shorter sentences. This is a hint."
    is_rough = len(text.sentences) == 1 and len(words) < LONG_SENTENCE
    if level := over(grade, 3, 5):
        level = "warn" if is_rough else level
        yield Fault("R3", level, f"Its Flesch-Kincaid grade is {grade:.1f}.", what_to_do)
    if level := over(-ease, -85, -70):
        level = "warn" if is_rough else level
        yield Fault("R4", level, f"Its Flesch reading ease is {ease:.0f}.", what_to_do)


def long_answer(text: Text, lists: Lists) -> Iterator[Fault]:
    """R15: an answer to choose has three words; five at most."""
    length = count_words(text.words)
    if text.easy and text.kind == "option" and (level := over(length, 3, 5)):
        why = f"The answer “{text.words}” has {length} words."
        yield Fault("R15", level, why, "Use three words at most.")
