"""What many people at once read and write, a statement for all of them: `database/together.py`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from voice.answering import store
from voice.answering.store import Response
from voice.database import sql
from voice.database.pool import Pool, request_connection, request_transaction
from voice.database.together import Together
from voice.database.vault import Vault
from voice.settings import Settings
from voice.staff.rota_store import anybody_on_rota
from voice.surveys.questions import Answer

SQL = sql.load(__file__)
KINDS = 2
"""What is done together is of two kinds: reading and keeping. Each has lanes of its own."""


class Begun(Struct, frozen=True):
    """A response with its answers, and its key, wrapped, once it has one.

    `words_are_read`: somebody is there to read answers in words.
    """

    response: Response
    answers: dict[str, Answer]
    wrapped: bytes | None
    words_are_read: bool


class Row(Struct, frozen=True):
    """An answer that is given now, as it is kept. `new_key` is for a response that has no key."""

    response_id: UUID
    question_id: str
    state: str
    value: str | None
    sealed: bytes | None
    free_text: bool
    observed: bool
    new_key: bytes | None


Begin = Together[str, Begun | None]


def begun_of_cookies(pool: Pool, settings: Settings, vault: Vault) -> Begin:
    """Return what finds the response behind the value of a cookie, or None."""

    async def find(secrets: Sequence[str]) -> list[Begun | None]:
        hashes = [store.sha256(secret) for secret in secrets]
        async with request_connection(pool, settings) as db:
            rows = await db.fetch(SQL.visits, hashes)
            words_are_read = await anybody_on_rota(db)
        by_cookie: dict[bytes, list[Record]] = {}
        for row in rows:
            by_cookie.setdefault(row["cookie_sha256"], []).append(row)
        found = {key: _begun(some, vault, words_are_read) for key, some in by_cookie.items()}
        return [found.get(key) for key in hashes]

    return Together(find)


def _begun(rows: Sequence[Record], vault: Vault, words_are_read: bool) -> Begun:
    first: Any = rows[0]
    response = Response(*(first[name] for name in Response.__struct_fields__))
    answers = store.answers_in(rows, vault) if first["response_id"] else {}
    return Begun(response, answers, first["wrapped"], words_are_read)


class Keeper:
    """Keeps the answers of people who are here now."""

    def __init__(self, crowd: Pool, alone: Pool, settings: Settings, vault: Vault) -> None:
        """Keep them over these connections: many together, or one alone that has to wait.

        Free text is sealed by the vault.
        """
        self._crowd, self._alone = crowd, alone
        self._settings, self._vault = settings, vault
        self._together: Together[Row, bool] = Together(self._keep_all)

    async def keep(
        self,
        response_id: UUID,
        question_id: str,
        answer: Answer,
        *,
        free_text: bool,
        wrapped: bytes | None,
    ) -> bool:
        """Keep an answer in place of an earlier one; return once it is certain.

        `wrapped` is the key of the response if it had one when it was read. False when its
        answers have been sent meanwhile, or are gone.
        """
        value, sealed, new_key = store.as_json(answer.value), None, None
        if free_text and value is not None:
            key = wrapped or self._vault.new_key(response_id)
            new_key = None if wrapped else key
            sealed = self._vault.seal(key, value.encode(), response_id, question_id)
            value = None
        said = (answer.state, value, sealed, free_text, answer.observed, new_key)
        row = Row(response_id, question_id, *said)
        return await self._together(row) or await self._keep_alone(row, answer)

    async def _keep_all(self, given: Sequence[Row]) -> list[bool]:
        # Of two for one question the later counts, as if it had come a moment later.
        rows = list({(one.response_id, one.question_id): one for one in given}.values())
        columns = [[getattr(row, name) for row in rows] for name in Row.__struct_fields__]
        async with request_connection(self._crowd, self._settings) as db:
            kept = {tuple(row) for row in await db.fetch(SQL.keep_answers, *columns)}
        return [(one.response_id, one.question_id) in kept for one in given]

    async def _keep_alone(self, row: Row, answer: Answer) -> bool:
        """Keep an answer that was not kept with others, with the key that is there by now."""
        async with request_transaction(self._alone, self._settings) as db:
            if await store.lock_response(db, row.response_id) is not False:
                return False
            about = (db, row.response_id, row.question_id, answer)
            await store.save_answer(*about, vault=self._vault, free_text=row.free_text)
        return True
