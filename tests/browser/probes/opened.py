"""A page that is open in a browser, ready to be probed."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Page, Request, Response, ViewportSize

HERE = Path(__file__).parent
PHONE = ViewportSize(width=320, height=640)
# A window of 1280 by 1024 at 400 %: what is left of it is as wide as a small phone, and lower.
ZOOMED = ViewportSize(width=320, height=256)
DESK = ViewportSize(width=1280, height=1024)


@cache
def script(name: str) -> str:
    """Return a script of this folder."""
    return (HERE / name).read_text(encoding="utf-8")


async def arm(page: Page) -> None:
    """Give the page what the probes call, without a word to its own scripts.

    What is evaluated here is not held back by the page's policy, so the policy stays on.
    """
    if not await page.evaluate("Boolean(window.eyes)"):
        await page.evaluate(script("eyes.js"))


class Traffic:
    """What a page asks for, from the moment on when this is made."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        self.missing: list[str] = []
        page.on("request", lambda request: self.requests.append(request))
        page.on("response", self._note)

    def forget(self) -> None:
        """Begin anew, for the next page."""
        self.requests.clear()
        self.missing.clear()

    def _note(self, answer: Response) -> None:
        if answer.status >= 400 and not answer.request.is_navigation_request():
            self.missing.append(f"{answer.url}: {answer.status}")

    def outside(self, home: str) -> list[str]:
        """Return the addresses that were asked of other sites than the page's own."""
        own = urlsplit(home).netloc
        asked = [urlsplit(request.url) for request in self.requests]
        return [
            url.geturl() for url in asked if url.scheme in ("http", "https") and url.netloc != own
        ]
