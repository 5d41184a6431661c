"""Three easy words that let a person take their answers back, without an account.

1,024 words, none twice in a code, give about a thousand million codes. A code follows from the
secret key and the response, so it can be shown again while the person is still here; the database
keeps only a keyed hash of it, so nobody can read codes out of a copy.
"""

import hashlib
import hmac
import re
from pathlib import Path
from uuid import UUID

WORDS = tuple((Path(__file__).parent / "code_words.txt").read_text(encoding="utf-8").split())


def code_for(key: bytes, response_id: UUID, attempt: int = 0) -> str:
    """Return the three different words of a response. Another `attempt` gives other words."""
    digest = _keyed(key, f"words {response_id} {attempt}")
    words: list[str] = []
    while len(words) < 3:
        digest = _keyed(key, digest.hex())
        word = WORDS[int.from_bytes(digest[:8], "big") % len(WORDS)]
        words += [word] if word not in words else []
    return " ".join(words)


def code_hash(key: bytes, typed: str) -> bytes:
    """Return what is stored for a code, however it was typed: capitals, dashes and spaces."""
    return _keyed(key, "code " + " ".join(re.findall(r"[a-z]+", typed.lower())))


def _keyed(key: bytes, words: str) -> bytes:
    return hmac.new(key, words.encode(), hashlib.sha256).digest()
