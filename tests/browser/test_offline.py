"""Finishing a survey without a connection: nothing that a page called saved is lost or doubled."""

import asyncio
import json
import random
import shutil

import pytest
import pytest_asyncio

from tests import given
from tests.browser.child import Child
from tests.browser.kill import Server
from tests.browser.looking import look
from tests.browser.probes.opened import PHONE
from voice.jobs.tables import bring_up_to_date
from voice.settings import shipped_home
from voice.surveys.catalogue import Catalogue

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
EASY = "support-easy-read"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def own_server(server, tmp_path_factory):
    dsn = await given.database(server, "voice_offline")
    await bring_up_to_date(dsn, given.VAULT)
    await given.reader_on_rota(dsn)
    own = Server(dsn, tmp_path_factory.mktemp("offline"))
    yield own
    await own.kill()


@pytest_asyncio.fixture(loop_scope="session")
async def running(own_server):
    await own_server.start()
    await own_server.empty()
    return own_server


@pytest_asyncio.fixture(loop_scope="session")
async def child(chromium, running):
    context = await chromium.new_context(base_url=running.url, viewport=PHONE)
    yield Child(context, EASY)
    await context.close()


async def one_response(running):
    """The one response there is: a second one would be a double."""
    found = list((await running.answers()).values())
    assert len(found) == 1
    return found[0]


async def finish_easy(child):
    """From the first question to the end of the easy-read survey."""
    await child.go("listened")
    await child.choose("listened", "sometimes")
    await child.choose("happy_with_help", "ok")
    await child.write("going_well", "my TA <b>& me")
    await child.write("one_change", "a quiet place\nto eat 🙂")
    await child.choose("age_band", "under_11")
    await child.choose("helped", "read")
    await child.choose("helped_by", "school")
    await child.choose("may_quote", "yes")
    await child.reads("Check your answers")


async def test_a_survey_that_was_opened_is_finished_without_a_network_and_sent_later(
    child, running
):
    await child.open()
    await child.context.set_offline(True)
    await child.start()
    await finish_easy(child)
    await child.says("Answers not sent yet: 8.")
    assert "my TA <b>& me" in await child.page.locator("dl").inner_text()
    await look(child.page)
    await child.press("Send my answers")
    await child.says("Answers not sent yet: 8.")
    assert "They are not sent yet." in await child.page.locator("main").inner_text()
    await look(child.page)
    assert await running.answers() == {}

    await child.context.set_offline(False)

    await child.until(lambda: child.page.locator(".code").is_visible())
    assert len((await child.page.locator(".code").inner_text()).split()) == 3
    assert len(child.saved) == 8
    assert await one_response(running) == child.saved
    kept = await child.kept()
    assert (kept["responses"], kept["queue"], kept["drafts"]) == ([], [], {})


async def test_pages_are_the_same_with_and_without_a_network(child, running):
    await child.open()
    await child.start()
    await finish_easy(child)
    places = ["pages/listened", "pages/happy_with_help", "pages/going_well", "pages/helped_by"]
    places += ["check", "pages/listened?changing=true", "pages/may_quote", "practice"]

    async def seen():
        pages = []
        for place in places:
            await child.page.goto(f"{child.home}/{place}")
            await child.says("Saved")
            title = await child.page.title()
            pages.append([title, await child.page.evaluate(SEEN)])
        return pages

    there = await seen()
    await child.context.set_offline(True)
    here = await seen()
    for one, other, place in zip(there, here, places, strict=True):
        assert one == other, place


SEEN = """() => [...document.body.children].map((part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll(".kept").forEach((line) => line.replaceChildren());
    return copy.outerHTML.replace(/\\s+/g, " ").replace(/ (?=<)/g, "");
})"""


async def test_a_server_that_is_killed_and_comes_back_loses_nothing(child, running):
    await child.open()
    await child.start()
    await child.go("listened")
    await child.choose("listened", "no")
    await running.kill()
    await child.choose("happy_with_help", "ok")
    await child.says("Answers not sent yet: 1.")
    await child.write("going_well", "said to a dead server")
    await running.start()
    await child.write("one_change", "said to a new one")
    await child.nothing_waits()
    assert await one_response(running) == child.saved
    assert len(child.saved) == 4


async def test_a_server_that_dies_while_it_answers_is_asked_again_and_keeps_it_once(child, running):
    await child.open()
    await child.start()
    await child.go("going_well")
    await child.page.locator("textarea").fill("in the middle")
    await asyncio.gather(child.press("Next"), running.kill())
    await child.note("going_well", "in the middle")
    await running.start()
    await child.page.reload()
    await child.nothing_waits()
    assert await one_response(running) == child.saved == {"going_well": "in the middle"}


@pytest.mark.parametrize("network", [True, False])
async def test_words_are_still_there_after_the_tab_was_killed(child, running, network):
    await child.open()
    await child.start()
    await child.go("one_change")
    await child.says("")
    await child.context.set_offline(not network)
    box = child.page.locator("textarea")
    await box.press_sequentially("I never said this to anybody", delay=5)
    await child.until(lambda: is_drafted(child, "to anybody"))
    await crash(child)
    await child.go("one_change")
    await child.until(lambda: has_words(child, "I never said this to anybody"))
    await child.says("Your words are still here.")
    await child.next("one_change", "I never said this to anybody")
    await child.context.set_offline(False)
    await child.page.reload()
    await child.nothing_waits()
    assert await one_response(running) == child.saved
    await child.until(lambda: has_no_drafts(child))


