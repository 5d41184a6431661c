"""Requests are noted by route, with an id; figures go to whoever has the token, and tell nobody."""

import logging
import os
import re
import subprocess
import sys
import time
from typing import Any

import httpx
import pytest
from litestar.testing import AsyncTestClient
from msgspec import json
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families

from tests import given
from tests.browser.serving import free_port, wait_for
from voice import logs
from voice.app import create_app
from voice.upkeep import store
from voice.upkeep.observed import Watch

TOKEN = "a token of sixteen or more"
SENT = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def watched(clean, settings):
    """The app with figures, and with logs as JSON."""
    await given.reader_on_rota(clean)
    app = create_app(replace(settings, metrics_token=TOKEN, log="json"))
    async with AsyncTestClient(app) as client:
        yield client


def read(page: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


async def test_figures_are_there_for_the_token_only(client, watched):
    assert (await client.get("/metrics", headers=SENT)).status_code == 404, "no token is set"
    for wrong in ({}, {"authorization": "Bearer "}, {"authorization": f"Bearer {TOKEN}x"}):
        assert (await watched.get("/metrics", headers=wrong)).status_code == 404
    assert (await watched.get("/metrics", headers=SENT)).status_code == 200


async def test_requests_are_counted_by_route_and_nothing_typed_is_a_label(watched):
    await watched.get("/surveys/support-easy-read")
    await watched.get("/surveys/quiddlenook?who=quiddlenook")
    await watched.get("/quiddlenook")
    await watched.request("QUIDDLENOOK", "/")
    page = (await watched.get("/metrics", headers=SENT)).text
    assert "quiddlenook" not in page.lower()
    assert "support-easy-read" not in page
    found = read(page)
    counted = {
        (labels["method"], labels["route"], labels["status"]): value
        for labels, value in found["voice_requests_total"]
    }
    assert counted["GET", "/surveys/{survey_id}", "404"] == 1
    assert counted["GET", "nowhere", "404"] == 1
    assert any(method == "other" for method, _, _ in counted)
    assert {frozenset(labels) for labels, _ in found["voice_request_seconds_count"]} == {
        frozenset({"route"})
    }


async def test_jobs_and_the_worker_are_seen(watched, db):
    await store.live(db, "a worker")
    await db.execute(
        "insert into pgqueuer (priority, status, entrypoint, created, updated)"
        " values (0, 'failed', 'enrich', now(), now())"
    )
    found = read((await watched.get("/metrics", headers=SENT)).text)
    assert found["voice_database_up"] == [({}, 1.0)]
    assert found["voice_jobs"] == [({"job": "enrich", "state": "failed"}, 1.0)]
    assert 0 <= found["voice_worker_silent_seconds"][0][1] < 60
    assert "a worker" not in str(found)


class Nobody:
    """A pool whose database does not answer."""

    async def acquire(self, **_: object) -> None:
        raise OSError


async def test_figures_say_when_the_database_is_away(watched, monkeypatch):
    monkeypatch.setattr(watched.app.state, "pool", Nobody())
    found = read((await watched.get("/metrics", headers=SENT)).text)
    assert found["voice_database_up"] == [({}, 0.0)]
    assert "voice_jobs" not in found


async def test_each_answer_has_an_id_of_its_own(client):
    answers = [await client.get("/", headers={"x-request-id": "mine-mine-mine"}) for _ in range(2)]
    ids = [one.headers["x-request-id"] for one in answers]
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in ids), "nobody chooses theirs"
    assert ids[0] != ids[1]
    assert len((await client.get("/nowhere")).headers["x-request-id"]) == 16


def test_a_proxy_of_ours_may_give_the_id(settings):
    watch = Watch(replace(settings, behind_proxy=True))
    for given_id, taken in ((b"8c7d-0001", True), (b"short", False), (b"a b c d e f", False)):
        assert (watch._id({"headers": [(b"x-request-id", given_id)]}) == given_id) is taken


def written(**about: object) -> dict[str, Any]:
    record = logging.LogRecord("voice.web", 20, "", 1, "hello %s", ("you",), None)
    record.__dict__.update(about)
    line: dict[str, Any] = json.decode(logs.AsJson().format(record))
    return line


def test_a_line_is_json_with_the_id_of_its_request():
    assert "request" not in written()
    token = logs.request_id.set("abc")
    try:
        line = written(about={"route": "/x"})
    finally:
        logs.request_id.reset(token)
    assert (line["message"], line["request"], line["route"]) == ("hello you", "abc", "/x")


def test_an_error_s_own_words_are_in_no_line():
    word = "quiddlenook"
    try:
        raise ValueError(word)
    except ValueError:
        line = written(exc_info=sys.exc_info())
    assert line["error"] == "ValueError"
    assert "quiddlenook" not in str(line)
    other = logging.LogRecord("asyncio", 40, "", 1, "Lost a task\nresult='quiddlenook'", (), None)
    assert "quiddlenook" not in logs.AsJson().format(other)


@pytest.mark.slow
def test_several_processes_count_together(clean, tmp_path):
    port = free_port()
    known = {
        **os.environ,
        "DATABASE_URL": clean,
        "VOICE_PORT": str(port),
        "VOICE_DATA_DIR": str(tmp_path),
        "VOICE_WEB_WORKERS": "2",
        "VOICE_METRICS_TOKEN": TOKEN,
        "TMPDIR": str(tmp_path),
    }
    with (tmp_path / "said").open("w") as said:
        serving = subprocess.Popen(
            [sys.executable, "-m", "voice", "serve"], env=known, stdout=said, stderr=said
        )
    try:
        wait_for(port, serving)
        for _ in range(40):  # A new connection each, so that both are asked.
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        time.sleep(0.2)
        page = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=SENT).text
    finally:
        serving.terminate()
        serving.wait(20)
    counted = {
        tuple(labels.values()): value for labels, value in read(page)["voice_requests_total"]
    }
    assert counted["GET", "/healthz", "200"] == 40
    assert list(tmp_path.glob("voice-counts-*")) == [], "nothing is left"
