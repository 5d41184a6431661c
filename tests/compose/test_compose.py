"""The compose file: valid by the schema, and true to the code; and what it builds."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft201909Validator, ValidationError

from tests.browser.serving import free_port
from voice.cli import COMMANDS
from voice.settings import Settings, variable
from voice.upkeep.ask import ask

ROOT = Path(__file__).parent.parent.parent
CONTAINERFILE = ROOT / "Containerfile"
SCHEMA = json.loads((Path(__file__).parent / "compose-spec.json").read_text(encoding="utf-8"))


@pytest.fixture
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_it_fits_the_compose_schema(compose):
    Draft201909Validator(SCHEMA).validate(compose)


def test_the_schema_would_refuse_a_mistake(compose):
    compose["services"]["web"]["ports"] = "8000:8000"
    with pytest.raises(ValidationError):
        Draft201909Validator(SCHEMA).validate(compose)


def test_it_sets_only_settings_that_exist(compose):
    known = {variable(field) for field in Settings.__struct_fields__}
    for service in ("migrate", "web", "worker"):
        assert set(compose["services"][service]["environment"]) <= known


def test_it_runs_only_commands_that_exist(compose):
    commands = [compose["services"][s]["command"] for s in ("migrate", "web", "worker")]
    assert all(command[0] == "voice" and command[1] in COMMANDS for command in commands)


def test_no_password_stands_in_it(compose):
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?" in text


def test_our_containers_are_read_only_and_may_become_nothing_more(compose):
    for name in ("migrate", "web", "worker"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "/tmp" in service["tmpfs"]


def test_all_parts_share_the_folder_of_the_master_key(compose):
    """With a key each, the worker could not open what the web app sealed."""
    volumes = {tuple(compose["services"][name]["volumes"]) for name in ("migrate", "web", "worker")}
    assert volumes == {("data:/home/voice/data",)}
    assert "VOICE_DATA_DIR=/home/voice/data" in CONTAINERFILE.read_text(encoding="utf-8")


def test_the_web_app_is_asked_whether_it_is_ready(compose):
    words = compose["services"]["web"]["healthcheck"]["test"]
    assert words[1:] == ["python", "-m", "voice.upkeep.ask", "/readyz"]


def test_the_container_file_passes_its_linter():
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, CONTAINERFILE], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_linter_would_refuse_a_mistake(tmp_path):
    bad = tmp_path / "Containerfile"
    bad.write_text("FROM python\nRUN apt-get install espeak-ng\n")
    hadolint = Path(sys.executable).with_name("hadolint")
    assert subprocess.run([hadolint, bad], capture_output=True).returncode == 1


def test_it_runs_as_nobody_in_particular():
    last = CONTAINERFILE.read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert "\nUSER 10001:10001\n" in last
    assert "COPY src" not in last, "sources and tools stay in the first stage"


def test_asking_says_whether_all_is_well():
    port = free_port()
    assert ask("127.0.0.1", port, "/healthz")[0] is False
    served = ThreadingHTTPServer(("127.0.0.1", port), Unready)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    try:
        assert ask("0.0.0.0", port, "/healthz") == (True, "well")
        assert ask("127.0.0.1", port, "/readyz") == (False, "not well")
    finally:
        served.shutdown()
        served.server_close()


class Unready(BaseHTTPRequestHandler):
    """Alive, but not ready."""

    def do_GET(self) -> None:
        well = self.path == "/healthz"
        self.send_response(200 if well else 503)
        self.end_headers()
        self.wfile.write(b"well" if well else b"not well")

    def log_message(self, *_: object) -> None:
        """Say nothing."""
