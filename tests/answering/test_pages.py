"""What a respondent sees and does, over HTTP."""

import pytest

from tests import given

EASY = "/surveys/support-easy-read"
PARENTS = "/surveys/support-parents-carers"


async def begin(client, survey=EASY, words=""):
    return await client.post(f"{survey}/start", data={"assent": "yes", "words": words})


async def test_the_first_page_offers_every_survey(client, read_page):
    page = read_page((await client.get("/")).text)
    assert len(page.select(".doors li")) == 5


async def test_saying_no_keeps_nothing(client, db):
    response = await client.post(f"{EASY}/start", data={"assent": "no", "words": ""})
    assert "That is OK" in response.text
    assert await db.fetchval("select count(*) from responses") == 0


async def test_the_cookie_is_for_this_survey_only_and_hidden_from_scripts(client):
    response = await client.post(
        f"{EASY}/start", data={"assent": "yes", "words": ""}, follow_redirects=False
    )
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert f"Path={EASY}" in cookie
    assert "SameSite=lax" in cookie


async def test_without_a_cookie_a_question_leads_to_the_start(client, read_page):
    response = await client.get(f"{EASY}/pages/listened")
    assert response.url.path == EASY
    assert read_page(response.text).h1.text == "Tell us about your help"


async def test_an_answer_is_there_when_the_person_goes_back(client, read_page):
    await begin(client)
    await client.post(f"{EASY}/pages/listened", data={"listened": "no", "go": "next"})

    page = read_page((await client.get(f"{EASY}/pages/listened")).text)

    assert page.select_one("input[checked]")["value"] == "no"
    assert page.title.text.startswith("Question 1 of ")


async def test_missed_unsure_and_answered_are_stored_apart(client, db):
    await begin(client)
    await client.post(f"{EASY}/pages/listened", data={"listened": "no", "go": "skip"})
    await client.post(f"{EASY}/pages/happy_with_help", data={"happy_with_help": "dont_know"})
    await client.post(f"{EASY}/pages/going_well", data={"going_well": "my TA"})
    await client.post(f"{EASY}/send")

    found = {question: (state, value) for question, state, value in await given.said(db)}

    assert found["listened"] == ("skipped", None)
    assert found["happy_with_help"] == ("dont_know", None)
    assert found["going_well"] == ("answered", "my TA")
    assert found["helped_by"] == ("not_shown", None)


async def test_words_that_are_too_long_are_shown_again_as_typed(client, read_page, db):
    await begin(client)
    typed = "\n  chips & <b>" + "a" * 2001
    response = await client.post(f"{EASY}/pages/one_change", data={"one_change": typed})

    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("textarea").text == "\n" + typed
    assert "too long" in page.select_one("[role=alert]").text
    assert page.title.text.startswith("Problem: ")
    assert await db.fetchval("select count(*) from answers") == 0


async def test_an_answer_that_is_not_on_offer_is_refused_with_kind_words(client, read_page):
    await begin(client)
    response = await client.post(f"{EASY}/pages/listened", data={"listened": "never"})
    assert response.status_code == 422
    assert "Choose one" in read_page(response.text).select_one("[role=alert]").text


async def test_control_characters_are_taken_out_and_the_rest_is_kept(client, db):
    await begin(client)
    await client.post(f"{EASY}/pages/one_change", data={"one_change": "be\x00 kind\x07\n\u202e🙂"})
    assert await given.said(db) == [("one_change", "answered", "be kind\n🙂")]


async def test_a_page_that_hangs_on_an_answer_comes_only_after_it(client, read_page):
    await begin(client)
    response = await client.post(f"{EASY}/pages/helped", data={"helped": "read"})
    assert response.url.path == f"{EASY}/pages/helped_by"
    response = await client.post(f"{EASY}/pages/helped", data={"helped": "alone"})
    assert response.url.path == f"{EASY}/pages/may_quote"


