"""The Jinja environment: everything escaped, a misspelt name is an error, few filters."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from voice.languages.language import Language, language_of
from voice.languages.messages import is_draft, offered
from voice.languages.say import form_for, say, spoken

STATIC = Path(__file__).parent / "static"


def environment(templates: Path) -> Environment:
    """Return the environment that renders `templates`, for pages and for exports alike."""
    jinja = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,  # No page looks on the disk whether its template has changed.
    )
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.install_gettext_callables(say, form_for, newstyle=True)  # type: ignore[attr-defined]  # The extension adds it.
    jinja.globals["static"] = static
    jinja.globals["stylesheet"] = stylesheet
    jinja.globals["language"] = spoken
    jinja.globals["lang_of"] = lang_of
    jinja.globals["in_span"] = in_span
    jinja.globals["is_draft"] = is_draft
    jinja.globals["offered"] = offered
    jinja.filters["day"] = day
    return jinja


@cache
def static(name: str) -> str:
    """Return the address of a static file; it changes when the file does, so it can be cached.

    A file is read once in the life of a process.
    """
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def stylesheet(name: str) -> str:
    """Return the text of a style sheet, for an export that must stand alone."""
    return (STATIC / name).read_text(encoding="utf-8")


def lang_of(words: str | Language) -> Markup:
    """Return the attributes that say which language words are in, where it is not the page's.

    Put it into the tag around the words: `<h1{{ lang_of(words) }}>{{ words }}</h1>`.
    """
    language = words if isinstance(words, Language) else language_of(words)
    if language == spoken():
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language.tag, language.direction)


def in_span(words: str) -> Markup:
    """Return words within a sentence of ours, with their language where it is not the page's."""
    return Markup("<span{}>{}</span>").format(lang_of(words), words)


def day(value: date) -> str:
    """Return a date in words, in the language that is spoken: 3 May 2027."""
    return format_date(value, "d MMMM y", locale=spoken().code)
