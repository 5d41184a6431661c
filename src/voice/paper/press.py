"""The press: sheets are typeset in a process of their own, one at a time, and kept in memory.

A process of its own keeps the typesetter out of the web process; a worker's job would keep a
booklet from whoever runs no worker. It takes a fifth of a second, so nothing is kept on disk.
"""

import asyncio
import subprocess
import sys

from msgspec import msgpack

from voice.errors import VoiceError
from voice.paper.sheets import Bundle, fingerprint

LONGEST = 30.0  # Seconds.
KEPT_AT_MOST = 32  # Sheets; a booklet has 100 to 200 kB.
COMMAND = (sys.executable, "-m", "voice.paper.typeset")


class NotPrinted(VoiceError):
    """The typesetter could not make the file, or took too long."""

    title = "We could not make that file"


class Press:
    """Makes PDFs and keeps the last of them; one for each web process."""

    def __init__(self, command: tuple[str, ...] = COMMAND, longest: float = LONGEST) -> None:
        """Start empty. `command` reads a bundle and writes a PDF, within `longest` seconds."""
        self._command = command
        self._longest = longest
        self._kept: dict[str, bytes] = {}
        self._one_at_a_time = asyncio.Lock()

    async def typeset(self, files: Bundle) -> bytes:
        """Return the PDF of a bundle.

        Raises:
            NotPrinted: it cannot be typeset, or not in time.
        """
        name = fingerprint(files)
        async with self._one_at_a_time:
            if name not in self._kept:
                made = await asyncio.to_thread(self._make, files)
                while len(self._kept) >= KEPT_AT_MOST:
                    del self._kept[next(iter(self._kept))]
                self._kept[name] = made
            return self._kept[name]

    def _make(self, files: Bundle) -> bytes:
        try:
            done = subprocess.run(
                self._command,
                input=msgpack.encode(files),
                capture_output=True,
                timeout=self._longest,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotPrinted("It took too long. Wait a minute and try once more.") from None
        if done.returncode:
            raise NotPrinted("Ask whoever runs Voice to try: voice survey print")
        return done.stdout