async def test_a_changed_answer_leads_back_to_the_check(client, read_page):
    await begin(client)
    pages = {"listened": "no", "happy_with_help": "ok", "helped": "alone", "may_quote": "no"}
    for page, value in pages.items():
        await client.post(f"{EASY}/pages/{page}", data={page: value})
    for page in ("going_well", "one_change", "age_band"):
        await client.post(f"{EASY}/pages/{page}", data={"go": "skip"})

    response = await client.post(
        f"{EASY}/pages/listened", data={"listened": "yes", "checking": "yes"}
    )

    assert response.url.path == f"{EASY}/check"
    page = read_page(response.text)
    assert [d.text for d in page.select("dd.said")] == ["Yes", "OK", "No", "No"]
    assert len(page.select("dd.missed")) == 3


async def test_sending_twice_sends_once_and_queues_one_job(client, db, read_page):
    await begin(client)
    await client.post(f"{EASY}/pages/one_change", data={"one_change": "more breaks"})
    first = await client.post(f"{EASY}/send")
    second = await client.post(f"{EASY}/send")

    assert first.url.path == second.url.path == f"{EASY}/thank-you"
    code = read_page(first.text).select_one(".code").text
    assert code == read_page(second.text).select_one(".code").text
    assert len(code.split()) == 3
    assert await db.fetchval("select count(*) from pgqueuer where entrypoint = 'enrich'") == 1


async def test_sent_answers_cannot_be_changed(client, db):
    await begin(client)
    await client.post(f"{EASY}/pages/listened", data={"listened": "no"})
    await client.post(f"{EASY}/send")
    response = await client.post(f"{EASY}/pages/listened", data={"listened": "yes"})
    assert response.url.path == f"{EASY}/thank-you"
    kept = await db.fetchval("select value from answers where question_id = 'listened'")
    assert kept == '"no"'


async def test_finish_forgets_the_person_on_this_device(client):
    await begin(client)
    await client.post(f"{EASY}/send")
    await client.post(f"{EASY}/finish")
    assert (await client.get(f"{EASY}/thank-you")).url.path == EASY


async def test_three_words_take_the_answers_back(client, db, read_page):
    await begin(client)
    await client.post(f"{EASY}/pages/one_change", data={"one_change": "more breaks"})
    code = read_page((await client.post(f"{EASY}/send")).text).select_one(".code").text

    wrong = await client.post("/withdraw", data={"code": "not these words"})
    right = await client.post("/withdraw", data={"code": f" {code.upper()} "})

    assert wrong.status_code == 422
    assert read_page(wrong.text).select_one("#code")["value"] == "not these words"
    assert "deleted" in read_page(right.text).main.text
    assert await db.fetchval("select count(*) from responses") == 0
    assert await db.fetchval("select count(*) from answers") == 0


async def test_easy_words_are_the_same_questions_with_the_same_ids(client, read_page, db):
    response = await begin(client, PARENTS, "easy-read")
    page = read_page(response.text)
    assert page.html["class"] == ["easy"]
    await client.post(f"{PARENTS}/pages/listened", data={"listened": "no"})
    assert await db.fetchval("select wording from responses") == "easy-read"


@pytest.mark.parametrize(
    "address", ["/surveys/nope", f"{EASY}/pages/nope", "/nope", "/pictures/x/y.svg"]
)
async def test_a_wrong_address_says_what_to_do_next(client, read_page, address):
    await begin(client)
    response = await client.get(address)
    assert response.status_code == 404
    assert read_page(response.text).main.a["href"] == "/"


async def test_a_fault_of_ours_undoes_the_saving_and_shows_no_stack_trace(
    client, db, monkeypatch, read_page
):
    await begin(client)

    def fall_over(*_):
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("voice.answering.journey.page_after", fall_over)
    response = await client.post(f"{EASY}/pages/listened", data={"listened": "no"})

    assert response.status_code == 500
    assert "not your fault" in read_page(response.text).main.text
    assert "secret words" not in response.text
    assert await db.fetchval("select count(*) from answers") == 0


