"""Parts of a file that a browser asks for: players want the end of a sound before its middle."""

import re
from collections.abc import Mapping

from msgspec import Struct

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class ByteRange(Struct, frozen=True):
    """The bytes from `first` to `last`, both among them, counted from 0."""

    first: int
    last: int


class NoSuchRange(ValueError):
    """The range begins behind the end."""


class Part(Struct, frozen=True):
    """How to answer: with which status and headers, and which bytes of the file, if any."""

    status: int
    headers: dict[str, str]
    bytes: ByteRange | None


def part_of(asked: Mapping[str, str], size: int, sha256: str) -> Part:
    """Return how to answer for a file that never changes under its address.

    Args:
        asked: the headers of the request, their names in small letters.
        size: how many bytes the file has, at least one.
        sha256: their SHA-256, which tells one file from another.
    """
    headers = {
        "accept-ranges": "bytes",
        "cache-control": "public, max-age=31536000, immutable",
        "etag": f'"{sha256}"',
    }
    fits = asked.get("if-range", headers["etag"]) == headers["etag"]
    try:
        part = read_range(asked.get("range", ""), size) if fits else None
    except NoSuchRange:
        return Part(416, {**headers, "content-range": f"bytes */{size}"}, None)
    if part is None:
        return Part(200, headers, ByteRange(0, size - 1))
    headers["content-range"] = f"bytes {part.first}-{part.last}/{size}"
    return Part(206, headers, part)


def read_range(header: str, size: int) -> ByteRange | None:
    """Return the one range that a `Range` header asks for, cut at the end of `size` bytes.

    None means the whole: there is no header, or one that we may leave unanswered by the rules of
    HTTP because it cannot be read or asks for several ranges.

    Raises:
        NoSuchRange: nothing of what it asks for is there.
    """
    asked = ONE_RANGE.fullmatch(header.strip())
    if asked is None or asked[1] == asked[2] == "":
        return None
    if asked[1] == "":
        first, last = max(0, size - int(asked[2])), size - 1
    else:
        first, last = int(asked[1]), min(int(asked[2] or size), size - 1)
        if asked[2] and int(asked[2]) < first:
            return None
    if first >= size:
        raise NoSuchRange
    return ByteRange(first, last)
