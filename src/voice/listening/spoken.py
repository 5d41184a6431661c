"""What is said on each page: the words of the page, as a voice should say them."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256

from msgspec import Struct

from voice.easy_words.text import Explained
from voice.languages.language import ENGLISH, language_of_wording
from voice.surveys.catalogue import Catalogue
from voice.surveys.order import SWAPPED, swapped_page
from voice.surveys.problem import options_of
from voice.surveys.questions import AnyPage, Faces, Information, Scale
from voice.surveys.survey import Survey

START = "start-page"
"""The place of the start page: no page can have this id, because of its hyphen."""

OWN_WORDS = "own-words"
"""What the survey's own wording is called in names of folders and on pages."""

# Numbers to call are said digit by digit: 0800 1111, 999.
TO_CALL = re.compile(r"\b0\d{2,}(?: \d{3,})*\b|\b(?:999|111|116 123)\b")
SENTENCE_END = re.compile(r"(?<=[.!?؟۔।])\s+")
ENDED = re.compile(r"[.!?:;…؟۔।]$")


class Spoken(Struct, frozen=True):
    """What one page says: a line for each sentence and each answer, with a pause between them."""

    place: str
    lines: tuple[str, ...]
    language: str = ENGLISH.tag

    @property
    def words(self) -> str:
        """All lines, one below the other."""
        return "\n".join(self.lines)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the language and the words, as 64 hex digits: another text, another."""
        return sha256(f"{self.language}\n{self.words}".encode()).hexdigest()


def all_said(catalogue: Catalogue, survey_id: str) -> dict[str, list[Spoken]]:
    """Return what is said on every page of a survey, by wording; its own words come first.

    Raises:
        SurveyNotFound: there is no such survey.
    """
    wordings = ("", *catalogue.wordings(survey_id))
    return {wording: said(catalogue.find(survey_id, wording), wording) for wording in wordings}


def said(survey: Survey, wording: str = "") -> list[Spoken]:
    """Return what is said on the start page and on every page of a survey in a wording."""
    places = [START, *(page.id for page in survey.all_pages)]
    if survey.swap_order:
        pages = (page for page in survey.all_pages if isinstance(page, Faces))
        places += [page.id + SWAPPED for page in pages]
    return [spoken for place in places if (spoken := said_at(survey, place, wording)) is not None]


def said_at(survey: Survey, place: str, wording: str = "") -> Spoken | None:
    """Return what is said at one place of a survey in a wording, or None when it has none such.

    A page whose faces can stand in the other order has a second place for that.
    """
    page = survey.page(place.removesuffix(SWAPPED))
    if page is not None and place.endswith(SWAPPED):
        page = swapped_page(page)
    if page is None and place != START:
        return None
    texts = _texts(page) if page else _start(survey)
    sentences = (one for text in texts for one in SENTENCE_END.split(text.strip()) if one)
    lines = tuple(_to_say(one, survey.glossary) for one in sentences)
    return Spoken(place, lines, language_of_wording(wording).tag)


def _start(survey: Survey) -> Iterator[str]:
    yield survey.title
    yield from survey.welcome.text
    yield survey.welcome.assent


def _texts(page: AnyPage) -> Iterator[str]:
    """Return the texts of a page in the order they are read."""
    yield page.ask
    yield page.hint
    if isinstance(page, Information):
        yield from page.text
    if isinstance(page, Scale):
        yield from (f"0: {page.low}", f"10: {page.high}", page.dont_know)
    yield from (option.label for option in options_of(page))


def _to_say(line: str, glossary: Mapping[str, Explained]) -> str:
    """Return a line as it is said: hard words by their sound, numbers to call as digits."""
    for word in sorted(glossary, key=len, reverse=True):
        line = _sounded(line, word, glossary[word].say)
    line = TO_CALL.sub(lambda number: _digits(number[0]), line)
    return line if ENDED.search(line) else f"{line}."


def _sounded(line: str, word: str, sound: str) -> str:
    """Return a line with a word, where it stands as a whole, as it sounds."""
    if not sound or word.lower() not in line.lower():
        return line
    return re.sub(rf"\b{re.escape(word)}\b", lambda _: sound, line, flags=re.IGNORECASE)


def _digits(number: str) -> str:
    """Return a number digit by digit, with a small pause between its groups."""
    return ", ".join(" ".join(group) for group in number.split())
