"""Know a form again that was sent twice, so that pressing a button twice decides once."""

import hashlib

from msgspec import json

from voice.web.forms import Form

TOKEN = "_csrf_token"


def form_mark(address: str, form: Form) -> str:
    """Return a short mark of what a form says and where it went; equal forms have equal marks.

    It is a sum, not the words: nothing that was typed can be read from it.
    """
    said = {name: values for name, values in form.items() if name != TOKEN}
    return hashlib.sha256(json.encode([address, said], order="sorted")).hexdigest()[:16]
