"""Responses and answers in Postgres. Only this module writes them."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from asyncpg import Record
from msgspec import Struct, convert, json

from voice.database import sql
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.surveys.questions import Answer
from voice.surveys.survey import Survey, Voice

SQL = sql.load(__file__)

BESIDE = ".beside"
"""What stands behind a page's id where an answer came late and fits that page no more."""


class Response(Struct, frozen=True):
    """One person's way through one survey, finished or not."""

    id: UUID
    survey_id: str
    wording: str
    sent: bool
    code_try: int
    has_code: bool
    swapped: bool


class Imported(Struct, frozen=True, kw_only=True):
    """A response that comes from a file: demo data, or another survey tool's export.

    `day` is when it was given, None where nobody knows; `wording` in which words it was asked.
    """

    source_ref: str
    voice: Voice
    answers: dict[str, Answer]
    helped: str | None = None
    may_quote: bool = False
    day: date | None = None
    wording: str = ""


async def start_response(db: Connection, survey: Survey, wording: str) -> str:
    """Open a response and return its secret: the value of the person's cookie."""
    secret = secrets.token_urlsafe(24)
    swapped = survey.swap_order and secrets.choice((True, False))
    about = (survey.id, survey.wave, survey.voice, wording)
    await db.execute(SQL.start_response, *about, sha256(secret), swapped)
    return secret


async def response_of_cookie(db: Connection, survey_id: str, secret: str) -> Response | None:
    """Return the response that this cookie opened in this survey, or None."""
    row = await db.fetchrow(SQL.response_of_cookie, sha256(secret), survey_id)
    return convert(dict(row), Response) if row else None


async def lock_response(db: Connection, response_id: UUID) -> bool | None:
    """Hold the response until the transaction ends; tell whether it has been sent already.

    None when it is gone.
    """
    sent: bool | None = await db.fetchval(SQL.lock_response, response_id)
    return sent


async def save_answer(
    db: Connection,
    response_id: UUID,
    question_id: str,
    answer: Answer,
    *,
    vault: Vault,
    free_text: bool,
    turn: int | None = None,
) -> None:
    """Keep one answer in place of an earlier one. Part of the caller's transaction.

    Free text is kept sealed. `turn` is when a device says that it was given; None stands for now,
    and always counts.
    """
    value, sealed = as_json(answer.value), None
    if free_text and value is not None:
        key = await _key_of(db, vault, response_id)
        sealed, value = vault.seal(key, value.encode(), response_id, question_id), None
    said = (answer.state, value, free_text, answer.observed, turn, sealed)
    await db.execute(SQL.save_answer, response_id, question_id, *said)


async def _key_of(db: Connection, vault: Vault, response_id: UUID) -> bytes:
    """Return the response's key, wrapped; make it if it has none yet."""
    key: bytes | None = await db.fetchval(SQL.key_of, response_id)
    if key is None:
        await db.execute(SQL.keep_keys, [response_id], [vault.new_key(response_id)])
        key = await db.fetchval(SQL.key_of, response_id)
    assert key is not None
    return key


async def answers_so_far(db: Connection, vault: Vault, response_id: UUID) -> dict[str, Answer]:
    """Return {question id: answer} for one response; empty before the first answer."""
    return answers_in(await db.fetch(SQL.answers_so_far, response_id), vault)


def answers_in(rows: Sequence[Record], vault: Vault) -> dict[str, Answer]:
    """Return {question id: answer} of rows that have what `answers_so_far` selects."""
    return {
        row["question_id"]: Answer(row["state"], _said(row, vault), row["observed"]) for row in rows
    }


async def turns(db: Connection, response_id: UUID) -> dict[str, int]:
    """Return {question id: when it was answered, in milliseconds} for one response."""
    rows = await db.fetch(SQL.turns, response_id)
    return {row["question_id"]: row["turn"] for row in rows}


async def note_not_shown(db: Connection, response_id: UUID, questions: Mapping[str, bool]) -> None:
    """Keep that these questions were not shown. `questions` is {id: is it free text}."""
    await db.execute(SQL.note_not_shown, response_id, list(questions), list(questions.values()))


async def code_is_taken(db: Connection, code_hash: bytes) -> bool:
    """Tell whether another response has this withdrawal code already."""
    return bool(await db.fetchval(SQL.code_is_taken, code_hash))


async def send(
    db: Connection,
    response_id: UUID,
    *,
    helped: str | None,
    may_quote: bool,
    patterns: Sequence[str] = (),
) -> None:
    """Mark the response as sent, with what the person said about help and quoting.

    `patterns` are those found in the answers.
    """
    await db.execute(SQL.send, response_id, helped, may_quote, list(patterns))


async def give_code(db: Connection, response_id: UUID, code_hash: bytes, attempt: int) -> None:
    """Keep the hash of the three words that belong to a response."""
    await db.execute(SQL.give_code, response_id, code_hash, attempt)


async def come_back(db: Connection, code_hash: bytes) -> tuple[str, str, str] | None:
    """Let another device go on with a response: return its survey, its wording, a new secret.

    None when no response that is not sent yet has this code.
    """
    secret = secrets.token_urlsafe(24)
    found = await db.fetchrow(SQL.come_back, code_hash, sha256(secret))
    return (found["survey_id"], found["wording"], secret) if found else None


async def withdraw(db: Connection, code_hash: bytes) -> tuple[str, str] | None:
    """Delete the response with this code and all that came of it; return its survey and wave.

    None when there is none.
    """
    gone = await db.fetchrow(SQL.withdraw, code_hash)
    return (gone["survey_id"], gone["wave"]) if gone else None


async def keep_imported(
    db: Connection,
    survey: Survey,
    imported: Sequence[Imported],
    *,
    vault: Vault,
    wave: str,
    route: str,
    send: bool = True,
) -> dict[str, UUID]:
    """Keep those responses that are not there yet; return {source_ref: id} of the new ones.

    Free text is kept sealed. Without `send` the caller sends them all at the end: what is sent is
    counted, and whoever counts makes others wait until the transaction ends.
    """
    rows = await db.fetch(
        SQL.keep_imported_responses,
        survey.id,
        wave,
        route,
        [response.voice for response in imported],
        [response.helped for response in imported],
        [response.may_quote for response in imported],
        [response.source_ref for response in imported],
        [response.wording for response in imported],
        [response.day for response in imported],
    )
    new = {row["source_ref"]: row["id"] for row in rows}
    keys = {response_id: vault.new_key(response_id) for response_id in new.values()}
    await db.execute(SQL.keep_keys, list(keys), list(keys.values()))
    free_text = {question.id for question in survey.comments}
    answers = [
        (
            new[r.source_ref],
            question_id,
            a.state,
            as_json(a.value),
            question_id in free_text,
            a.observed,
        )
        for r in imported
        if r.source_ref in new
        for question_id, a in r.answers.items()
    ]
    to_keep = [_to_keep(answer, keys, vault) for answer in answers]
    await db.execute(SQL.keep_imported_answers, *_columns(to_keep, 7))
    if send:
        await send_imported(db, list(keys))
    return new


async def send_imported(db: Connection, response_ids: Sequence[UUID]) -> None:
    """Send responses that came from a file, their answers being there."""
    await db.execute(SQL.send_imported, response_ids)


async def forget(db: Connection, response_ids: Sequence[UUID]) -> None:
    """Delete responses that were brought in by mistake, and all that came of them."""
    await db.execute(SQL.forget, response_ids)


def _to_keep(
    answer: tuple[UUID, str, str, str | None, bool, bool], keys: Mapping[UUID, bytes], vault: Vault
) -> tuple[Any, ...]:
    response_id, question_id, state, value, free_text, observed = answer
    if not free_text or value is None:
        return (response_id, question_id, state, value, None, free_text, observed)
    sealed = vault.seal(keys[response_id], value.encode(), response_id, question_id)
    return (response_id, question_id, state, None, sealed, free_text, observed)


async def imported_before(
    db: Connection, vault: Vault, survey_id: str, wave: str, refs: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return {source_ref: {question id: value}} of the rows that are there already."""
    found: dict[str, dict[str, Any]] = {}
    for row in await db.fetch(SQL.imported_before, survey_id, wave, list(refs)):
        found.setdefault(row["source_ref"], {})[row["question_id"]] = _said(row, vault)
    return found


def _columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(width)]


def as_json(value: object) -> str | None:
    """Return what a column of JSON holds for a value; None for none."""
    return None if value is None else json.encode(value).decode()


def _said(row: Record, vault: Vault) -> Any:
    """Return what an answer says; None where its key is gone, and so its words."""
    if row["sealed"] and row["wrapped"]:
        about = (row["response_id"], row["question_id"])
        return json.decode(vault.open(row["wrapped"], row["sealed"], *about))
    return None if row["value"] is None else json.decode(row["value"])


def sha256(words: str) -> bytes:
    """Return what is kept of a cookie's value."""
    return hashlib.sha256(words.encode()).digest()
