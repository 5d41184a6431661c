"""Many people at once, in a process of its own: reads a plan, prints what came of each.

python -m benchmarks.load.crowd < plan.json > done.json
"""

import asyncio
import random
import sys
import time

import uvloop
from msgspec import Struct, json

from benchmarks.load.person import Done, Person
from voice.settings import Settings
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey


class Plan(Struct, kw_only=True):
    """Who comes, and when.

    With `clients`, that many send form after form for `seconds`, with no page between. Without,
    `people` come within `seconds`, by chance, and look at each page for `pause` seconds, give or
    take a half.
    """

    port: int
    survey: str
    seconds: float
    seed: int
    people: int = 0
    pause: float = 0.0
    clients: int = 0


class Came(Struct):
    """All that came of a plan; `seconds` is how long it took, `cpu` how busy this process was."""

    people: list[Done]
    seconds: float
    cpu: float


async def in_turn(plan: Plan, survey: Survey) -> list[Done]:
    """Let people come one after another, each going at their own pace."""
    chance = random.Random(plan.seed)

    def pause() -> float:
        return plan.pause * chance.uniform(0.5, 1.5)

    async def come(number: int, after: float) -> Done:
        await asyncio.sleep(after)
        person = Person(plan.port, survey, plan.seed * 1_000_000 + number, pause)
        await person.answer_all()
        return person.done

    times = [chance.uniform(0, plan.seconds) for _ in range(plan.people)]
    return list(await asyncio.gather(*(come(n, after) for n, after in enumerate(times))))


async def in_a_circle(plan: Plan, survey: Survey) -> list[Done]:
    """Let each client send forms without a pause until time is up."""
    until = time.monotonic() + plan.seconds
    came: list[Done] = []

    async def send(client: int) -> None:
        times = 0
        while time.monotonic() < until:
            seed = plan.seed * 1_000_000 + client * 10_000 + times
            person = Person(plan.port, survey, seed, lambda: 0.0)
            await person.answer_forms(lambda: time.monotonic() >= until)
            came.append(person.done)
            times += 1

    await asyncio.gather(*(send(client) for client in range(plan.clients)))
    return came


async def main() -> None:
    """Do what the plan says."""
    plan = json.decode(sys.stdin.buffer.read(), type=Plan)
    survey = Catalogue.read(Settings().surveys).find(plan.survey)
    started, busy = time.monotonic(), time.process_time()
    people = await (in_a_circle if plan.clients else in_turn)(plan, survey)
    took = time.monotonic() - started
    came = Came(people, took, (time.process_time() - busy) / took)
    sys.stdout.buffer.write(json.encode(came))


if __name__ == "__main__":
    uvloop.run(main())