async def test_a_post_from_another_site_is_refused(client, db):
    response = await client.post(
        f"{EASY}/start", data={"assent": "yes"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert response.status_code == 403
    response = await client.post(
        f"{EASY}/start", data={"assent": "yes"}, headers={"origin": "https://elsewhere.example"}
    )
    assert response.status_code == 403
    assert await db.fetchval("select count(*) from responses") == 0


async def test_every_answer_carries_the_protecting_headers(client):
    for address in ("/", "/nope", "/static/voice.css"):
        headers = (await client.get(address)).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
    assert (await client.get("/")).headers["cache-control"] == "no-store"
    assert "immutable" in (await client.get("/static/voice.css")).headers["cache-control"]


async def test_reading_sets_no_cookie(client):
    for address in ("/", "/help", EASY, "/withdraw"):
        assert "set-cookie" not in (await client.get(address)).headers


async def test_stopping_keeps_what_was_typed_and_three_words_carry_on_elsewhere(
    client, db, read_page
):
    await begin(client)
    await client.post(f"{EASY}/pages/listened", data={"listened": "no", "go": "next"})
    stopped = await client.post(
        f"{EASY}/pages/going_well", data={"going_well": "my TA", "go": "stop"}
    )
    page = read_page(stopped.text)
    code = page.select_one(".code").text
    picture = await client.get(page.select_one("main img")["src"])
    assert picture.headers["content-type"].startswith("image/svg+xml")
    await client.post(f"{EASY}/finish")

    wrong = await client.post("/come-back", data={"code": "not these words"})
    back = await client.post("/come-back", data={"code": code.replace(" ", "-").upper()})

    assert wrong.status_code == 422
    assert back.url.path == f"{EASY}/pages/happy_with_help"
    page = read_page((await client.get(f"{EASY}/pages/going_well")).text)
    assert page.select_one("textarea").text.strip() == "my TA"
    assert await db.fetchval("select count(*) from responses") == 1


async def test_stopping_before_answering_is_not_missing_the_question(client, db):
    await begin(client)
    await client.post(f"{EASY}/pages/listened", data={"go": "stop"})
    assert await db.fetchval("select count(*) from answers") == 0


async def test_words_that_are_too_long_are_shown_again_also_on_stopping(client, read_page):
    await begin(client)
    typed = "a" * 2001
    response = await client.post(
        f"{EASY}/pages/one_change", data={"one_change": typed, "go": "stop"}
    )
    assert response.status_code == 422
    assert read_page(response.text).select_one("textarea").text.strip() == typed


async def test_the_same_three_words_come_back_and_take_back(client, read_page):
    await begin(client)
    stopped = await client.post(f"{EASY}/pages/listened", data={"listened": "no", "go": "stop"})
    sent = await client.post(f"{EASY}/send")
    codes = [read_page(page.text).select_one(".code").text for page in (stopped, sent)]
    assert codes[0] == codes[1]
    # Once sent, the answers cannot be opened again, only taken back.
    sent = read_page((await client.post("/come-back", data={"code": codes[0]})).text)
    assert sent.h1.text == "Your answers are sent"
    assert "deleted" in (await client.post("/withdraw", data={"code": codes[0]})).text


async def test_a_device_that_was_left_behind_cannot_go_on(client, read_page):
    await begin(client)
    stopped = await client.post(f"{EASY}/pages/listened", data={"listened": "no", "go": "stop"})
    left_behind = client.cookies["voice_answers"]
    await client.post("/come-back", data={"code": read_page(stopped.text).select_one(".code").text})
    client.cookies.clear()
    client.cookies.set("voice_answers", left_behind)
    assert (await client.get(f"{EASY}/carry-on")).url.path == EASY


async def test_every_picture_has_its_credit(client, read_page):
    page = read_page((await client.get("/credits")).text)
    assert len(page.select("tbody tr")) >= 20
    assert "CC BY-SA 4.0" in page.main.text


async def test_a_hard_word_is_explained_on_the_page_where_it_stands(client, read_page):
    home = "/surveys/support-young-people"
    await client.post(f"{home}/start", data={"assent": "yes", "words": ""})
    page = read_page((await client.get(f"{home}/pages/has_plan")).text)
    explained = {d.dt.text: d.dd.text for d in page.select(".explained div")}
    assert explained == {"EHC": "Education, health and care."}
    page = read_page((await client.get(f"{home}/pages/listened")).text)
    assert not page.select(".explained")
