"""A child's whole way through the easy-read survey, in a real Chromium, without script."""

import asyncpg
import pytest
from playwright.async_api import Page

from tests.browser.looking import look

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
EASY = "/surveys/support-easy-read"


async def press(page: Page, words: str) -> None:
    await page.get_by_role("button", name=words, exact=True).click()


async def test_a_child_answers_without_script_and_gets_three_words(page, site):
    await page.goto("/")
    await page.get_by_role("link", name="Tell us about your help", exact=True).first.click()
    await press(page, "Yes, start")
    await press(page, "Skip this")  # How the pages look.
    await page.get_by_label("Yes").check()  # The question to try.
    await press(page, "Next")
    await page.get_by_role("link", name="Next", exact=True).click()
    for _ in range(2):
        await press(page, "Next")
    await page.get_by_label("Sometimes").check()
    await press(page, "Next")
    await press(page, "Miss this question")
    await press(page, "Miss this question")
    await page.get_by_label("What is one thing to change?").fill("a quiet place to eat 🙂")
    await press(page, "Next")
    await page.get_by_label("10 or younger").check()
    await press(page, "Next")
    await page.get_by_label("They read it to me").check()
    await press(page, "Next")
    await page.get_by_label("Someone at school").check()
    await press(page, "Next")
    await page.get_by_label("Yes").check()
    await press(page, "Next")

    assert await page.get_by_role("heading", level=1).inner_text() == "Check your answers"
    assert "a quiet place to eat 🙂" in await page.content()
    await press(page, "Send my answers")

    assert await page.get_by_role("heading", level=1).inner_text() == "Thank you"
    assert len((await page.locator(".code").inner_text()).split()) == 3
    kept = await _kept(site.dsn)
    assert kept == {"voice": "child", "helped": "read", "may_quote": True, "states": 8}


async def _kept(dsn: str) -> dict[str, object]:
    db = await asyncpg.connect(dsn)
    row = await db.fetchrow(
        "select voice, helped, may_quote, (select count(*) from answers a"
        " where a.response_id = r.id) as states from responses r where route = 'web'"
    )
    await db.close()
    return dict(row or {})


async def test_tap_and_go_takes_four_presses_of_a_key(scripted):
    await scripted.goto("/display/answers-tap/support-easy-read")
    await press(scripted, "Yes, start")
    await scripted.goto(f"{EASY}/pages/listened")
    for key in ("Tab", "Enter", "Tab", "Enter"):
        await scripted.keyboard.press(key)
    await scripted.wait_for_url(f"**{EASY}/pages/happy_with_help")


async def test_stopping_gives_a_page_without_barriers_and_a_way_back(scripted):
    await scripted.goto(EASY)
    await press(scripted, "Yes, start")
    await scripted.goto(f"{EASY}/pages/listened")
    await scripted.get_by_text("Stop or change").click()
    await press(scripted, "Stop for now")
    await look(scripted)
    words = await scripted.locator(".code").inner_text()
    await scripted.goto("/come-back")
    await look(scripted)
    await scripted.get_by_label("Your three words").fill(words)
    await press(scripted, "Carry on")
    assert scripted.url.endswith(f"{EASY}/pages/listened")


async def test_a_page_with_a_problem_has_no_barrier_and_keeps_the_words(scripted):
    await scripted.goto(EASY)
    await press(scripted, "Yes, start")
    await scripted.goto(f"{EASY}/pages/one_change")
    await scripted.locator("textarea").fill("a" * 2500)
    await press(scripted, "Next")
    assert await scripted.locator("textarea").input_value() == "a" * 2500
    assert (await scripted.title()).startswith("Problem: ")
    await look(scripted)
