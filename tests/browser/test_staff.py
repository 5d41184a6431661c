"""Every page that staff can reach by links, in a real Chromium."""

import re

import pytest
from playwright.async_api import Page

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

# The pages each role must come across; a page that the walk cannot reach fails the suite.
REACHED = {
    "reviewer": {
        "/staff",
        "/staff/questions",
        "/staff/questions/WORD/WORD",
        "/staff/questions/WORD/WORD/rest",
        "/staff/questions/WORD/WORD/read",
        "/staff/decisions/N",
        "/staff/suggestions/N",
        "/staff/themes/N",
        "/staff/pledges",
        "/staff/pledges/N",
        "/staff/challenges",
        "/staff/challenges/N",
        "/staff/challenges/new",
        "/staff/listening",
        "/staff/listening/WORD",
    },
    "officer": {
        "/staff",
        "/staff/pledges",
        "/staff/pledges/N",
        "/staff/pledges/new",
        "/staff/challenges",
        "/staff/challenges/N",
        "/staff/measures",
        "/staff/measures/N",
        "/staff/measures/new",
        "/staff/imports",
        "/staff/paper",
        "/staff/paper/WORD",
        "/staff/surveys",
        "/staff/report",
        "/staff/report/WORD/WORD",
    },
    "safeguarding-lead": {"/staff", "/staff/safeguarding"},
    "administrator": {"/staff", "/staff/questions", "/staff/pledges/new"},
}


def kind(address: str) -> str:
    """The kind of page an address is for: numbers and names left out."""
    path = address.split("?")[0].rstrip("/")
    path = re.sub(r"/\d+(?=/|$)", "/N", path)
    path = re.sub(r"^(/staff/(?:paper|listening))/[^/]+", r"\1/WORD", path)
    path = re.sub(r"^(/staff/surveys)/[^/]+", r"\1/WORD", path)
    path = re.sub(r"(/WORD/pages)/[^/]+$", r"\1/WORD", path)
    return re.sub(r"^(/staff/(?:questions|report))/[^/]+/[^/]+", r"\1/WORD/WORD", path)


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
    files = ("/exports/", ".pdf", ".zip", ".csv")
    return [a for a in found if a.startswith("/staff") and not any(part in a for part in files)]


@pytest.mark.parametrize("role", list(REACHED))
async def test_this_role_comes_to_its_pages_by_links(scripted, site, role):
    await sign_in(scripted, role, site.password)
    ahead, seen = ["/staff"], set()
    while ahead:
        address = ahead.pop(0)
        if kind(address) in seen:
            continue
        response = await scripted.goto(address)
        assert response.status == 200, address
        seen.add(kind(address))
        ahead += await links(scripted)
    assert seen >= REACHED[role]
