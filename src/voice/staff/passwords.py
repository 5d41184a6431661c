"""Passwords: hashed with argon2id, slowly and few at a time."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

HASHER = PasswordHasher()
# A hash takes 64 MiB and a core for a fifth of a second: two at a time leave room for pages.
AT_ONCE = asyncio.Semaphore(2)
SHORTEST = 12


def hash_password(password: str) -> str:
    """Return an argon2id hash in its standard form."""
    return HASHER.hash(password)


async def hashed(password: str) -> str:
    """Return an argon2id hash, made aside so that pages go on meanwhile."""
    async with AT_ONCE:
        return await asyncio.to_thread(hash_password, password)


# Compared with when nobody has the e-mail address, so that both answers take the same time. A test
# holds it to what `HASHER` makes now; made at each start, it would cost a fifth of a second and
# 64 MiB.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$d1B4QvNS2EptxgbN9wMoXw"
    "$BS1Oi2KY8ytTwkpM98r85iaiz2wo9SDibyT6zlhbzM0"
)


async def matches(password: str, password_hash: str | None) -> bool:
    """Tell whether the password fits; takes as long when there is no hash to compare with."""
    async with AT_ONCE:
        fits = await asyncio.to_thread(_verify, password_hash or NOBODY, password)
    return fits and bool(password_hash)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except VerificationError:
        return False
