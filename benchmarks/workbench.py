"""From a file of comments to a published page and every export, in a browser, and what it takes.

    python benchmarks/workbench.py [--comments FILE.csv]

A Postgres, web app and worker of their own. The comments of the file (nhs-fft of the shared data,
where it is there) come in with `voice import`; all else is done in Chromium: themes are looked for,
twenty are agreed by keys alone, an officer answers one and publishes it, freezes an evidence pack,
and fetches each file. Prints keys, clicks and seconds, and says what each file holds.
"""

import argparse
import asyncio
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
from playwright.async_api import Page, async_playwright

from voice.database import embedded

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser import install
from tests.browser.serving import free_port, wait_for

SHARED = Path(__file__).parents[2] / "shared/data/nhs-fft/dev.csv"
SURVEY, QUESTION = "support-parents-carers", "one_change"
ASKED = f"/staff/questions/{SURVEY}/{QUESTION}"
PEOPLE = {"reviewer@example.org": "reviewer", "officer@example.org": "officer"}
PASSWORD = secrets.token_urlsafe(16)
AT_MOST = 20
PLEDGE = {
    "easy_said": "You said waits are too long.",
    "words": "We are looking at how long people wait, and will say what we found.",
    "easy_words": "We look at how long you wait.",
    "on_day": "1 March 2027",
    "owner_role": "head of SEND",
    "owner_organisation": "the council",
}
FORMS = ("pdf", "docx", "html", "xlsx")


class House:
    """Voice in processes of its own."""

    def __init__(self, folder: Path, dsn: str) -> None:
        """Remember where; nothing is started."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**os.environ, "DATABASE_URL": dsn, "VOICE_PORT": str(self.port)}
        self.environment |= {"VOICE_DATA_DIR": str(folder), "VOICE_NEW_PASSWORD": PASSWORD}
        self.environment |= {"VOICE_SECOND_FACTOR": "offered"}

    def begin(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a command of Voice."""
        command = [sys.executable, "-m", "voice", *arguments]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)

    async def do(self, *arguments: str) -> float:
        """Run a command to its end; return the seconds it took."""
        started = time.monotonic()
        code = await asyncio.to_thread(self.begin(*arguments).wait)
        if code:
            sys.exit(f"voice {' '.join(arguments)} ended with {code}")
        return time.monotonic() - started


class Counted:
    """A page on which keys and clicks are counted."""

    def __init__(self, page: Page) -> None:
        """Count from nothing."""
        self.page, self.keys, self.clicks = page, 0, 0

    async def press(self, key: str) -> None:
        """Press a key that leads to no other page."""
        self.keys += 1
        await self.page.keyboard.press(key)

    async def enter(self) -> None:
        """Press Enter, and wait for the page it leads to."""
        async with self.page.expect_navigation():
            await self.press("Enter")

    async def click(self, what: str) -> None:
        """Click, and wait for the page it leads to."""
        self.clicks += 1
        async with self.page.expect_navigation():
            await self.page.click(what)


async def sign_in(page: Page, url: str, email: str) -> None:
    """Sign in with a password."""
    await page.goto(f"{url}/staff/sign-in")
    await page.fill("[name=email]", email)
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button")


async def agree(page: Page, house: House) -> Counted:
    """Look for themes, then agree to twenty of them by keys alone; return what it took."""
    await page.goto(house.url + ASKED)
    counted = Counted(page)
    await counted.click("main form[action$='/themes'] button")
    seconds = await house.do("work", "--once")
    print(f"themes found by the worker: {seconds:.0f} s")
    await page.goto(house.url + ASKED)
    suggested = await page.locator("#suggestions ~ * [href^='/staff/suggestions/']").count()
    while not await page.locator("#row:focus").count():
        await counted.press("Tab")
    await counted.enter()
    started, agreed = time.monotonic(), 0
    while agreed < AT_MOST and await page.locator(":focus").count():
        if not (await page.locator(":focus").inner_text()).startswith("Agree"):
            break
        await counted.enter()
        agreed += 1
    took = time.monotonic() - started
    print(f"{agreed} themes agreed ({suggested} links to suggestions): {counted.keys} keys,")
    print(f"  {counted.clicks} click to look for them; {took:.1f} s of which no thought is part")
    return counted


