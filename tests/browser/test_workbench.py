"""The workbench in a real Chromium: by keys alone, and two people at once."""

import sys

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests import given
from tests.browser.test_staff import sign_in
from voice.database import pool

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

WAVE = "2031-spring"
QUESTION = "going_well"
ADDRESS = f"/staff/questions/{given.SURVEY}/{QUESTION}"
THEMES = 20


@pytest_asyncio.fixture(loop_scope="session")
async def db(site):
    """The database of the site. What is done to the question goes again afterwards."""
    connection = await pool.connect(site.dsn)
    last = await connection.fetchval("select coalesce(max(id), 0) from decisions")
    kept = "select id from agreed_themes where asked_of = $1 and question_id = $2"
    before = [row["id"] for row in await connection.fetch(kept, given.SURVEY, QUESTION)]
    yield connection
    of_question = "asked_of = $1 and question_id = $2"
    await connection.execute(
        f"delete from theme_runs where {of_question} and n_comments < 100", given.SURVEY, QUESTION
    )
    for table in ("decision_members", "descriptions", "first_members", "read_comments"):
        await connection.execute(f"delete from {table} where decision_id > $1", last)
    await connection.execute("delete from decisions where id > $1 and undoes is not null", last)
    await connection.execute("delete from decisions where id > $1", last)
    await connection.execute(
        f"delete from agreed_themes where {of_question} and id <> all($3::bigint[])",
        given.SURVEY,
        QUESTION,
        before,
    )
    await connection.execute("delete from responses where wave = $1", WAVE)
    await connection.close()


async def said(db, n, words):
    return await given.comments(db, n, words, question=QUESTION, wave=WAVE)


class Keys:
    """A keyboard that counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    async def press(self, key: str) -> None:
        self.pressed += 1
        await self.page.keyboard.press(key)

    async def enter(self) -> None:
        """Press Enter, and wait for the page that it leads to."""
        async with self.page.expect_navigation():
            await self.press("Enter")


async def test_twenty_suggestions_are_agreed_with_few_keys(page, site, db):
    for number in range(THEMES):
        comments = await said(db, THEMES + 3 - number, f"Thing {number} is good")
        await given.suggestion(db, f"Good thing {number}", comments, question=QUESTION)
    await sign_in(page, "reviewer", site.password)
    await page.goto(ADDRESS)
    keys = Keys(page)
    while not await page.locator("#row:focus").count():
        await keys.press("Tab")
        assert keys.pressed < 40
    to_the_link = keys.pressed
    await keys.enter()
    for _ in range(THEMES):
        assert (await page.locator(":focus").inner_text()).startswith("Agree")
        await keys.enter()
    sys.stdout.write(
        f"\n{THEMES} themes agreed with {keys.pressed} keys: {to_the_link} times Tab to "
        f"“Decide one after another”, then {keys.pressed - to_the_link} times Enter.\n"
    )
    agreed = await db.fetchval(
        "select count(*) from agreed_themes where asked_of = $1 and question_id = $2"
        " and name like 'Good thing%'",
        given.SURVEY,
        QUESTION,
    )
    assert agreed == THEMES
    assert keys.pressed - to_the_link == THEMES + 1
    assert page.url.split("?")[0].rstrip("/").endswith(ADDRESS)


async def test_two_people_in_two_browsers_change_one_theme_and_nothing_is_lost(chromium, site, db):
    comments = await said(db, 6, "The staff are kind")
    theme = await given.agreed_theme(db, "Kind staff", comments, question=QUESTION)
    address = f"{site.url}/staff/themes/{theme}"
    one = await (await chromium.new_context(base_url=site.url)).new_page()
    other = await (await chromium.new_context(base_url=site.url)).new_page()
    await sign_in(one, "reviewer", site.password)
    await sign_in(other, "administrator", site.password)
    for page in (one, other):
        await page.goto(address)
        await page.locator("summary", has_text="Describe").click()
        await page.locator("summary", has_text="Move comments").click()

    await one.get_by_label("What is it about").fill("Staff are kind.")
    await one.get_by_role("button", name="Save the description").click()
    await one.get_by_role("status").wait_for()

    boxes = other.locator("input[name=comment]")
    for place in (0, 1):
        await boxes.nth(place).check()
    await other.get_by_label("Make a new theme of them").check()
    await other.get_by_label("Name of the new theme").fill("Kind drivers")
    await other.locator("#why-ticked").fill("They drive")
    await other.get_by_role("button", name="Do it").click()

    told = await other.get_by_role("alert").inner_text()
    assert "Somebody was faster" in told
    assert "reviewer@demo.example described “Kind staff” as “Staff are kind.”" in told
    assert await other.locator("input[name=comment]:checked").count() == 2
    assert await other.get_by_label("Make a new theme of them").is_checked()
    assert await other.get_by_label("Name of the new theme").input_value() == "Kind drivers"
    assert await other.locator("#why-ticked").input_value() == "They drive"

    await other.get_by_role("button", name="Do it").click()
    await other.get_by_role("status").wait_for()
    history = await other.locator(".history").inner_text()
    assert "described “Kind staff”" in history
    assert "made “Kind drivers” by hand of 2 comments" in history
    assert await db.fetchval("select description from agreed_themes where id = $1", theme)
    count = "select count(*) from agreed_members m join agreed_themes t on t.id = m.theme_id"
    assert await db.fetchval(f"{count} where t.name = 'Kind drivers'") == 2
    assert await db.fetchval(f"{count} where t.id = $1", theme) == 4
    for page in (one, other):
        await page.context.close()
