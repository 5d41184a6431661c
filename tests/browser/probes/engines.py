"""The two engines that find barriers by rules: axe, and IBM's."""

from functools import cache

from playwright.async_api import Page

from tests.browser import tools
from tests.browser.probes.fault import Fault
from tests.browser.probes.opened import script

# With the rule for 7:1, which axe leaves out unless it is asked.
RULES = """{
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    rules: {"color-contrast-enhanced": {enabled: true}}, resultTypes: ["violations"]}"""
CONTRAST = """{
    runOnly: {type: "rule", values: ["color-contrast-enhanced"]},
    resultTypes: ["violations"]}"""
AXE = """() => axe.run(document, %s).then(found => found.violations.flatMap(rule =>
    rule.nodes.map(node => [rule.id, node.target.flat().join(" "), node.failureSummary])))"""
# Each look is put on in turn: colours change what can be read, and nothing else on the page.
AXE_IN_COLOURS = """async () => {
    const found = [], html = document.documentElement, before = html.className;
    for (const scheme of eyes.schemes().filter(Boolean)) {
        html.className = `${before.replace(/colours-\\w+/, "")} ${scheme}`;
        const { violations } = await axe.run(document, %s);
        found.push(...violations.flatMap(rule => rule.nodes.map(
            node => [rule.id, `${scheme}: ${node.target.flat().join(" ")}`, node.failureSummary])));
    }
    html.className = before;
    return found;
}"""
# Closed parts are opened: what is in them is looked at too.
OPENED = """() => { window.wereClosed ??= [...document.querySelectorAll("details:not([open])")];
    wereClosed.forEach(e => e.open = true); }"""
CLOSED = "() => window.wereClosed.forEach(e => e.open = false)"
IBM = """() => new ace.Checker().check(document, ["WCAG_2_2"]).then(report => report.results
    .filter(({value}) => value[0] === "VIOLATION" && value[1] === "FAIL")
    .map(({ruleId, path, message}) => [ruleId, path.dom, message]))"""


@cache
def _axe() -> str:
    return tools.file("axe-core/axe.min.js").read_text(encoding="utf-8")


@cache
def _ace() -> str:
    engine = tools.file("accessibility-checker-engine/ace.js").read_text(encoding="utf-8")
    return f"(() => {{ {engine}\n;window.ace = ace; }})()"


def scripts() -> str:
    """Return both engines and the eyes of the other probes, to be in each page from its start."""
    return f"{script('eyes.js')}\n{_axe()}\n{_ace()}"


async def _run(page: Page, engine: str, code: str, asked: str) -> list[Fault]:
    if not await page.evaluate(f"typeof window.{engine} !== 'undefined'"):
        await page.evaluate(code)
    await page.evaluate(OPENED)
    found = await page.evaluate(asked)
    await page.evaluate(CLOSED)
    return [Fault(f"{engine}: {rule}", where, why) for rule, where, why in found]


async def axe(page: Page) -> list[Fault]:
    """No barrier that axe can find: WCAG 2.0 to 2.2, A and AA, best practice, and text at 7:1."""
    return await _run(page, "axe", _axe(), AXE % RULES)


async def axe_in_every_colour(page: Page) -> list[Fault]:
    """Text can be read, at 7:1, in every set of colours that a person can choose."""
    await page.emulate_media(reduced_motion="reduce")  # A colour on its way to another is neither.
    found = await _run(page, "axe", _axe(), AXE_IN_COLOURS % CONTRAST)
    await page.emulate_media(reduced_motion="null")
    return found


async def ibm(page: Page) -> list[Fault]:
    """Nothing that IBM's engine is sure of: its VIOLATION with FAIL."""
    return await _run(page, "ace", _ace(), IBM)
