"""Say our own words in the language of whoever reads them.

The language belongs to one request, as long as it lasts; commands, jobs and staff pages speak
English, because nobody told them otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from voice.languages.language import ENGLISH, Language
from voice.languages.messages import messages, offered

_now: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def speak(language: Language) -> None:
    """Speak this language from here on, in this request."""
    _now.set(language)


def speak_if_offered(language: Language) -> None:
    """Speak the language of the words that a page is about, where ours are in it too."""
    if language != ENGLISH and language in offered():
        speak(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak this language within the block alone, as for a paper that staff print.

    Our words are English there where they are not in it.
    """
    before = _now.set(language if language in offered() else ENGLISH)
    try:
        yield
    finally:
        _now.reset(before)


def spoken() -> Language:
    """Return the language that is spoken in this request."""
    return _now.get()


def say(words: str, /, **fields: object) -> str:
    """Return our words in the language that is spoken, with `%(name)s` filled in from `fields`.

    The words must stand in the call as they are, so that they can be collected for translators,
    or be marked by `later` elsewhere. Words that are in no file are said as they are.
    """
    said = messages(_now.get().code).gettext(words) if words else ""
    return said % fields if fields else said


def say_many(one: str, many: str, n: int, /, **fields: object) -> str:
    """Return the form of our words that fits a number, with `%(n)s` and `fields` filled in."""
    return form_for(one, many, n) % {"n": n, **fields}


def form_for(one: str, many: str, n: int, /) -> str:
    """Return the form of our words that fits a number, with nothing filled in yet."""
    return messages(_now.get().code).ngettext(one, many, n)


def later(words: str) -> str:
    """Mark words for translators that are said elsewhere, by `say` or by a template."""
    return words
