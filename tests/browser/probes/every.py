"""Every probe, in the order in which a page is looked at."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from tests.browser.probes import (
    engines,
    keyboard,
    layout,
    loading,
    seeing,
    without,
    words,
)
from tests.browser.probes.fault import Fault

Probe = Callable[[Page], Awaitable[list[Fault]]]

# What does not change with the words of a page, or with how it looks, is looked at first.
WORDS: list[Probe] = [words.title, words.language, words.names, words.patience]
ENGINES: list[Probe] = [engines.axe, engines.ibm]
LAYOUT: list[Probe] = [layout.reflow, layout.text_spacing, layout.targets]
LOOKS: list[Probe] = [engines.axe_in_every_colour, seeing.edges, seeing.motion, seeing.chosen]
HANDS: list[Probe] = [keyboard.keyboard, keyboard.tap_and_go]
WITHOUT: list[Probe] = [without.pictures, without.style]
# These load the page again.
AGAIN: list[Probe] = [without.script, loading.loading]

EVERY: list[Probe] = [*WORDS, *ENGINES, *LAYOUT, *LOOKS, *WITHOUT, *HANDS, *AGAIN]


async def look_for(page: Page, probes: list[Probe]) -> list[Fault]:
    """Return all that these probes find wrong with the page."""
    return [fault for probe in probes for fault in await probe(page)]
