"""A code on a card: ten letters and digits that say which of a group it is, and that we made it.

It holds the number of the group (14 bits), the place in the group (9) and a mark (27) that only
somebody with the secret key can make, so the database keeps no codes: a bit for each says whether
it was used. The letters are Crockford's base 32, in which none looks like another.
"""

import hashlib
import hmac
import re

from msgspec import Struct

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
MOST_CODES = 512
MOST_GROUPS = 2**14 - 1
MARK_BITS = 27
SAME = str.maketrans("OIL", "011")


class Place(Struct, frozen=True):
    """What a code says of itself, before anybody has looked whether it is true."""

    group_id: int
    number: int
    mark: int


def code(key: bytes, seed: bytes, group_id: int, number: int) -> str:
    """Return the code of one place in a group, as it is printed: XXXXX-XXXXX."""
    whole = (group_id << 9 | number) << MARK_BITS | _mark(key, seed, group_id, number)
    letters = "".join(LETTERS[whole >> 5 * n & 31] for n in reversed(range(LENGTH)))
    return f"{letters[:5]}-{letters[5:]}"


def read(typed: str) -> Place | None:
    """Return the place that typed letters stand for, None when they cannot be a code.

    Capitals, spaces and dashes do not matter, nor whether O was typed for 0, or I or L for 1.
    """
    letters = re.sub(r"[\s\-–.]+", "", typed).upper().translate(SAME)
    if len(letters) != LENGTH or set(letters) - set(LETTERS):
        return None
    whole = 0
    for letter in letters:
        whole = whole << 5 | LETTERS.index(letter)
    place, mark = divmod(whole, 1 << MARK_BITS)
    return Place(place >> 9, place & 511, mark)


def ours(key: bytes, seed: bytes, place: Place) -> bool:
    """Say whether we made the code: its mark is the one that our key makes."""
    made = _mark(key, seed, place.group_id, place.number)
    return hmac.compare_digest(made.to_bytes(4, "big"), place.mark.to_bytes(4, "big"))


def _mark(key: bytes, seed: bytes, group_id: int, number: int) -> int:
    words = b"invitation %d %d " % (group_id, number) + seed
    digest = hmac.new(key, words, hashlib.sha256).digest()
    return int.from_bytes(digest[:4], "big") >> 32 - MARK_BITS
