"""Requests and files that nobody would write by hand: made by machines, thousands of them."""

import asyncio
import json
import re
import secrets
import subprocess
import sys
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.routes import HTTPRoute

from tests import given as builders
from tests.browser.kill import Server
from voice.errors import VoiceError
from voice.jobs.tables import bring_up_to_date
from voice.settings import shipped_home
from voice.surveys import survey
from voice.web.forms import read_form

EASY = shipped_home() / "surveys/support-easy-read"
KNOWN = [
    "support-easy-read",
    "support-parents-carers",
    "send-support",
    "one_change",
    "listened",
    "1",
]
WORDS = (EASY / "survey.toml").read_text(encoding="utf-8")


class Sent:
    """As much of a request as reading a form needs."""

    def __init__(self, fields):
        self._fields = fields

    async def form(self):
        return self

    def multi_items(self):
        return self._fields


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.tuples(st.text(), st.one_of(st.text(), st.binary())), max_size=30))
def test_a_form_is_read_whatever_stands_in_it(fields):
    form = asyncio.run(read_form(Sent(fields)))  # type: ignore[arg-type]  # All that it uses.
    said = [value for values in form.values() for value in values]
    assert len(said) == sum(isinstance(value, str) for _, value in fields)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]", "".join(said))


@st.composite
def broken_surveys(draw):
    """The easy-read survey with lines gone, doubled, moved, or with something else in them."""
    lines = WORDS.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(["gone", "doubled", "moved", "value", "name", "letters"]))
        line = lines[place]
        if how == "gone":
            del lines[place]
        elif how == "doubled":
            lines.insert(draw(st.integers(0, len(lines))), line)
        elif how == "moved":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(place))
        elif how == "value":
            value = draw(
                st.sampled_from(["0", "-1", "1e309", "nan", "[]", "{}", '""', "true", "x"])
            )
            lines[place] = re.sub(r"=.*", f"= {value}", line)
        elif how == "name":
            lines[place] = re.sub(r"^\w+", draw(st.sampled_from(["kind", "id", "nope"])), line)
        else:
            at = draw(st.integers(0, len(line)))
            lines[place] = line[:at] + draw(st.text(max_size=5)) + line[at:]
    return "\n".join(lines)


@settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(broken_surveys())
def test_a_broken_survey_is_read_or_told_of_in_a_sentence(tmp_path, text):
    folder = tmp_path / "support-easy-read"
    if not folder.exists():
        folder.mkdir()
        (folder / "words").symlink_to(EASY / "words")
    (folder / "survey.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        assert survey.load(folder).pages
    except VoiceError:
        return  # It is told of in a sentence; anything else fails the test.
    tomllib.loads(text)


def described(app: Litestar) -> dict[str, object]:
    """An OpenAPI description of every address and form: any field, any words."""
    paths: dict[str, dict[str, object]] = {}
    for route in app.routes:
        if not isinstance(route, HTTPRoute) or route.path.startswith("/static"):
            continue
        path = re.sub(r"\{(\w+)(:\w+)?\}", r"{\1}", route.path)
        named = re.findall(r"\{(\w+)\}", path)
        words = {"anyOf": [{"enum": KNOWN}, {"type": "string", "minLength": 1, "maxLength": 40}]}
        asked = [{"name": n, "in": "path", "required": True, "schema": words} for n in named]
        for name in ("words", "next", "code", "wave", "page", "saved", "status"):
            asked.append({"name": name, "in": "query", "required": False, "schema": words})
        form = {"type": "object", "additionalProperties": {"type": "string"}}
        body = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
        methods = {m for handler in route.route_handlers for m in handler.http_methods}
        for method in methods & {"GET", "POST"}:
            answers = {"default": {"description": "Anything but a fault."}}
            one: dict[str, object] = {"parameters": asked, "responses": answers}
            if method == "POST":
                one["requestBody"] = body
            paths.setdefault(path, {})[method.lower()] = one
    return {"openapi": "3.0.3", "info": {"title": "Voice", "version": "1"}, "paths": paths}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["nobody", "administrator"])
async def test_no_generated_request_makes_a_fault(server, app, tmp_path, capsys, who):
    """Schemathesis against a real server, as nobody and as an administrator."""
    dsn = await builders.database(server, "voice_generated")
    await bring_up_to_date(dsn, builders.VAULT)
    here = Server(dsn, tmp_path / "data")
    await here.start()
    try:
        description = tmp_path / "voice.json"
        description.write_text(json.dumps(described(app)))
        cookies = await _cookies(dsn) if who == "administrator" else []
        done = await asyncio.to_thread(_schemathesis, description, here.url, cookies)
    finally:
        await here.kill()
    told = [line for line in done.stdout.splitlines() if re.search(r"\d+ generated", line)]
    with capsys.disabled():
        sys.stdout.write(f"\n  as {who}: {' '.join(told)}\n")
    assert done.returncode == 0, done.stdout[:9000] + done.stderr[-1000:]


async def _cookies(dsn: str) -> list[str]:
    from voice.database.pool import transaction
    from voice.staff import store

    async with transaction(dsn) as db:
        person = await builders.person(db, "administrator")
        secret = await store.start_session(db, person, 1)
    return ["-H", f"Cookie: voice_staff={secret}"]


def _schemathesis(description, url, cookies) -> "subprocess.CompletedProcess[str]":
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(description), "--url", url),
        *("--checks", "not_a_server_error", "--phases", "fuzzing", "--max-examples", "10"),
        *("--seed", "1", "--no-color", "--suppress-health-check", "all", *cookies),
        *("--request-timeout", "20", "-H", f"X-Test: {secrets.token_hex(2)}"),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
