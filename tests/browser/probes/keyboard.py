"""The page by keyboard alone: in which order, how many stops, and whether one sees where one is."""

from itertools import pairwise
from typing import Any, NamedTuple

from playwright.async_api import Page

from tests.browser.probes.fault import Fault, faults
from tests.browser.probes.opened import PHONE, ZOOMED, arm

MOST_STOPS = 10
MOST_PRESSES = 4
TOGETHER = 8  # Presses of Tab before the page is asked whether it has been gone through.
ENDLESS = 900  # Presses of Tab: more than any page needs, so a trap ends the walk.

TO_THE_TOP = """() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
    document.body.blur();
}"""
# Notes each stop as soon as its key is let go: which element it is, and whether it is covered.
NOTE = """() => {
    window.stops = [], window.noted = [], window.walked = "";
    let inside = 0;
    window.noteStop = () => {
        const e = document.activeElement, place = stops.indexOf(e);
        if (window.walked) return;
        if (!e || e === document.body || e === document.documentElement) return window.walked = "round";
        if (place >= 0 && place < stops.length - 1) return window.walked = "round";
        if (place >= 0) { if (++inside > 12) window.walked = "trapped"; return; }
        inside = 0;
        stops.push(e);
        const shown = [e, ...(/^(radio|checkbox|file)$/.test(e.type) ? e.labels ?? [] : [])];
        const boxes = shown.flatMap(one => [...one.getClientRects()]).filter(r => r.width > 1 && r.height > 1);
        const box = boxes[0] ?? e.getBoundingClientRect();
        const left = Math.max(0, box.left), right = Math.min(innerWidth, box.right);
        const top = Math.max(0, box.top), bottom = Math.min(innerHeight, box.bottom);
        const there = right > left && bottom > top;
        const points = [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]]
            .map(([x, y]) => [left + x * (right - left), top + y * (bottom - top)]);
        const over = points.map(([x, y]) => document.elementFromPoint(x, y))
            .find(hit => hit && !shown.some(one => one.contains(hit) || hit.contains(one)));
        noted.push({ where: eyes.where(e), covered: !there ? "stands outside the window" : over ? `is under ${eyes.where(over)}` : "",
            top: box.top + scrollY, bottom: box.bottom + scrollY, inMain: Boolean(e.closest("main")) });
    };
    addEventListener("keyup", window.noteStop, true);
}"""
# How the focus of each stop shows, in each set of colours: the keyboard was used last, so that a
# focus by script shows like one by key.
RINGS = """() => {
    const found = [];
    const paints = one => {
        const style = getComputedStyle(one), offset = parseFloat(style.outlineOffset) || 0;
        const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
        const ground = eyes.ground(offset < 0 ? one : one.parentElement ?? one);
        const tells = colour => eyes.rgba(colour)[3] > .5 && eyes.contrast(eyes.rgba(colour), ground) >= 3;
        const ring = style.boxShadow.match(/(rgba?\\([^)]*\\)) 0px 0px 0px ([\\d.]+)px(?! inset)/);
        const spread = ring && tells(ring[1]) ? parseFloat(ring[2]) : 0;
        const beside = Math.max(0, Math.min(offset, spread)) + Math.max(0, spread - offset - width);
        return { width, painted: (tells(style.outlineColor) ? width : 0) + beside };
    };
    for (const scheme of eyes.schemes()) eyes.wearing(scheme, () => stops.forEach(e => {
        e.focus({ preventScroll: true, focusVisible: true });
        const rings = [e, ...(/^(radio|checkbox|file)$/.test(e.type) ? e.labels ?? [] : [])].map(paints);
        const width = Math.max(...rings.map(ring => ring.width)), painted = Math.max(...rings.map(ring => ring.painted));
        if (width < 3) found.push([eyes.where(e), `the outline is ${width} pixels (${scheme || "as it is"})`]);
        else if (painted < 3) found.push([eyes.where(e), `the outline is under 3:1 (${scheme || "as it is"})`]);
    }));
    document.activeElement?.blur();
    return found;
}"""
AFTER = """() => {
    const group = e => e.type === "radio" ? `${e.form?.id}/${e.name}` : null;
    const met = new Set(window.stops), groups = new Set(window.stops.map(group).filter(Boolean));
    const missed = eyes.pressed().filter(e => eyes.seen(e) || [...e.labels ?? []].some(eyes.seen))
        .filter(e => !met.has(e) && !groups.has(group(e)) && !e.closest("details:not([open]) > :not(summary)"));
    const dead = [...document.querySelectorAll("[onclick], [role=button], [role=link], [role=radio]")]
        .filter(e => e.tabIndex < 0 && eyes.seen(e));
    const byHand = [...document.querySelectorAll("[tabindex]")].filter(e => e.tabIndex > 0);
    const back = window.stops.slice(1).filter((e, place) =>
        window.stops[place].compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING);
    const named = [...document.querySelectorAll("main fieldset input:is([type=radio], [type=checkbox]), main textarea, main .tap")].filter(e => e.name);
    const asked = eyes.chooses() && new Set(named.map(e => e.name)).size === 1 ? named[0].name : "";
    const others = window.stops.filter(e => e.name !== asked).length;
    return { missed: missed.map(eyes.where), dead: dead.map(eyes.where), byHand: byHand.map(eyes.where), back: back.map(eyes.where),
        asked, stops: window.stops.length, counted: others + (window.stops.some(e => e.name === asked) ? 1 : 0) };
}"""


