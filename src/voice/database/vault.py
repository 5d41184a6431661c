"""Sealing words: nobody reads them from the database, a backup or a disk without the master key.

Each response has a key of its own (AES-256-GCM, NIST SP 800-38D). It lies beside the response,
wrapped by the master key, which is never in the database. To delete the key is to delete the words.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from uuid import UUID

from asyncpg import Record
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import json

from voice.errors import VoiceError

KEY = 32  # Bytes: AES-256.
NONCE = 12
NAME = 8

Masters = Callable[[], Sequence[bytes]]


class CannotOpen(VoiceError):
    """Sealed words cannot be opened: the master key is missing, or the bytes have changed."""

    title = "Some words cannot be opened"


class Vault:
    """Seals and opens words; holds the master keys, the newest first."""

    def __init__(self, masters: Masters) -> None:
        """Keep `masters`, which gives the keys of 32 bytes, the newest first.

        It is asked again each time, so that a key that was changed is used at once.
        """
        self._masters = masters

    @property
    def current(self) -> bytes:
        """The name of the master key that wraps new keys."""
        return name_of(self._masters()[0])

    @property
    def names(self) -> frozenset[bytes]:
        """The names of all master keys that are there."""
        return frozenset(name_of(one) for one in self._masters())

    def new_key(self, response_id: UUID) -> bytes:
        """Return a new key for a response, wrapped."""
        return self._wrap(secrets.token_bytes(KEY), response_id)

    def seal(self, wrapped: bytes, words: bytes, response_id: UUID, place: str) -> bytes:
        """Seal words with a response's key; they open for that response and that place only."""
        nonce = secrets.token_bytes(NONCE)
        about = _about(response_id, place)
        return nonce + AESGCM(self._unwrap(wrapped, response_id)).encrypt(nonce, words, about)

    def open(self, wrapped: bytes, sealed: bytes, response_id: UUID, place: str) -> bytes:
        """Return the words that `seal` sealed.

        Raises:
            CannotOpen: the master key is not there, or something is not as it was sealed.
        """
        key = AESGCM(self._unwrap(wrapped, response_id))
        return _opened(key, sealed, _about(response_id, place))

    def words_of(self, row: Record) -> str:
        """Return the words of an answer in free text, given with its `response_id`, `question_id`,
        `sealed` and `wrapped`; nothing where its key has been deleted.

        Raises:
            CannotOpen: as `open`.
        """
        if not row["sealed"] or not row["wrapped"]:
            return ""
        about = (row["response_id"], row["question_id"])
        return str(json.decode(self.open(row["wrapped"], row["sealed"], *about)))

    def wrapped_anew(self, wrapped: bytes, response_id: UUID) -> bytes:
        """Return the same key, wrapped by the newest master key.

        Raises:
            CannotOpen: the master key that wrapped it is not there.
        """
        return self._wrap(self._unwrap(wrapped, response_id), response_id)

    def _wrap(self, key: bytes, response_id: UUID) -> bytes:
        master = self._masters()[0]
        nonce = secrets.token_bytes(NONCE)
        return name_of(master) + nonce + AESGCM(master).encrypt(nonce, key, response_id.bytes)

    def _unwrap(self, wrapped: bytes, response_id: UUID) -> bytes:
        name = wrapped[:NAME]
        master = next((one for one in self._masters() if name_of(one) == name), None)
        if master is None:
            raise CannotOpen(
                f"They were sealed with the master key {name.hex()}, which is not there. "
                "Put it back; docs/protection.md says where it belongs."
            )
        return _opened(AESGCM(master), wrapped[NAME:], response_id.bytes)


def name_of(master: bytes) -> bytes:
    """Return the name of a master key: 8 bytes of its SHA-256, which tell nothing about it."""
    return hashlib.sha256(b"voice master key" + master).digest()[:NAME]


def _opened(key: AESGCM, sealed: bytes, about: bytes) -> bytes:
    try:
        return key.decrypt(sealed[:NONCE], sealed[NONCE:], about)
    except (InvalidTag, ValueError):
        raise CannotOpen("They are not as they were sealed. Restore them from a backup.") from None


def _about(response_id: UUID, place: str) -> bytes:
    return response_id.bytes + place.encode()
