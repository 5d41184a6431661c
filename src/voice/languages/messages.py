"""Our own words in every language there is a file for: `messages/<code>.po`, read by Babel.

Another language is another file, and nothing else: no line of code names one.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from voice.languages.language import ENGLISH, KNOWN, Language

FOLDER = Path(__file__).parent / "messages"


@cache
def offered() -> tuple[Language, ...]:
    """Return the languages that pages can be read in: English, then the others by their code."""
    codes = sorted(file.stem for file in FOLDER.glob("*.po"))
    return (ENGLISH, *(KNOWN[code] for code in codes))


@cache
def catalog(code: str) -> Catalog:
    """Return the file of a language as Babel reads it.

    Raises:
        OSError: there is no such file.
    """
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


@cache
def messages(code: str) -> NullTranslations:
    """Return what looks up our words in a language; without a file it changes nothing."""
    if not (FOLDER / f"{code}.po").is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalog(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def is_draft(code: str) -> bool:
    """Tell whether no native speaker has checked our words in this language yet.

    The file says so in its header: `X-Voice-Status: draft`, or `checked`.
    """
    if not (FOLDER / f"{code}.po").is_file():
        return False
    headers = {name.lower(): value for name, value in catalog(code).mime_headers}
    return bool(headers.get("x-voice-status", "draft") != "checked")
