"""Translations of a survey: which string says which English, and whether it still does."""

from collections.abc import Iterator

from voice.languages.language import Foreign
from voice.surveys.problem import Problem, options_of
from voice.surveys.questions import AnyPage, Information, Scale
from voice.surveys.survey import Survey
from voice.surveys.translation import fingerprint
from voice.surveys.words import Words


def strings_of(survey: Survey) -> dict[str, str]:
    """Return every text that can be translated, by its place: "listened.ask", "welcome.text".

    The lines of a longer text are one string, one below the other.
    """
    found = {
        "title": survey.title,
        "audience": survey.audience,
        "welcome.text": _lines(survey.welcome.text),
        "welcome.assent": survey.welcome.assent,
    }
    for page in survey.all_pages:
        found |= {f"{page.id}.{part}": words for part, words in _parts(page)}
    return {place: words for place, words in found.items() if words}


def check_translation(file: str, english: Survey, worded: Survey, words: Words) -> list[Problem]:
    """Return what is wrong with a translation: missing, stale, or not checked by anybody.

    Args:
        file: the file to name.
        english: the survey in the English that is translated.
        worded: the same survey with the translation laid over it.
        words: the translation.
    """
    return [*_untold(file, english, worded, words), *_unchecked(file, english, words)]


def _untold(file: str, english: Survey, worded: Survey, words: Words) -> Iterator[Problem]:
    """Find strings that are not translated, or that say what the English said before."""
    translated = strings_of(worded)
    for place, text in strings_of(english).items():
        record = words.translation.record(place) if words.translation else None
        if not isinstance(translated.get(place), Foreign):
            why = f"“{text}” is not translated: people read it in English."
            yield Problem(file, place, why, "Translate it.", rule="translation_is_whole")
        elif record is None:
            why = "No record says which English it translates."
            do = f'Read both. When they agree, add "{place}" = "{fingerprint(text)}".'
            yield Problem(file, place, why, do, rule="translation_is_fresh")
        elif record.english != fingerprint(text):
            why = f"The English has changed since it was translated. It is now “{text}”."
            do = f"Translate it again, then write {fingerprint(text)} into its record."
            yield Problem(file, place, why, do, rule="translation_is_fresh")


def _unchecked(file: str, english: Survey, words: Words) -> Iterator[Problem]:
    """Say how many strings no native speaker has read: advice, and shown on the start page."""
    if words.translation is None:
        return
    places = strings_of(english)
    drafts = sum(
        record.status == "draft"
        for place in places
        if (record := words.translation.record(place)) is not None
    )
    if drafts:
        yield Problem(
            file,
            "survey",
            f"{drafts} of {len(places)} strings are drafts: no native speaker has checked them.",
            "Ask one, then write status = “checked”, and who it was.",
            stops=False,
            rule="translation_is_checked",
        )


def _parts(page: AnyPage) -> Iterator[tuple[str, str]]:
    yield "ask", page.ask
    yield "hint", page.hint
    yield "photo", page.photo
    if isinstance(page, Information):
        yield "text", _lines(page.text)
    if isinstance(page, Scale):
        yield from (("low", page.low), ("high", page.high), ("dont_know", page.dont_know))
    yield from ((f"options.{option.value}", option.label) for option in options_of(page))


def _lines(lines: tuple[str, ...]) -> str:
    """Return lines as one string, in their language where they all have one."""
    text = "\n".join(lines)
    first = lines[0] if lines else ""
    foreign = isinstance(first, Foreign) and all(isinstance(line, Foreign) for line in lines)
    return Foreign(text, first.language) if foreign and isinstance(first, Foreign) else text
