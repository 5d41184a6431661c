"""A test of the tests: a page of ours, broken in one way, is caught by the check for it."""

import re

import pytest
from playwright.async_api import Page

from tests.browser.looking import caught_by

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
LISTENED = "/surveys/support-easy-read/pages/listened"

# What is broken, what to look for, what to put there, and the check that must notice.
DEFECTS = [
    ("no label", r'<label for="listened-no">', "<label>", "axe_finds_nothing"),
    ("low contrast", r'<p class="hint"', '<p style="color:#c9c6bb"', "axe_finds_nothing"),
    ("no alt", r'(<img class="picture" src="[^"]*") alt=""', r"\1", "axe_finds_nothing"),
    ("no legend", r"<legend>(.*?)</legend>", r"\1", "choices_are_grouped_under_their_question"),
    ("no reflow", r"<main ", '<main style="min-width:900px" ', "fits_a_small_phone"),
    ("tab order by hand", r'<button class="next"', '<button tabindex="5"', "axe_finds_nothing"),
    (
        "a title that says nothing",
        r"<title>.*?</title>",
        "<title>Survey</title>",
        "title_says_what_the_heading_says",
    ),
    (
        "no zoom",
        r"initial-scale=1",
        "initial-scale=1,maximum-scale=1,user-scalable=no",
        "axe_finds_nothing",
    ),
    (
        "needs script",
        r"</head>",
        "<style>form{display:none}</style></head>",
        "nothing_hangs_on_script_in_the_page",
    ),
    (
        "a picture that speaks",
        r'(<label for="listened-no">\s*<img [^>]*)alt=""',
        r'\1alt="no.svg"',
        "pictures_beside_words_are_silent",
    ),
    (
        "small targets",
        r"</head>",
        "<style>button{min-block-size:20px!important;padding:0}</style></head>",
        "targets_are_large",
    ),
    ("two headings", r"</h1>", "</h1><h1>Again</h1>", "title_says_what_the_heading_says"),
]


async def listened(page: Page) -> str:
    await page.goto("/surveys/support-easy-read")
    await page.get_by_role("button", name="Yes, start").click()
    await page.goto(LISTENED)
    return await page.content()


async def test_the_page_as_it_is_breaks_no_check(scripted):
    await listened(scripted)
    assert await caught_by(scripted) == set()


@pytest.mark.parametrize(("what", "found", "put", "check"), DEFECTS, ids=[d[0] for d in DEFECTS])
async def test_a_broken_page_is_caught(scripted, what, found, put, check):
    good = await listened(scripted)
    broken, times = re.subn(found, put, good, count=1, flags=re.DOTALL)
    assert times == 1, "the page is not what the test thinks it is"
    await scripted.route(f"**{LISTENED}", lambda route: route.fulfill(
        body=broken, content_type="text/html"
    ))  # fmt: skip
    await scripted.goto(LISTENED)
    assert check in await caught_by(scripted)
