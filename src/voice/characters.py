"""Characters that no text of ours may hold, wherever it comes in: a form or a file."""

import re

# What Postgres cannot keep (NUL), what no person types, and halves of characters.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Return the text without control characters; line ends and tabs stay."""
    return UNWANTED.sub("", text)
