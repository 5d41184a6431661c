"""A child's whole way through the easy-read survey, in a real Chromium, without script."""

import asyncpg
import pytest
from playwright.async_api import Page, Response

from tests.browser.looking import look
from voice.listening.encode import MOST_BYTES

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
EASY = "/surveys/support-easy-read"


async def press(page: Page, words: str) -> None:
    await page.get_by_role("button", name=words, exact=True).click()


async def test_a_child_answers_without_script_and_gets_three_words(page, site):
    await page.goto("/")
    await page.get_by_role("link", name="Tell us about your help", exact=True).first.click()
    await press(page, "Yes, start")
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


def addresses() -> list[str]:
    """Every public page that needs no way through a survey."""
    surveys = ["easy-read", "young-people", "parents-carers", "practitioners"]
    starts = [f"/surveys/support-{survey}" for survey in surveys]
    easy = [f"{start}?words=easy-read" for start in starts[1:3]]
    more = [
        "/",
        "/help",
        "/withdraw",
        "/come-back",
        "/display",
        "/credits",
        "/you-said",
        "/you-said?words=easy-read",
        "/nope",
    ]
    return [*more, *starts, *easy, "/staff/sign-in"]


@pytest.mark.parametrize("address", addresses())
async def test_a_page_has_no_barrier_that_axe_can_find(scripted, address):
    await scripted.goto(address)
    await look(scripted)


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ("easy-read", ""),
        ("young-people", ""),
        ("young-people", "easy-read"),
        ("parents-carers", ""),
        ("parents-carers", "easy-read"),
        ("practitioners", ""),
    ],
)
async def test_no_page_of_a_survey_has_a_barrier_that_axe_can_find(scripted, survey, words):
    """Walks every page with its first choice, then looks at the check and the thank-you page."""
    await scripted.goto(f"/surveys/support-{survey}" + (f"?words={words}" if words else ""))
    await press(scripted, "Yes, start")
    seen = 0
    while "/pages/" in scripted.url:
        seen += 1
        await look(scripted)
        choices = scripted.locator(".choice input")
        if await choices.count():
            await choices.first.check()
        elif await scripted.locator("textarea").count():
            await scripted.locator("textarea").fill("words")
        await press(scripted, "Next")
    assert seen >= 9
    await look(scripted)
    await press(scripted, "Send my answers")
    await look(scripted)


LOOKS = [
    "words-largest,spacing-wide",
    "words-larger,pictures-big",
    "colours-dark,answers-tap",
    "colours-blue,pictures-off",
    "colours-white,words-large",
    "font-opendyslexic,words-largest",
]


@pytest.mark.parametrize("survey", ["easy-read", "parents-carers"])
@pytest.mark.parametrize("chosen", LOOKS)
async def test_no_look_makes_a_barrier_or_a_page_too_wide(scripted, survey, chosen):
    await scripted.goto(f"/display/{chosen}/support-{survey}")
    await press(scripted, "Yes, start")
    while "/pages/" in scripted.url:
        await look(scripted)
        # Tick boxes and answers to tap are a stop each: a page with five of them has more.
        ticks = await scripted.locator(".choice input[type=checkbox]").count()
        taps = await scripted.locator("button.tap").count()
        most = 7 + ticks if ticks else 6 + taps if taps > 4 else 10
        assert await stops(scripted) <= most, scripted.url
        if await scripted.locator("button.tap").count():
            await scripted.locator("button.tap").first.click()
            continue
        if await scripted.locator(".choice input").count():
            await scripted.locator(".choice input").first.check()
        await press(scripted, "Next")
    await look(scripted)
    await scripted.goto("/display")
    await look(scripted)


async def stops(page: Page) -> int:
    """How often Tab must be pressed to go once through the page; a group of radios is one stop."""
    found: int = await page.evaluate(
        """() => {
            const kinds = "a[href], button, input, textarea, select, summary";
            const all = [...document.querySelectorAll(kinds)]
                .filter(e => e.type !== "hidden" && e.checkVisibility());
            const groups = new Set(all.filter(e => e.type === "radio").map(e => e.name));
            return all.filter(e => e.type !== "radio").length + groups.size;
        }"""
    )
    return found


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


async def test_the_first_load_of_a_question_is_small_and_asks_nobody_else(scripted):
    await scripted.goto(EASY)
    await press(scripted, "Yes, start")
    browser = scripted.context.browser
    assert browser
    fresh = await browser.new_context(base_url=scripted.url.split("/surveys")[0])
    await fresh.add_cookies(await scripted.context.cookies())
    page = await fresh.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    await page.goto(f"{EASY}/pages/listened")
    await page.evaluate("document.fonts.ready")
    weights = {answer.url: await weight_of(answer) for answer in answers}
    fonts = {url: weight for url, weight in weights.items() if ".woff2" in url}
    await fresh.close()
    assert 5 <= len(answers) <= 14
    assert [url.rpartition("/")[2].partition("?")[0] for url in fonts] == ["atkinson-latin.woff2"]
    assert sum(weights.values()) - sum(fonts.values()) <= 60_000, weights
    assert sum(weights.values()) + MOST_BYTES <= 150_000, weights


async def weight_of(answer: Response) -> int:
    size = await answer.request.sizes()
    return size["responseBodySize"] + size["responseHeadersSize"]
