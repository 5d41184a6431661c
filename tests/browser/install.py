"""Find a Chromium, or install one: run by `make test` before the tests.

In this order: $BROWSER_PATH; chromium or chrome on the path; Playwright's own; installing
Playwright's own; Debian's package, as root. When none works it says so and fails: no test is left
out in silence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DARWIN = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> str | None:
    """Return the path of a Chromium, or None when there is none."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).exists() else None
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if on_path:
        return on_path
    return str(DARWIN) if DARWIN.exists() else _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Install a Chromium and return its path, or None when neither way works."""
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(playwright, timeout=600).returncode == 0 and (found := find()):
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], env=quiet)
    return find()


def main() -> None:
    """Make sure that there is a Chromium, or fail loudly."""
    found = find() or install()
    if not found:
        sys.exit(
            "No Chromium was found, and none could be installed. Install Chromium or Chrome, "
            "or set BROWSER_PATH to one, and run this again."
        )
    print(f"Browser: {found}")  # noqa: T201  The one line that this script is for.


if __name__ == "__main__":
    main()
