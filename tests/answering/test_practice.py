"""The question to try, and the page of looks before it: both can be skipped, nothing is kept."""

HOME = "/surveys/support-easy-read"


async def begin(client):
    return await client.post(f"{HOME}/start", data={"assent": "yes", "words": ""})


async def test_a_survey_in_easy_words_begins_with_how_it_looks_then_a_question_to_try(
    client, read_page
):
    first = await begin(client)
    assert first.url.path == "/display/first"
    page = read_page(first.text)
    assert [box["name"] for box in page.select("fieldset input[checked]")] == [
        "words", "colours", "pictures", "listening",
    ]  # fmt: skip
    looks = {"words": "larger", "back": page.select_one("input[name=back]")["value"]}
    after = await client.post("/display", data=looks)
    assert after.url.path == f"{HOME}/practice"
    assert "words-larger" in read_page(after.text).html["class"]


async def test_the_looks_can_be_skipped_and_are_asked_once(client, read_page):
    page = read_page((await begin(client)).text)
    back = page.select_one("input[name=back]")["value"]
    assert (await client.post("/display", data={"skip": "yes", "back": back})).url.path.endswith(
        "/practice"
    )
    assert (await begin(client)).url.path == f"{HOME}/practice"


async def test_who_came_by_a_link_that_chose_the_looks_is_not_asked(client):
    await client.get("/display/words-large/support-easy-read")
    assert (await begin(client)).url.path == f"{HOME}/practice"


async def test_what_is_tried_is_told_back_and_never_kept(client, read_page, db):
    await begin(client)
    page = read_page((await client.get(f"{HOME}/practice")).text)
    assert page.h1.text == "Do you like ice cream?"
    assert "We do not keep it" in page.text
    tried = read_page((await client.post(f"{HOME}/practice", data={"try_it": "sometimes"})).text)
    assert "You chose: Sometimes" in tried.main.text
    assert tried.select_one("a.next")["href"] == f"{HOME}/pages/need_help_now"
    assert await db.fetchval("select count(*) from answers") == 0
    await client.post(f"{HOME}/pages/try_it", data={"try_it": "yes"})
    assert await db.fetchval("select count(*) from answers") == 0


async def test_nothing_and_nonsense_are_fine_answers_to_a_question_to_try(client, read_page):
    await begin(client)
    nothing = read_page((await client.post(f"{HOME}/practice", data={})).text)
    assert "That is OK" in nothing.main.text
    nonsense = await client.post(f"{HOME}/practice", data={"try_it": "x"})
    assert read_page(nonsense.text).h1.text == "Do you like ice cream?"


async def test_a_survey_without_one_goes_on_to_its_first_page(client):
    other = "/surveys/support-parents-carers"
    await client.post(f"{other}/start", data={"assent": "yes", "words": ""})
    for answer in (await client.get(f"{other}/practice"), await client.post(f"{other}/practice")):
        assert answer.url.path == f"{other}/pages/need_help_now"


async def test_it_is_no_question_of_the_survey(client, read_page):
    await begin(client)
    page = read_page((await client.get(f"{HOME}/pages/listened")).text)
    assert "Question 1 of 7" in page.text
    check = read_page((await client.get(f"{HOME}/check")).text)
    assert "ice cream" not in check.text
