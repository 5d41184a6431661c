"""Every page that Voice has, in every language and every look, held to every check.

The walk opens each page once; then each is looked at in a real Chromium. A page that the walk
cannot reach fails here, and no page is let off a check.
"""

import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser import looking, walking
from tests.browser.looking import Seen
from tests.browser.probes import keyboard, loading
from tests.browser.probes.opened import PHONE
from tests.browser.walked import Walk

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

CHECKS = [
    "4 presses to answer",
    "ace",
    "all it asks for is there",
    "answers of 60 px",
    "answers stand under their question",
    "at most 10 stops",
    "axe",
    "chosen shows in grey",
    "edges of 3:1",
    "fields have labels",
    "focus can be seen",
    "focus is not covered",
    "forced colours",
    "html-validate",
    "keyboard reaches all",
    "language and direction",
    "links say where they lead",
    "no motion when asked",
    "no outside request",
    "no style or script in the page",
    "no words cut off",
    "nothing begins by itself",
    "pictures beside words are silent",
    "reflow at 320 px",
    "tab order",
    "targets 8 px apart",
    "targets of 44 px",
    "text spacing",
    "title says the heading",
    "vnu",
    "without pictures",
    "without script",
    "without style",
    "zoom at 400 %",
]


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def seen(
    walk: Walk, chromium, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Seen]:
    """Every page of the walk, looked at once, for all of the tests below."""
    began = time.monotonic()
    folder = tmp_path_factory.mktemp("pages")
    found = await looking.look_at_all(chromium, walk.home, walk.pages, folder)
    found.seconds["all of them, on the clock"] = time.monotonic() - began
    yield found


async def test_the_walk_opens_every_address_that_answers(walk):
    assert walk.not_opened == set()


async def test_the_walk_shows_every_template(walk):
    assert walk.not_shown == set()


async def test_the_walk_meets_every_kind_of_question_in_every_language(walk):
    names = {page.name for page in walk.pages}
    for language in walking.LANGUAGES:
        for kind in walking.KINDS:
            assert f"{kind} ({language})" in names


@pytest.mark.parametrize("check", CHECKS)
async def test_no_page_breaks_the_check(seen, check):
    assert seen.of(check) == []


async def test_every_check_is_held_to(seen, capsys):
    """Nothing is found under a name that no test above asks for."""
    found = {fault.check.split(":")[0] for wrong in seen.faults.values() for fault in wrong}
    assert found - set(CHECKS) == set()
    with capsys.disabled():
        lines = [f"  {seconds:7.1f} s  {name}" for name, seconds in seen.seconds.items()]
        print(f"\n{len(seen.faults)} pages were looked at:", *lines, sep="\n")  # noqa: T201


async def started(walk: Walk, chromium: Browser, look: str) -> Page:
    """A page of somebody who has begun the easy-read survey, with this look."""
    context = await chromium.new_context(
        base_url=walk.home, viewport=PHONE, service_workers="block"
    )
    page = await context.new_page()
    await page.goto(f"/display/{look}/support-easy-read")
    await page.locator("form[action$='/start'] button").first.click()
    return page


@pytest.mark.parametrize("language", walking.LANGUAGES)
@pytest.mark.parametrize("kind", ["need_help_now", "listened", "going_well", "age_band"])
async def test_the_first_load_is_small_and_asks_nobody_else(walk, chromium, kind, language, capsys):
    page = await started(walk, chromium, f"language-{language}")
    await page.goto(f"/surveys/support-easy-read/pages/{kind}")
    weight = await loading.weigh(page)
    stops = (await keyboard.walk(page)).after["stops"]
    await page.context.close()
    with capsys.disabled():
        print(f"\n  {kind} ({language}): {weight}; {stops} stops of Tab")  # noqa: T201  A figure to read.
    assert weight.outside == []
    assert weight.page <= loading.MOST_WITHOUT
    assert weight.page + weight.font + weight.audio <= loading.MOST_WITH


@pytest.mark.parametrize("kind", ["listened", "age_band"])
async def test_tap_and_go_takes_four_keys_with_sound_on_the_page(walk, chromium, kind):
    page = await started(walk, chromium, "answers-tap")
    await page.goto(f"/surveys/support-easy-read/pages/{kind}")
    assert await page.locator(".listen").count() == 1
    assert await keyboard.presses_to_answer(page) == 4
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: not url.endswith((kind, f"#{kind}")))
    await page.context.close()