async def publish(page: Page, house: House) -> None:
    """Answer the largest theme, and publish the answer."""
    await page.goto(f"{house.url}/staff/pledges")
    counted = Counted(page)
    await counted.click("main a[href^='/staff/pledges/new']")
    for name, words in PLEDGE.items():
        await page.fill(f"[name={name}]", words)
    for name, value in (("status", "doing"), ("checked", "not_yet"), ("publish", "yes")):
        await page.check(f"[name={name}][value={value}]")
    await counted.click("main form button.next")
    if "saved" not in page.url:
        sys.exit(await page.inner_text("main"))
    print(f"reply published: {counted.clicks} clicks, {len(PLEDGE)} fields, 3 choices")
    await page.goto(f"{house.url}/you-said/1")
    said = re.search(r"[Aa]bout [\d,]+ people", await page.inner_text("main"))
    print(f"  /you-said/1 says: {said[0] if said else 'no number'}")


async def fetch(page: Page, house: House) -> None:
    """Freeze a pack; fetch it and the summary in every form."""
    await page.goto(f"{house.url}/staff/packs")
    counted = Counted(page)
    started = time.monotonic()
    await counted.click("main form button")
    print(f"evidence pack frozen: {counted.clicks} click, {time.monotonic() - started:.1f} s")
    pack = page.url.split("?")[0]
    for name in ("evidence-pack", "you-said"):
        for form in (*FORMS, "zip" if name == "evidence-pack" else "csv"):
            start = pack if name == "evidence-pack" else f"{house.url}/staff/exports"
            started = time.monotonic()
            answer = await page.request.get(f"{start}/{name}.{form}")
            if not answer.ok:
                sys.exit(f"{name}.{form}: {answer.status}")
            size = len(await answer.body()) / 1000
            print(f"  {name}.{form:5} {size:7.0f} kB {time.monotonic() - started:6.2f} s")
    for name in ("themes.json", "themes.csv", "pledges.json", "pledges.csv"):
        answer = await page.request.get(f"{house.url}/data/v1/{name}")
        print(f"  /data/v1/{name}: {answer.status}, {len(await answer.body()) / 1000:.1f} kB")


async def main(file: Path, folder: Path) -> None:
    """Import, find, agree, answer, export."""
    dsn = await embedded.start(folder)
    house = House(folder, dsn)
    await house.do("migrate")
    for email, role in PEOPLE.items():
        await house.do("staff", "add", email, "--role", role)
    about = ("--survey", SURVEY, "--question", QUESTION, "--text", "comment", "--id", "comment_id")
    print(f"import of {file.name}: {await house.do('import', str(file), *about):.0f} s")
    print(f"names and worries read: {await house.do('work', '--once'):.0f} s")
    db = await asyncpg.connect(dsn)
    await db.execute("update responses set may_quote = true")
    await db.close()
    serving = house.begin("serve")
    try:
        await asyncio.to_thread(wait_for, house.port, serving)
        async with async_playwright() as playwright:
            path = await install.find()
            browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            reviewer = await browser.new_page()
            await sign_in(reviewer, house.url, "reviewer@example.org")
            await agree(reviewer, house)
            context = await browser.new_context()
            officer = await context.new_page()
            await sign_in(officer, house.url, "officer@example.org")
            await publish(officer, house)
            await fetch(officer, house)
            await browser.close()
    finally:
        serving.terminate()
        serving.wait(20)
        await embedded.stop(folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--comments", type=Path, default=SHARED)
    chosen = parser.parse_args()
    if not chosen.comments.exists():
        print(f"{chosen.comments} is not there: nothing was measured.")
        sys.exit(0)
    with tempfile.TemporaryDirectory(dir="/tmp") as thrown_away:
        asyncio.run(main(chosen.comments, Path(thrown_away)))
