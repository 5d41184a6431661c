"""The units for systemd and the proxies' files: what a machine can check of them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from voice.app import LARGEST_FORM
from voice.cli import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
UNITS = sorted((DOCS / "systemd").glob("*.service"))
PROXIES = [DOCS / "proxy/nginx.conf", DOCS / "proxy/Caddyfile"]
SYSTEMD = shutil.which("systemd-analyze")
with_systemd = pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not on this machine")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The units as docs/running.md installs them, with a program that is there."""
    for file in (DOCS / "systemd").iterdir():
        text = file.read_text(encoding="utf-8").replace("/opt/voice/bin/voice", "/bin/true")
        if file.suffix != ".conf":
            (tmp_path / file.name).write_text(text, encoding="utf-8")
    for unit in UNITS:
        (tmp_path / f"{unit.name}.d").mkdir()
        shutil.copy(DOCS / "systemd/hardened.conf", tmp_path / f"{unit.name}.d")
    return tmp_path


def analyze(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(SYSTEMD), *words], cwd=folder, capture_output=True, text=True)


@with_systemd
def test_systemd_understands_every_unit(installed):
    names = [f"./{one.name}" for one in installed.iterdir() if one.suffix in (".service", ".timer")]
    done = analyze(installed, "verify", "--man=no", *names)
    assert (done.returncode, done.stderr) == (0, "")


@with_systemd
@pytest.mark.parametrize("unit", [unit.name for unit in UNITS])
def test_every_unit_is_shut_in(installed, unit):
    done = analyze(installed, "security", "--offline=yes", "--threshold=20", f"./{unit}")
    assert done.returncode == 0, done.stdout[-200:]


def test_they_run_commands_that_there_are():
    named = {
        found[1]
        for unit in UNITS
        for found in re.finditer(r"/opt/voice/bin/voice ([a-z]+)", unit.read_text(encoding="utf-8"))
    }
    assert named <= set(COMMANDS)
    assert named == {"serve", "work", "migrate", "backup", "retention"}


@pytest.mark.parametrize("proxy", PROXIES, ids=lambda path: path.name)
def test_a_proxy_says_who_asks_lets_files_through_and_keeps_figures_in(proxy):
    text = proxy.read_text(encoding="utf-8")
    assert re.search(r"X-Forwarded-For (\$remote_addr|\{remote_host\})", text)
    assert re.search(r"X-Request-ID (\$request_id|\{http\.request\.uuid\})", text)
    assert re.search(r"/metrics (\{ return )?404", text)
    largest = re.search(r"(?:client_max_body_size|max_size) (\d+)m", text, re.IGNORECASE)
    assert largest
    assert int(largest[1]) * 1_000_000 >= 10 * LARGEST_FORM


def test_no_proxy_writes_a_query_or_an_address_into_its_log():
    nginx = PROXIES[0].read_text(encoding="utf-8")
    (line,) = re.findall(r"log_format voice '(.*)';", nginx)
    assert not re.search(r"\$(request\b(?!_)|request_uri|args|query|remote|http_)", line)
    assert "\nlog" not in PROXIES[1].read_text(encoding="utf-8"), "Caddy writes none unless told"
