"""The page by keyboard alone: in which order, how many stops, and whether one sees where one is."""

from playwright.async_api import Page

from tests.browser.probes.fault import Fault, faults
from tests.browser.probes.opened import PHONE, ZOOMED, arm

MOST_STOPS = 10
MOST_PRESSES = 4
ENDLESS = 900  # Presses of Tab: more than any page needs, so a trap ends the walk.

TO_THE_TOP = """() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
    document.body.blur();
    window.stops = [];
}"""
# One stop: which element it is, where it stands, how its focus shows, and whether it is covered.
STOP = """() => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const place = window.stops.indexOf(e);
    if (place === window.stops.length - 1 && place >= 0) return { again: "inside" };
    if (place >= 0) return { again: "round" };
    window.stops.push(e);
    const shown = [e, ...(/^(radio|checkbox|file)$/.test(e.type) ? e.labels ?? [] : [])];
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
    const dim = [], thin = [];
    for (const scheme of eyes.schemes()) eyes.wearing(scheme, () => {
        const rings = shown.map(paints), width = Math.max(...rings.map(ring => ring.width));
        if (width < 3) thin.push(`the outline is ${width} pixels (${scheme || "as it is"})`);
        else if (Math.max(...rings.map(ring => ring.painted)) < 3) dim.push(`the outline is under 3:1 (${scheme || "as it is"})`);
    });
    const box = [...e.getClientRects()].find(r => r.width > 1 && r.height > 1) ?? e.getBoundingClientRect();
    const points = [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]]
        .map(([x, y]) => [box.left + x * box.width, box.top + y * box.height])
        .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const over = points.map(([x, y]) => document.elementFromPoint(x, y))
        .find(hit => hit && !shown.some(one => one.contains(hit) || hit.contains(one) && !hit.matches("header, nav, footer, div[style]")));
    return { where: eyes.where(e), faults: [...thin, ...dim],
        covered: !points.length ? "stands outside the window" : over ? `is under ${eyes.where(over)}` : "",
        top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
        inMain: Boolean(e.closest("main")) };
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


class Walk:
    """What pressing Tab from the top of a page to its end has shown."""

    def __init__(self) -> None:
        self.stops: list[dict[str, object]] = []
        self.trapped = False
        self.after: dict[str, object] = {}


async def walk(page: Page) -> Walk:
    """Press Tab until the page has been gone through once, in a low and narrow window."""
    await page.set_viewport_size(ZOOMED)
    await arm(page)
    await page.evaluate(TO_THE_TOP)
    found, inside = Walk(), 0
    for _ in range(ENDLESS):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(STOP)
        if stop is None or stop.get("again") == "round":
            break
        inside = inside + 1 if "again" in stop else 0  # A player has buttons of its own inside.
        found.trapped = inside > 12
        if found.trapped:
            break
        if "again" not in stop:
            found.stops.append(stop)
    found.after = await page.evaluate(AFTER)
    await page.set_viewport_size(PHONE)
    return found


async def keyboard(page: Page) -> list[Fault]:
    """Each thing to press is reached, in the order of the page, and one always sees where one is."""
    before = page.url
    found = await walk(page)
    after = found.after
    wrong: list[Fault] = []
    for stop in found.stops:
        where = str(stop["where"])
        for why in stop["faults"]:  # type: ignore[attr-defined]  # A list, as the script gives it.
            wrong.append(Fault("focus can be seen", where, why))
        if stop["covered"]:
            wrong.append(Fault("focus is not covered", where, str(stop["covered"])))
    wrong += faults("tab order", [[e, "comes before what stands above it"] for e in after["back"]])  # type: ignore[attr-defined]
    wrong += faults("tab order", [[e, "takes its place by a tabindex"] for e in after["byHand"]])  # type: ignore[attr-defined]
    wrong += faults("tab order", _against_reading(found.stops))
    wrong += faults("keyboard reaches all", [[e, "Tab does not stop here"] for e in after["missed"]])  # type: ignore[attr-defined]
    wrong += faults("keyboard reaches all", [[e, "no key presses this"] for e in after["dead"]])  # type: ignore[attr-defined]
    if found.trapped:
        wrong.append(Fault("keyboard reaches all", str(found.stops[-1]["where"]), "Tab stays here"))
    if after["asked"] and int(str(after["counted"])) > MOST_STOPS:
        wrong.append(Fault("at most 10 stops", "html", f"Tab stops {after['counted']} times"))
    if page.url.partition("#")[0] != before.partition("#")[0]:
        wrong.append(Fault("keyboard reaches all", "html", "the page went on by itself"))
    return wrong


def _against_reading(stops: list[dict[str, object]]) -> list[list[str]]:
    """Return the stops in the main part that stand wholly above the one before them."""
    pairs = zip(stops, stops[1:], strict=False)
    return [
        [str(after["where"]), f"stands above {before['where']}, and comes after it"]
        for before, after in pairs
        if before["inMain"] and after["inMain"]
        and float(str(after["bottom"])) <= float(str(before["top"])) + 2
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
