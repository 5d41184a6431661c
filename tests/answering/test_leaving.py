"""Leaving at once: elsewhere, and nothing to see for whoever presses Back."""

EASY = "/surveys/support-easy-read"
SECRET = "something nobody may see"


async def begin(client) -> None:
    await client.post(f"{EASY}/start", data={"assent": "yes", "words": ""})
    await client.post(f"{EASY}/pages/one_change", data={"one_change": SECRET})


async def test_who_leaves_goes_elsewhere_and_back_shows_no_answer(client, read_page):
    await begin(client)
    left = await client.get(f"{EASY}/leave", follow_redirects=False)
    assert left.status_code == 303
    assert left.headers["location"] == "https://www.bbc.co.uk/weather"
    for address in ("pages/one_change", "pages/listened", "check", "stopped"):
        page = read_page((await client.get(f"{EASY}/{address}")).text)
        assert page.h1.text == "Tell us about your help", address
        assert SECRET not in page.text


async def test_the_page_that_went_elsewhere_by_itself_only_tells(client):
    await begin(client)
    told = await client.post(f"{EASY}/leave")
    assert (told.status_code, told.content) == (204, b"")
    assert SECRET not in (await client.get(f"{EASY}/pages/one_change")).text


async def test_nothing_is_lost_for_who_carries_on(client):
    await begin(client)
    await client.get(f"{EASY}/leave", follow_redirects=False)
    assert "Carry on" in (await client.get(EASY)).text
    await client.get(f"{EASY}/carry-on")
    assert SECRET in (await client.get(f"{EASY}/pages/one_change")).text


async def test_another_survey_is_left_alone(client):
    other = "/surveys/support-young-people"
    await client.post(f"{other}/start", data={"assent": "yes", "words": ""})
    await client.get(f"{EASY}/leave", follow_redirects=False)
    assert str((await client.get(f"{other}/check")).url).endswith("/check")


async def test_every_page_has_the_way_out(client, read_page):
    await begin(client)
    for address in ("/", "/help", f"{EASY}/pages/listened", f"{EASY}/check", "/nope", EASY):
        link = read_page((await client.get(address)).text).select_one("a.leave")
        assert link["data-to"] == "https://www.bbc.co.uk/weather"
        assert link["href"] in (link["data-to"], f"{EASY}/leave")
