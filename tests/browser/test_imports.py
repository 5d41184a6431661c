"""Bringing a file in with a real Chromium that runs no script, from the file to undoing it."""

import pytest
from playwright.async_api import FilePayload, Page

from tests import given
from tests.bringing import samples
from tests.browser.test_staff import sign_in
from voice.database import pool

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
WAVE = "2031-brought"


async def test_an_officer_brings_a_file_in_mends_a_row_and_undoes_it(page: Page, site):
    rows = [[samples.LISTENED, samples.CHANGE], ["Yes", "Wider doors"], ["Yep", "Kinder letters"]]
    await sign_in(page, "officer", site.password)
    await page.goto("/staff")
    await page.locator(".narrow-menu summary").click()
    await page.get_by_role("link", name="Bring in").click()
    await page.get_by_label("The survey that asks the same").select_option(given.SURVEY)
    await page.get_by_label("The wave").fill(WAVE)
    file: FilePayload = {
        "name": "a.csv",
        "mimeType": "text/csv",
        "buffer": samples.to_csv(rows),
    }
    await page.get_by_label("The file, CSV or XLSX").set_input_files(file)
    await page.get_by_role("button", name="Go on to its columns").click()

    assert await page.get_by_label(samples.CHANGE, exact=True).input_value() == "one_change"
    await page.get_by_role("button", name="Check every row").click()
    assert "1 row can come in" in await page.locator("main").inner_text()
    assert "Row 3" in await page.locator("main").inner_text()

    await page.get_by_role("link", name="Change what the columns are").click()
    await page.get_by_label("“Yep” means").select_option("yes")
    await page.get_by_role("button", name="Check every row").click()
    shown = await page.locator("main").inner_text()
    assert "2 rows can come in" in shown
    assert "Kinder" not in shown
    await page.get_by_role("button", name="Bring in 2 rows").click()
    assert "All rows are in" in await page.get_by_role("status").inner_text()

    db = await pool.connect(site.dsn)
    kept = "select count(*) from responses where wave = $1 and sent_at is not null"
    assert await db.fetchval(kept, WAVE) == 2
    await page.get_by_role("link", name="Undo this import").first.click()
    await page.get_by_role("button", name="Delete these answers").click()
    assert "undone" in await page.get_by_role("status").inner_text()
    assert await db.fetchval(kept, WAVE) == 0
    await db.close()
