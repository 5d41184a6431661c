"""All tables, brought up to date: ours, the queue's, who may see what, and what must be sealed."""

from voice.database.grants import grant
from voice.database.migrate import migrate
from voice.database.sealing import seal_all
from voice.database.vault import Vault
from voice.jobs import queue


async def bring_up_to_date(dsn: str, vault: Vault) -> list[str]:
    """Do all that a new version needs of the database; return the names of what was applied.

    Safe to run again, and from several places at once.

    Raises:
        MigrationProblem: the tables belong to another version.
        MayNotGrant: whoever the address names may not make roles.
    """
    applied = await migrate(dsn)
    await queue.install(dsn)
    await grant(dsn)
    await seal_all(dsn, vault)
    return applied
