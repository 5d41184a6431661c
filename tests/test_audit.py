"""`make audit` asks about each locked version, and fails on a known fault or without an answer."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
HOME = Path(__file__).parent.parent
FAULT: dict[str, Any] = {
    "id": "GHSA-made-up-0001",
    "summary": "A fault made up for this test",
    "affected": [{"package": {"name": "litestar", "ecosystem": "PyPI"}}],
}


@contextmanager
def faults_known(of: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Answer like osv.dev, with these faults by package; give the address and what was asked."""
    asked: dict[str, str] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked[query["package"]["name"]] = query["version"]
            found = of.get(query["package"]["name"])
            said = json.dumps({"vulns": [found]} if found else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
    finally:
        server.shutdown()
        server.server_close()


def audit(url: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["make", "audit", f"AUDIT_OPTIONS=--vulnerability-service osv --osv-url {url}"],
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_every_version_that_runs_voice_is_asked_about_and_no_fault_passes():
    with faults_known({}) as (url, asked):
        done = audit(url)
    assert done.returncode == 0, done.stdout + done.stderr
    listed = (HOME / ".venv" / "audited.txt").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)$", listed, re.MULTILINE):
        assert asked[name] == version
    assert {"litestar", "asyncpg", "jinja2", "msgspec", "spacy", "scikit-learn"} <= set(asked)
    assert "pytest" not in asked  # What only tests Voice is not shipped.


def test_a_known_fault_fails_and_is_named():
    with faults_known({"litestar": FAULT}) as (url, _):
        done = audit(url)
    assert done.returncode != 0
    assert FAULT["id"] in done.stdout
    assert "litestar" in done.stdout


def test_no_answer_fails_too():
    assert audit("http://127.0.0.1:9/v1/query").returncode != 0
