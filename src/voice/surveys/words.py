"""Other words for a survey, such as easy read: laid over the same ids, never another survey.

All wordings of a survey give one set of answers and one count, so only what people read or see
can be changed here.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct, structs

from voice.easy_words.text import Explained
from voice.languages.language import ENGLISH, Foreign, Language, language_of_wording
from voice.surveys.questions import AnyPage, ChooseMany, ChooseOne, Option
from voice.surveys.survey import Accepted, BadSurvey, CheckedWith, Survey, Welcome
from voice.surveys.translation import Translation

TEXTS = {
    *("title", "audience", "text", "assent"),
    *("name", "ask", "hint", "photo", "label", "low", "high", "dont_know"),
}
"""The fields of a wording that people read."""


class OptionWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Other words or another picture for one option. None leaves the survey's own."""

    label: str | None = None
    picture: str | None = None


class PageWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Other words or another picture for one page. None leaves the survey's own."""

    ask: str | None = None
    hint: str | None = None
    picture: str | None = None
    photo: str | None = None
    text: tuple[str, ...] | None = None
    low: str | None = None
    high: str | None = None
    dont_know: str | None = None
    options: dict[str, OptionWords] = {}


class WelcomeWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Other words for the start page. None leaves the survey's own."""

    text: tuple[str, ...] | None = None
    assent: str | None = None
    picture: str | None = None


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording of a survey, read from `surveys/<id>/words/<wording>.toml`.

    `name` is what a person picks it by; `easy_read` puts it under the rules of easy read. Its
    glossary and its reasons are added to the survey's; who checked it is its own. A wording in
    another language has a `translation`, and is as easy as the English that it translates.
    """

    name: str
    easy_read: bool = False
    title: str | None = None
    audience: str | None = None
    welcome: WelcomeWords = WelcomeWords()
    pages: dict[str, PageWords] = {}
    glossary: Mapping[str, Explained] = {}
    accepted: tuple[Accepted, ...] = ()
    checked_with: tuple[CheckedWith, ...] = ()
    translation: Translation | None = None


def load_words(folder: Path) -> dict[str, Words]:
    """Return the wordings of the survey in `folder`, by the file's name without its end, sorted.

    Raises:
        BadSurvey: a file is not TOML, or does not fit `Words`.
    """
    return {file.stem: read_words(file) for file in sorted((folder / "words").glob("*.toml"))}


def read_words(file: Path) -> Words:
    """Return one wording; the texts of one in another language carry it with them.

    Raises:
        BadSurvey: the file is not TOML, does not fit `Words`, or translates without a record.
    """
    try:
        words = msgspec.toml.decode(file.read_bytes(), type=Words)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"{file}: {error}") from error
    language = language_of_wording(file.stem)
    if (language == ENGLISH) != (words.translation is None):
        raise BadSurvey(f"{file}: [translation] stands in wordings called by a language’s code.")
    return words if language == ENGLISH else cast(Words, _spoken(words, language))


def lay_over(survey: Survey, words: Words) -> Survey:
    """Return the survey in other words: the same ids in the same order.

    Raises:
        BadSurvey: the words are for a page, an option or a part that the survey does not have.
    """
    unknown = [page_id for page_id in words.pages if survey.page(page_id) is None]
    if unknown:
        raise BadSurvey(f"{survey.id} has no page called “{unknown[0]}”, but “{words.name}” does.")
    worded = {
        page.id: _page_in(page, words.pages.get(page.id), survey.id) for page in survey.all_pages
    }
    return structs.replace(
        survey,
        welcome=cast(Welcome, _replaced(survey.welcome, words.welcome, survey.id)),
        pages=tuple(worded[page.id] for page in survey.pages),
        practice=survey.practice and worded[survey.practice.id],
        easy_read=survey.easy_read if words.translation else words.easy_read,
        glossary={**survey.glossary, **words.glossary},
        accepted=survey.accepted + words.accepted,
        checked_with=words.checked_with,
        **_given(words, "title", "audience"),
    )


def _page_in(page: AnyPage, words: PageWords | None, survey_id: str) -> AnyPage:
    """Return the page in other words."""
    if words is None:
        return page
    place = f"{survey_id}, page “{page.id}”"
    page = cast(AnyPage, _replaced(page, words, place))
    if not words.options:
        return page
    if not isinstance(page, ChooseOne | ChooseMany):
        raise BadSurvey(f"{place}: there are words for options, but this page has none.")
    unknown = set(words.options) - {option.value for option in page.options}
    if unknown:
        raise BadSurvey(f"{place}: there is no option “{min(unknown)}” to give words to.")
    return structs.replace(page, options=_options_in(page.options, words.options, place))


def _options_in(
    options: tuple[Option, ...], words: dict[str, OptionWords], place: str
) -> tuple[Option, ...]:
    """Return the options in other words, in the same order."""
    return tuple(
        cast(Option, _replaced(option, words.get(option.value, OptionWords()), place))
        for option in options
    )


def _replaced(part: Struct, words: Struct, place: str) -> Struct:
    """Return `part` with the texts that `words` has."""
    texts = _given(words, *(field for field in words.__struct_fields__ if field != "options"))
    unknown = set(texts) - set(part.__struct_fields__)
    if unknown:
        raise BadSurvey(f"{place}: it has no “{min(unknown)}” to give words to.")
    return structs.replace(part, **texts)


def _spoken(part: Struct, language: Language) -> Struct:
    """Return a wording, or a part of one, whose texts carry their language."""
    changed: dict[str, Any] = {}
    for field in part.__struct_fields__:
        value = getattr(part, field)
        if isinstance(value, Struct) and not isinstance(value, Translation):
            changed[field] = _spoken(value, language)
        elif field in ("pages", "options"):
            changed[field] = {name: _spoken(inner, language) for name, inner in value.items()}
        elif field in TEXTS and isinstance(value, str):
            changed[field] = Foreign(value, language)
        elif field in TEXTS and value is not None:
            changed[field] = tuple(Foreign(line, language) for line in value)
    return structs.replace(part, **changed)


def _given(words: Struct, *fields: str) -> dict[str, Any]:
    """Return those of the fields that are not None, by name."""
    return {field: text for field in fields if (text := getattr(words, field)) is not None}
