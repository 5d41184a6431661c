"""How fast answers of another tool come in: 100,000 rows of which 1,000 are bad, and none is lost.

    python benchmarks/bringing.py [--rows N] [--bad N] [--xlsx]

On a Postgres of its own, or on DATABASE_URL's server in a database of its own. Exits with 1 when a
row is lost or doubled, or a bad one is not told of.
"""

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests import given
from tests.bringing import samples
from voice.bringing import run
from voice.bringing.checking import Checker
from voice.bringing.reading import open_rows
from voice.bringing.run import Outcome
from voice.bringing.suggest import SAMPLE, suggest
from voice.bringing.tools import MICROSOFT
from voice.database import embedded, pool
from voice.jobs.tables import bring_up_to_date
from voice.settings import read
from voice.surveys.catalogue import Catalogue

KEY = b"k" * 32
SURVEY = "support-parents-carers"
LINE = "the wait for support is long and nobody answers letters while school does what it can"
WORDS = LINE.split()


def made(rows: int, bad: int) -> list[list[object]]:
    """Rows as Microsoft Forms writes them; every so many hold a word that is no answer."""
    chance = random.Random(1)
    wrong = set(range(0, rows, rows // bad)) if bad else set()
    found: list[list[object]] = [
        ["ID", "Start time", "Completion time", "Email", "Name", *samples.ASKED]
    ]
    for number in range(rows):
        said = samples.answers(f"{samples.ASSESSMENT};{samples.THERAPY};")[number % 2]
        words = " ".join(chance.choices(WORDS, k=20))
        said = [*said[:4], words, f"{words} {number}", *said[6:]]
        said[1] = "Perhaps, says Tom" if number in wrong else said[1]
        found.append([number, "20/11/2026 14:03", "20/11/2026 14:09", "anonymous", "", *said])
    return found


async def bring(dsn: str, content: bytes, catalogue: Catalogue, *, dry: bool) -> Outcome:
    """Bring the file in, or try it out, as the command does."""
    own = catalogue.find(SURVEY)
    wordings = [own, *(catalogue.find(SURVEY, words) for words in catalogue.wordings(SURVEY))]
    opened = open_rows("made", content)
    head = [row for _, row in zip(range(SAMPLE), opened.rows, strict=False)]
    found = suggest(wordings, opened.columns, head)
    assert found.tool is MICROSOFT
    opened = open_rows("made", content)
    checker = Checker(wordings, found.mapping, opened.columns, key=KEY, today=date.today())
    db = await pool.connect(dsn)
    about = (db, checker, opened.rows)
    async with db.transaction():
        if dry:
            outcome = await run.try_out(*about, wave=own.wave, key=KEY, tell=lambda _: None)
        else:
            outcome = await run.bring_in(
                *about, vault=given.VAULT, wave=own.wave, key=KEY, by=None, tell=lambda _: None
            )
    await db.close()
    return outcome


async def measure(server: str, rows: int, bad: int, *, xlsx: bool) -> bool:
    """Print the table; return whether nothing was lost."""
    dsn = await given.database(server, "voice_bringing")
    await bring_up_to_date(dsn, given.VAULT)
    catalogue = Catalogue.read(read().surveys)
    table = made(rows, bad)
    content = samples.to_xlsx(table) if xlsx else samples.to_csv(table)
    print(f"{rows:,} rows, {bad:,} of them bad, {len(content) / 1e6:.1f} MB")
    outcomes = []
    for name in ("dry run", "import", "the same again"):
        began = time.monotonic()
        outcome = await bring(dsn, content, catalogue, dry=name == "dry run")
        seconds = time.monotonic() - began
        counts = outcome.counts
        print(
            f"{name:15} {seconds:6.1f} s   new {counts.new:,}   there {counts.before:,}   "
            f"rejected {counts.rejected:,}   problems told of {len(outcome.problems):,}"
        )
        outcomes.append(outcome)
    began = time.monotonic()
    mended = outcomes[1].rejected.content.replace(b"Perhaps, says Tom", b"Sometimes")
    last = await bring(dsn, mended, catalogue, dry=False) if bad else None
    print(f"{'mended rows':15} {time.monotonic() - began:6.1f} s")
    db = await pool.connect(dsn)
    kept = await db.fetchval("select count(*) from responses where sent_at is not null")
    differ = await db.fetchval("select count(distinct source_ref) from responses")
    waiting = await db.fetchval("select count(*) from words_waiting")
    await db.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"kept {kept:,}, each its own {differ:,}, words waiting {waiting:,}, {memory:.0f} MB")
    told = len({problem.row for problem in outcomes[1].problems})
    return kept == differ == rows and told == bad and (last is None or last.counts.new == bad)


async def main() -> int:
    """Measure on a server that is there, or on our own."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--bad", type=int, default=1_000)
    arguments.add_argument("--xlsx", action="store_true")
    asked = arguments.parse_args()
    outside = read().database_url
    with tempfile.TemporaryDirectory() as folder:
        server = outside or await embedded.start(Path(folder))
        try:
            whole = await measure(server, asked.rows, asked.bad, xlsx=asked.xlsx)
        finally:
            if not outside:
                await embedded.stop(Path(folder))
    return 0 if whole else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
