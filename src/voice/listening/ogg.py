"""Ogg pages: give a stream a fixed number, so that the same sound always gives the same bytes."""

from collections.abc import Iterator

# An Ogg page begins with 27 bytes: the stream's number at 14, a checksum at 22, and at 26 how many
# lengths follow, whose sum is the size of the page's body.
HEAD, NUMBER, CHECKSUM, LENGTHS = 27, 14, 22, 26
POLYNOMIAL = 0x04C11DB7


def _table() -> list[int]:
    """Return the checksum of each byte alone."""
    found = []
    for byte in range(256):
        rest = byte << 24
        for _ in range(8):
            rest = (rest << 1) ^ (POLYNOMIAL if rest & 0x80000000 else 0)
        found.append(rest & 0xFFFFFFFF)
    return found


TABLE = _table()


def numbered(stream: bytes, number: int = 1) -> bytes:
    """Return an Ogg stream under this number; encoders choose one by chance.

    Raises:
        ValueError: it is not an Ogg stream.
    """
    changed = bytearray(stream)
    for start, end in _pages(stream):
        changed[start + NUMBER : start + NUMBER + 4] = number.to_bytes(4, "little")
        changed[start + CHECKSUM : start + CHECKSUM + 4] = bytes(4)
        checksum = _checksum(changed[start:end])
        changed[start + CHECKSUM : start + CHECKSUM + 4] = checksum.to_bytes(4, "little")
    return bytes(changed)


def _pages(stream: bytes) -> Iterator[tuple[int, int]]:
    """Return where each page begins and ends."""
    start = 0
    while start < len(stream):
        if stream[start : start + 4] != b"OggS":
            raise ValueError("this is not an Ogg stream")
        body = start + HEAD + stream[start + LENGTHS]
        end = body + sum(stream[start + HEAD : body])
        yield start, end
        start = end


def _checksum(page: bytearray) -> int:
    found = 0
    for byte in page:
        found = ((found << 8) & 0xFFFFFFFF) ^ TABLE[(found >> 24) ^ byte]
    return found
