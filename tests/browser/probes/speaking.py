"""What a screen reader says on a page, from its beginning to its end."""

import re
from functools import cache

from playwright.async_api import Page

from tests.browser import tools

MOST_PHRASES = 400
READ = """async most => {
    await window.reader.start({ container: document.body });
    const said = [];
    while (said.length < most) {
        const phrase = await window.reader.lastSpokenPhrase();
        said.push(phrase);
        if (phrase === "end of document") break;
        await window.reader.next();
    }
    await window.reader.stop();
    return said;
}"""


@cache
def _reader() -> str:
    """Return the screen reader as a script: what a module exports is put on the window instead."""
    file = tools.file("@guidepup/virtual-screen-reader/lib/esm/index.browser.js")
    code = file.read_text(encoding="utf-8")
    body, _, exported = code.rpartition("export{")
    name = re.search(r"(\S+?) as virtual\b", exported.replace(",", " "))
    assert name, "the screen reader exports no `virtual`"
    return f"(() => {{ {body}\n;window.reader = {name[1]}; }})()"


async def spoken(page: Page) -> list[str]:
    """Return the phrases that a screen reader says, one by one, to the end of the page."""
    await page.evaluate(_reader())
    said: list[str] = await page.evaluate(READ, MOST_PHRASES)
    return said
