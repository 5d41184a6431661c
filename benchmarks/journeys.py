"""Young people on their way through a survey, many at once: how fast, and whether all is kept.

    python benchmarks/journeys.py [--full] [--day] [--burst] [--clients N ...] [--workers N]

A Postgres of its own, the web app as `voice serve` runs it, and the people in a process of their
own. Every page is checked as it comes, and every answer in the database against what was typed.
Without an option: five rounds of answers beside pgbench, interleaved, a burst of 500 people in a
minute, and a piece of a school day; four minutes. `--full` takes the whole day, an hour.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from msgspec import Struct, structs

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks import pages
from benchmarks.load import pgbench, table
from benchmarks.load.crowd import Came, Plan
from benchmarks.load.site import Site, forget, let_come
from benchmarks.load.stored import Compared, compare
from benchmarks.load.table import Row
from tests.browser.serving import free_port
from voice.app import create_app
from voice.database import embedded
from voice.database.master_key import vault

SURVEY = "support-young-people"
FEW = 100  # A 99th percentile of fewer pages says nothing.


class Form(Struct, frozen=True):
    """How much is done: the short form, or the full one."""

    rounds: int
    seconds: int
    clients: tuple[int, ...]
    bursts: int
    day: Plan
    starts: int


def day(port: int, *, full: bool) -> Plan:
    """Return a school day, or a piece of it that goes six times as fast."""
    plan = Plan(port=port, survey=SURVEY, seed=900, people=80, seconds=24, pause=1.3)
    return structs.replace(plan, people=2000, seconds=3600, pause=8) if full else plan


def burst(port: int, number: int) -> Plan:
    """Return a class assembly: 500 people within a minute, two seconds a page."""
    return Plan(port=port, survey=SURVEY, seed=500 + number, people=500, seconds=60, pause=2)


class Seen:
    """What was measured so far, and what went wrong."""

    def __init__(self, site: Site) -> None:
        """Begin with nothing."""
        self.site = site
        self.ratios: dict[int, list[float]] = {}
        self.rates: dict[int, list[float]] = {}
        self.tails: dict[str, list[float]] = {}
        self.slowest: dict[str, list[float]] = {}
        self.found = Compared()
        self.problems: list[str] = []

    async def check(self, came: Came) -> None:
        """Compare what came of people with the database, and note every problem."""
        secrets = vault(self.site.settings)
        found = await compare(self.site.dsn, secrets, came.people)
        for name in Compared.__struct_fields__:
            setattr(self.found, name, getattr(self.found, name) + getattr(found, name))
        self.problems += [done.problem for done in came.people if done.problem]

    async def side_by_side(self, folder: Path, form: Form) -> None:
        """Let pgbench and people write in turn, the same seconds, with the same clients."""
        for number in range(form.rounds):
            for clients in form.clients:
                await forget(self.site.dsn)
                seconds = form.seconds
                rows = await pgbench.rate(self.site.dsn, folder, clients=clients, seconds=seconds)
                await forget(self.site.dsn)
                plan = Plan(port=self.site.port, survey=SURVEY, seconds=seconds, seed=number)
                came = await let_come(structs.replace(plan, clients=clients))
                await self.check(came)
                rate = sum(done.kept for done in came.people) / came.seconds
                self.ratios.setdefault(clients, []).append(rate / rows)
                self.rates.setdefault(clients, []).append(rate)
                print(
                    f"round {number + 1}, {clients:3} clients: pgbench {rows:6.0f} rows/s, "
                    f"Voice {rate:5.0f} answers/s, the people {came.cpu:.0%} of a core",
                    flush=True,
                )

    async def crowd(self, name: str, plan: Plan) -> None:
        """Let people come; print how long each kind of page took."""
        await forget(self.site.dsn)
        used = self.site.cpu()
        came = await let_come(plan)
        used = self.site.cpu() - used
        await self.check(came)
        print(f"{name}: {plan.people} people, {came.seconds:.0f} s, ", end="")
        print(f"web {used / came.seconds:.0%} and people {came.cpu:.0%} of a core")
        took: dict[str, list[float]] = {}
        for kind, milliseconds in (one for done in came.people for one in done.took):
            took.setdefault(kind, []).append(milliseconds)
        worst = []
        for kind, times in took.items():
            p50, p99 = _at(times, 50), _at(times, 99)
            print(f"  {kind:15} {len(times):6}  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms", end="")
            print(f"  {p99 / p50:5.1f} times", flush=True)
            worst += [p99 / p50] if len(times) >= FEW else []
        self.tails.setdefault(name, []).append(max(worst))
        every = [one for times in took.values() for one in times]
        self.slowest.setdefault(name, []).append(_at(every, 99))


def _at(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def rows(seen: Seen, starts: list[float], memory: list[float], renders: list[float]) -> list[Row]:
    """Return the table."""
    found: list[Row] = []
    for clients, ratios in seen.ratios.items():
        who = f"pgbench, {clients} clients, the same row"
        found.append(Row(what="stored answers a second", against=who, values=ratios, least=0.5))
        found.append(Row(what="the same, in answers", against="-", values=seen.rates[clients]))
    for name, tails in seen.tails.items():
        what = f"p99 of the worst page, {name}"
        found.append(Row(what=what, against="its own p50", values=tails, most=10))
        slow = seen.slowest[name]
        found.append(Row(what="the same, all pages, in ms", against="-", values=slow))
    typed = f"the {seen.found.typed:,} that were typed"
    for what, n in (
        ("answers lost", seen.found.lost),
        ("answers doubled", seen.found.doubled),
        ("pages and forms that failed", len(seen.problems)),
    ):
        found.append(Row(what=what, against=typed, values=[n], most=0))
    for what, values, most in (
        ("memory of a web process, in MB", memory, 150.0),
        ("seconds until a started web app answers", starts, 1.0),
        ("question page, ms of CPU to render", renders, 1.0),
    ):
        found.append(Row(what=what, against="-", values=values, most=most))
    return found


def rendering(site: Site) -> list[float]:
    """Return the milliseconds of CPU of a question page, each of the kinds a few times."""
    app = create_app(site.settings)
    asked = [pages.rendered(app, survey_id, page_id) for survey_id, page_id, _ in pages.PAGES]
    return [pages.cpu(render) for _ in range(pages.ROUNDS) for render in asked]


async def measure(site: Site, folder: Path, chosen: argparse.Namespace) -> Seen:
    """Do all that was chosen; print the table."""
    clients = tuple(chosen.clients or ((1, 4, 16, 32) if chosen.full else (4, 32)))
    whole = day(site.port, full=chosen.full or chosen.day)
    form = Form(5, 10, clients, 3, whole, 7) if chosen.full else Form(3, 4, clients, 1, whole, 3)
    every = chosen.full or not (chosen.day or chosen.burst or chosen.clients)
    starts, seen = [], Seen(site)
    for _ in range(form.starts):
        starts.append(await site.start())
        await site.stop()
    await site.start()
    if every or chosen.clients:
        await seen.side_by_side(folder, form)
    for number in range(form.bursts if every or chosen.burst else 0):
        await seen.crowd("500 in a minute", burst(site.port, number))
    if every or chosen.day:
        what = "2,000 in an hour" if form.day.people == 2000 else "a piece of a day"
        await seen.crowd(what, form.day)
    memory = site.memory()
    print()
    table.show(rows(seen, starts, memory, rendering(site)))
    return seen


async def main(chosen: argparse.Namespace) -> None:
    """Start all that it takes, measure, leave nothing behind; exit with 1 when something failed."""
    with tempfile.TemporaryDirectory(dir="/tmp") as thrown_away:
        folder = Path(thrown_away)
        dsn = await embedded.start(folder / "data")
        site = Site(dsn, folder / "data", free_port(), chosen.workers)
        try:
            await site.fill()
            seen = await measure(site, folder, chosen)
        finally:
            await site.stop()
            await embedded.stop(folder / "data")
    for problem in sorted(set(seen.problems))[:10]:
        print(problem)
    if seen.problems or seen.found.lost or seen.found.doubled:
        sys.exit(1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true", help="The whole day, and more rounds.")
    parser.add_argument("--day", action="store_true", help="2,000 people in an hour.")
    parser.add_argument("--burst", action="store_true", help="500 people in a minute.")
    parser.add_argument("--clients", type=int, nargs="*", help="So many write without a pause.")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asyncio.run(main(parser.parse_args()))
