"""In which order a person reads comments one by one: by their ids, which chance drew.

Each reader begins elsewhere and goes round once, so that two seldom read the same. No list of all
comments has to be put in order for it.
"""

from hashlib import sha256
from uuid import UUID

LOWEST, HIGHEST = UUID(int=0), UUID(int=2**128 - 1)


def begins_at(person_id: int) -> UUID:
    """Return the id after which a person begins: for each person another, always the same."""
    return UUID(bytes=sha256(f"reads {person_id}".encode()).digest()[:16])


def spans(person_id: int, after: UUID | None) -> list[tuple[UUID, UUID]]:
    """Return where to look for the next comment: after the first id, up to the second.

    Args:
        person_id: who reads.
        after: the comment that was read or skipped last; None to begin.
    """
    start = begins_at(person_id)
    after = start if after is None else after
    if after < start:
        return [(after, start)]
    return [(after, HIGHEST), (LOWEST, start)]
