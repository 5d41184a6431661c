"""As much of a browser as a load test needs: one connection, cookies, one request at a time.

A library that does more takes more of the processor than the web app it is to measure.
"""

import asyncio
from typing import NamedTuple
from urllib.parse import urlencode

PATIENCE = 60.0  # Seconds until a request counts as lost.
END = b"\r\n\r\n"


class NotAnswered(Exception):
    """The server closed the connection, or said something that is not read here."""


class Answer(NamedTuple):
    """What came back: `location` is where a form leads to."""

    status: int
    location: str
    body: str


class Browser(asyncio.Protocol):
    """One person's browser; it keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        """Remember where the site is; nothing is opened yet."""
        self._port = port
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._got = bytearray()
        self.cookies: dict[str, str] = {}

    async def get(self, path: str) -> Answer:
        """Ask for a page."""
        return await self._ask(f"GET {path} HTTP/1.1\r\n", b"")

    async def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        kind = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n"
        return await self._ask(f"POST {path} HTTP/1.1\r\n{kind}", urlencode(fields).encode())

    def close(self) -> None:
        """Close the connection."""
        if self._transport:
            self._transport.close()

    async def _ask(self, first: str, body: bytes) -> Answer:
        if self._transport is None or self._transport.is_closing():
            loop = asyncio.get_running_loop()
            self._transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{first}host: localhost:{self._port}\r\ncookie: {cookies}\r\n"
        head += f"accept-encoding: gzip, br\r\ncontent-length: {len(body)}\r\n\r\n"
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(head.encode() + body)
        async with asyncio.timeout(PATIENCE):
            head_got, body_got = await self._waiting
        return self._read(head_got.decode("latin-1"), body_got)

    def _read(self, head: str, body: bytes) -> Answer:
        first, *lines = head.split("\r\n")
        location = ""
        for name, _, value in (line.partition(": ") for line in lines):
            if name == "set-cookie":
                self._keep(value)
            elif name == "location":
                location = value
        return Answer(int(first[9:12]), location, body.decode())

    def _keep(self, cookie: str) -> None:
        name, _, kept = cookie.partition(";")[0].partition("=")
        if "max-age=0" in cookie.lower():
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = kept

    def data_received(self, data: bytes) -> None:
        """Wait until an answer is whole, then hand it over."""
        self._got += data
        head, found, rest = self._got.partition(END)
        if not found or self._waiting is None or self._waiting.done():
            return
        length = _length(bytes(head))
        if length is None:
            self._waiting.set_exception(NotAnswered("an answer without a length"))
        elif len(rest) >= length:
            self._got.clear()
            self._waiting.set_result((bytes(head), bytes(rest)))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits that nothing will come."""
        self._got.clear()
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(NotAnswered(f"the connection was closed: {exc}"))


def _length(head: bytes) -> int | None:
    place = head.lower().find(b"content-length:")
    if place < 0:
        return 0 if head[9:12] in (b"204", b"304") else None
    return int(head[place + 15 :].split(b"\r\n", 1)[0])
