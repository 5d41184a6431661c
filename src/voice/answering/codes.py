"""Three easy words that let a person take their answers back, without an account.

1,024 words give 2^30, about a thousand million, codes. A code follows from the secret key and
the response, so it can be shown again while the person is still here; the database keeps only
a keyed hash of it, so nobody can read codes out of a copy.
"""

import hashlib
import hmac
import re
from pathlib import Path
from uuid import UUID

WORDS = tuple((Path(__file__).parent / "code_words.txt").read_text(encoding="utf-8").split())


def code_for(key: bytes, response_id: UUID, attempt: int = 0) -> str:
    """Return the three words of a response. Another `attempt` gives other words."""
    digest = _keyed(key, f"words {response_id} {attempt}")
    number = int.from_bytes(digest[:8], "big")
    return " ".join(WORDS[number // len(WORDS) ** place % len(WORDS)] for place in range(3))


def code_hash(key: bytes, typed: str) -> bytes:
    """Return what is stored for a code, however it was typed: capitals, dashes and spaces."""
    return _keyed(key, "code " + " ".join(re.findall(r"[a-z]+", typed.lower())))


def _keyed(key: bytes, words: str) -> bytes:
    return hmac.new(key, words.encode(), hashlib.sha256).digest()
