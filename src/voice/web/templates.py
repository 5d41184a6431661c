"""The Jinja environment: everything escaped, a misspelt name is an error, few filters."""

import hashlib
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

STATIC = Path(__file__).parent / "static"


def environment(templates: Path) -> Environment:
    """Return the environment that renders `templates`, for pages and for exports alike."""
    jinja = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals["static"] = static
    jinja.globals["stylesheet"] = stylesheet
    jinja.filters["day"] = day
    return jinja


def static(name: str) -> str:
    """Return the address of a static file; it changes when the file does, so it can be cached."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def stylesheet(name: str) -> str:
    """Return the text of a style sheet, for an export that must stand alone."""
    return (STATIC / name).read_text(encoding="utf-8")


def day(value: date) -> str:
    """Return a date in words: 3 May 2027."""
    return f"{value.day} {value:%B %Y}"
