"""Sealing what lies in the clear, and wrapping keys anew, a batch in each transaction."""

from voice.database import sql
from voice.database.pool import transaction
from voice.database.vault import Vault

SQL = sql.load(__file__)
AT_ONCE = 1_000


async def seal_all(dsn: str, vault: Vault) -> int:
    """Seal the free text of earlier versions, which lies in the clear; return how many answers.

    Safe to run again, and to be killed: each batch is sealed whole.
    """
    done = 0
    while made := await _seal_some(dsn, vault):
        done += made
    return done


async def _seal_some(dsn: str, vault: Vault) -> int:
    async with transaction(dsn) as db:
        rows = await db.fetch(SQL.in_the_clear, AT_ONCE)
        people = sorted({row["response_id"] for row in rows})
        await db.execute(SQL.keep_keys, people, [vault.new_key(one) for one in people])
        keys = {r["response_id"]: r["wrapped"] for r in await db.fetch(SQL.keys_of, people)}
        sealed = [
            vault.seal(
                keys[row["response_id"]],
                row["value"].encode(),
                row["response_id"],
                row["question_id"],
            )
            for row in rows
        ]
        places = ([row["response_id"] for row in rows], [row["question_id"] for row in rows])
        await db.execute(SQL.seal, *places, sealed)
    return len(rows)


async def rewrap_all(dsn: str, vault: Vault) -> int:
    """Wrap every response's key by the newest master key; return how many.

    Safe to run again, and to be killed.

    Raises:
        CannotOpen: the master key that wrapped one is not there.
    """
    done = 0
    while made := await _rewrap_some(dsn, vault):
        done += made
    return done


async def _rewrap_some(dsn: str, vault: Vault) -> int:
    async with transaction(dsn) as db:
        rows = await db.fetch(SQL.of_older_masters, vault.current, AT_ONCE)
        people = [row["response_id"] for row in rows]
        anew = [vault.wrapped_anew(row["wrapped"], row["response_id"]) for row in rows]
        await db.execute(SQL.rewrap, people, anew)
    return len(rows)


async def masters_in_use(dsn: str) -> list[bytes]:
    """Return the names of the master keys that wrap a response's key."""
    async with transaction(dsn) as db:
        return [row["name"] for row in await db.fetch(SQL.masters_in_use)]
