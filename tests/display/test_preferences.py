"""How pages look: a closed list, kept in one small cookie."""

import pytest

from voice.display.pages import inside
from voice.display.preferences import OFFERED, Preferences, from_cookie, to_cookie


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in OFFERED.items() for value in values]
)
def test_what_is_chosen_is_read_back_from_the_cookie(field, value):
    chosen = Preferences(**{field: value})
    assert from_cookie(to_cookie(chosen)) == chosen


@pytest.mark.parametrize("cookie", ["", "words=huge", "x=y", "words", "%00", "words=large<script>"])
def test_what_is_not_on_offer_counts_as_not_chosen(cookie):
    assert from_cookie(cookie) == Preferences()


def test_the_usual_look_needs_no_class_and_no_cookie():
    assert Preferences().classes == ""
    assert to_cookie(Preferences()) == ""


async def test_a_choice_shows_on_every_page_and_leads_back(client, read_page):
    response = await client.post(
        "/display", data={"words": "largest", "colours": "dark", "back": "/withdraw"}
    )
    assert response.url.path == "/withdraw"
    for address in ("/", "/surveys/support-easy-read", "/nope"):
        page = read_page((await client.get(address)).text)
        assert {"words-largest", "colours-dark"} <= set(page.html["class"])
    page = read_page((await client.get("/display")).text)
    assert page.select_one("#colours-dark").has_attr("checked")


async def test_an_invitation_can_choose_beforehand(client, read_page):
    response = await client.get("/display/pictures-big,answers-tap,words-huge/support-easy-read")
    assert response.url.path == "/surveys/support-easy-read"
    assert set(read_page(response.text).html["class"]) == {"pictures-big", "answers-tap", "easy"}


async def test_tap_and_go_answers_with_one_press(client, read_page):
    await client.post("/display", data={"answers": "tap"})
    start = "/surveys/support-easy-read"
    await client.post(f"{start}/start", data={"assent": "yes", "words": ""})
    page = read_page((await client.get(f"{start}/pages/listened")).text)
    assert not page.select("input[type=radio]")
    assert [b["value"] for b in page.select("button.tap")] == [
        "yes",
        "sometimes",
        "no",
        "dont_know",
    ]
    assert "Next" not in [b.text for b in page.select(".actions button")]

    await client.post(f"{start}/pages/listened", data={"listened": "sometimes"})
    page = read_page((await client.get(f"{start}/pages/listened")).text)
    assert page.select_one("button.chosen")["value"] == "sometimes"


@pytest.mark.parametrize(
    ("address", "led_to"),
    [("/help", "/help"), ("//x.example", "/"), ("https://x.example", "/"), ("/\\x.example", "/")],
)
def test_nobody_is_led_to_another_site(address, led_to):
    assert inside(address) == led_to
