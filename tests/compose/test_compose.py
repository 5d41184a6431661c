"""The compose file: valid by the schema, and true to the code."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft201909Validator, ValidationError

from voice.cli import COMMANDS
from voice.settings import Settings, variable

ROOT = Path(__file__).parent.parent.parent
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
