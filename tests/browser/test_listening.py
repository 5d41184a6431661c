"""The button to listen, in a real Chromium: it plays, stops, and is never dead."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.looking import look
from tests.listening.conftest import EASY, Hummer
from voice.database.pool import connect
from voice.listening import run
from voice.listening.spoken import all_said
from voice.settings import shipped_home
from voice.surveys.catalogue import Catalogue

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
SURVEYS = shipped_home() / "surveys"
HOME = f"/surveys/{EASY}"


@pytest_asyncio.fixture(loop_scope="session")
async def published(site):
    """The easy-read survey with a clip for every page; they are taken away afterwards."""
    db = await connect(site.dsn)
    said = all_said(Catalogue.read(SURVEYS), EASY)
    await run.publish(db, SURVEYS / EASY, said, [Hummer()], lambda *_: None)
    yield
    await run.take_away(db, EASY)
    await db.close()


def button(page: Page, words: str):
    return page.get_by_role("button", name=words, exact=True)


async def to_first_question(page: Page) -> None:
    await page.goto(HOME)
    await page.get_by_role("button", name="Yes, start", exact=True).click()
    await page.goto(f"{HOME}/pages/listened")


async def test_the_button_plays_stops_and_plays_to_the_end(published, scripted):
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    await to_first_question(scripted)
    assert not [url for url in asked if "/listening/" in url], "nothing is fetched unasked"

    await button(scripted, "Listen").click()
    await expect(button(scripted, "Stop")).to_be_visible()
    await button(scripted, "Stop").click()
    await expect(button(scripted, "Listen")).to_be_visible()
    assert [url for url in asked if url.endswith(".opus")]

    await button(scripted, "Listen").press("Enter")
    await expect(button(scripted, "Stop")).to_be_focused()
    await expect(button(scripted, "Listen")).to_be_visible(timeout=15_000)


async def test_where_opus_fails_the_mp3_plays_and_where_both_fail_a_link_is_left(
    published, scripted
):
    asked: list[str] = []
    scripted.on("request", lambda request: asked.append(request.url))
    await scripted.route("**/*.opus", lambda route: route.fulfill(status=404))
    await to_first_question(scripted)
    await button(scripted, "Listen").click()
    await expect(button(scripted, "Stop")).to_be_visible()
    await expect(button(scripted, "Listen")).to_be_visible(timeout=15_000)
    assert [url for url in asked if url.endswith(".mp3")]

    await scripted.route("**/*.mp3", lambda route: route.fulfill(status=404))
    await scripted.reload()
    await button(scripted, "Listen").click()
    await expect(scripted.get_by_role("link", name="Listen", exact=True)).to_be_visible()
    await expect(scripted.locator("button.listen")).to_have_count(0)


async def test_the_button_is_large_and_has_no_barrier(published, scripted):
    await to_first_question(scripted)
    await look(scripted)
    box = await button(scripted, "Listen").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 44


async def test_without_script_the_link_is_large_and_leads_to_the_sound(published, page):
    await to_first_question(page)
    link = page.get_by_role("link", name="Listen", exact=True)
    box = await link.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    answer = await page.context.request.get(str(await link.get_attribute("href")))
    assert answer.headers["content-type"] == "audio/mpeg"
    assert len(await answer.body()) > 1000


async def test_leaving_the_page_ends_the_sound(published, scripted):
    await to_first_question(scripted)
    await button(scripted, "Listen").click()
    await expect(button(scripted, "Stop")).to_be_visible()
    # What a browser tells a page that it puts aside, to bring it back as it was.
    await scripted.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    await expect(button(scripted, "Listen")).to_be_visible(timeout=500)
