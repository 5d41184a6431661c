"""docs/tutorial.md, followed for real: its commands in a shell, its clicks in Chromium."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.browser.serving import Site, free_port, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

DOCS = Path(__file__).parent.parent.parent / "docs"
TUTORIAL = (DOCS / "tutorial.md").read_text(encoding="utf-8")
PASSWORD = "three easy words"
NOT_HERE = ("git ", "make ", "source ")  # What installs; the tests are installed.
ROW = re.compile(r"^ *\| (.+) \|$", re.MULTILINE)


def commands(section: str) -> list[str]:
    """Return what a section tells to type, without what installs."""
    lines = re.findall(r"^    (\w.*)$", part(section), re.MULTILINE)
    return [line for line in lines if not line.startswith(NOT_HERE)]


def part(section: str) -> str:
    """Return the text of the section with this number."""
    parts = re.split(r"^## ", TUTORIAL, flags=re.MULTILINE)
    return next(text for text in parts if text.startswith(f"{section}. "))


def rows(section: str) -> list[tuple[str, ...]]:
    """Return the rows of a section's table, without its head."""
    _, *found = ROW.findall(part(section))
    return [tuple(cell.strip("`") for cell in row.split(" | ")) for row in found]


class Trial:
    """The folder of whoever follows the tutorial, with Voice running in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        here = str(Path(sys.executable).parent)
        self.environment = {
            **os.environ,
            "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
            "VOICE_NEW_PASSWORD": PASSWORD,  # The command asks for it otherwise.
            "VOICE_PORT": str(self.port),
            "VOICE_SECOND_FACTOR": "offered",
        }
        for ours in ("DATABASE_URL", "VOICE_DATA_DIR"):
            self.environment.pop(ours, None)

    def type(self, lines: list[str]) -> str:
        """Type these lines in one shell; fail where one of them does."""
        done = subprocess.run(
            ["bash", "-ec", "\n".join(lines)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """Sections 2 and 3, and the web app that the last of their commands starts."""
    here = Trial(tmp_path_factory.mktemp("tutorial"))
    shutil.copytree(DOCS / "tutorial", here.folder / "docs/tutorial")
    *typed, last = [*commands("2"), *commands("3")]
    assert last == "voice serve"
    said = here.type(typed)
    for theme in re.findall("“([^”]+)”", part("2").split("It finds three themes")[1].split(".")[0]):
        assert theme in (here.folder / "found/themes.json").read_text(encoding="utf-8"), said
    here.folder /= "trial"
    serving = subprocess.Popen(last.split(), cwd=here.folder, env=here.environment)
    try:
        wait_for(here.port, serving)
        yield here
    finally:
        serving.send_signal(signal.SIGTERM)
        serving.wait(30)


async def test_from_a_file_to_a_published_answer(trial, chromium):
    page = await chromium.new_page(base_url=f"http://127.0.0.1:{trial.port}")
    await page.goto("/staff")
    await sign_in(page, "you@example.org", PASSWORD)
    await _agree_to_all(page)
    await _answer(page)

    await page.goto("/you-said")
    published = await page.inner_text("main")
    assert "Two more people are being hired" in published
    assert "About 10 people" in published
    assert "Autism assessments and the wait for them" in published
    await page.context.close()

    trial.type(commands("6"))
    assert "Two more people" in (trial.folder / "you-said.html").read_text(encoding="utf-8")


async def _agree_to_all(page: Page) -> None:
    """Section 4."""
    await page.get_by_role("navigation").get_by_role("link", name="Themes").click()
    found = re.search("Under “(.+?)” choose “(.+?)”", part("4"))
    assert found
    name = re.compile(rf"{re.escape(found[2])}\s*: {re.escape(found[1])}")
    await page.get_by_role("link", name=name).click()
    await page.get_by_role("link", name="Decide one after another").click()
    for _ in range(3):
        await page.get_by_role("button", name="Agree").first.click()
    assert await page.get_by_role("button", name="Agree").count() == 0


async def _answer(page: Page) -> None:
    """Section 5: its table has the label of each field, and what to write or choose."""
    await page.get_by_role("navigation").get_by_role("link", name="You said, we did").click()
    about = re.search("At “(.+?)” choose", part("5"))
    assert about
    await page.get_by_role("link", name=re.compile(rf"Write a pledge\s*to: {about[1]}")).click()
    for label, words in rows("5"):
        group = page.get_by_role("group", name=label, exact=True)
        if await group.count():
            await group.get_by_label(words, exact=True).check()
        else:
            await page.get_by_label(label, exact=True).fill(words)
    await page.get_by_role("button", name="Save").click()
    assert "saved" in page.url, await page.inner_text("main")


async def sign_in(page: Page, email: str, password: str) -> None:
    await page.fill("[name=email]", email)
    await page.fill("[name=password]", password)
    await page.locator("main form button").first.click()
    await page.wait_for_url("**/staff")


@pytest.mark.parametrize(("who", "address", "heading"), rows("1"), ids=lambda cell: cell)
async def test_the_demonstration_has_what_the_tutorial_shows(
    chromium, site: Site, who, address, heading
):
    page = await chromium.new_page(base_url=site.url)
    if who != "nobody":
        await page.goto("/staff")
        await sign_in(page, f"{who}@demo.example", site.password)
    answer = await page.goto(address)
    assert answer.ok
    assert await page.inner_text("h1") == heading
    await page.context.close()
