"""What a page weighs, and whom it asks."""

from typing import NamedTuple

from playwright.async_api import Page

from tests.browser.probes.fault import Fault
from tests.browser.probes.opened import Traffic

MOST_WITHOUT, MOST_WITH = 60_000, 150_000  # Bytes: without font and audio, and with both.
# Sound is fetched when it is asked for; the first source is the one that browsers take.
SOUNDS = """() => [...new Set([...document.querySelectorAll("audio")].map(e => e.currentSrc || e.src || e.querySelector("source")?.src)
    .concat([...document.querySelectorAll("a.listen, button.listen")].map(e => e.dataset.opus || e.dataset.mp3 || e.href)))].filter(Boolean)"""


class Weight(NamedTuple):
    """The bytes of a first load, by what they are for, and how often the page asked."""

    page: int
    font: int
    audio: int
    requests: int
    outside: list[str]


async def weigh(page: Page) -> Weight:
    """Load the page once more, as if for the first time, and weigh what comes, headers too."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")  # Without it the cache stays in use.
    await devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    traffic = Traffic(page)
    await page.reload(wait_until="networkidle")
    sizes = {"page": 0, "font": 0, "audio": 0}
    for request in traffic.requests:
        if not request.url.startswith("http") or await request.response() is None:
            continue
        took = await request.sizes()
        kind = (
            "font"
            if request.resource_type == "font"
            else "audio"
            if request.resource_type == "media"
            else "page"
        )
        sizes[kind] += took["responseBodySize"] + took["responseHeadersSize"]
    if not sizes["audio"]:
        for address in await page.evaluate(SOUNDS):
            sizes["audio"] += len(await (await page.request.get(address)).body())
    await devtools.detach()
    return Weight(**sizes, requests=len(traffic.requests), outside=traffic.outside(page.url))


async def loading(page: Page) -> list[Fault]:
    """The first load is small, and no other site hears of it."""
    weight = await weigh(page)
    found = [Fault("no outside request", "html", url) for url in weight.outside]
    if weight.page > MOST_WITHOUT:
        found.append(Fault("page weight", "html", f"{weight.page} bytes without font and audio"))
    whole = weight.page + weight.font + weight.audio
    if whole > MOST_WITH:
        found.append(Fault("page weight", "html", f"{whole} bytes with font and audio"))
    return found
