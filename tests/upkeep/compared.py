"""All that is in a database, to be held against another."""

from voice.database.pool import connect


async def everything(dsn: str) -> dict[str, list[str]]:
    """Every row of every table, as text; what is stored is compared, not what is shown."""
    db = await connect(dsn)
    tables = [
        row["tablename"]
        for row in await db.fetch("select tablename from pg_tables where schemaname = 'public'")
    ]
    found = {
        name: sorted(row[0] for row in await db.fetch(f'select t::text from "{name}" t'))
        for name in tables
    }
    sequences = await db.fetch("select sequencename, last_value from pg_sequences")
    found["sequences"] = sorted(f"{name} {value}" for name, value in sequences)
    await db.close()
    return found
