"""What every page must show in a real Chromium, at the width of a small phone.

Each check has a name, so that a test of the tests can say which one caught a broken page.
"""

from collections.abc import Awaitable, Callable

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

RULES = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice",
    ]
}  # fmt: skip
SMALL = """() => [...document.querySelectorAll("button, .choice label, header a, footer a, nav a")]
    .filter(e => e.checkVisibility() && !e.closest(".skip"))
    .map(e => [e.textContent.trim(), e.getBoundingClientRect().height])
    .filter(([words, height]) => height < 44)"""
TITLE = """() => {
    const plain = words => words.replace(/\\s+/g, " ").trim();
    const headings = [...document.querySelectorAll("h1")];
    const heading = plain(headings[0]?.textContent ?? "");
    const title = plain(document.title);
    return headings.length === 1 && heading.length > 0 && title.includes(heading.slice(0, 40));
}"""
UNGROUPED = """() => [...document.querySelectorAll("input[type=radio], .choice input")]
    .filter(e => !e.closest("fieldset")?.querySelector(":scope > legend")?.textContent.trim())
    .map(e => e.name)"""
LOUD_PICTURES = """() => [...document.querySelectorAll("label img, button img, legend img, a img")]
    .filter(e => e.alt !== "" && e.parentElement.textContent.trim() !== "")
    .map(e => e.alt)"""
INLINE = """() => document.querySelectorAll(
    "style, script:not([src]), [style], [onclick], [onload], [onchange], [onsubmit]").length"""
HIDDEN = """() => [...document.querySelectorAll("form, h1, main")]
    .filter(e => !e.checkVisibility() && !e.closest("details:not([open])"))
    .map(e => e.tagName)"""

Check = Callable[[Page], Awaitable[None]]


async def axe_finds_nothing(page: Page) -> None:
    """No barrier that axe can find."""
    found = await Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


async def fits_a_small_phone(page: Page) -> None:
    """Nothing is wider than 320 pixels: no scrolling sideways."""
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, f"{page.url} is {wide} pixels wide"


async def targets_are_large(page: Page) -> None:
    """What is pressed is at least 44 pixels high."""
    assert await page.evaluate(SMALL) == [], page.url


async def title_says_what_the_heading_says(page: Page) -> None:
    """One heading, and the title says it: who hears only the title knows which page it is."""
    assert await page.evaluate(TITLE), f"{page.url}: {await page.title()}"


async def choices_are_grouped_under_their_question(page: Page) -> None:
    """Radios and tick boxes stand in a fieldset whose legend is what is asked."""
    assert await page.evaluate(UNGROUPED) == [], page.url


async def pictures_beside_words_are_silent(page: Page) -> None:
    """A picture never says again, or worse, what the words beside it say."""
    assert await page.evaluate(LOUD_PICTURES) == [], page.url


async def nothing_hangs_on_script_in_the_page(page: Page) -> None:
    """No style or script stands in the page, and nothing waits for one to be shown."""
    assert await page.evaluate(INLINE) == 0, page.url
    assert await page.evaluate(HIDDEN) == [], page.url


CHECKS: list[Check] = [
    fits_a_small_phone,
    targets_are_large,
    title_says_what_the_heading_says,
    choices_are_grouped_under_their_question,
    pictures_beside_words_are_silent,
    nothing_hangs_on_script_in_the_page,
    axe_finds_nothing,
]


async def look(page: Page) -> None:
    """Fail when the page breaks any of the checks."""
    for check in CHECKS:
        await check(page)


async def caught_by(page: Page) -> set[str]:
    """Return the names of the checks that the page breaks."""
    broken = set()
    for check in CHECKS:
        try:
            await check(page)
        except AssertionError:
            broken.add(check.__name__)
    return broken