class Walk(NamedTuple):
    """What pressing Tab from the top of a page to its end has shown."""

    stops: list[dict[str, Any]]
    trapped: bool
    after: dict[str, Any]
    dim: list[list[str]]


async def walk(page: Page) -> Walk:
    """Press Tab until the page has been gone through once, in a low and narrow window."""
    await page.set_viewport_size(ZOOMED)
    await arm(page)
    await page.evaluate(TO_THE_TOP)
    await page.evaluate(NOTE)
    for _ in range(ENDLESS // TOGETHER):
        for _ in range(TOGETHER):
            await page.keyboard.press("Tab")
        if await page.evaluate("window.walked"):
            break
    stops = await page.evaluate("window.noted")
    trapped = await page.evaluate("window.walked === 'trapped'")
    after = await page.evaluate(AFTER)
    await page.evaluate("removeEventListener('keyup', window.noteStop, true)")
    await page.emulate_media(reduced_motion="reduce")
    dim = await page.evaluate(RINGS)
    await page.emulate_media(reduced_motion="null")
    await page.set_viewport_size(PHONE)
    return Walk(stops, trapped, after, dim)


async def keyboard(page: Page) -> list[Fault]:
    """Each thing to press is reached, in the order of the page, and one always sees where one is."""
    before = page.url
    found = await walk(page)
    after = found.after
    wrong = faults("focus can be seen", found.dim)
    covered = [[stop["where"], stop["covered"]] for stop in found.stops if stop["covered"]]
    wrong += faults("focus is not covered", covered)
    wrong += faults("tab order", [[e, "comes before what stands above it"] for e in after["back"]])
    wrong += faults("tab order", [[e, "takes its place by a tabindex"] for e in after["byHand"]])
    wrong += faults("tab order", _against_reading(found.stops))
    wrong += faults(
        "keyboard reaches all", [[e, "Tab does not stop here"] for e in after["missed"]]
    )
    wrong += faults("keyboard reaches all", [[e, "no key presses this"] for e in after["dead"]])
    if found.trapped:
        wrong.append(Fault("keyboard reaches all", found.stops[-1]["where"], "Tab stays here"))
    if after["asked"] and after["counted"] > MOST_STOPS:
        wrong.append(Fault("at most 10 stops", "html", f"Tab stops {after['counted']} times"))
    if page.url.partition("#")[0] != before.partition("#")[0]:
        wrong.append(Fault("keyboard reaches all", "html", "the page went on by itself"))
    return wrong


def _against_reading(stops: list[dict[str, Any]]) -> list[list[str]]:
    """Return the stops in the main part that stand wholly above the one before them."""
    pairs = pairwise(stops)
    return [
        [after["where"], f"stands above {before['where']}, and comes after it"]
        for before, after in pairs
        if before["inMain"] and after["inMain"] and after["bottom"] <= before["top"] + 2
    ]


async def presses_to_answer(page: Page) -> int:
    """Press keys from the top of the page until the first answer has focus; count the last too.

    The way there is the one that the page offers: its skip link.
    """
    await arm(page)
    await page.evaluate(TO_THE_TOP)
    for pressed, key in enumerate(("Tab", "Enter", "Tab"), 1):
        await page.keyboard.press(key)
        if await page.evaluate("document.activeElement.matches('.tap')"):
            return pressed + 1
    return ENDLESS


async def tap_and_go(page: Page) -> list[Fault]:
    """Where one press answers, four keys are enough: skip, go there, on to the answer, press."""
    if not await page.locator("main .tap").count():
        return []
    presses = await presses_to_answer(page)
    if presses <= MOST_PRESSES:
        return []
    return [Fault("4 presses to answer", "html", f"it takes more than {MOST_PRESSES} keys")]
