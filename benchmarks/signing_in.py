"""Does the time of an answer tell whether somebody has an account?

    python benchmarks/signing_in.py [--tries N]

Wrong passwords for an address that has an account and for one that has none, by turns, over HTTP
against the whole app with a Postgres of its own; locks are taken away between tries. Prints the
medians, their difference, and its 95 % interval by resampling.
"""

import argparse
import asyncio
import logging
import re
import tempfile
import time
from pathlib import Path

import numpy as np
from litestar.testing import AsyncTestClient

from voice.app import create_app
from voice.database import embedded
from voice.database.master_key import vault
from voice.database.pool import connect
from voice.jobs.tables import bring_up_to_date
from voice.settings import Settings
from voice.staff import passwords, store

WHO = ("known@example.org", "nobody@example.org")


async def measured(folder: Path, tries: int) -> dict[str, list[float]]:
    """Return the seconds of each try, by address."""
    dsn = await embedded.start(folder)
    settings = Settings(data_dir=folder, database_url=dsn, secret_key="k" * 40)
    await bring_up_to_date(dsn, vault(settings))
    db = await connect(dsn)
    await store.add_person(db, WHO[0], ["reviewer"], passwords.hash_password("a long enough one"))
    took: dict[str, list[float]] = {who: [] for who in WHO}
    async with AsyncTestClient(create_app(settings)) as client:
        page = (await client.get("/staff/sign-in")).text
        token = re.findall(r'name="_csrf_token" value="([^"]+)"', page)[0]
        for number in range(tries):
            for who in WHO if number % 2 else WHO[::-1]:
                await db.execute("delete from tries")
                data = {"email": who, "password": f"wrong {number}", "_csrf_token": token}
                started = time.perf_counter()
                await client.post("/staff/sign-in", data=data)
                took[who].append(time.perf_counter() - started)
    await db.close()
    await embedded.stop(folder)
    return took


def main() -> None:
    """Print the figures."""
    logging.disable(logging.INFO)
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--tries", type=int, default=150)
    tries = asked.parse_args().tries
    with tempfile.TemporaryDirectory() as folder:
        took = asyncio.run(measured(Path(folder) / "data", tries))
    known, unknown = (np.array(took[who][5:]) for who in WHO)
    chance = np.random.default_rng(1)
    places = chance.integers(0, len(known), (2000, len(known)))
    apart = np.median(known[places], axis=1) / np.median(unknown[places], axis=1) - 1
    low, high = np.quantile(apart, [0.025, 0.975])
    print(f"known {np.median(known) * 1000:.1f} ms, unknown {np.median(unknown) * 1000:.1f} ms")
    apart_now = np.median(known) / np.median(unknown) - 1
    print(f"difference of medians {apart_now:+.1%} ({low:+.1%} to {high:+.1%}), {len(known)} each")


if __name__ == "__main__":
    main()
