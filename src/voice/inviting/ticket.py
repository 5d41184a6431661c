"""What a person holds once their code was taken: leave to begin one answer, and no word of whose.

A ticket has no part of the code in it, and the database gets to see only a hash of it, and that
only when it is used, in another request and another transaction than the code.
"""

import hashlib
import hmac
import secrets
from datetime import date, timedelta

COOKIE = "voice_ticket"
GOOD_FOR = timedelta(days=1)


def make(key: bytes, survey_id: str, today: date) -> str:
    """Return a new ticket for a survey, as the value of a cookie; it is good for today and
    tomorrow.
    """
    said = f"{survey_id}.{today.isoformat()}.{secrets.token_urlsafe(16)}"
    return f"{said}.{_mark(key, said)}"


def good(key: bytes, ticket: str, survey_id: str, today: date) -> bool:
    """Say whether we made this ticket, for this survey, lately."""
    said, _, mark = ticket.rpartition(".")
    if not hmac.compare_digest(mark.encode(), _mark(key, said).encode()):
        return False
    survey, day, _ = said.split(".")
    return survey == survey_id and date.fromisoformat(day) + GOOD_FOR >= today


def hashed(ticket: str) -> bytes:
    """Return what is kept of a ticket that was used."""
    return hashlib.sha256(ticket.encode()).digest()


def _mark(key: bytes, said: str) -> str:
    return hmac.new(key, b"ticket " + said.encode(), hashlib.sha256).hexdigest()
