"""A file of comments, a line of JSON for each: what some commands read."""

from pathlib import Path

import msgspec
from msgspec import Struct

from voice.errors import BadInput


class Said(Struct, frozen=True):
    """A line of the file: a comment and its id. Other fields are left unread."""

    id: str | int
    text: str


def read(file: Path) -> list[Said]:
    """Return the comments in their order; empty lines are skipped.

    Raises:
        BadInput: the file cannot be read, or a line is no comment; the message holds no word of it.
    """
    try:
        lines = file.read_bytes().splitlines()
    except OSError as problem:
        raise BadInput(f"{file} cannot be read: {problem.strerror}.") from None
    comments = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            comments.append(msgspec.json.decode(line, type=Said))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise BadInput(f"{file}, line {number}: {_what_is_wrong(line)}") from None
    if not comments:
        raise BadInput(f"{file} holds no comments: it needs a line {{“id”, “text”}} for each.")
    return comments


def _what_is_wrong(line: bytes) -> str:
    """Say what is wrong with a line. The error’s own message could hold words of the comment."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "this is not JSON in UTF-8. Each line is one comment: {“id”: …, “text”: …}."
    if not isinstance(found, dict):
        return "this is not an object {“id”: …, “text”: …}."
    missing = [f"“{field}”" for field in ("id", "text") if field not in found]
    if missing:
        return f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
    if not isinstance(found["text"], str):
        return '“text” is not text in quotation marks. Use "" where nothing was said.'
    return "“id” is neither text nor a whole number."
