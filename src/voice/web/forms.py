"""Read a form: the one boundary where text from a browser comes in."""

import re
from typing import Any

from litestar import Request

from voice.characters import clean

Form = dict[str, list[str]]


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """Return every field's values in order, without control characters; files are left out."""
    form = await request.form()
    fields: Form = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(clean(value))
    return fields


def one(form: Form, name: str) -> str:
    """Return the first value of a field without spaces around it, or nothing."""
    return (form.get(name) or [""])[0].strip()


def numbers(form: Form, name: str) -> list[int]:
    """Return a field's values that are whole numbers a database id can be."""
    return [int(value) for value in form.get(name, []) if re.fullmatch(r"\d{1,15}", value)]
