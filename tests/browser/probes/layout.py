"""How a page is laid out: at 320 pixels, at 400 %, with wider text, and where it is pressed."""

from playwright.async_api import Page, ViewportSize

from tests.browser.probes.fault import Fault, faults
from tests.browser.probes.opened import DESK, PHONE, ZOOMED, arm

# What is too wide, or cut off. A table may scroll in a box of its own that a key can reach.
CUT_OFF = """
const wide = () => {
    const root = document.scrollingElement, found = [];
    if (root.scrollWidth > innerWidth) {
        const out = [...document.body.querySelectorAll("*")].filter(e => {
            const box = e.getBoundingClientRect();
            return eyes.seen(e) && (box.right > innerWidth + 1 || box.left < -1)
                && !e.closest("[tabindex='0']:not(body)");
        });
        found.push([out.length ? eyes.where(out.at(-1)) : "html",
            `the page is ${root.scrollWidth} pixels wide in a window of ${innerWidth}`]);
    }
    return found;
};
const cut = () => [...document.body.querySelectorAll("*")].flatMap(e => {
    const style = getComputedStyle(e);
    const hides = [style.overflowX, style.overflowY].map(o => o === "hidden" || o === "clip");
    if (!(hides[0] || hides[1]) || /^(select|video|audio|svg|img|input)$/.test(e.localName)) return [];
    if (!eyes.seen(e) || !eyes.plain(e.innerText)) return [];
    const lost = hides[0] && e.scrollWidth > e.clientWidth + 1 || hides[1] && e.scrollHeight > e.clientHeight + 1;
    return lost ? [[eyes.where(e), "words are cut off"]] : [];
});
const spilt = () => [...document.querySelectorAll("button, label, a, legend, h1, h2, td, th, summary, p, li")]
    .flatMap(e => {
        if (!eyes.seen(e) || !eyes.plain(e.innerText) || getComputedStyle(e).display === "inline") return [];
        const box = e.getBoundingClientRect(), texts = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
        for (let text; (text = texts.nextNode());) {
            if (!text.data.trim() || !eyes.seen(text.parentElement)) continue;
            const scrolls = text.parentElement.closest("[tabindex='0'], .table");
            if (scrolls && scrolls !== e && e.contains(scrolls)) continue;
            const range = document.createRange();
            range.selectNodeContents(text);
            const words = range.getBoundingClientRect();
            const out = words.bottom > box.bottom + 3 || words.right > box.right + 3 || words.left < box.left - 3;
            if (out && words.width > 1) return [[eyes.where(e), `words stand outside their box by ${[
                words.bottom - box.bottom, words.right - box.right, box.left - words.left].map(Math.round)} pixels`]];
        }
        return [];
    });
"""
EVERY_LOOK = """
const looks = () => eyes.chooses() ? ["words-normal", "", "words-large", "words-larger", "words-largest"].flatMap(
    words => [words, `${words} spacing-wide`]).concat(["pictures-big", "pictures-off"].flatMap(
        pictures => ["words-normal", "words-largest", "words-largest spacing-wide"].map(words => `${words} ${pictures}`))) : [""];
const inEveryLook = look => looks().flatMap(
    classes => eyes.wearing(classes, () => look().map(([where, why]) => [where, `${why} (${classes.trim() || "as it is"})`])));
"""
REFLOW = f"() => {{ {CUT_OFF} {EVERY_LOOK} return inEveryLook(wide); }}"
# As wide as the phone, and lower: what every look does to the width has been seen there.
ZOOM = f"""() => {{ {CUT_OFF} return ["", "words-largest spacing-wide"].flatMap(
    classes => eyes.wearing(classes, wide)); }}"""
CLIPPED = f"""() => {{ {CUT_OFF} return ["", "words-largest spacing-wide", "words-largest pictures-big"].flatMap(
    classes => eyes.wearing(classes, () => [...cut(), ...spilt()])); }}"""
# What WCAG 1.4.12 lets a person set.
SPACED = f"""() => {{ {CUT_OFF}
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {{ line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important; }} p {{ margin-block-end: 2em !important; }}`);
    document.adoptedStyleSheets = [sheet];
    const found = (innerWidth > 320 ? [""] : ["", "words-largest pictures-big"]).flatMap(
        classes => eyes.wearing(classes, () => [...wide(), ...cut(), ...spilt()]));
    document.adoptedStyleSheets = [];
    return found;
}}"""
TARGETS = """() => {
    const small = [], low = [], near = [];
    const staff = !eyes.chooses();
    for (const look of ["words-normal", "words-largest spacing-wide"]) eyes.wearing(look, () => {
        const all = eyes.pressed()
            .filter(e => eyes.shown(e) && !eyes.inSentence(e) && !e.matches("[role=region], audio, video"))
            .map(e => [e, eyes.target(e)]).filter(([, box]) => box);
        for (const [e, box] of all) {
            const size = `${Math.round(box.width)} by ${Math.round(box.height)} pixels (${look || "as it is"})`;
            if (box.width < 43.5 || box.height < 43.5) small.push([eyes.where(e), size]);
            const answer = !staff && (/^(radio|checkbox)$/.test(e.type) || e.matches(".tap, form .next, form [name=go]"));
            if (answer && (box.width < 59.5 || box.height < 59.5)) low.push([eyes.where(e), size]);
        }
        all.forEach(([one, a], place) => all.slice(place + 1).forEach(([other, b]) => {
            if (one.contains(other) || other.contains(one)) return;
            const across = Math.max(a.left - b.right, b.left - a.right);
            const down = Math.max(a.top - b.bottom, b.top - a.bottom);
            const apart = Math.max(across, down);
            if (apart < 7.5) near.push([eyes.where(one), `${apart.toFixed(1)} pixels from ${eyes.where(other)} (${look || "as it is"})`]);
        }));
    });
    return { small, low, near };
}"""


async def _at(page: Page, size: ViewportSize, script: str) -> list[list[str]]:
    await page.set_viewport_size(size)
    await arm(page)
    found: list[list[str]] = await page.evaluate(script)
    await page.set_viewport_size(PHONE)
    return found


async def reflow(page: Page) -> list[Fault]:
    """Nothing scrolls sideways at 320 pixels or at 400 %, in any size of words and pictures."""
    narrow = faults("reflow at 320 px", await _at(page, PHONE, REFLOW))
    zoomed = faults("zoom at 400 %", await _at(page, ZOOMED, ZOOM))
    return [*narrow, *zoomed, *faults("no words cut off", await _at(page, PHONE, CLIPPED))]


async def text_spacing(page: Page) -> list[Fault]:
    """Nothing is lost when somebody sets text wider apart, as WCAG 1.4.12 says."""
    narrow = await _at(page, PHONE, SPACED)
    return faults("text spacing", narrow or await _at(page, DESK, SPACED))


async def targets(page: Page) -> list[Fault]:
    """What is pressed is 44 pixels at least, an answer 60, and 8 pixels lie between any two."""
    found = []
    for size in (PHONE, DESK):
        await page.set_viewport_size(size)
        await arm(page)
        sizes = await page.evaluate(TARGETS)
        found += faults("targets of 44 px", sizes["small"])
        found += faults("answers of 60 px", sizes["low"])
        found += faults("targets 8 px apart", sizes["near"])
    await page.set_viewport_size(PHONE)
    return found
