"""Pages over 1,000,000 responses and 300,000 comments: how long the web process takes for each.

    python benchmarks/many.py [--responses N] [--comments N] [--keep FOLDER]

It makes the responses in a Postgres of its own, in four surveys, three waves and thirty agreed
themes, and starts `voice serve` over it. Each page is asked for eleven times over one connection;
medians with the range, the first one apart. Then the memory of the web process, and the plans of
the three slowest queries.
"""

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
import httpx

from voice.database import embedded, sql
from voice.database.pool import transaction
from voice.demo import responses
from voice.enrichment import store as enrichment
from voice.jobs.tables import bring_up_to_date
from voice.report import store as report
from voice.review import store as review
from voice.settings import Settings
from voice.staff import store
from voice.surveys.catalogue import Catalogue
from voice.worker import Workshop
from voice.you_said import store as you_said

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser.serving import free_port, wait_for

SQL = sql.load(__file__)
THEMES, SUGGESTIONS, TIMES = 30, 12, 11
REPORT = "/staff/report/send-support/one_change"
PAGES = (
    ("report, all waves", REPORT),
    ("report, one wave", f"{REPORT}?wave=2026-autumn"),
    ("list of reports", "/staff/report"),
    ("list of themes", "/staff/questions"),
    ("themes of a question", "/staff/questions/send-support/one_change"),
    ("comments of a theme", "/staff/themes/1"),
    ("what waits", "/staff"),
    ("you said, all", "/you-said"),
    ("you said, one area", "/you-said/area/hertfordshire-2023/IA2"),
    ("you said, one voice", "/you-said/voice/children"),
    ("you said, one reply", "/you-said/1"),
    ("public data, themes", "/data/v1/themes.json"),
)
PACKS = "/staff/packs"
ENDINGS = ("json", "html", "pdf", "docx", "xlsx", "zip")


def clauses() -> list[str]:
    """Return the clauses of the made-up comments, in their order."""
    said = (one.answers.get("one_change") or "" for one in responses.read())
    found = dict.fromkeys(part.strip() for words in said for part in re.split(r"[.!?\n]+", words))
    return [one for one in found if 15 < len(one) < 150]


async def fill(dsn: str, n_responses: int, n_comments: int) -> None:
    """Make all rows in the database; nothing goes over a wire."""
    parts = clauses()
    db = await asyncpg.connect(dsn)
    steps: list[tuple[str, tuple[object, ...]]] = [
        ("responses", (n_responses,)),
        ("answers", (n_responses,)),
        ("said", (n_comments,)),
        *(("send", (n, min(n + 49_999, n_responses))) for n in range(1, n_responses + 1, 50_000)),
        ("comments", (n_comments, parts, len(parts))),
        ("flags", (n_comments,)),
        ("themes", (THEMES, parts)),
        ("members", (n_comments, THEMES)),
        ("areas", (THEMES,)),
        ("pledges", (THEMES,)),
        ("run", (n_comments,)),
        ("suggestions", (SUGGESTIONS,)),
        ("suggested", (n_comments, SUGGESTIONS)),
        ("analyse", ()),
    ]
    for name, arguments in steps:
        started = time.monotonic()
        await db.execute(getattr(SQL, name), *arguments, timeout=1200)
        print(f"  {name:12} {time.monotonic() - started:6.1f} s", flush=True)
    await db.close()


async def signed_in(dsn: str) -> str:
    """Return the cookie of somebody who may see themes and reports."""
    async with transaction(dsn) as db:
        await db.execute(
            "insert into people (email, roles, password_hash)"
            " values ('a@example.org', '{officer,reviewer}', 'x') on conflict do nothing"
        )
        return await store.start_session(db, 1, 10)


async def measure(url: str, secret: str) -> None:
    """Print how long each page takes."""
    async with httpx.AsyncClient(
        base_url=url, cookies={"voice_staff": secret}, timeout=600, follow_redirects=False
    ) as client:
        for name, address in PAGES:
            took = []
            for _ in range(TIMES):
                started = time.perf_counter()
                answer = await client.get(address)
                took.append(1000 * (time.perf_counter() - started))
                assert answer.status_code == 200, (address, answer.status_code)
            rest = took[1:]
            print(
                f"{name:24} first {took[0]:7.0f}  median {statistics.median(rest):7.0f} ms"
                f"  ({min(rest):.0f} to {max(rest):.0f})  {len(answer.content) / 1000:.0f} kB",
                flush=True,
            )


