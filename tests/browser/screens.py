"""Pictures of the main screens for the documents: `make screens` writes docs/pictures/.

It starts the demo in a folder of its own and takes each picture in Chromium, so that a picture
shows what the code of today shows. All answers and people in them are made up.
"""

import asyncio
import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.browser import install
from tests.browser.serving import free_port
from voice.database import embedded

PICTURES = Path(__file__).parent.parent.parent / "docs/pictures"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1100, "height": 760}
EASY, PARENTS = "/surveys/support-easy-read", "/surveys/support-parents-carers"
ASKED = "/staff/questions/send-support/one_change"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
PASSWORD = re.compile(r"password of all four: (\S+)\n")
QUALITY = 72
LONGEST_START = 300


class Screen(NamedTuple):
    """A picture to take: its file's name, the page it shows, and how one comes there.

    `at` is what stands at the top of the picture, where that is not the top of the page; `follow`
    a link that is pressed on the page first.
    """

    name: str
    address: str
    size: ViewportSize = PHONE
    at: str = ""
    follow: str = ""


# Each person goes through their screens in this order, with what they have chosen so far.
PUBLIC = (
    Screen("home", "/"),
    Screen("looks", "/display"),
    Screen("help", "/help"),
    Screen("yours", "/you-said/yours"),
    Screen("you-said-easy", "/you-said?words=easy-read", at="main h1"),
    Screen("you-said", "/you-said", DESK),
    Screen("reply", "/you-said/1", DESK),
    Screen("measures", "/you-said/measures", DESK),
    Screen("challenges", "/you-said/challenges", DESK),
)
# Where a survey begins, and the pictures that are taken in it.
SURVEYS = {
    "/surveys/support-easy-read": (
        Screen("question-faces", f"{EASY}/pages/listened"),
        Screen("question-words", f"{EASY}/pages/one_change"),
    ),
    "/display/language-ur/support-easy-read": (Screen("question-urdu", f"{EASY}/pages/listened"),),
    "/surveys/support-parents-carers": (Screen("question-scale", f"{PARENTS}/pages/satisfaction"),),
}
STAFF = {
    "reviewer": (
        Screen("themes", ASKED, DESK),
        Screen("suggestion", ASKED, DESK, follow="main a[href^='/staff/suggestions/']"),
        Screen("report", "/staff/report/send-support/one_change", DESK),
    ),
    "officer": (
        Screen("staff-home", "/staff", DESK),
        Screen("pledge", "/staff/pledges/1", DESK),
        Screen("packs", "/staff/packs", DESK),
        Screen("paper", "/staff/paper", DESK),
    ),
    "safeguarding-lead": (
        Screen("safeguarding", "/staff/safeguarding", DESK),
        Screen("rota", "/staff/safeguarding/rota", DESK),
    ),
    "administrator": (Screen("people", "/staff/people", DESK),),
}


def every() -> list[Screen]:
    """Return all screens, in the order in which they are taken."""
    inside = [*SURVEYS.values(), *STAFF.values()]
    return [*PUBLIC, *(screen for screens in inside for screen in screens)]


async def take_all(browser: Browser, url: str, password: str, into: Path) -> None:
    """Take every picture of a Voice that runs at this address with the demo in it."""
    async with _person(browser, url) as page:
        await _take(page, PUBLIC, into)
    for survey, screens in SURVEYS.items():
        async with _person(browser, url) as page:
            await _begin(page, survey)
            await _take(page, screens, into)
    for role, screens in STAFF.items():
        async with _person(browser, url) as page:
            await page.goto("/staff/sign-in")
            await page.fill("[name=email]", f"{role}@demo.example")
            await page.fill("[name=password]", password)
            await page.locator("main form button").first.click()
            await _take(page, screens, into)


@asynccontextmanager
async def _person(browser: Browser, url: str) -> AsyncIterator[Page]:
    context = await browser.new_context(base_url=url, service_workers="block")
    yield await context.new_page()
    await context.close()


async def _begin(page: Page, survey: str) -> None:
    await page.goto(survey)
    await page.locator("[name=assent][value=yes]").first.click()


async def _take(page: Page, screens: tuple[Screen, ...], into: Path) -> None:
    for screen in screens:
        await page.set_viewport_size(screen.size)
        answer = await page.goto(screen.address)
        if screen.follow:
            await page.locator(screen.follow).first.click()
            await page.wait_for_load_state()
        assert answer, screen.address
        assert answer.ok, screen.address
        if screen.at:
            await page.locator(screen.at).evaluate("e => e.scrollIntoView()")
        await page.wait_for_load_state("networkidle")
        with Image.open(io.BytesIO(await page.screenshot())) as shot:
            shot.save(into / f"{screen.name}.webp", quality=QUALITY, method=6)


class Demo(NamedTuple):
    """A demo that runs: its address, and its staff's password."""

    url: str
    password: str


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[Demo]:
    """Run the demo over a folder of its own."""
    port, data, said = free_port(), folder / "data", folder / "said"
    process = _start(port, data, said)
    try:
        until = time.monotonic() + LONGEST_START
        while not (found := PASSWORD.search(said.read_text())):
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < until, said.read_text()
            await asyncio.sleep(0.2)
        yield Demo(f"http://127.0.0.1:{port}", found[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        await embedded.stop(data)


def _start(port: int, data: Path, said: Path) -> "subprocess.Popen[bytes]":
    told = {"VOICE_DATA_DIR": str(data), "VOICE_PORT": str(port), "DATABASE_URL": ""}
    with said.open("w") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "voice", "demo"],
            env=os.environ | told,
            stdout=out,
            stderr=subprocess.STDOUT,
        )


async def main() -> None:
    """Take every picture anew."""
    path = await install.find()
    if not path:
        sys.exit("There is no Chromium. Run python -m tests.browser.install, or set BROWSER_PATH.")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder)) as here, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
            await take_all(browser, here.url, here.password, PICTURES)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
