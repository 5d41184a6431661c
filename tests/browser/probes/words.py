"""What a page says of itself: its title, its language, the names of its fields and pictures."""

from playwright.async_api import Page

from tests.browser.probes.fault import Fault, faults
from tests.browser.probes.opened import arm

TITLE = """() => {
    const title = eyes.plain(document.title), headings = [...document.querySelectorAll("h1")];
    if (headings.length !== 1) return [["h1", `the page has ${headings.length} headings of the first level`]];
    const heading = eyes.plain(headings[0].textContent);
    if (!heading) return [["h1", "the heading is empty"]];
    return title.toLowerCase().includes(heading.slice(0, 40).toLowerCase()) ? []
        : [["title", `“${title}” does not say what the heading says: “${heading}”`]];
}"""
LANGUAGE = r"""() => {
    const RTL = /^(ar|fa|he|ps|ur|yi|sd|ug|dv|ckb)\b/, ARABIC = /[\u0590-\u08ff\ufb1d-\ufefc]/;
    const found = [], html = document.documentElement;
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(html.lang)) found.push(["html", `lang is “${html.lang}”`]);
    for (const e of [html, ...document.querySelectorAll("[lang]")]) {
        const reads = getComputedStyle(e).direction, wanted = RTL.test(e.lang) ? "rtl" : "ltr";
        if (reads !== wanted) found.push([eyes.where(e), `${e.lang} is read ${wanted}, and this is ${reads}`]);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; (text = walker.nextNode());) {
        const e = text.parentElement, words = eyes.plain(text.data);
        if (!words || e.closest("script, style, template, .code, textarea")) continue;
        const right = RTL.test(e.closest("[lang]")?.lang ?? "");
        if (ARABIC.test(words) && !right) found.push([eyes.where(e), "is not in the language it says"]);
        const latin = words.match(/[A-Za-z]{2,}/g) ?? [];
        if (right && latin.length >= 3 && !ARABIC.test(words)) found.push([eyes.where(e), "is not in the language it says"]);
    }
    return found;
}"""
NAMED = """() => {
    const found = { fields: [], groups: [], pictures: [], links: [] };
    for (const e of document.querySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea")) {
        const words = [...e.labels ?? []].map(one => eyes.plain(one.textContent)).join("")
            || e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") ?? "").split(" ")
                .map(id => eyes.plain(document.getElementById(id)?.textContent)).join("");
        if (!eyes.plain(words)) found.fields.push([eyes.where(e), "the field has no label"]);
    }
    for (const e of document.querySelectorAll("input[type=radio], fieldset input[type=checkbox]")) {
        const legend = e.closest("fieldset")?.querySelector(":scope > legend");
        const named = e.closest("[role=radiogroup][aria-labelledby], [role=group][aria-labelledby]");
        if (!eyes.plain(legend?.textContent) && !named) found.groups.push([eyes.where(e), "no legend says what is asked"]);
    }
    for (const img of document.querySelectorAll("img, input[type=image], area[href], svg[role=img]")) {
        const alt = img.getAttribute("alt") ?? img.getAttribute("aria-label");
        if (img.localName !== "svg" && alt === null) found.pictures.push([eyes.where(img), "the picture has no alt"]);
        if (/\\.(svg|png|jpe?g|gif|webp|avif)\\b/i.test(alt ?? "")) found.pictures.push([eyes.where(img), `alt is the name of a file: ${alt}`]);
        const beside = img.closest("label, button, legend, a, h1, h2, h3, summary");
        if (beside && alt && eyes.plain(beside.textContent)) found.pictures.push([eyes.where(beside), `the picture speaks beside the words: ${alt}`]);
    }
    const VAGUE = /^(here|click here|tap here|more|read more|learn more|link|this)$/i;
    for (const e of document.querySelectorAll("a[href], button")) {
        if (VAGUE.test(eyes.plain(e.textContent))) found.links.push([eyes.where(e), "does not say where it leads"]);
    }
    const skip = document.querySelector("a[href^='#']");
    const above = eyes.pressed().some(e => e !== skip && document.querySelector("main")?.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING);
    if (above && (!skip || !document.getElementById(skip.hash.slice(1)))) found.links.push(["body", "no link skips to the main part"]);
    return found;
}"""
# A label that is only a placeholder goes away when somebody types; a page that goes on by itself
# is lost to who reads slowly.
PATIENCE = """() => [
    ...[...document.querySelectorAll("meta[http-equiv=refresh i]")].map(e => ["meta", "the page goes on by itself"]),
    ...[...document.querySelectorAll("[autoplay], marquee, blink")].map(e => [eyes.where(e), "begins by itself"]),
    ...[...document.querySelectorAll("[accesskey]")].map(e => [eyes.where(e), "takes a key that a person’s tools may need"]),
    ...[...document.querySelectorAll("[draggable=true], input[type=range]")].map(e => [eyes.where(e), "must be dragged"]),
]"""
INLINE = """() => [...document.querySelectorAll(
    "style, script:not([src]), [style], [onclick], [onload], [onchange], [onsubmit], [onfocus], [onblur], [onkeydown]")]
    .map(e => [eyes.where(e), "style or script stands in the page"])"""


async def title(page: Page) -> list[Fault]:
    """One heading, and the title says it: who hears only the title knows which page it is."""
    await arm(page)
    return faults("title says the heading", await page.evaluate(TITLE))


async def language(page: Page) -> list[Fault]:
    """The page, and each foreign string, say which language they are in and which way it runs."""
    await arm(page)
    return faults("language and direction", await page.evaluate(LANGUAGE))


async def names(page: Page) -> list[Fault]:
    """Fields have labels, answers a legend, links say where they lead, pictures do not chatter."""
    await arm(page)
    found = await page.evaluate(NAMED)
    return [
        *faults("fields have labels", found["fields"]),
        *faults("answers stand under their question", found["groups"]),
        *faults("pictures beside words are silent", found["pictures"]),
        *faults("links say where they lead", found["links"]),
    ]


async def patience(page: Page) -> list[Fault]:
    """Nothing begins or goes on by itself, and nothing must be dragged."""
    await arm(page)
    return faults("nothing begins by itself", await page.evaluate(PATIENCE))


async def nothing_inline(page: Page) -> list[Fault]:
    """No style or script stands in the page: our policy would refuse it."""
    await arm(page)
    return faults("no style or script in the page", await page.evaluate(INLINE))
