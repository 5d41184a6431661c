"""What a page looks like: what is chosen, without colour and in forced colours; edges; motion."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.async_api import Locator, Page

from tests.browser.probes.fault import Fault, faults
from tests.browser.probes.opened import arm

MOST_ALIKE = 150  # Pixels, at 3:1: the dot of a radio button has more.
SCHEMES = ("", "colours-white", "colours-blue", "colours-dark")
MOVES = """() => [...document.querySelectorAll("*")].flatMap(e => {
    const style = getComputedStyle(e), found = [];
    const lasts = times => times.split(",").some(time => parseFloat(time) > .01);
    if (lasts(style.transitionDuration)) found.push("goes from one look to the next");
    if (style.animationName !== "none" && lasts(style.animationDuration)) found.push("moves");
    if (style.scrollBehavior === "smooth") found.push("scrolls slowly");
    return found.map(why => [eyes.where(e), why]);
}).slice(0, 5)"""
# An edge, or the plate within it, must stand out from the ground.
EDGES = """() => eyes.schemes().flatMap(scheme => eyes.wearing(scheme, () =>
    [...document.querySelectorAll("button, textarea, select, input.line, input[type=text], input[type=email], input[type=password], .choice label")]
    .filter(eyes.seen).flatMap(e => {
        const style = getComputedStyle(e), ground = eyes.ground(e.parentElement);
        const edge = parseFloat(style.borderTopWidth) >= 1 ? eyes.contrast(eyes.rgba(style.borderTopColor), ground) : 1;
        const plate = eyes.contrast(eyes.ground(e), ground);
        const best = Math.max(edge, plate);
        return best >= 3 ? [] : [[eyes.where(e), `the edge is ${best.toFixed(1)}:1 (${scheme || "as it is"})`]];
    })))"""
PLATES = """() => {
    const found = [];
    for (const e of [...document.querySelectorAll("button, .choice label, textarea, select")].filter(eyes.seen)) {
        const style = getComputedStyle(e);
        if (parseFloat(style.borderTopWidth) < 1 && style.outlineStyle === "none") found.push([eyes.where(e), "has no edge"]);
    }
    return found;
}"""
CHOICE = "main :is(input[type=radio], input[type=checkbox], .tap):not([disabled])"


async def motion(page: Page) -> list[Fault]:
    """Nothing moves for whoever asked their device for no motion."""
    await page.emulate_media(reduced_motion="reduce")
    await arm(page)
    found = faults("no motion when asked", await page.evaluate(MOVES))
    await page.emulate_media(reduced_motion="null")
    return found


async def edges(page: Page) -> list[Fault]:
    """What is pressed or written in has an edge of 3:1, in every colour and in forced colours."""
    await arm(page)
    found = faults("edges of 3:1", await page.evaluate(EDGES))
    await page.emulate_media(forced_colors="active")
    found += faults("forced colours", await page.evaluate(PLATES))
    await page.emulate_media(forced_colors="null")
    return found


async def chosen(page: Page) -> list[Fault]:
    """What is chosen shows without any colour: in grey in every colour scheme, and in forced ones."""
    if not await page.locator(CHOICE).count():
        return []
    await arm(page)
    await page.emulate_media(reduced_motion="reduce")
    schemes = await page.evaluate("eyes.schemes()")
    before = await page.evaluate("document.documentElement.className")
    found = []
    for scheme in schemes:
        await page.evaluate(
            "html => document.documentElement.className = html", f"{before} {scheme}"
        )
        if await _alike(page):
            why = f"chosen looks like not chosen, in grey ({scheme or 'as it is'})"
            found.append(Fault("chosen shows in grey", "main", why))
    await page.evaluate("html => document.documentElement.className = html", before)
    await page.emulate_media(forced_colors="active")
    if await _alike(page):
        found.append(Fault("forced colours", "main", "chosen looks like not chosen"))
    await page.emulate_media(forced_colors="null", reduced_motion="null")
    return found


async def _alike(page: Page) -> bool:
    """Tell whether the last answer looks the same, chosen and not, to who sees no colour."""
    answer = page.locator(CHOICE).last
    label = page.locator(f"label[for='{await answer.get_attribute('id')}']")
    shown = label if await label.count() else answer
    looks = [await _look(answer, shown, on=on) for on in (False, True)]
    if looks[0].shape != looks[1].shape:
        return False
    light, dark = np.maximum(*looks), np.minimum(*looks)
    return int(((light + 0.05) / (dark + 0.05) >= 3).sum()) < MOST_ALIKE


async def _look(answer: Locator, shown: Locator, *, on: bool) -> NDArray[np.float64]:
    """Return how light each pixel of an answer is, 0 to 1, with what it stands in around it."""
    await answer.evaluate(
        "(e, on) => { 'checked' in e ? e.checked = on : e.classList.toggle('chosen', on);"
        " document.activeElement.blur(); }",
        on,
    )
    await shown.scroll_into_view_if_needed()
    boxes = [box for one in (answer, shown) if (box := await one.bounding_box())]
    left, top = min(box["x"] for box in boxes) - 8, min(box["y"] for box in boxes) - 8
    clip = {
        "x": max(0, left),
        "y": max(0, top),
        "width": max(box["x"] + box["width"] for box in boxes) + 8 - left,
        "height": max(box["y"] + box["height"] for box in boxes) + 8 - top,
    }
    taken = await shown.page.screenshot(clip=clip, scale="css")  # type: ignore[arg-type]
    pixels = np.asarray(Image.open(io.BytesIO(taken)).convert("RGB"), np.float64) / 255
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    light: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return light
