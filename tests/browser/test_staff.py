"""Every page that staff can reach by links, in a real Chromium."""

import re

import pytest
from playwright.async_api import Page

from tests.browser.looking import look

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

# The pages each role must come across; a page that the walk cannot reach fails the suite.
REACHED = {
    "reviewer": {
        "/staff",
        "/staff/questions",
        "/staff/questions/WORD/WORD",
        "/staff/questions/WORD/WORD/rest",
        "/staff/suggestions/N",
        "/staff/themes/N",
        "/staff/pledges",
        "/staff/pledges/N",
        "/staff/listening",
        "/staff/listening/WORD",
    },
    "officer": {
        "/staff",
        "/staff/pledges",
        "/staff/pledges/N",
        "/staff/pledges/new",
        "/staff/paper",
        "/staff/paper/WORD",
    },
    "safeguarding-lead": {"/staff", "/staff/safeguarding"},
    "administrator": {"/staff", "/staff/questions", "/staff/pledges/new"},
}


def kind(address: str) -> str:
    """The kind of page an address is for: numbers and names left out."""
    path = address.split("?")[0].rstrip("/")
    path = re.sub(r"/\d+(?=/|$)", "/N", path)
    path = re.sub(r"^(/staff/(?:paper|listening))/[^/]+", r"\1/WORD", path)
    return re.sub(r"^(/staff/questions)/[^/]+/[^/]+", r"\1/WORD/WORD", path)


async def sign_in(page: Page, role: str, password: str) -> None:
    await page.goto("/staff/sign-in")
    await page.get_by_label("E-mail address").fill(f"{role}@demo.example")
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def links(page: Page) -> list[str]:
    """The staff pages that this page links to, files left out."""
    found = await page.eval_on_selector_all(
        "a[href]", "all => all.map(a => a.getAttribute('href'))"
    )
    return [a for a in found if a.startswith("/staff") and "/exports/" not in a and ".pdf" not in a]


@pytest.mark.parametrize("role", list(REACHED))
async def test_no_page_of_this_role_has_a_barrier_that_axe_can_find(scripted, site, role):
    await sign_in(scripted, role, site.password)
    ahead, seen = ["/staff"], set()
    while ahead:
        address = ahead.pop(0)
        if kind(address) in seen:
            continue
        response = await scripted.goto(address)
        assert response.status == 200, address
        seen.add(kind(address))
        await look(scripted)
        ahead += await links(scripted)
    assert seen >= REACHED[role]


async def test_what_was_said_and_done_has_no_barrier_in_either_wording(scripted):
    await scripted.goto("/you-said")
    numbers = await scripted.eval_on_selector_all(
        "a[href^='/you-said/']", "all => all.map(a => a.getAttribute('href'))"
    )
    assert len(set(numbers)) >= 5
    for address in [*sorted(set(numbers)), *(f"{n}?words=easy-read" for n in sorted(set(numbers)))]:
        await scripted.goto(address)
        await look(scripted)
