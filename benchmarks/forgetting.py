"""Is what is deleted gone? 10,000 responses, words that only some of them say, and a search.

    python benchmarks/forgetting.py [--responses N]

A Postgres of its own in a folder that is thrown away. Every hundredth response says one of three
made-up words. All are redacted, put in themes, agreed on and exported. Then what says the first
word is taken back with three words, for what says the second the time has come, and the third
stays. Each is searched in every table, in the exports, in the models, and in the database's files,
its log among them: once as the words are deleted, and once when the worker's jobs have run.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from voice import worker
from voice.answering import codes, store
from voice.answering.run import keep_batch
from voice.answering.store import Imported
from voice.database import embedded
from voice.database.pool import transaction
from voice.exports.summary import From, you_said
from voice.jobs.tables import bring_up_to_date
from voice.paper.press import Press
from voice.rights import retention
from voice.settings import Settings
from voice.surveys.framework import load_frameworks
from voice.surveys.questions import Answer

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.given import tables_with

SURVEY, QUESTION = "support-parents-carers", "one_change"
GOES, RIPENS, STAYS = "quiddlenook", "brandlewick", "marrowfinch"
KEY = b"k" * 40
SAID = (
    "The taxi was {n} minutes late again and nobody rang us",
    "We have waited {n} months for speech therapy",
    "Staff in room {n} listen to my son and he feels safe",
    "The form has {n} pages and I gave up half way",
    "I phoned {n} times about the plan and got no reply",
)


def said(place: int) -> str:
    """Return what the response at this place says; every hundredth says one of the words."""
    words = SAID[place % len(SAID)].format(n=place % 97)
    if place % 100:
        return words
    return f"{words}, and we want a {(GOES, RIPENS, STAYS)[place // 100 % 3]}"


async def fill(shop: worker.Workshop, dsn: str, n: int) -> None:
    """Bring in the responses, give each three words, enrich them, find themes, agree to one."""
    survey = shop.catalogue.find(SURVEY)
    for start in range(0, n, 1000):
        batch = [
            Imported(
                source_ref=f"b:{place}",
                voice="parent",
                may_quote=True,
                answers={QUESTION: Answer("answered", said(place))},
            )
            for place in range(start, min(start + 1000, n))
        ]
        async with transaction(dsn) as db:
            await keep_batch(db, survey, batch, vault=shop.vault, wave=survey.wave, route="import")
    async with transaction(dsn) as db:
        for row in await db.fetch("select id from responses"):
            code = codes.code_hash(KEY, codes.code_for(KEY, row["id"]))
            await store.give_code(db, row["id"], code, 0)
    await worker.run(shop.settings, shop=shop, drain=True)
    async with transaction(dsn) as db:
        await db.execute(
            "insert into people (email, roles, password_hash) values ('a@b.c', '{officer}', 'x')"
        )
    await worker.find_themes(
        shop, dsn, b'{"asked_of":"%s","question_id":"%s"}' % (SURVEY.encode(), QUESTION.encode())
    )
    async with transaction(dsn) as db:
        await db.execute(
            "insert into agreed_themes (asked_of, question_id, name, agreed_by)"
            " values ($1, $2, 'What people said', 1)",
            SURVEY,
            QUESTION,
        )
        await db.execute(
            "insert into agreed_members (theme_id, response_id, question_id, score, quote_place)"
            " select 1, response_id, question_id, 0.9, row_number() over (partition by word)"
            " from (select c.*, substring(words from $1) as word from redacted_comments c) x",
            f"{GOES}|{RIPENS}|{STAYS}",
        )
        await db.execute(
            "insert into pledges (number, version, theme_id, status, easy_said, words, easy_words,"
            " owner_role, owner_organisation, on_day, published, written_by)"
            " values (1, 1, 1, 'doing', 'x', 'y', 'z', 'role', 'council', current_date, true, 1)"
        )


async def forget(shop: worker.Workshop, dsn: str) -> None:
    """Take back what says the first word; let the time of what says the second come."""
    async with transaction(dsn) as db:
        rows = await db.fetch(
            "select r.id, r.code_hash, c.words from responses r"
            " join redacted_comments c on c.response_id = r.id"
        )
        for row in rows:
            if GOES in row["words"]:
                gone = await store.withdraw(db, row["code_hash"])
                assert gone
        ripe = [row["id"] for row in rows if RIPENS in row["words"]]
        old = datetime.now(UTC) - timedelta(days=7 * 366)
        await db.execute("update responses set sent_at = $2 where id = any($1)", ripe, old)
    await worker.find_again(shop, dsn, b'["%s","2026-autumn"]' % SURVEY.encode())
    async with transaction(dsn) as db:
        print("retention:", await retention.remove(db, shop.settings, datetime.now(UTC)))
    await report(shop, dsn, "deleted")
    await worker.run(shop.settings, shop=shop, drain=True)


def files_with(folder: Path, word: str) -> int:
    """Return how many files of a folder hold the word."""
    wanted = word.encode()
    return sum(wanted in one.read_bytes() for one in folder.rglob("*") if one.is_file())


async def report(shop: worker.Workshop, dsn: str, title: str) -> None:
    """Print where each word is found."""
    settings = shop.settings
    frameworks = load_frameworks(settings.surveys / "frameworks")
    of = From(settings, shop.catalogue, frameworks, Press(), date.today())
    async with transaction(dsn) as db:
        await db.execute("checkpoint")
        exports = [await you_said(db, of, "html"), await you_said(db, of, "csv")]
        for word in (GOES, RIPENS, STAYS):
            tables = ", ".join(await tables_with(db, word)) or "none"
            told = sum(word.encode() in one for one in exports)
            models = files_with(settings.nlp_models, word)
            files = files_with(settings.data_dir, word)
            print(
                f"{title} | {word} | tables: {tables} | exports: {told} | models: {models} | "
                f"database files: {files}",
                flush=True,
            )


async def run(n: int, folder: Path) -> None:
    """Fill, forget, and print what is found where, before and after."""
    dsn = await embedded.start(folder)
    settings = Settings(data_dir=folder, secret_key=KEY.decode())
    shop = worker.Workshop(settings)
    await bring_up_to_date(dsn, shop.vault)
    started = time.perf_counter()
    await fill(shop, dsn, n)
    print(f"{n} responses filled, redacted and themed in {time.perf_counter() - started:.0f} s")
    await report(shop, dsn, "before")
    started = time.perf_counter()
    await forget(shop, dsn)
    print(f"forgotten and found again in {time.perf_counter() - started:.0f} s")
    await report(shop, dsn, "after")
    await embedded.stop(folder)


def main() -> None:
    """Run it in a folder that is thrown away."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--responses", type=int, default=10_000)
    n = asked.parse_args().responses
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(n, Path(folder) / "data"))


if __name__ == "__main__":
    main()
