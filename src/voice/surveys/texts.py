"""Every text of a survey that a respondent reads, as the rules of easy words want it."""

import re
from collections.abc import Iterator

from voice.easy_words.text import Kind, Text, straight
from voice.surveys.problem import Around, options_of
from voice.surveys.questions import AnyPage, Information, Question, Scale
from voice.surveys.survey import Survey

Placed = tuple[str, str, Kind]
"""Where a text stands, its words, and what it is."""


def texts_of(survey: Survey) -> Iterator[Placed]:
    """Give every text a respondent reads, in the order it is read."""
    yield "title", survey.title, _guessed(survey.title)
    for text in survey.welcome.text:
        yield "welcome", text, _guessed(text)
    yield "welcome", survey.welcome.assent, "question"
    for page in survey.all_pages:
        for words, kind in _texts_on(page):
            yield f"page “{page.id}”", words, kind


def screens_of(survey: Survey) -> Iterator[Placed]:
    """Give all that is read at once, before any answers: the start page, then each page."""
    yield "welcome", "\n".join(survey.welcome.text), "text"
    for page in survey.all_pages:
        kind: Kind = "question" if isinstance(page, Question) else "text"
        # The button for a photo stands after the answers.
        after = {"", page.photo}
        read = [w for w, what in _texts_on(page) if w not in after and what != "option"]
        yield f"page “{page.id}”", "\n".join(read), kind


def explained_on(page: AnyPage, survey: Survey) -> dict[str, str]:
    """Return the hard words that stand on a page, with what they mean, in the glossary's order."""
    read = "\n".join(words for words, _ in _texts_on(page))
    return {
        word: explained.means
        for word, explained in survey.glossary.items()
        if re.search(rf"\b{re.escape(word)}\b", read)
    }


def as_text(words: str, kind: Kind, survey: Survey, around: Around) -> Text:
    """Return the words with what is known about who reads them."""
    return Text(
        words=straight(words),
        kind=kind,
        glossary=survey.glossary,
        english=around.english,
        easy=survey.easy_read,
        young=survey.voice in ("child", "young_person"),
    )


def _texts_on(page: AnyPage) -> Iterator[tuple[str, Kind]]:
    yield page.ask, "question" if isinstance(page, Question) else "text"
    yield page.hint, _guessed(page.hint)
    yield page.photo, "text"
    for text in page.text if isinstance(page, Information) else ():
        yield text, _guessed(text)
    if isinstance(page, Scale):
        yield from ((words, "option") for words in (page.low, page.high, page.dont_know))
    yield from ((option.label, "option") for option in options_of(page))


def _guessed(words: str) -> Kind:
    return "question" if "?" in words else "text"
