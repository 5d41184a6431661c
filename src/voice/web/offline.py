"""The script that lets a survey be finished without a connection, put together from its parts."""

import gzip
from functools import cache
from pathlib import Path

PARTS = Path(__file__).parent / "static" / "offline"
ORDER = ("route.js", "keep.js", "fill.js", "post.js", "worker.js")


@cache
def worker(*, on: bool) -> bytes:
    """Return the script, gzipped; without `on`, one that sends what waits and then goes away."""
    parts = [(PARTS / name).read_text(encoding="utf-8") for name in ORDER]
    whole = "\n".join(['"use strict";', f"const ON = {str(on).lower()};", *parts])
    return gzip.compress(whole.encode(), mtime=0)
