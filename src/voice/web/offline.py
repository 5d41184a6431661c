"""The script that lets a survey be finished without a connection, put together from its parts."""

from functools import cache
from pathlib import Path

PARTS = Path(__file__).parent / "static" / "offline"
ORDER = ("route.js", "keep.js", "fill.js", "post.js", "worker.js")


@cache
def worker(*, on: bool) -> bytes:
    """Return the script; with `on` false, one that sends what waits and then takes itself away."""
    parts = [(PARTS / name).read_text(encoding="utf-8") for name in ORDER]
    return "\n".join(['"use strict";', f"const ON = {str(on).lower()};", *parts]).encode()
