"""Looks at whole pages in a real Chromium: one that is open, or all that a walk has kept."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser, Page, Route

from tests.browser.probes import engines, layout, markup, seeing, without, words
from tests.browser.probes.every import ENGINES, HANDS, LAYOUT, WITHOUT, WORDS, Probe, look_for
from tests.browser.probes.fault import Fault
from tests.browser.probes.opened import PHONE, Traffic
from tests.browser.walking import KINDS, Walked

AT_ONCE = 3  # Pages in the air: more than there are cores, since a page also waits.
OPEN_ALREADY: list[Probe] = [*WORDS, words.nothing_inline, *ENGINES, *LAYOUT, *WITHOUT]
COLOURS: list[Probe] = [engines.axe_in_every_colour, seeing.edges, seeing.motion]
# Of a page whose like has been looked at: what other words can break.
NEW_WORDS: list[Probe] = [*WORDS, layout.reflow]


class Seen(NamedTuple):
    """All that was found wrong, by the name of the page, and how long each probe took."""

    faults: dict[str, list[Fault]]
    seconds: dict[str, float]

    def of(self, check: str) -> list[str]:
        """Return what one check found, a line each."""
        return [
            f"{page}: {fault.where}: {fault.why}"
            for page, wrong in self.faults.items()
            for fault in wrong
            if fault.check.split(":")[0] == check
        ]


async def look(page: Page) -> None:
    """Fail when anything is wrong with the page that is open; it stays open, and as it was."""
    assert await look_for(page, OPEN_ALREADY) == [], page.url


def probes_of(walked: Walked) -> list[Probe]:
    """Return what is looked for on a page that a walk has kept.

    What no language changes is looked at in English: colours, what is chosen, and whether script is
    needed. The keyboard is tried in both directions of reading, in Urdu on each kind of question.
    """
    if walked.depth == "words":
        return NEW_WORDS
    every = [*WORDS, *ENGINES, *LAYOUT, *WITHOUT]
    if "content-security-policy" in walked.headers:
        every.insert(0, words.nothing_inline)
    if walked.language == "en" or walked.name in {f"{kind} (ur)" for kind in KINDS}:
        every += HANDS
    if walked.language == "en":
        every += COLOURS
    if walked.name in {f"{kind} (en)" for kind in KINDS}:
        every.append(seeing.chosen)
    return [*every, without.script] if walked.language == "en" else every


async def look_at_all(browser: Browser, home: str, pages: Sequence[Walked], folder: Path) -> Seen:
    """Look at every page, several at once; `home` is where their pictures come from."""
    files = {_written(folder, number, page): page for number, page in enumerate(pages)}
    checked = asyncio.create_task(asyncio.to_thread(markup.check, list(files)))
    seen = Seen({page.name: [] for page in pages}, defaultdict(float))
    waiting = list(pages)
    await asyncio.gather(*(_worker(browser, home, waiting, seen) for _ in range(AT_ONCE)))
    for file, wrong in (await checked).items():
        seen.faults[files[file].name] += wrong
    return seen


def _written(folder: Path, number: int, page: Walked) -> Path:
    file = folder / f"{number:03}.html"
    file.write_text(page.html, encoding="utf-8")
    return file


async def _worker(browser: Browser, home: str, waiting: list[Walked], seen: Seen) -> None:
    """Look at one page after another in one tab, until none waits.

    A page is answered as the app sent it, with the headers that it had.
    """
    context = await browser.new_context(base_url=home, viewport=PHONE, service_workers="block")
    await context.add_init_script(engines.scripts())
    page = await context.new_page()
    traffic = Traffic(page)
    now: list[Walked] = []

    async def answer(route: Route) -> None:
        await route.fulfill(body=now[0].html, headers=dict(now[0].headers))

    await page.route(lambda url: url == f"{home}{now[0].address}", answer)
    while waiting:
        now[:] = [waiting.pop(0)]
        seen.faults[now[0].name] += await _look_at(page, home, now[0], seen.seconds)
        seen.faults[now[0].name] += [
            *(Fault("no outside request", "html", url) for url in traffic.outside(home)),
            *(Fault("all it asks for is there", "html", url) for url in traffic.missing),
        ]
        traffic.forget()
    await context.close()


async def _look_at(page: Page, home: str, walked: Walked, seconds: dict[str, float]) -> list[Fault]:
    """Open a page and look at it."""
    await page.goto(f"{home}{walked.address}")
    found = []
    for probe in probes_of(walked):
        began = time.monotonic()
        found += await probe(page)
        seconds[probe.__name__] += time.monotonic() - began
    return found
