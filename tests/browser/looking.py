"""Looks at whole pages in a real Chromium: one that is open, or all that a walk has kept."""

import asyncio
import time
from collections import Counter
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
WHOLE: list[Probe] = [*WORDS, *ENGINES, *LAYOUT, *COLOURS, *WITHOUT, *HANDS, without.script]
# Of a page whose like has been looked at: what other words can break.
NEW_WORDS: list[Probe] = [*WORDS, engines.axe, layout.reflow]


class Seen(NamedTuple):
    """All that was found wrong, by the name of the page, and how long each probe took."""

    faults: dict[str, list[Fault]]
    seconds: Counter[str]

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

    A file is opened away from our policy, with its style in it; all else is held to that policy.
    """
    if walked.depth == "words":
        return NEW_WORDS
    own = [] if walked.name.startswith("export") else [words.nothing_inline]
    # What is chosen looks the same in every language, and on every page of a kind.
    asked = [seeing.chosen] if walked.name in {f"{kind} (en)" for kind in KINDS} else []
    return [*own, *WHOLE[:-1], *asked, WHOLE[-1]]


async def look_at_all(browser: Browser, home: str, pages: Sequence[Walked], folder: Path) -> Seen:
    """Look at every page, several at once; `home` is where their pictures come from."""
    files = {_written(folder, number, page): page for number, page in enumerate(pages)}
    checked = asyncio.create_task(asyncio.to_thread(markup.check, list(files)))
    seen = Seen({page.name: [] for page in pages}, Counter())
    waiting = list(pages)

    async def worker() -> None:
        while waiting:
            walked = waiting.pop(0)
            seen.faults[walked.name] += await _look_at(browser, home, walked, seen.seconds)

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    for file, wrong in (await checked).items():
        seen.faults[files[file].name] += wrong
    return seen


def _written(folder: Path, number: int, page: Walked) -> Path:
    file = folder / f"{number:03}.html"
    file.write_text(page.html, encoding="utf-8")
    return file


async def _look_at(
    browser: Browser, home: str, walked: Walked, seconds: Counter[str]
) -> list[Fault]:
    """Open a page as the app sent it, with the headers it had, and look at it."""
    context = await browser.new_context(base_url=home, viewport=PHONE)
    page = await context.new_page()
    traffic = Traffic(page)
    address = f"{home}{walked.address}"

    async def answer(route: Route) -> None:
        await route.fulfill(body=walked.html, headers=dict(walked.headers))

    await page.route(lambda url: url == address, answer)
    await page.goto(address)
    found = []
    for probe in probes_of(walked):
        began = time.monotonic()
        found += await probe(page)
        seconds[probe.__name__] += time.monotonic() - began
    found += [Fault("no outside request", "html", url) for url in traffic.outside(home)]
    await context.close()
    return found
