"""What every page must show in a real Chromium, at the width of a small phone."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
    ]
}  # fmt: skip
SMALL = """() => [...document.querySelectorAll("button, .choice label, header a, footer a, nav a")]
    .filter(e => e.getClientRects().length && !e.closest(".skip"))
    .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
    .filter(([words, height]) => height < 44)"""


async def look(page: Page) -> None:
    """Fail when the page has a barrier that axe finds, is too wide, or has small targets."""
    found = await Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, f"{page.url} is {wide} pixels wide"
    assert await page.evaluate(SMALL) == [], page.url
