"""What a device sends when it is back: the answers it kept, each with the time it was given."""

import base64
import hashlib
import hmac
from typing import Annotated

from msgspec import Meta, Struct

from voice.characters import clean
from voice.surveys.questions import Id

Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{32,64}$")]
"""What a device makes for each response: 24 random bytes or more."""

Turn = Annotated[int, Meta(gt=0, lt=2**53)]
"""Milliseconds since 1970, never twice the same on one device."""


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer as a form would have sent it; `words` tells whether it was typed."""

    page: Id
    turn: Turn
    form: dict[str, list[str]]
    words: bool = False

    @property
    def fields(self) -> dict[str, list[str]]:
        """The fields without control characters, as `read_form` gives them."""
        return {name: [clean(value) for value in values] for name, values in self.form.items()}


class Parcel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a device has for one response, in the order it was given.

    `words` and `swapped` are how the response begins, where this is the first we hear of it.
    `send`: the person pressed Send after these answers. `here`: they are at the device now.
    """

    key: Key
    words: str = ""
    swapped: bool = False
    given: Annotated[list[Given], Meta(max_length=100)] = []
    send: bool = False
    here: bool = False


class Receipt(Struct, frozen=True, kw_only=True):
    """What became of a parcel: all of it is kept, or the response is gone for good.

    `state` is "open", "sent" or "gone". `unplaced` counts the answers that fit no page any more,
    which are kept beside. `now` is our clock, in milliseconds; `mark` names what is asked now.
    """

    state: str
    now: int
    unplaced: int = 0
    mark: str = ""


class Known(Struct, frozen=True):
    """An answer that we have already, for a device that takes a response up in the middle."""

    state: str
    value: str | int | list[str] | None
    observed: bool
    turn: int


class TakenUp(Struct, frozen=True, kw_only=True):
    """A response that was begun without a key, for the device that makes one for it now."""

    wording: str
    swapped: bool
    sent: bool
    now: int
    answers: dict[str, Known]


def cookie_secret(secret_key: bytes, key: str) -> str:
    """Return the value of the cookie for a response under a device's key, always the same."""
    made = hmac.new(secret_key, f"cookie {key}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
