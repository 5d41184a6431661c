"""Rules of easy read that a machine can count. It never says “easy read”, only what it found."""

import re
from collections.abc import Iterator

from voice.surveys.problem import Around, Problem, options_of
from voice.surveys.questions import AnyPage, Information, Scale
from voice.surveys.survey import Survey

LONG_SENTENCE = 10
"""The most words a sentence should have."""

TOO_LONG_SENTENCE = 15
"""The most words a sentence may have: with more, the survey is not shown."""

MOST_OPTIONS = 5

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the space around them."""
    return [sentence for sentence in SENTENCE_END.split(text.strip()) if sentence]


def count_words(sentence: str) -> int:
    """Return how many words a sentence has; a dash or a mark on its own is none."""
    return sum(any(letter.isalnum() for letter in word) for word in sentence.split())


def texts_of(survey: Survey) -> Iterator[tuple[str, str]]:
    """Return every text a respondent reads, each after the place where it stands."""
    yield "title", survey.title
    for text in survey.welcome.text:
        yield "welcome", text
    yield "welcome", survey.welcome.assent
    for page in survey.pages:
        for text in _texts_on(page):
            yield f"page “{page.id}”", text


def _texts_on(page: AnyPage) -> Iterator[str]:
    """Return every text on one page, in the order it is read."""
    yield page.ask
    yield page.hint
    if isinstance(page, Information):
        yield from page.text
    if isinstance(page, Scale):
        yield from (page.low, page.high, page.dont_know)
    yield from (option.label for option in options_of(page))


def easy_read_has_few_options(survey: Survey, around: Around) -> Iterator[Problem]:
    """In easy read, a page offers five answers at most."""
    for page in survey.pages if survey.easy_read else ():
        if len(options_of(page)) > MOST_OPTIONS:
            yield around.problem(
                page,
                f"{len(options_of(page))} answers are too many for easy read.",
                f"Offer {MOST_OPTIONS} at most.",
            )


def easy_read_has_short_sentences(survey: Survey, around: Around) -> Iterator[Problem]:
    """In easy read, a sentence has 10 words; more than 15 may not be shown."""
    for place, text in texts_of(survey) if survey.easy_read else ():
        for sentence in sentences(text):
            length = count_words(sentence)
            if length > LONG_SENTENCE:
                yield around.problem(
                    place,
                    f"“{sentence}” has {length} words.",
                    f"Use {LONG_SENTENCE} words at most, or make two sentences of it.",
                    stops=length > TOO_LONG_SENTENCE,
                )
