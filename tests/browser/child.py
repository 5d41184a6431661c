"""A child at a device: what they press, what they read, and what the page calls saved."""

import asyncio
import time
from typing import Any

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as BrowserProblem

SOON = 40.0  # Seconds.
KEPT = """async () => {
    const made = (await indexedDB.databases()).some(({ name }) => name === "voice");
    if (!made) return {};  // Opening it here would make it, and empty.
    const open = indexedDB.open("voice");
    const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
    const all = { drafts: { ...localStorage }, files: await caches.keys() };
    for (const name of db.objectStoreNames) {
        const asked = db.transaction(name).objectStore(name).getAll();
        all[name] = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
    }
    db.close();
    return all;
}"""


class Child:
    """One tab of one device; `saved` has what a page called saved, by the id of the page."""

    def __init__(self, context: BrowserContext, survey: str = "support-easy-read") -> None:
        self.context, self.home = context, f"/surveys/{survey}"
        self.page: Page
        self.saved: dict[str, Any] = {}

    async def open(self, words: str = "") -> None:
        """Open the survey, and wait until the device has all of it."""
        self.page = await self.context.new_page()
        await self.page.goto(self.home + (f"?words={words}" if words else ""))
        await self.until(self._has_edition)

    async def _has_edition(self) -> bool:
        return any(one["whole"] for one in (await self.kept()).get("editions", []))

    async def start(self) -> None:
        """Begin, and go to the first page without the looks and the question to try."""
        await self.press("Yes, start")
        await self.begun()
        await self.page.goto(f"{self.home}/carry-on")

    async def begun(self) -> None:
        """Wait until the start page is left: an address asked for before that may be dropped."""
        await self.page.wait_for_url(lambda url: not url.partition("?")[0].endswith(self.home))

    async def press(self, words: str) -> None:
        await self.page.get_by_role("button", name=words, exact=True).first.click()

    async def go(self, page_id: str) -> None:
        await self.page.goto(f"{self.home}/pages/{page_id}")

    async def choose(self, page_id: str, value: str) -> None:
        """Choose, press Next, and note it when the next page calls it saved."""
        await self.page.locator(f"#{page_id}-{value}").check()
        await self.next(page_id, value)

    async def write(self, page_id: str, words: str) -> None:
        await self.page.locator("textarea").fill(words)
        await self.next(page_id, words)

    async def next(self, page_id: str, value: str) -> None:
        await self.press("Next")
        await self.note(page_id, value)

    async def note(self, page_id: str, value: str) -> None:
        """Wait for what the page says; from then on the answer counts as saved."""
        await self.until(self._says_something)
        status = await self.status()
        if "Saved" in status or "with us now" in status:
            self.saved[page_id] = value

    async def _says_something(self) -> bool:
        return bool(await self.status())

    async def status(self) -> str:
        return await self.page.locator(".kept").inner_text()

    async def says(self, words: str) -> None:
        """Wait until the page says this about what is kept."""

        async def said() -> bool:
            return words in await self.status()

        await self.until(said)

    async def reads(self, heading: str) -> None:
        async def shown() -> bool:
            return await self.page.locator("h1").inner_text() == heading

        await self.until(shown)

    async def kept(self) -> dict[str, Any]:
        """All that the device keeps for this site."""
        found: dict[str, Any] = await self.page.evaluate(KEPT)
        return found

    async def nothing_waits(self) -> None:
        async def empty() -> bool:
            return not (await self.kept())["queue"]

        await self.until(empty)

    async def until(self, true: Any) -> None:
        """Look again and again, also while pages change under our eyes."""
        end = time.monotonic() + SOON
        while time.monotonic() < end:
            try:
                if await true():
                    return
            except BrowserProblem:
                pass  # The page was just leaving.
            await asyncio.sleep(0.1)
        raise AssertionError(f"{true.__qualname__} at {self.page.url}: {await self.status()}")