async def is_drafted(child, words):
    return words in json.dumps((await child.kept())["drafts"])


async def has_no_drafts(child):
    return (await child.kept())["drafts"] == {}


async def has_words(child, words):
    return await child.page.locator("textarea").input_value() == words


async def crash(child):
    """Kill the process that shows the page, and open another tab."""
    dead, child.page = child.page, await child.context.new_page()
    devtools = await child.context.new_cdp_session(dead)
    killing = asyncio.ensure_future(devtools.send("Page.crash"))
    await asyncio.sleep(0.5)
    killing.cancel()
    await dead.close()


async def test_pressing_twice_and_two_tabs_make_one_answer(child, running):
    await child.open()
    await child.page.get_by_role("button", name="Yes, start").dblclick()
    await child.begun()
    await child.page.goto(f"{child.home}/pages/listened")
    second = Child(child.context)
    second.page = await child.context.new_page()
    await second.go("listened")
    await child.context.set_offline(True)
    await child.choose("listened", "no")
    await second.choose("listened", "yes")
    await child.page.locator("#happy_with_help-ok").check()
    await child.page.get_by_role("button", name="Next", exact=True).dblclick()
    await child.says("Answers not sent yet: 2.")
    await child.context.set_offline(False)
    await child.page.reload()
    await child.nothing_waits()
    assert await one_response(running) == {"listened": "yes", "happy_with_help": "ok"}


async def test_who_leaves_leaves_nothing_to_see_and_loses_nothing(child, running):
    await child.open()
    await child.start()
    await child.go("going_well")
    await child.context.set_offline(True)
    await child.write("going_well", "nobody may see this")
    await child.page.locator("textarea").fill("nor this")
    await child.until(lambda: is_drafted(child, "nor this"))
    await child.page.get_by_role("link", name="Leave this page now").click()
    await asyncio.sleep(1)
    child.page = await child.context.new_page()
    await child.context.set_offline(False)
    await child.page.goto("/help")
    kept = await child.kept()
    assert (kept["drafts"], kept["editions"], kept["files"]) == ({}, [], [])
    assert all(record["answers"] == {} for record in kept["responses"])
    await child.go("going_well")
    assert await child.page.locator("h1").inner_text() == "Tell us about your help"
    await child.nothing_waits()
    assert await one_response(running) == child.saved == {"going_well": "nobody may see this"}
    await child.page.get_by_role("link", name="Carry on").first.click()
    await child.go("going_well")
    assert await has_words(child, "nobody may see this")


async def test_finishing_clears_the_device_for_the_next_person(child, running):
    await child.open()
    await child.start()
    await child.go("going_well")
    await child.context.set_offline(True)
    await child.write("going_well", "the first person")
    await child.page.goto(f"{child.home}/stopped")
    await look(child.page)
    assert "there are no three words yet" in await child.page.locator("main").inner_text()
    await child.press("Finish")
    await child.page.goto(f"{child.home}/pages/going_well")
    assert await child.page.locator("h1").inner_text() == "Tell us about your help"
    await child.start()
    await child.go("going_well")
    assert await has_words(child, "")
    await child.write("going_well", "the second person")
    await child.context.set_offline(False)
    await child.page.reload()
    await child.nothing_waits()
    said = sorted(one["going_well"] for one in (await running.answers()).values())
    assert said == ["the first person", "the second person"]


async def test_what_was_taken_back_does_not_come_back_from_a_device(child, running):
    await child.open()
    await child.start()
    await child.go("going_well")
    await child.write("going_well", "take this back")
    await child.page.goto(f"{child.home}/stopped")
    words = await child.page.locator(".code").inner_text()
    await child.go("one_change")
    await child.context.set_offline(True)
    await child.write("one_change", "and this")
    other = await child.context.browser.new_context(base_url=running.url)
    page = await other.new_page()
    await page.goto("/withdraw")
    await page.get_by_label("Your three words").fill(words)
    await page.get_by_role("button", name="Delete my answers").click()
    await other.close()
    await child.context.set_offline(False)
    await child.page.reload()
    await child.nothing_waits()
    assert await running.answers() == {}
    kept = await child.kept()
    assert kept["responses"] == []


async def test_words_that_are_too_long_stay_on_the_page_without_a_network(child, running):
    await child.open()
    await child.start()
    await child.go("one_change")
    await child.context.set_offline(True)
    await child.page.locator("textarea").fill("a" * 2500)
    await child.press("Next")
    await child.until(lambda: child.page.locator("[role=alert]").is_visible())
    assert await has_words(child, "a" * 2500)
    assert (await child.page.title()).startswith("Problem: ")
    await look(child.page)
    await child.write("one_change", "a" * 1990)
    await child.context.set_offline(False)
    await child.page.reload()
    await child.nothing_waits()
    assert await one_response(running) == {"one_change": "a" * 1990}


