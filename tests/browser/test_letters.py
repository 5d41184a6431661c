"""The letters of pages in a real Chromium: which font they are in, and Urdu from right to left."""

import pytest
from playwright.async_api import CDPSession, Page

from tests.browser.looking import look

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
EASY = "/surveys/support-easy-read"
# Each thing with words of Urdu of its own: how far apart its lines are, in heights of its letters.
LINES = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.checkVisibility() && !e.closest("option, .unseen, .skip"))
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && /[\\u0600-\\u06ff]/.test(n.data)))
    .map(e => [e.textContent.trim(), e.ownerDocument.defaultView.getComputedStyle(e)])
    .map(([words, s]) => [words, parseFloat(s.lineHeight) / parseFloat(s.fontSize)])"""
SPACED = """() => [...document.querySelectorAll("body *")]
    .filter(e => !["normal", "0px"].includes(getComputedStyle(e).letterSpacing))
    .filter(e => /[\\u0600-\\u06ff]/.test(e.textContent)).map(e => e.textContent.trim())"""


async def fonts_of(page: Page, selector: str) -> set[str]:
    """Return the fonts in which Chromium drew the words of one element."""
    await page.evaluate("document.fonts.ready")
    devtools: CDPSession = await page.context.new_cdp_session(page)
    await devtools.send("DOM.enable")
    await devtools.send("CSS.enable")
    root = (await devtools.send("DOM.getDocument"))["root"]["nodeId"]
    found = await devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})
    drawn = await devtools.send("CSS.getPlatformFontsForNode", {"nodeId": found["nodeId"]})
    return {font["familyName"] for font in drawn["fonts"]}


@pytest.mark.parametrize(
    ("chosen", "family"),
    [
        ("font-atkinson", "Atkinson Hyperlegible Next"),
        ("font-opendyslexic", "OpenDyslexic"),
        ("language-pl", "Atkinson Hyperlegible Next"),
        ("language-ur", "Noto Nastaliq Urdu"),
    ],
)
async def test_a_page_is_drawn_in_the_letters_that_were_chosen(scripted, chosen, family):
    await scripted.goto(f"/display/{chosen}/support-easy-read")
    drawn = await fonts_of(scripted, "main button")
    assert family in {name.removesuffix(" Regular") for name in drawn}


async def test_the_letters_of_the_device_need_no_font_of_ours(scripted):
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    await scripted.goto("/display/font-device/support-easy-read")
    drawn = await fonts_of(scripted, "main button")
    assert not drawn & {"Atkinson Hyperlegible Next", "OpenDyslexic"}
    assert not [url for url in asked if ".woff2" in url]


async def test_the_name_of_urdu_alone_fetches_no_font_for_it(scripted):
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    await scripted.goto("/")
    assert await scripted.get_by_text("اردو").count() == 1
    await scripted.evaluate("document.fonts.ready")
    assert not [url for url in asked if "nastaliq" in url]


async def test_each_choice_of_letters_shows_what_it_looks_like(scripted):
    await scripted.goto("/display")
    shown = [
        await fonts_of(scripted, f"label[for=font-{font}] span")
        for font in ("atkinson", "device", "opendyslexic")
    ]
    assert len({font for fonts in shown for font in fonts}) == 3


@pytest.mark.parametrize("chosen", ["", ",words-largest,spacing-wide"])
async def test_urdu_runs_from_the_right_with_its_lines_far_apart(scripted, chosen):
    await scripted.goto(f"/display/language-ur{chosen}/support-easy-read")
    await look_at_urdu(scripted)
    await scripted.locator("main form .next").first.click()
    seen = 0
    while "/pages/" in scripted.url or "/practice" in scripted.url:
        seen += 1
        await look_at_urdu(scripted)
        if await scripted.locator("button.tap").count():
            await scripted.locator("button.tap").first.click()
        else:
            await scripted.locator("main .next").first.click()
    assert seen >= 7
    for address in ("/display", "/help", "/"):
        await scripted.goto(address)
        await look_at_urdu(scripted)


async def look_at_urdu(page: Page) -> None:
    """Fail on a barrier, on lines of Urdu that touch, and on Urdu that is pulled apart."""
    await look(page)
    lines = await page.evaluate(LINES)
    assert len(lines) > 2
    assert [line for line in lines if line[1] < 1.99] == [], page.url
    assert await page.evaluate(SPACED) == [], page.url
