"""A survey in another language: every page, both ways round, with English marked as English."""

import pytest

from tests import given
from voice.answering import store

EASY = "/surveys/support-easy-read"
PARENTS = "/surveys/support-parents-carers"
ASKED = {"en": "Do people listen to you?", "pl": "Czy ludzie cię słuchają?"}


async def choose(client, language: str) -> None:
    await client.get(f"/display/language-{language}?back=/help")


async def begin(client, home: str = EASY, words: str = "") -> None:
    await client.post(f"{home}/start", data={"assent": "yes", "words": words})


def way(page) -> tuple[str, str]:
    return page.html["lang"], page.html["dir"]


@pytest.mark.parametrize(("language", "direction"), [("pl", "ltr"), ("ur", "rtl")])
async def test_every_public_page_is_in_the_language_that_a_person_chose(
    client, read_page, language, direction
):
    await choose(client, language)
    for address in (
        "/",
        "/help",
        "/withdraw",
        "/come-back",
        "/display",
        "/you-said",
        "/nope",
        EASY,
    ):
        page = read_page((await client.get(address)).text)
        assert way(page) == (language, direction), address
        assert "Leave this page now" not in page.text, address


@pytest.mark.parametrize("language", ["pl", "ur"])
async def test_a_survey_is_answered_in_the_language_from_the_first_page_to_the_last(
    client, read_page, language
):
    await choose(client, language)
    start = read_page((await client.get(EASY)).text)
    assert start.select_one("input[name=words]")["value"] == language
    assert not start.select("[lang=en-GB]:not(.languages *)"), "all of it is translated"
    await begin(client, words=language)
    for address in ("pages/need_help_now", "pages/listened", "pages/one_change", "check"):
        page = read_page((await client.get(f"{EASY}/{address}")).text)
        assert page.html["lang"] == language
        assert not page.select("[lang]:not(html)"), address
    await client.post(f"{EASY}/pages/listened", data={"listened": "sometimes"})
    await client.post(f"{EASY}/pages/one_change", data={"one_change": "zażółć گفتگو"})
    check = read_page((await client.get(f"{EASY}/check")).text)
    assert "zażółć گفتگو" in check.text
    sent = read_page((await client.post(f"{EASY}/send")).text)
    assert sent.html["lang"] == language
    assert sent.select_one(".code")["lang"] == "en-GB", "the three words are English"


async def test_words_that_are_only_there_in_english_say_so(client, read_page):
    await choose(client, "ur")
    await begin(client, PARENTS)
    page = read_page((await client.get(f"{PARENTS}/pages/satisfaction")).text)
    assert way(page) == ("ur", "rtl")
    heading = page.select_one("h1")
    assert (heading["lang"], heading["dir"]) == ("en-GB", "ltr")
    assert all(label["lang"] == "en-GB" for label in page.select(".choice.unsure label"))


async def test_a_link_to_a_wording_in_a_language_opens_all_of_it_in_that_language(
    client, read_page
):
    page = read_page((await client.get(f"{EASY}?words=ur")).text)
    assert way(page) == ("ur", "rtl")
    await begin(client, words="ur")
    page = read_page((await client.get(f"{EASY}/pages/listened")).text)
    assert way(page) == ("ur", "rtl")


async def test_the_language_can_change_in_the_middle_and_no_answer_is_lost(client, read_page, db):
    await begin(client)
    await client.post(f"{EASY}/pages/listened", data={"listened": "no"})
    await choose(client, "pl")
    page = read_page((await client.get(f"{EASY}/pages/listened")).text)
    assert page.select_one("h1").text == ASKED["pl"]
    assert page.select_one("#listened-no").has_attr("checked")
    await choose(client, "en")
    page = read_page((await client.get(f"{EASY}/pages/listened")).text)
    assert page.select_one("h1").text == ASKED["en"]
    response_id = await db.fetchval("select id from responses")
    assert (await store.answers_so_far(db, given.VAULT, response_id))["listened"].value == "no"


async def test_the_languages_of_a_survey_are_offered_by_their_own_names(client, read_page):
    page = read_page((await client.get(EASY)).text)
    names = {link.text: (link["lang"], link["dir"]) for link in page.select(".languages a")}
    assert names == {"Polski": ("pl", "ltr"), "اردو": ("ur", "rtl")}
    link = next(link for link in page.select(".languages a") if link["lang"] == "ur")
    page = read_page((await client.get(link["href"])).text)
    assert page.html["lang"] == "ur"
    assert page.select_one("input[name=words]")["value"] == "ur"


async def test_a_survey_that_is_in_no_other_language_offers_none(client, read_page):
    page = read_page((await client.get(PARENTS)).text)
    assert not page.select(".languages")


async def test_a_draft_says_that_nobody_has_checked_it(client, read_page):
    await choose(client, "pl")
    page = read_page((await client.get(EASY)).text)
    english = read_page((await client.get(f"{PARENTS}")).text)
    assert len(page.select("main > p")) == len(english.select("main > p"))
    assert page.select_one("footer").text.strip()
    assert "checked" not in page.text


async def test_other_choices_stay_when_the_language_changes(client, read_page):
    await client.post("/display", data={"colours": "dark", "back": "/"})
    await choose(client, "ur")
    page = read_page((await client.get("/help")).text)
    assert "colours-dark" in page.html["class"]
    assert page.html["dir"] == "rtl"


async def test_staff_pages_stay_in_english(client, read_page, db):
    await choose(client, "ur")
    page = read_page((await client.get("/staff/sign-in")).text)
    assert page.html["lang"] == "en-GB"
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get("/staff")).text)
    assert page.html["lang"] == "en-GB"


async def test_a_problem_is_told_in_the_language_and_the_words_stay(client, read_page):
    await choose(client, "pl")
    await begin(client, words="pl")
    answer = await client.post(f"{EASY}/pages/one_change", data={"one_change": "ą" * 2500})
    page = read_page(answer.text)
    assert answer.status_code == 422
    assert page.select_one("textarea").text.strip() == "ą" * 2500
    assert "letters too long" not in page.text
    assert "500" in page.select_one("[role=alert]").text


async def test_who_comes_back_on_another_device_goes_on_in_their_language(client, read_page):
    await begin(client, words="pl")
    stopped = await client.post(f"{EASY}/pages/listened", data={"listened": "yes", "go": "stop"})
    code = read_page(stopped.text).select_one(".code").text
    client.cookies.clear()

    page = read_page((await client.post("/come-back", data={"code": code})).text)

    assert way(page) == ("pl", "ltr")
