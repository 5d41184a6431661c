"""Editions that were bound a moment ago, so that a class that opens a survey at once shares one."""

import gzip
import hashlib
import time
from collections.abc import Awaitable, Callable

from msgspec import Struct

FRESH = 60.0
"""Seconds until an edition is bound anew: a clip may have been published since."""

ROOM = 64

Key = tuple[str, str, str, str, str]
"""A survey's id, its wording, the code of the language, how pages look, and if words are asked."""


class Packed(Struct, frozen=True):
    """An edition made small, and the name of just these bytes."""

    gzipped: bytes
    etag: str
    bound_at: float


class Shelf:
    """At most `ROOM` editions, none older than `FRESH`."""

    def __init__(self) -> None:
        """Begin with nothing on it."""
        self._editions: dict[Key, Packed] = {}

    async def take(self, key: Key, bind: Callable[[], Awaitable[bytes]]) -> Packed:
        """Return the edition for this key; bind it when it is not here or too old."""
        found = self._editions.pop(key, None)
        if found is None or time.monotonic() - found.bound_at > FRESH:
            found = _packed(await bind())
        while len(self._editions) >= ROOM:
            del self._editions[next(iter(self._editions))]
        self._editions[key] = found
        return found


def _packed(body: bytes) -> Packed:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Packed(gzip.compress(body, 6, mtime=0), etag, time.monotonic())
