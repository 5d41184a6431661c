"""Find a Chromium and the checkers of pages, or install them: run by `make test` before the tests.

A Chromium is looked for in this order: $BROWSER_PATH; chromium or chrome on the path; Playwright's
own; installing Playwright's own; Debian's package, as root. When none works it says so and fails:
no test is left out in silence.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser import tools

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DARWIN = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


async def find() -> str | None:
    """Return the path of a Chromium, or None when there is none."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).exists() else None
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if on_path:
        return on_path
    return str(DARWIN) if DARWIN.exists() else await _playwrights_own()


async def _playwrights_own() -> str | None:
    async with async_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


async def install() -> str | None:
    """Install a Chromium and return its path, or None when neither way works."""
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if _runs(playwright) and (found := await find()):
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        _runs(["apt-get", "update", "-qq"])
        _runs(["apt-get", "install", "-y", "-qq", "chromium"])
    return await find()


def _runs(command: list[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet, timeout=900).returncode == 0


async def main() -> None:
    """Make sure that there is a Chromium, and what looks at pages in it, or fail loudly."""
    found = await find() or await install()
    if not found:
        sys.exit(
            "No Chromium was found, and none could be installed. Install Chromium or Chrome, "
            "or set BROWSER_PATH to one, and run this again."
        )
    tools.install()
    checkers = ", ".join(f"{name} {version}" for name, version in tools.versions().items())
    print(f"Browser: {found}\nCheckers: {checkers}")  # noqa: T201  What this script is for.


if __name__ == "__main__":
    asyncio.run(main())