async def test_help_is_there_without_a_network(child, running):
    await child.open()
    await child.start()
    await child.context.set_offline(True)
    await child.page.get_by_role("link", name="I need help now").first.click()
    await child.reads("I need help now")
    await child.page.goto("/you-said")
    await child.reads("You are not online")


@pytest_asyncio.fixture(loop_scope="session")
async def home(own_server, tmp_path):
    """A home whose surveys can be changed, for the server's next start."""
    made = tmp_path / "home"
    shutil.copytree(shipped_home() / "surveys", made / "surveys")
    for name in ("templates", "nlp_models"):
        (made / name).symlink_to(shipped_home() / name)
    own_server.environment["VOICE_HOME"] = str(made)
    yield made
    await own_server.kill()
    del own_server.environment["VOICE_HOME"]


async def test_answers_to_a_survey_that_changed_meanwhile_are_kept(child, running, home):
    """A page is gone and an answer is not on offer any more when the device is back."""
    await child.open()
    await child.start()
    await child.go("going_well")
    await child.context.set_offline(True)
    await child.write("going_well", "words for a page that goes")
    await child.go("listened")
    await child.choose("listened", "sometimes")
    await running.kill()
    for file in (home / f"surveys/{EASY}").rglob("*.toml"):
        text = file.read_text(encoding="utf-8").replace("going_well", "new_page")
        file.write_text(text.replace("sometimes", "now_and_then"), encoding="utf-8")
    await running.start()
    await child.context.set_offline(False)
    await child.page.reload()
    await child.nothing_waits()
    beside = {f"{page}.beside": value for page, value in child.saved.items()}
    assert await one_response(running) == beside
    assert len(beside) == 2
    await child.until(lambda: knows(child, "new_page"))


async def knows(child, page_id):
    await child.page.reload()
    editions = (await child.kept())["editions"]
    return any(step["id"] == page_id for one in editions for step in one["steps"])


async def test_without_script_nothing_is_said_and_nothing_is_missing(chromium, running):
    context = await chromium.new_context(
        base_url=running.url, viewport=PHONE, java_script_enabled=False
    )
    page = await context.new_page()
    await page.goto(f"/surveys/{EASY}")
    await page.get_by_role("button", name="Yes, start").click()
    await page.goto(f"/surveys/{EASY}/pages/listened")
    await page.locator("#listened-no").check()
    await page.get_by_role("button", name="Next", exact=True).click()
    assert await page.locator(".kept").inner_text() == ""
    assert await one_response(running) == {"listened": "no"}
    await context.close()


EVENTS = ["nothing"] * 6 + ["offline", "online", "kill", "start", "crash", "kill in the middle"]
SURVEYS = [EASY, "support-young-people", "support-parents-carers", "support-youngest"]


async def journey(child, running, chance):
    """Answer a survey at random, while network, server and tab are killed at random."""
    happened = []
    await child.open()
    await child.start()
    survey = Catalogue.read(shipped_home() / "surveys").find(child.home.rpartition("/")[2])
    for _ in range(60):
        event = chance.choice(EVENTS)
        happened.append(event)
        if event in ("offline", "online"):
            await child.context.set_offline(event == "offline")
        elif event == "kill":
            await running.kill()
        elif event == "start":
            await running.start()
        elif event == "crash":
            address = child.page.url
            await crash(child)
            await child.page.goto(address)
        if "/pages/" not in child.page.url:
            break
        await answer_at_random(child, running, survey, chance, at_once=event)
    await child.context.set_offline(False)
    await running.start()
    await child.page.goto(f"{child.home}/check")
    await child.nothing_waits()
    return happened


async def answer_at_random(child, running, survey, chance, *, at_once):
    page_id = child.page.url.partition("/pages/")[2].partition("?")[0]
    page = survey.page(page_id)
    if page.__struct_config__.tag == "information":
        return await child.press("Next")
    if page.__struct_config__.tag == "comment":
        value = f"words {chance.random()}"
        await child.page.locator("textarea").fill(value)
    else:
        option = chance.choice(await child.page.locator(".choice input").all())
        await option.check()
        value = await option.get_attribute("value")
        unsure = {o.value for o in getattr(page, "options", ()) if o.dont_know} | {"dont_know"}
        value = "dont_know" if value in unsure else value
        value = json.dumps([value]) if page.__struct_config__.tag == "choose_many" else value
    if at_once == "kill in the middle":
        await asyncio.gather(child.press("Next"), running.kill())
    else:
        await child.press("Next")
    await child.note(page_id, value)
    return None


@pytest.mark.parametrize("seed", range(3))
async def test_random_kills_lose_nothing_and_double_nothing(chromium, running, seed):
    chance = random.Random(seed)
    context = await chromium.new_context(base_url=running.url, viewport=PHONE)
    child = Child(context, chance.choice(SURVEYS))
    try:
        happened = await journey(child, running, chance)
        assert await one_response(running) == child.saved, happened
        assert len(child.saved) > 3
    finally:
        await context.close()
