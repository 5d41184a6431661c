"""“You said, we did” on other sites: the feed and the frame."""

from datetime import date
from xml.etree import ElementTree

import pytest
from litestar.testing import AsyncTestClient
from msgspec.structs import replace

from tests import given
from voice.app import create_app
from voice.errors import BadInput
from voice.settings import read

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
async def theme(db):
    return await given.agreed_theme(db, "Late & <b>loud</b>", await given.comments(db, 12))


async def app_with(settings, **changed):
    return AsyncTestClient(create_app(replace(settings, **changed)))


async def test_the_feed_is_atom_with_absolute_addresses_and_escaped_words(settings, db, theme):
    by = await given.person(db, "officer")
    await given.pledge(db, theme, by=by, words="]]> & <script>alert(1)</script>")
    await given.pledge(db, theme, by=by, words="Secret plan", published=False)
    async with await app_with(settings, public_url="https://voice.example/") as client:
        answer = await client.get("/you-said/feed.xml")
        easy = await client.get("/you-said/feed.xml?words=easy-read")

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    assert [root.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated")] == (
        [True] * 3
    )
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == "https://voice.example/you-said/1"
    assert entry.findtext(f"{ATOM}title") == "Late & <b>loud</b>"
    assert entry.findtext(f"{ATOM}updated") == f"{date.today().isoformat()}T00:00:00Z"
    assert "<script>alert(1)</script>" in str(entry.findtext(f"{ATOM}summary"))
    assert "About 10 people said this." in str(entry.findtext(f"{ATOM}summary"))
    addresses = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
    assert len(addresses) == 3
    assert all(address.startswith("https://voice.example/you-said") for address in addresses)
    assert b"<script" not in answer.content
    assert "Secret plan" not in answer.text
    assert "You wait a long time." in easy.text


async def test_with_nothing_published_the_feed_is_still_a_feed(client):
    root = ElementTree.fromstring((await client.get("/you-said/feed.xml")).content)
    assert root.findtext(f"{ATOM}updated")
    assert root.findall(f"{ATOM}entry") == []


async def test_no_site_may_frame_anything_until_the_setting_names_it(client):
    for address in ("/you-said/embed", "/you-said"):
        headers = (await client.get(address)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"


async def test_the_named_sites_may_frame_this_page_and_no_other(settings, db, theme, read_page):
    await given.pledge(db, theme)
    sites = "https://offer.example  https://forum.example:8443"
    async with await app_with(settings, embed_origins=sites) as client:
        framed = await client.get("/you-said/embed")
        others = [await client.get(address) for address in ("/you-said", "/", "/staff/sign-in")]

    policy = framed.headers["content-security-policy"]
    assert "frame-ancestors https://offer.example https://forum.example:8443;" in policy
    assert "script-src 'none'" in policy
    assert "x-frame-options" not in framed.headers
    assert "set-cookie" not in framed.headers
    page = read_page(framed.text)
    assert not page.select("script, form, iframe")
    assert {a["target"] for a in page.select("a")} == {"_top"}
    assert "therapists" in page.text
    for other in others:
        assert "frame-ancestors 'none'" in other.headers["content-security-policy"]
        assert other.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "origins", ["*", "http://a.example", "https://a.example; script-src *", "https://a.example/x"]
)
def test_a_setting_that_is_no_list_of_sites_is_refused(origins):
    with pytest.raises(BadInput, match="VOICE_EMBED_ORIGINS"):
        read({"VOICE_EMBED_ORIGINS": origins})