async def measure_pack(url: str, secret: str) -> None:
    """Print how long freezing an evidence pack takes, opening it, and writing each form."""
    async with httpx.AsyncClient(
        base_url=url, cookies={"voice_staff": secret}, timeout=600, follow_redirects=False
    ) as client:
        form = (await client.get(PACKS)).text
        token = re.search(r'name="_csrf_token" value="([^"]+)"', form)
        assert token, "no form"
        sent = {"layer": "confidential", "_csrf_token": token[1]}
        started = time.perf_counter()
        answer = await client.post(PACKS, data=sent)
        print(f"evidence pack, frozen in {time.perf_counter() - started:.1f} s", flush=True)
        pack = answer.headers["location"].partition("?")[0]
        for address in (pack, *(f"{pack}/evidence-pack.{ending}" for ending in ENDINGS)):
            started = time.perf_counter()
            answer = await client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            took = time.perf_counter() - started
            print(f"  {address:34} {took:5.2f} s  {len(answer.content) / 1000:.0f} kB", flush=True)


def queries() -> dict[str, tuple[str, tuple[object, ...]]]:
    """Return the queries of reports, lists and public pages, with what they are asked."""
    surveys = [one.id for one in Catalogue.read(Settings().surveys).members("send-support")]
    themes = list(range(1, THEMES + 1))
    asked = ("send-support", "one_change")
    found: dict[str, tuple[str, tuple[object, ...]]] = {
        "report: themes": (report.SQL.themes, asked),
        "report: answered": (report.SQL.answered, (surveys,)),
        "report: wrote": (report.SQL.wrote, (surveys, asked[1], asked[0])),
        "report: members": (report.SQL.members, (themes,)),
        "report: quotable": (report.SQL.quotable, (themes, report.AT_AN_END)),
        "report: words_said": (
            report.SQL.words_said,
            (surveys, asked[1], themes, report.MOST_READ),
        ),
        "review: runs": (review.SQL.runs, asked),
        "review: suggestions": (review.SQL.suggestions, (1,)),
        "review: comment_counts": (review.SQL.comment_counts, ()),
        "review: not enriched": (enrichment.SQL.how_many_not_enriched, ()),
        "you said: counts": (you_said.SQL.counts, (themes,)),
    }
    return found


async def plans(dsn: str) -> None:
    """Print how long each query takes, the slowest first, and the plans of three."""
    db = await asyncpg.connect(dsn)
    took: dict[str, float] = {}
    for name, (query, of) in queries().items():
        times = []
        for _ in range(TIMES):
            started = time.perf_counter()
            await db.fetch(query, *of)
            times.append(1000 * (time.perf_counter() - started))
        took[name] = statistics.median(times)
    slowest = sorted(took, key=lambda name: -took[name])
    for name in slowest:
        print(f"  {name:24} {took[name]:7.1f} ms")
    for name in slowest[:3]:
        query, of = queries()[name]
        print(f"\n{name}")
        for row in await db.fetch(f"explain (analyze, costs off, buffers off) {query}", *of):
            print(f"  {row[0][:150]}")
    await db.close()


def serve(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start the web app."""
    return subprocess.Popen([sys.executable, "-m", "voice", "serve"], env=environment)


def memory(pid: int) -> float:
    """Return the most memory in MB that this process and its children held."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    return int(peak[1] if peak else 0) / 1000 + sum(memory(int(child)) for child in children)


async def main(arguments: argparse.Namespace, folder: Path) -> None:
    """Fill, serve, measure."""
    data = folder / "data"
    new = not data.exists()
    dsn = await embedded.start(data)
    try:
        if new:
            settings = Settings(database_url=dsn, data_dir=data)
            await bring_up_to_date(dsn, Workshop(settings).vault)
            await signed_in(dsn)
            await fill(dsn, arguments.responses, arguments.comments)
        port = free_port()
        environment = {**os.environ, "DATABASE_URL": dsn, "VOICE_DATA_DIR": str(data)}
        environment |= {"VOICE_PORT": str(port), "VOICE_SECOND_FACTOR": "offered"}
        serving = serve(environment)
        try:
            wait_for(port, serving)
            await measure(f"http://127.0.0.1:{port}", await signed_in(dsn))
            await measure_pack(f"http://127.0.0.1:{port}", await signed_in(dsn))
            print(f"memory of the web process, at most: {memory(serving.pid):.0f} MB")
        finally:
            serving.terminate()
            serving.wait(30)
        await plans(dsn)
    finally:
        await embedded.stop(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--responses", type=int, default=1_000_000)
    parser.add_argument("--comments", type=int, default=300_000)
    parser.add_argument("--keep", type=Path, help="A folder for the database, to use it again.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/tmp") as thrown_away:
        asyncio.run(main(chosen, chosen.keep or Path(thrown_away)))
