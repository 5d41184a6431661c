"""Whether the HTML is right: html-validate, and the checker of the W3C; each is run once for all."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.browser import tools
from tests.browser.probes.fault import Fault

RULES = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
    "rules": {
        "no-redundant-role": "off",  # Said twice is no barrier.
        "require-sri": "off",  # For files of another site: a page has none.
        "doctype-style": "off",  # How it is written, not what it says.
        "void-style": "off",
        "prefer-native-element": "off",  # A region by its role is a region.
        "no-implicit-button-type": "off",  # A button that says nothing sends its form, as meant.
        "heading-level": ["error", {"minInitialRank": "h2"}],  # A problem stands above the h1.
        "long-title": "off",  # A title begins with the whole question.
    },
}


def check(files: Sequence[Path]) -> dict[Path, list[Fault]]:
    """Return what is wrong in each of these files of HTML, {file: faults}."""
    found: dict[Path, list[Fault]] = {file: [] for file in files}
    for file, fault in [*_html_validate(files), *_vnu(files)]:
        found[file].append(fault)
    return found


def _html_validate(files: Sequence[Path]) -> list[tuple[Path, Fault]]:
    script = tools.file("html-validate/bin/html-validate.mjs")
    rules = files[0].parent / ".html-validate-rules.json"
    rules.write_text(json.dumps(RULES))
    said = _said([*tools.node(), str(script), "--config", str(rules), "--formatter", "json"], files)
    rules.unlink()
    return [
        (Path(one["filePath"]), Fault(f"html-validate: {m['ruleId']}", _place(m), m["message"]))
        for one in json.loads(said)
        for m in one["messages"]
    ]


def _vnu(files: Sequence[Path]) -> list[tuple[Path, Fault]]:
    jar = str(tools.file("vnu-jar/build/dist/vnu.jar"))
    options = ["-Xss4m", "-jar", jar, "--errors-only", "--format", "json", "--stdout"]
    said = _said([*tools.java(), *options, "--exit-zero-always"], files)
    return [
        (Path(m["url"].removeprefix("file:")), Fault("vnu", _place(m), m["message"]))
        for m in json.loads(said)["messages"]
    ]


def _said(command: list[str], files: Sequence[Path]) -> str:
    """Run a checker; it writes to a file, for Node ends before a pipe has taken all it says."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(
            [*command, *map(str, files)],
            stdout=said,
            stderr=subprocess.PIPE,
            text=True,
            timeout=600,
        )
        said.seek(0)
        found = said.read()
    assert found, f"{command[0]} said nothing: {done.stderr[-2000:]}"
    return found


def _place(message: dict[str, object]) -> str:
    return f"line {message.get('lastLine', message.get('line'))}"
