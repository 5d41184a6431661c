"""Static files: what comes over the wire, and for how long it is good."""

import gzip

import pytest

from voice.web.templates import STATIC, static


@pytest.mark.parametrize("name", ["voice.css", "fonts.css", "device.js"])
async def test_style_and_script_travel_packed_to_who_can_unpack(client, name):
    answer = await client.get(static(name), headers={"accept-encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content == (STATIC / name).read_bytes()
    packed = len(gzip.compress((STATIC / name).read_bytes()))
    assert int(answer.headers.get("content-length", packed)) < len(answer.content)


async def test_who_cannot_unpack_gets_it_plain(client):
    answer = await client.get(static("voice.css"), headers={"accept-encoding": "identity"})

    assert "content-encoding" not in answer.headers
    assert answer.content == (STATIC / "voice.css").read_bytes()


async def test_a_page_is_never_packed(client):
    answer = await client.get("/surveys/support-easy-read", headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers
