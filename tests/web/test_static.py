"""Static files: what comes over the wire, and for how long it is good."""

import gzip

import pytest

from voice.web.static_files import files
from voice.web.templates import STATIC, static


@pytest.mark.parametrize("name", ["voice.css", "fonts.css", "device.js"])
async def test_style_and_script_travel_packed_to_who_can_unpack(client, name):
    answer = await client.get(static(name), headers={"accept-encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content == (STATIC / name).read_bytes()
    packed = len(gzip.compress((STATIC / name).read_bytes()))
    assert int(answer.headers.get("content-length", packed)) < len(answer.content)


@pytest.mark.parametrize("name", ["fonts/atkinson-latin.woff2", "voice.svg"])
async def test_every_file_is_good_for_a_year_and_says_what_it_is(client, name):
    answer = await client.get(static(name))

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith(("font/woff2", "image/svg+xml"))
    assert answer.content == (STATIC / name).read_bytes()


async def test_a_file_is_packed_once_however_often_it_is_asked_for(client, monkeypatch):
    files()
    monkeypatch.setattr("gzip.compress", None)
    for _ in range(3):
        answer = await client.get(static("voice.css"), headers={"accept-encoding": "gzip, br"})
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("name", ["../templates.py", "%2e%2e/templates.py", "nothing.css", ""])
async def test_nothing_but_these_files_is_answered_with(client, name):
    assert (await client.get(f"/static/{name}")).status_code == 404


async def test_who_asks_only_about_a_file_is_told_about_it(client):
    answer = await client.head(static("voice.css"))

    assert answer.status_code == 200
    assert answer.content == b""


async def test_who_cannot_unpack_gets_it_plain(client):
    answer = await client.get(static("voice.css"), headers={"accept-encoding": "identity"})

    assert "content-encoding" not in answer.headers
    assert answer.content == (STATIC / "voice.css").read_bytes()


async def test_a_page_is_never_packed(client):
    answer = await client.get("/surveys/support-easy-read", headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers
