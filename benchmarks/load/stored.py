"""What the database holds, against what people typed: nothing lost, nothing doubled."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

import asyncpg
from msgspec import Struct, json

from benchmarks.load.person import Done
from voice.database import sql
from voice.database.vault import Vault

SQL = sql.load(__file__)


class Compared(Struct):
    """Answers that were typed and acknowledged, and what is wrong with how they are kept.

    `lost` has those that are missing or differ, `doubled` what nobody typed: answers, responses
    and jobs.
    """

    typed: int = 0
    stored: int = 0
    lost: int = 0
    doubled: int = 0


async def compare(dsn: str, vault: Vault, people: Sequence[Done]) -> Compared:
    """Compare every answer; people who fell over are compared as far as they came."""
    db = await asyncpg.connect(dsn)
    rows = await db.fetch(SQL.responses)
    responses: dict[bytes, Any] = {row["cookie_sha256"]: row for row in rows}
    kept: dict[Any, dict[str, Any]] = {}
    for row in await db.fetch(SQL.answers):
        kept.setdefault(row["response_id"], {})[row["question_id"]] = row
    jobs = Counter(json.decode(row["payload"])[0] for row in await db.fetch(SQL.jobs))
    await db.close()
    found = Compared(stored=sum(map(len, kept.values())))
    begun = [done for done in people if done.secret]
    found.doubled += max(0, len(responses) - len(begun)) + sum(n - 1 for n in jobs.values())
    for done in begun:
        person = responses.get(hashlib.sha256(done.secret.encode()).digest())
        if person is None or (done.sent and not person["sent"]):
            found.lost += len(done.typed) or 1
            continue
        _compare_one(found, done, kept.get(person["id"], {}), vault)
        found.lost += done.sent and _wrote(done) and not jobs[str(person["id"])]
    return found


def _compare_one(found: Compared, done: Done, kept: dict[str, Any], vault: Vault) -> None:
    found.typed += len(done.typed)
    for question, typed in done.typed.items():
        found.lost += question not in kept or _said(kept[question], vault) != typed
    more = [row for question, row in kept.items() if question not in done.typed]
    found.doubled += sum(row["state"] != "not_shown" for row in more)
    found.stored -= sum(row["state"] == "not_shown" for row in more)


def _said(row: Any, vault: Vault) -> object:
    if row["sealed"]:
        return [row["state"], vault.words_of(row)]
    return [row["state"], None if row["value"] is None else json.decode(row["value"])]


def _wrote(done: Done) -> bool:
    said = (done.typed.get(question) for question in ("going_well", "one_change"))
    return any(isinstance(one, list) and one[0] == "answered" for one in said)
