"""The wheel carries all that Voice needs: installed elsewhere, it runs the whole demo."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.serving import free_port
from tests.upkeep.compared import everything
from voice.database import embedded

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
# Nothing of the checkout and of its tests may help.
OWN = ("PYTHONPATH", "VIRTUAL_ENV", "DATABASE_URL", "VOICE_MASTER_KEY", "VOICE_HOME")
# A restore notes itself in the record, and asks for old words to go; and the demo's worker lives.
WRITTEN_SINCE = {
    "audit",
    "daily_jobs",
    "pgqueuer",
    "pgqueuer_log",
    "retention_runs",
    "sequences",
    "signs_of_life",
}
CLEAN = {name: value for name, value in os.environ.items() if name not in OWN}


def uv(*arguments: str | Path) -> None:
    done = subprocess.run(
        [UV, "--quiet", *arguments], cwd=ROOT, env=CLEAN, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A venv with the built wheel, and what the lock file says it needs; nothing else."""
    folder = tmp_path_factory.mktemp("elsewhere")
    uv("build", "--wheel", "--out-dir", folder)
    (wheel,) = folder.glob("voice-*.whl")
    needed = folder / "needed.txt"
    uv("export", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "-o", needed)
    uv("venv", "--python", sys.executable, folder / "venv")
    python = folder / "venv/bin/python"
    # Its dependencies are those of the lock file, and “check” says that they are enough.
    uv("pip", "install", "--python", python, "--no-deps", "-r", needed, wheel)
    uv("pip", "check", "--python", python)
    return folder


@pytest.fixture(scope="module")
def demo(elsewhere: Path) -> Iterator[str]:
    """The address of a demo that runs from the wheel, in a folder of its own."""
    port = free_port()
    said = elsewhere / "said"
    with said.open("w") as out:
        process = subprocess.Popen(
            [elsewhere / "venv/bin/voice", "demo"],
            cwd=elsewhere,
            env=CLEAN | {"VOICE_PORT": str(port)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + 120
        while "Voice is running" not in said.read_text():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < until, said.read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def voice(elsewhere: Path, *words: str, **known: str) -> "subprocess.CompletedProcess[str]":
    """Run the command of the wheel in its folder."""
    return subprocess.run(
        [elsewhere / "venv/bin/voice", *words],
        cwd=elsewhere,
        env=CLEAN | known,
        capture_output=True,
        text=True,
    )


async def both(elsewhere: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """All that is in the database of the demo, and in the one that was restored."""
    before = await everything(await embedded.start(elsewhere / ".voice"))
    after = await everything(await embedded.start(elsewhere / "other"))
    await embedded.leave(elsewhere / ".voice")
    await embedded.stop(elsewhere / "other")
    return before, after


def test_everything_that_is_shipped_is_in_it(elsewhere):
    shipped = elsewhere / "venv/lib"
    (home,) = shipped.glob("python*/site-packages/voice/shipped")
    for name in ("surveys", "templates", "nlp_models"):
        listed = subprocess.run(
            ["git", "ls-files", name], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split("\n")
        lacking = [one for one in listed if one and not (home / one).exists()]
        assert lacking == []
    static = ROOT / "src/voice/web/static"
    assert {one.name for one in (home.parent / "web/static").iterdir()} == {
        one.name for one in static.iterdir()
    }


def test_the_demo_serves_its_pages_from_the_wheel_alone(demo):
    with httpx.Client(base_url=demo, timeout=30) as browser:
        first = browser.get("/")
        assert first.status_code == 200
        assert 'href="/surveys/' in first.text
        style = first.text.split('rel="stylesheet" href="')[1].split('"')[0]
        assert browser.get(style).headers["content-type"].startswith("text/css")
        assert "You said" in browser.get("/you-said").text
        assert browser.get("/readyz").json() == {"ready": True, "reasons": []}


def test_the_doctor_of_the_wheel_finds_nothing_that_fails(demo, elsewhere):
    done = voice(elsewhere, "doctor")
    failed = [line for line in done.stdout.split("\n") if line.startswith("fail")]
    assert failed == [], done.stdout + done.stderr


def test_the_demo_comes_back_from_its_backup_row_by_row(demo, elsewhere):
    """`voice backup` while the demo runs; into another database; every table the same."""
    made = voice(elsewhere, "backup", "copy")
    assert made.returncode == 0, made.stderr
    there = {
        "VOICE_DATA_DIR": str(elsewhere / "other"),
        "VOICE_MASTER_KEY_FILE": str(elsewhere / ".voice/master-key"),
        "VOICE_SECRET_KEY": (elsewhere / ".voice/secret-key").read_text(),
    }
    back = voice(elsewhere, "restore", "copy", **there)
    assert back.returncode == 0, back.stderr
    assert "Gone again: 0 responses" in back.stdout
    before, after = asyncio.run(both(elsewhere))
    assert len(before["redacted_comments"]) > 300
    differ = {name for name in before if before[name] != after.get(name)}
    assert differ <= WRITTEN_SINCE
    assert len(before) - len(differ) > 40
