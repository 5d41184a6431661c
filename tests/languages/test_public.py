"""Public pages in another language: what is in English says so, to eyes and to screen readers."""

import re

import pytest

from tests import given

THEIRS = {"pl": "jest tu tylko po angielsku", "ur": "صرف انگریزی میں"}
PAGES = ["/you-said", "/you-said/{reply}", "/you-said/area/every-area/heard"]
PAGES += ["/you-said/measures", "/you-said/measures/every-area/heard"]
PAGES += ["/you-said/challenges", "/you-said/challenges/1", "/you-said/embed"]


@pytest.fixture
async def reply(db):
    """A reply with a challenge and a measure in weeks beside it."""
    people = await given.comments(db, 30, "Nobody said", may_quote=True)
    areas = [("hertfordshire-2023", "PA1"), ("every-area", "heard")]
    theme = await given.agreed_theme(db, "Waiting without news", people, areas=areas)
    number = await given.pledge(db, theme)
    await given.challenge(db, f"pledge-{number}")
    await given.measure(db, unit="weeks", pledges=(number,))
    return number


def unmarked(page):
    """Pieces of English that the page takes for its own language; one word may be a name."""
    for text in page.body.find_all(string=re.compile(r"[A-Za-z]{3,}\W+[A-Za-z]{3,}")):
        language = text.find_parent(lang=True)["lang"]
        if language == "ur":
            yield text


@pytest.mark.parametrize("words", ["", "?words=easy-read"])
@pytest.mark.parametrize("path", PAGES)
async def test_what_is_in_english_only_is_marked(client, read_page, reply, path, words):
    await client.get("/display/language-ur")
    page = read_page((await client.get(path.format(reply=reply) + words)).text)
    assert page.html["lang"] == "ur"
    assert list(unmarked(page)) == []


@pytest.mark.parametrize("language", THEIRS)
@pytest.mark.parametrize("path", PAGES)
async def test_a_page_says_once_that_some_of_it_is_in_english(
    client, read_page, reply, path, language
):
    await client.get(f"/display/language-{language}")
    page = read_page((await client.get(path.format(reply=reply))).text)
    assert page.main.text.count(THEIRS[language]) == 1


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_in_english_does_not(client, read_page, reply, path):
    page = read_page((await client.get(path.format(reply=reply))).text)
    assert "in English only" not in page.main.text


async def test_the_unit_of_a_measure_is_read_in_english(client, read_page, reply):
    await client.get("/display/language-ur")
    for path in ("/you-said/measures/every-area/heard", f"/you-said/{reply}"):
        page = read_page((await client.get(path)).text)
        for text in page.body.find_all(string=re.compile("weeks")):
            assert text.find_parent(lang=True)["lang"] == "en-GB"


async def test_the_title_of_a_survey_in_english_says_so_in_the_tab(client, read_page):
    await client.get("/display/language-pl")
    page = read_page((await client.get("/surveys/support-young-people")).text)
    assert (page.html["lang"], page.title["lang"]) == ("pl", "en-GB")
