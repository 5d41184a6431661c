"""A survey that an officer writes from nothing in a real Chromium, and in how many presses."""

import io
import time
import zipfile
from pathlib import Path

import pytest
from playwright.async_api import Download, Page

from tests.browser import looking
from tests.browser.test_staff import sign_in
from voice.authoring.files import EASY, SURVEY, read

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

QUESTIONS = [
    ("Did the short break help?", "Choose one answer"),
    ("How was the short break?", "Choose one face"),
    ("What did you do there?", "Tick answers"),
    ("Tell us one thing to change.", "In their own words"),
]
WIDTHS = (320, 1280)
TYPED = "Write what helped you."


class Hand:
    """Works the page as a person does, and counts its presses."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page, self.pictures, self.presses = page, pictures, 0

    async def press(self, role: str, name: str) -> None:
        """Press a link or a button, and count it."""
        self.presses += 1
        found = self.page.locator("main").get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        await found.first.click()

    async def look(self, name: str) -> None:
        """Hold the open page to every check, and keep how it looks, narrow and wide."""
        await looking.look(self.page)
        before = self.page.viewport_size
        for width in WIDTHS:
            await self.page.set_viewport_size({"width": width, "height": 800})
            await self.page.screenshot(path=self.pictures / f"{name}-{width}.png", full_page=True)
        if before:
            await self.page.set_viewport_size(before)


async def test_an_officer_writes_a_survey_from_nothing(scripted, site, tmp_path):
    await sign_in(scripted, "officer", site.password)
    hand = Hand(scripted, tmp_path)
    began = time.monotonic()
    await scripted.goto("/staff/surveys")
    await scripted.get_by_label("What is it called?").fill("Short breaks, in words")
    await scripted.get_by_label("Who speaks?").select_option(label="A young person")
    await hand.press("button", "Begin")
    for ask, kind in QUESTIONS:
        await scripted.get_by_label("What does it ask or say?").fill(ask)
        await scripted.get_by_label("What does the person do?").select_option(label=kind)
        await hand.press("button", "Add the page")
        await hand.press("link", "All pages of this survey")
    await hand.press("link", QUESTIONS[-1][0])
    await scripted.get_by_label("In easy words: what it asks or says").fill(TYPED)
    group = scripted.get_by_role("group", name=f"Those who answered “{QUESTIONS[0][0]}” with")
    await group.get_by_label("Yes", exact=True).check()
    await hand.press("button", "Save and check")
    assert (await scripted.get_by_role("status").inner_text()).startswith("Saved")
    await hand.press("link", "All pages of this survey")
    async with scripted.expect_download() as started:
        await hand.press("link", "Take the files (zip)")
    took = time.monotonic() - began
    with zipfile.ZipFile(io.BytesIO(await _bytes(await started.value))) as packed:
        files = {name.partition("/")[2]: packed.read(name).decode() for name in packed.namelist()}
    draft = read(files[SURVEY], files[EASY])
    assert [page.ask for page in draft.survey.pages][1:] == [ask for ask, _ in QUESTIONS]
    last = draft.survey.pages[-1]
    assert draft.easy_page(last.id).ask == TYPED
    assert last.when
    assert last.when.is_one_of == ("yes",)
    print(f"\nA survey of {len(QUESTIONS) + 1} pages: {hand.presses} presses, {took:.1f} seconds.")  # noqa: T201


async def test_every_page_for_writing_surveys_passes_every_check(scripted, site, tmp_path):
    await sign_in(scripted, "officer", site.password)
    hand = Hand(scripted, tmp_path)
    await scripted.goto("/staff/surveys")
    await hand.look("list")
    await hand.press("button", "Begin")
    await hand.look("list-problem")
    await scripted.get_by_label("What is it called?").fill("A copy to look at")
    await scripted.get_by_label("Begin with").select_option("support-young-people")
    await hand.press("button", "Begin")
    await hand.look("survey")
    address = scripted.url
    for part in ("about", "pages/listened", "pages/one_change"):
        await scripted.goto(f"{address}/{part}")
        await hand.look(part.replace("/", "-"))
    other = await scripted.context.new_page()
    await other.goto(f"{address}/pages/one_change")
    await other.get_by_label("What it asks or says", exact=True).fill("Theirs")
    await other.get_by_role("button", name="Save and check").click()
    await other.close()
    await scripted.get_by_label("What it asks or says", exact=True).fill("Mine")
    await hand.press("button", "Save and check")
    assert "Now there: “Theirs”" in await scripted.locator("#ask-now").inner_text()
    await hand.look("changed-by-two")


async def _bytes(download: Download) -> bytes:
    return Path(await download.path()).read_bytes()
