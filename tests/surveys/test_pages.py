"""Pictures over the web, and the page that says who made them."""

import pytest
from litestar.testing import AsyncTestClient
from msgspec import structs

from tests.drawn import LICENSED, drawing, photo, put
from voice.app import create_app

EASY = "support-easy-read"
DRAWING = "default-src 'none'; style-src 'unsafe-inline'"


@pytest.fixture
async def visitor(db, settings):
    """The app of a council with pictures of its own: three that stand in, one that nobody shows."""
    put(settings.pictures, "happy.webp", photo("WEBP"), shows="a child who smiles")
    put(
        settings.pictures, "ear.png", photo("PNG"), shows="an ear",
        source="Widgit Symbols", author="Widgit Software", **LICENSED, until="2099-03-31",
    )  # fmt: skip
    put(settings.pictures, "sad.jpg", photo(), shows="a child who cries")
    put(settings.pictures, "unused.svg", drawing(), shows="something that nobody shows")
    async with AsyncTestClient(create_app(settings)) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("happy.svg", "image/webp"),
        ("ear.svg", "image/png"),
        ("sad.svg", "image/jpeg"),
        ("ok.svg", "image/svg+xml"),
        ("unused.svg", "image/svg+xml"),
    ],
)
async def test_a_picture_says_of_what_kind_it_is_and_nothing_guesses(visitor, name, kind):
    answer = await visitor.get(f"/pictures/{EASY}/{name}")
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_drawing_opened_by_its_address_may_run_and_fetch_nothing(visitor):
    answer = await visitor.get(f"/pictures/{EASY}/ok.svg")
    policies = answer.headers.get_list("content-security-policy")
    assert len(policies) == 1
    assert policies[0].startswith(DRAWING)
    assert "sandbox" in policies[0]
    assert answer.headers["x-frame-options"] == "DENY"

    other = await visitor.get(f"/pictures/{EASY}/happy.svg")
    assert len(other.headers.get_list("content-security-policy")) == 1
    assert other.headers["content-security-policy"].startswith("default-src 'self'")
    assert other.headers["cache-control"] == "public, max-age=86400"


async def test_a_picture_whose_file_went_away_is_not_found(visitor, settings):
    (settings.pictures / "happy.webp").unlink()
    assert (await visitor.get(f"/pictures/{EASY}/happy.svg")).status_code == 404


async def test_the_credits_name_what_is_really_shown_by_source(visitor, read_page):
    page = read_page((await visitor.get("/credits")).text)
    tables = {h2.text: h2.find_next("table").text for h2 in page.select("main > h2")}
    assert list(tables) == ["OpenMoji 17.0.0", "Our own pictures", "Widgit Symbols"]
    assert "a child who smiles" in tables["Our own pictures"]
    assert "Made for this survey" in tables["Our own pictures"]
    held = "Licensed. Held by Hertfordshire County Council. Until 31 March 2099."
    assert held in tables["Widgit Symbols"]
    assert "something that nobody shows" not in page.text
    # The shipped pictures that the council's stand in for are shown nowhere.
    shipped = {row.select("td")[1].text for row in page.table.select("tbody tr")}
    assert "ear" not in shipped
    assert "telephone" in " ".join(shipped)


async def test_each_credit_has_its_picture_which_is_there_and_is_silent(visitor, read_page):
    page = read_page((await visitor.get("/credits")).text)
    rows = page.select("tbody tr")
    assert len(rows) == len(page.select("tbody img"))
    for image in page.select("tbody img"):
        assert image["alt"] == ""
        assert image["loading"] == "lazy"
        assert (await visitor.get(image["src"])).status_code == 200
    regions = [region["aria-label"] for region in page.select("[role=region]")]
    assert len(set(regions)) == len(regions) == 3


async def test_licences_can_be_looked_up_once_for_each_source(visitor, read_page):
    page = read_page((await visitor.get("/credits")).text)
    links = [link["href"] for link in page.select("main > p a")]
    assert links == ["https://creativecommons.org/licenses/by-sa/4.0/"]


async def test_without_pictures_of_the_council_all_are_shipped(client, read_page, settings):
    assert not settings.pictures.exists()
    page = read_page((await client.get("/credits")).text)
    assert [h2.text for h2 in page.select("main > h2")] == ["OpenMoji 17.0.0"]
    assert "Julian Grüneberg" in page.text


def test_the_folder_of_the_councils_pictures_can_be_set(settings, tmp_path):
    assert settings.pictures == settings.data_dir / "pictures"
    elsewhere = structs.replace(settings, pictures_dir=str(tmp_path / "elsewhere"))
    assert elsewhere.pictures == tmp_path / "elsewhere"
