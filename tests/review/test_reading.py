"""The order in which comments are read one by one."""

import random
from uuid import UUID

from voice.review import reading


def order(person, ids):
    """The ids as this person comes to them, each after the one before."""
    found: list[UUID] = []
    while True:
        after = found[-1] if found else None
        spans = reading.spans(person, after)
        ahead = (sorted(i for i in ids if first < i <= last) for first, last in spans)
        following = next((some[0] for some in ahead if some), None)
        if following is None:
            return found
        found.append(following)
        assert len(found) <= len(ids)


def test_everybody_comes_to_every_comment_once_and_begins_elsewhere():
    dice = random.Random(3)
    ids = [UUID(int=dice.getrandbits(128)) for _ in range(200)]
    orders = [order(person, ids) for person in range(1, 9)]
    assert all(sorted(one) == sorted(ids) for one in orders)
    assert len({one[0] for one in orders}) > 5
    assert orders[0] == order(1, ids)
