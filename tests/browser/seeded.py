"""Which check catches which broken page: `python -m tests.browser.seeded FOLDER` prints a table.

The folder has pages that are each broken in one way, and `good.html`, which is not. It exits with 1
when a broken page is not caught, or when something is found wrong with the good one.
"""

import asyncio
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser import install
from tests.browser.probes import engines, markup
from tests.browser.probes.every import EVERY
from tests.browser.probes.fault import Fault
from tests.browser.probes.opened import PHONE

GOOD = "good.html"
AT_ONCE = 3  # Pages in the air.
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word of it."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder that this machine serves."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


async def faults_of(
    browser: Browser, folder: Path, enough: Mapping[str, str] | None = None
) -> dict[str, list[Fault]]:
    """Return what every check finds wrong with each page of a folder, {name: faults}.

    `enough` names the check after which a page need not be looked at any further, {name: check}.
    """
    enough = enough or {}
    found: dict[str, list[Fault]] = {}
    with tempfile.TemporaryDirectory() as place, served(folder) as address:
        files = [Path(shutil.copy(page, place)) for page in sorted(folder.glob("*.html"))]
        for file, wrong in markup.check(files).items():
            found[file.name] = wrong
        waiting = list(files)

        async def worker() -> None:
            while waiting:
                name = waiting.pop(0).name
                if enough.get(name) not in {fault.check for fault in found[name]}:
                    found[name] += await _looked_at(browser, f"{address}/{name}", enough.get(name))

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return found


async def _looked_at(browser: Browser, address: str, enough: str | None) -> list[Fault]:
    context = await browser.new_context(viewport=PHONE)
    await context.add_init_script(engines.scripts())
    page = await context.new_page()
    await page.goto(address)
    found: list[Fault] = []
    for probe in EVERY:
        if enough not in {fault.check for fault in found}:
            found += await probe(page)
    await context.close()
    return found


def caught(found: dict[str, list[Fault]]) -> bool:
    """Tell whether every broken page is caught, and nothing is found wrong with the good one."""
    return all(bool(wrong) != (name == GOOD) for name, wrong in found.items())


def table(found: dict[str, list[Fault]]) -> str:
    """Return the names of the checks that catch each page, as a table to read or to keep."""
    rows = [
        f"| {name} | {', '.join(sorted({fault.check for fault in wrong})) or 'nothing'} |"
        for name, wrong in found.items()
    ]
    return "\n".join(["| page | caught by |", "|---|---|", *rows])


async def main(folder: Path) -> int:
    """Print the table; return 0 when every broken page is caught and the good one is good."""
    async with async_playwright() as playwright:
        path = await install.find()
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        found = await faults_of(browser, folder)
        await browser.close()
    print(table(found))  # noqa: T201  What this command is for.
    for fault in found.get(GOOD, []):
        print(f"{GOOD}: {fault}", file=sys.stderr)  # noqa: T201
    return 0 if caught(found) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]))))
