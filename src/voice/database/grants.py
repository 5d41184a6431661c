"""What each part of Voice may see and do in the database: `grants.sql`, kept up to date."""

import asyncpg

from voice.database import sql
from voice.database.pool import transaction
from voice.errors import VoiceError

SQL = sql.load(__file__)
STEPS = (
    SQL.make_roles,
    SQL.forget_grants,
    SQL.grant_all,
    SQL.grant_scrubbing,
    SQL.grant_removing_the_log,
    SQL.grant_queue,
)
LOCK = 8_410_511_906  # Any number will do, as long as every Voice takes the same one.


class MayNotGrant(VoiceError):
    """The database's user may not make the roles that Voice needs."""

    title = "The database does not let Voice protect itself"


async def grant(dsn: str) -> None:
    """Make the three roles, and let each do what `grants.sql` says and no more. Part of migrating.

    Raises:
        MayNotGrant: whoever the address names may not make roles.
    """
    async with transaction(dsn) as db:
        await db.execute("select pg_advisory_xact_lock($1)", LOCK)
        try:
            for step in STEPS:
                await db.execute(step)
        except asyncpg.InsufficientPrivilegeError:
            raise MayNotGrant(
                "The user of DATABASE_URL must own the tables and may make roles: "
                "alter role NAME createrole. docs/protection.md says why."
            ) from None
