"""The page without something: without script, without pictures, without style."""

from playwright.async_api import Page

from tests.browser.probes.fault import Fault, faults
from tests.browser.probes.opened import arm

# What a person needs to go on: the heading, what is answered in, and what sends it.
NEEDED = """() => [...document.querySelectorAll(
        "h1, main, form, fieldset, textarea, input:not([type=hidden]):not([type=file]), select, button:not([type=button]), summary, main a[href]")]
    .filter(e => !e.closest("details:not([open]) > :not(summary)") && !e.closest("[hidden], video, audio"))"""
SHOWN = f"""() => ({NEEDED})().filter(eyes.shown).map(e => `${{e.localName}} ${{e.id || e.name || eyes.plain(e.textContent).slice(0, 30)}} ${{e.value ?? ""}}`)"""
# The same without the clutter: what is there and cannot be seen.
HIDDEN = f"""() => ({NEEDED})().filter(e => !eyes.shown(e) && !e.closest(".skip"))
    .map(e => [eyes.where(e), "does not show"])"""
DEAD = """() => [
    ...[...document.querySelectorAll("a[href='#'], a[href^='javascript:']")].map(e => [eyes.where(e), "leads nowhere"]),
    ...[...document.querySelectorAll("form")].filter(e => e.method !== "dialog" && !e.querySelector("button:not([type=button]), input[type=submit], input[type=image]"))
        .map(e => [eyes.where(e), "nothing sends the form"]),
    ...[...document.querySelectorAll("main button")].filter(e => eyes.seen(e) && !e.form && !e.closest("[popover], details"))
        .map(e => [eyes.where(e), "belongs to no form"])]"""
NO_PICTURES = """() => {
    const pictures = [...document.querySelectorAll("img, svg, picture, canvas")];
    const before = pictures.map(e => e.getAttribute("style"));
    pictures.forEach(e => e.style.setProperty("display", "none", "important"));
    const found = [...eyes.pressed(), ...document.querySelectorAll("h1, h2, h3, legend")].filter(eyes.shown).flatMap(e => {
        const words = [e.innerText, ...[...e.labels ?? []].map(one => one.innerText)].map(eyes.plain).join("");
        const field = /^(textarea|select|audio|video)$/.test(e.localName) || /^(text|email|password|search|date)$/.test(e.type);
        return words || field && (e.labels?.length || e.getAttribute("aria-labelledby")) ? [] : [[eyes.where(e), "says nothing without its picture"]];
    });
    pictures.forEach((e, place) => before[place] === null ? e.removeAttribute("style") : e.setAttribute("style", before[place]));
    found.push(...[...document.querySelectorAll("body *")].filter(e => /url\\(/.test(getComputedStyle(e).backgroundImage))
        .map(e => [eyes.where(e), "a picture stands in its background"]));
    return found;
}"""
NO_STYLE = """() => {
    const needed = (NEEDED)().filter(eyes.shown);
    const spoken = [...document.querySelectorAll("body *")].flatMap(e => ["::before", "::after"]
        .filter(side => /[\\p{L}\\p{N}]/u.test(getComputedStyle(e, side).content.replace(/^(none|normal|counter.*|url.*|attr.*)$/, "")))
        .map(side => [eyes.where(e), `words stand in ${side}`]));
    const sheets = [...document.styleSheets].filter(sheet => !sheet.disabled);
    const inline = [...document.querySelectorAll("[style]")].map(e => [e, e.style.cssText]);
    sheets.forEach(sheet => sheet.disabled = true);
    inline.forEach(([e]) => e.style.cssText = "");
    const found = needed.filter(e => !e.checkVisibility()).map(e => [eyes.where(e), "does not show"]);
    const asked = document.querySelector("h1, legend");
    const answer = document.querySelector("main form :is(input:not([type=hidden]), textarea, select)");
    if (asked && answer && asked.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_PRECEDING)
        found.push([eyes.where(answer), "stands before what is asked"]);
    for (const img of document.images) if (img.checkVisibility() && img.getBoundingClientRect().width > 320)
        found.push([eyes.where(img), "is wider than a small phone"]);
    sheets.forEach(sheet => sheet.disabled = false);
    inline.forEach(([e, css]) => e.style.cssText = css);
    return [...spoken, ...found];
}""".replace("NEEDED", NEEDED)


async def pictures(page: Page) -> list[Fault]:
    """Everything has words: with no pictures at all, nothing is lost."""
    await arm(page)
    return faults("without pictures", await page.evaluate(NO_PICTURES))


async def style(page: Page) -> list[Fault]:
    """Without its style the page still asks before it takes an answer, and hides nothing."""
    await arm(page)
    return faults("without style", await page.evaluate(NO_STYLE))


async def script(page: Page) -> list[Fault]:
    """With script switched off, all that is needed to go on is there. Loads the page again."""
    await arm(page)
    with_script = await page.evaluate(SHOWN)
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Emulation.setScriptExecutionDisabled", {"value": True})
    await page.reload()
    await arm(page)
    left = await page.evaluate(SHOWN)
    gone = [[one, "is there with script only"] for one in with_script if one not in left]
    found = faults("without script", gone)
    found += faults("without script", await page.evaluate(HIDDEN))
    found += faults("without script", await page.evaluate(DEAD))
    await devtools.send("Emulation.setScriptExecutionDisabled", {"value": False})
    await devtools.detach()
    return found
