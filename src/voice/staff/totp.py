"""A second factor: six digits from an app, by time (RFC 6238 over RFC 4226, SHA-1, 30 seconds)."""

import base64
import hashlib
import hmac
import re
import secrets
import struct
from urllib.parse import quote

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

STEP = 30
DIGITS = 6
AROUND = (0, -1, 1)  # A clock may be half a minute off, either way.
RECOVERY = 8


def new_secret() -> bytes:
    """Return a new secret of 160 bits, as RFC 4226 asks."""
    return secrets.token_bytes(20)


def code_at(secret: bytes, step: int) -> str:
    """Return the six digits of a step of the clock (RFC 4226, 5.3)."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 0xF
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(secret: bytes, typed: str, *, now: float, after: int) -> int | None:
    """Return the step whose code was typed; None where it fits none.

    Args:
        secret: as the app has it.
        typed: what the person typed; spaces do not count.
        now: seconds since 1970.
        after: the last step that was used: it and all before it count no more, so that a code
            which somebody saw is of no use.
    """
    code = re.sub(r"\s", "", typed)
    if not re.fullmatch(r"[0-9]{6}", code):
        return None
    here = int(now) // STEP
    fitting = [
        here + near
        for near in AROUND
        if hmac.compare_digest(code_at(secret, max(here + near, 0)), code)
    ]
    return next((step for step in fitting if step > after), None)


def address(secret: bytes, email: str) -> str:
    """Return the address that an app reads from a QR code."""
    return f"otpauth://totp/Voice:{quote(email)}?secret={letters(secret)}&issuer=Voice"


def letters(secret: bytes) -> str:
    """Return a secret as it is typed into an app by hand."""
    return base64.b32encode(secret).decode().rstrip("=")


def new_recovery_codes() -> list[str]:
    """Return eight codes for a person who has lost the app; each is good once, for 50 bits."""
    words = [
        base64.b32encode(secrets.token_bytes(7)).decode().lower()[:10] for _ in range(RECOVERY)
    ]
    return [f"{word[:5]}-{word[5:]}" for word in words]


def recovery_sha256(typed: str) -> bytes:
    """Return what is kept of a recovery code, however it was typed."""
    return hashlib.sha256(re.sub(r"[^a-z2-7]", "", typed.lower()).encode()).digest()


def seal(key: bytes, secret: bytes, person_id: int) -> bytes:
    """Return a secret as it is kept: a copy of the table is of no use without the secret key."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(_key(key)).encrypt(nonce, secret, str(person_id).encode())


def unseal(key: bytes, sealed: bytes, person_id: int) -> bytes:
    """Return the secret that `seal` sealed for this person."""
    return AESGCM(_key(key)).decrypt(sealed[:12], sealed[12:], str(person_id).encode())


def _key(key: bytes) -> bytes:
    return hmac.new(key, b"voice second factor", hashlib.sha256).digest()
