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
            # The message of the error could hold words of the comment, so it is left out.
            raise BadInput(f"{file}, line {number}: this is not {{“id”, “text”}}.") from None
    return comments
