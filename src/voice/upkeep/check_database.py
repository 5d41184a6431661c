"""What `voice doctor` sees of the database: version, tables, rights, keys, clock, worker, jobs."""

from datetime import UTC, datetime

from voice.database.master_key import is_there, vault
from voice.database.migrate import not_applied
from voice.database.pool import Connection
from voice.settings import Settings
from voice.upkeep import programs, store
from voice.upkeep.finding import Finding, fail, ok, warn
from voice.upkeep.programs import NoPrograms

OLDEST = 15
CLOCK_APART = 5.0  # Seconds: codes of a second factor change every thirty.
SILENT = 90.0  # Seconds: a worker says that it lives every twenty.
MANY_WAITING = 1_000


async def check_database(db: Connection, settings: Settings, used: list[bytes]) -> list[Finding]:
    """Look at the database; `used` are the names of the master keys that wrap something in it."""
    found = [await _version(db)]
    old = await not_applied(db)
    if old:
        return [*found, fail("tables", f"{len(old)} steps are missing.", "Run: voice migrate")]
    found.append(ok("tables", "They are up to date."))
    found.append(await _rights(db))
    found.append(_sealed(settings, used))
    found.append(await _clock(db))
    found.append(await _worker(db))
    found.extend(await _jobs(db))
    return found


async def _version(db: Connection) -> Finding:
    server = await store.server_version(db)
    if server < OLDEST:
        return fail("database", f"It is Postgres {server}.", f"Use {OLDEST} or later.")
    try:
        programs.find(server)
    except NoPrograms as problem:
        return warn(
            "database", f"It is Postgres {server}; no backup: {problem.message}", "See there."
        )
    return ok("database", f"It answers: Postgres {server}, and a backup can be made from here.")


async def _rights(db: Connection) -> Finding:
    if lacking := await store.roles_lacking(db):
        words = f"These roles are missing, or not this user’s: {', '.join(lacking)}."
        return fail("rights", words, "Run: voice migrate, as the owner of the tables")
    return ok("rights", "Each part of Voice has its role.")


def _sealed(settings: Settings, used: list[bytes]) -> Finding:
    here = vault(settings).names if is_there(settings) else frozenset()
    if lacking := [one.hex() for one in used if one not in here]:
        return fail(
            "sealed words",
            f"Some are sealed by the master key {', '.join(lacking)}, which is not here.",
            "Put your copy of that key back; docs/protection.md says where it belongs.",
        )
    return ok("sealed words", "The master keys that they need are here.")


async def _clock(db: Connection) -> Finding:
    before = datetime.now(UTC)
    theirs = await store.clock(db)
    now = datetime.now(UTC)
    # The database looked somewhere between the two, so only what lies outside is apart.
    apart = max((before - theirs).total_seconds(), (theirs - now).total_seconds(), 0.0)
    if apart > CLOCK_APART:
        return fail(
            "clock",
            f"The database’s clock and this machine’s are {apart:.0f} seconds apart.",
            "Set both by a time server (systemctl enable --now systemd-timesyncd).",
        )
    return ok("clock", "The database’s clock and this machine’s agree.")


async def _worker(db: Connection) -> Finding:
    silent = await store.silent_for(db)
    if silent is None or silent > SILENT:
        since = "None has ever been heard" if silent is None else f"Silent for {silent:,.0f} s"
        return fail(
            "worker",
            f"{since}: answers are kept, but not redacted, and worries are not found.",
            "Start it: voice work",
        )
    return ok("worker", f"One was heard {silent:.0f} seconds ago.")


async def _jobs(db: Connection) -> list[Finding]:
    jobs = await store.jobs(db)
    parked = [one for one in jobs if one.status == "failed"]
    waiting = sum(one.jobs for one in jobs if one.status == "queued")
    found = []
    if parked:
        names = ", ".join(sorted({one.name for one in parked}))
        found.append(
            fail(
                "jobs",
                f"{sum(one.jobs for one in parked)} failed for good: {names}.",
                "voice work --parked shows them; then: voice work --try-again",
            )
        )
    if waiting > MANY_WAITING:
        found.append(warn("jobs", f"{waiting:,} wait.", "Start more workers: voice work"))
    return found or [ok("jobs", f"{waiting:,} wait, none failed for good.")]
