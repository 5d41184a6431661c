"""What a screen reader says on each kind of page, word for word, as it was when a person read it.

After a change that is meant, `VOICE_SPOKEN=renew` writes the files of `spoken/` again: read what
changed before you keep it.
"""

import os
from pathlib import Path

import pytest

from tests.browser.probes.speaking import spoken

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
KEPT = Path(__file__).parent / "spoken"
PAGES = {
    "start": "start (en)",
    "information": "easy, need_help_now (en)",
    "faces": "easy, listened (en)",
    "faces-tap": "tap, listened (en)",
    "choose-one": "easy, age_band (en)",
    "choose-one-tap": "tap, age_band (en)",
    "comment": "easy, going_well (en)",
    "comment-problem": "too long (en)",
    "choose-many": "parents, waiting_for (en)",
    "scale": "parents, satisfaction (en)",
    "youngest": "youngest, listened (en)",
    "check": "check (en)",
    "faces-polish": "easy, listened (pl)",
    "faces-urdu": "easy, listened (ur)",
}


@pytest.mark.parametrize("kept", PAGES)
async def test_a_screen_reader_says_what_it_said(walk, chromium, kept):
    [walked] = [page for page in walk.pages if page.name == PAGES[kept]]
    context = await chromium.new_context(base_url=walk.home)
    page = await context.new_page()
    address = f"{walk.home}{walked.address}"
    await page.route(
        lambda url: url == address,
        lambda route: route.fulfill(body=walked.html, headers=dict(walked.headers)),
    )
    await page.goto(address)
    said = "\n".join(await spoken(page)) + "\n"
    await context.close()
    file = KEPT / f"{kept}.txt"
    if os.environ.get("VOICE_SPOKEN") == "renew":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


async def test_no_file_is_left_of_a_page_that_is_gone():
    assert {file.stem for file in KEPT.glob("*.txt")} == set(PAGES)
