"""What staff print, and how a paper that comes back is typed in, over HTTP."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from tests import given
from voice.answering import codes

PARENTS = "/staff/paper/support-parents-carers"
EASY = "/staff/paper/support-easy-read"


async def type_in(client, address=EASY, follow=True, **typed):
    """Post a paper; `typed` are the answers, `number` and `words` the form's own fields."""
    data = {
        "_csrf_token": await given.token(client, address),
        "paper-number": typed.pop("number", "17"),
        "paper-words": typed.pop("words", ""),
    }
    return await client.post(address, data=data | typed, follow_redirects=follow)


async def kept_answers(db):
    return {question: (state, value) for question, state, value in await given.said(db)}


async def test_every_survey_is_there_to_print_in_every_wording(client, db, read_page):
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get("/staff/paper")).text)

    links = [link["href"] for link in page.select("main a")]
    assert f"{EASY}/booklet.pdf" in links
    assert f"{PARENTS}/cards.pdf?words=easy-read" in links
    assert page.select_one("nav a[href='/staff/paper']")
    assert EASY not in links, "a reviewer does not type in"


@pytest.mark.parametrize("kind", ["booklet", "cards"])
async def test_a_sheet_comes_as_a_pdf_to_keep(client, db, kind):
    await given.staff(client, db, "officer")
    response = await client.get(f"{PARENTS}/{kind}.pdf?words=easy-read")

    assert response.content.startswith(b"%PDF-")
    assert response.headers["content-type"] == "application/pdf"
    name = f"support-parents-carers-easy-read-{kind}.pdf"
    assert name in response.headers["content-disposition"]


async def test_a_survey_that_is_not_there_cannot_be_printed(client, db):
    await given.staff(client, db, "officer")
    assert (await client.get("/staff/paper/no-survey/booklet.pdf")).status_code == 404
    assert (await client.get(f"{EASY}/booklet.pdf?words=latin")).status_code == 404


@pytest.mark.parametrize(
    ("role", "sees", "types"),
    [
        ("reviewer", 200, 403),
        ("officer", 200, 200),
        ("administrator", 200, 200),
        ("safeguarding_lead", 403, 403),
    ],
)
async def test_who_may_print_and_who_may_type_in(client, db, role, sees, types):
    await given.staff(client, db, role)
    assert (await client.get("/staff/paper")).status_code == sees
    assert (await client.get(EASY)).status_code == types
    token = await given.token(client, "/staff")
    typed = {"_csrf_token": token, "paper-number": "9", "listened": "yes"}
    response = await client.post(EASY, data=typed)
    assert response.status_code == types
    assert await db.fetchval("select count(*) from responses") == (types == 200)


async def test_nobody_types_in_without_signing_in(client, db):
    response = await client.post(EASY, data={"paper-number": "1"}, follow_redirects=False)
    assert response.status_code in (303, 403)
    assert await db.fetchval("select count(*) from responses") == 0


async def test_the_form_asks_what_the_paper_asks_in_its_words(client, db, read_page):
    await given.staff(client, db, "officer")
    page = read_page((await client.get(f"{PARENTS}?words=easy-read")).text)

    asked = [legend.text for legend in page.select("fieldset legend")]
    assert "Q1 How happy are you with the help?" in asked
    assert "Q13 Did someone help you answer?" in asked
    labels = [" ".join(label.text.split()) for label in page.select(".choice label")]
    assert "3a Good" in labels
    assert "On the paper: “Did you tick 4a? Then answer this.”" in page.text
    assert len(page.select("fieldset.field, .field textarea")) == 15


async def test_a_paper_is_kept_with_its_states_apart(client, db, read_page):
    await given.staff(client, db, "officer")
    page = read_page(
        (
            await type_in(
                client,
                PARENTS,
                words="easy-read",
                satisfaction="dont_know",
                listened="sometimes",
                happy_with_help="",
                waiting="no",
                going_well="  The TA\r\nis kind ",
                helped="read",
                helped_by="family",
                may_quote="yes",
            )
        ).text
    )

    found = await kept_answers(db)
    assert found["satisfaction"] == ("dont_know", None)
    assert found["listened"] == ("answered", "sometimes")
    assert found["happy_with_help"] == ("skipped", None)
    assert found["waiting_for"] == ("not_shown", None)
    assert found["going_well"] == ("answered", "The TA\nis kind")
    assert found["one_change"] == ("skipped", None)
    row = await db.fetchrow("select * from responses")
    assert (row["route"], row["voice"], row["wave"]) == ("paper", "parent", "2026-autumn")
    assert (row["helped"], row["may_quote"]) == ("read", True)
    assert row["sent_at"]
    assert "Paper 17 is kept" in page.text
    assert "You typed in 1 paper today" in page.text
    assert not page.select("input[checked]:not([value=''])"), "the next form is empty"


async def test_who_typed_it_in_and_when_is_kept(client, db):
    by = await given.staff(client, db, "officer")
    await type_in(client, PARENTS, words="easy-read", listened="yes")
    row = await db.fetchrow("select * from paper_entries")
    assert (row["entered_by"], row["wording"]) == (by, "easy-read")
    assert row["entered_at"].date() == date.today()


async def test_what_is_written_out_of_turn_still_counts_as_answered(client, db):
    """A person who ticked “No” and wrote on the next page has said something: it must be read."""
    await given.staff(client, db, "officer")
    practitioners = "/staff/paper/support-practitioners"
    await type_in(client, practitioners, information_shared="yes", in_the_way="Forms, forms")
    assert (await kept_answers(db))["in_the_way"] == ("answered", "Forms, forms")


async def test_words_on_a_paper_are_queued_to_be_read_once(client, db):
    await given.staff(client, db, "officer")
    await type_in(client, one_change="More breaks", going_well="Art")
    jobs = await db.fetch("select payload from pgqueuer where entrypoint = 'enrich'")
    response_id = await db.fetchval("select id from responses")
    assert [job["payload"] for job in jobs] == [f'["{response_id}"]'.encode()]


async def test_a_paper_without_words_needs_no_job(client, db):
    await given.staff(client, db, "officer")
    await type_in(client, listened="yes")
    assert await db.fetchval("select count(*) from answers where state = 'answered'") == 1
    assert await db.fetchval("select count(*) from pgqueuer where entrypoint = 'enrich'") == 0


@pytest.mark.parametrize("again", ["HS-017", "hs 17", " hs-0017 "])
async def test_a_paper_is_typed_in_once_however_its_number_is_written(client, db, read_page, again):
    await given.staff(client, db, "officer")
    await type_in(client, number="HS-17", listened="yes")
    response = await type_in(client, number=again, listened="no", one_change="More breaks")

    page = read_page(response.text)
    assert response.status_code == 422
    assert "typed in already" in page.select_one("[role=alert]").text
    assert page.select_one("#one_change").text.strip() == "More breaks"
    assert page.select_one("input[name=listened][checked]")["value"] == "no"
    assert await db.fetchval("select count(*) from responses") == 1
    assert (await kept_answers(db))["listened"] == ("answered", "yes")


async def test_another_survey_may_have_a_paper_of_the_same_number(client, db):
    await given.staff(client, db, "officer")
    await type_in(client, EASY, number="1", listened="yes")
    await type_in(client, PARENTS, number="1", listened="yes")
    assert await db.fetchval("select count(*) from responses") == 2


@pytest.mark.parametrize("number", ["", "   ", "17/3", "x" * 21, "№ 5"])
async def test_a_paper_needs_a_number_that_can_be_written_again(client, db, read_page, number):
    await given.staff(client, db, "officer")
    response = await type_in(client, number=number, one_change="More breaks")

    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("[role=alert] a")["href"] == "#paper-number"
    assert page.select_one("#paper-number")["value"] == number.strip()
    assert page.select_one("#one_change").text.strip() == "More breaks"
    assert await db.fetchval("select count(*) from responses") == 0


async def test_all_that_is_wrong_is_said_at_once_and_shown_as_typed(client, db, read_page):
    await given.staff(client, db, "officer")
    typed = "\n  chips & <b>" + "a" * 2001
    response = await type_in(client, number="", one_change=typed, listened="never", helped="said")

    page = read_page(response.text)
    assert response.status_code == 422
    links = [link["href"] for link in page.select("[role=alert] a")]
    assert links == ["#paper-number", "#listened", "#one_change"]
    assert page.select_one("#one_change").text == "\n" + typed
    assert page.select_one("input[name=helped][checked]")["value"] == "said"
    assert page.title.text.startswith("Problem: ")
    assert await db.fetchval("select count(*) from responses") == 0


async def test_the_three_words_take_a_paper_back_and_free_its_number(client, db, read_page):
    await given.staff(client, db, "officer")
    page = read_page((await type_in(client, one_change="More breaks")).text)
    code = page.select_one(".code").text
    assert len(code.split()) == 3

    await client.post("/withdraw", data={"code": code})

    assert await db.fetchval("select count(*) from responses") == 0
    assert await db.fetchval("select count(*) from paper_entries") == 0
    assert (await type_in(client, listened="yes")).status_code == 200
    assert await db.fetchval("select count(*) from responses") == 1


async def test_the_three_words_can_be_found_again_by_the_papers_number(client, db, read_page):
    await given.staff(client, db, "officer")
    first = read_page((await type_in(client, number="HS-17", listened="yes")).text)
    found = read_page((await client.get(f"{EASY}?words=&kept=hs+017")).text)
    assert found.select_one(".code").text == first.select_one(".code").text

    unknown = read_page((await client.get(f"{EASY}?kept=18")).text)
    assert not unknown.select(".code")
    assert "No paper “18”" in unknown.text


async def test_a_code_that_is_taken_is_not_given_twice(client, db, settings, monkeypatch):
    await given.staff(client, db, "officer")
    plain = codes.code_for

    def same_at_first(key, response_id, attempt=0):
        return plain(key, response_id, attempt) if attempt else "apple apple apple"

    monkeypatch.setattr(codes, "code_for", same_at_first)
    await type_in(client, number="1", listened="yes")
    await type_in(client, number="2", listened="no")
    tries = await db.fetch("select code_try from responses order by source_ref")
    assert [row["code_try"] for row in tries] == [0, 1]


async def test_each_person_sees_what_they_typed_in_today(client, db, read_page):
    await given.staff(client, db, "officer")
    await type_in(client, number="1", listened="yes")
    await type_in(client, number="2", listened="yes")
    await db.execute(
        "update paper_entries set entered_at = now() - interval '2 days' where response_id ="
        " (select id from responses where source_ref = 'paper:1')"
    )
    assert "You typed in 1 paper today" in read_page((await client.get(EASY)).text).text

    await given.staff(client, db, "administrator")
    page = read_page((await client.get(EASY)).text)
    assert "You typed in 0 papers today" in page.text
    every = read_page((await client.get("/staff/paper")).text)
    assert "2 papers typed in for 2026-autumn" in every.text


YOUNGEST = "/staff/paper/support-youngest"


async def test_what_an_adult_saw_is_kept_as_it_is_on_screen(client, db, read_page):
    await given.staff(client, db, "officer")
    form = read_page((await client.get(YOUNGEST)).text)
    assert len(form.select(".adult input")) == 5

    seen = {"adult-saw-listened": "yes", "adult-saw-happy_with_help": "yes"}
    response = await type_in(client, YOUNGEST, listened="yes", helped="read", **seen)
    assert response.status_code == 200

    rows = await db.fetch("select question_id from answers where observed")
    assert [row["question_id"] for row in rows] == ["listened"], "an empty answer was not seen"
    assert await db.fetchval("select helped from responses") == "observed"


async def test_the_adults_box_stays_ticked_when_something_else_is_wrong(client, db, read_page):
    await given.staff(client, db, "officer")
    seen = {"adult-saw-listened": "yes"}
    page = read_page((await type_in(client, YOUNGEST, number="", listened="yes", **seen)).text)
    assert [box["id"] for box in page.select(".adult input[checked]")] == ["adult-saw-listened"]


async def test_no_adults_box_is_asked_or_kept_where_no_adult_is_beside(client, db, read_page):
    await given.staff(client, db, "officer")
    assert not read_page((await client.get(EASY)).text).select(".adult")
    await type_in(client, EASY, listened="yes", **{"adult-saw-listened": "yes"})
    assert await db.fetchval("select count(*) from answers where observed") == 0
    assert await db.fetchval("select helped from responses") is None


@pytest.mark.parametrize(("words", "direction"), [("pl", "ltr"), ("ur", "rtl")])
async def test_a_paper_in_another_language_is_typed_in_by_the_same_codes(
    client, db, read_page, words, direction
):
    await given.staff(client, db, "officer")
    english = read_page((await client.get(EASY)).text)
    page = read_page((await client.get(f"{EASY}?words={words}")).text)

    def coded(form):
        return {
            label.strong.text: form.select_one(f"#{label['for']}")["value"]
            for label in form.select(".choice label")
            if label.strong
        }

    assert coded(page) == coded(english) != {}
    assert page.html["lang"] == "en-GB"
    span = page.select_one("#listened legend span")
    assert (span["lang"], span["dir"]) == (words, direction)
    only = page.select_one("#helped_by-only")
    assert only.text.startswith("On the paper: “")
    assert (only.span["lang"], "6b" in only.span.text) == (words, True)

    await type_in(client, EASY, words=words, listened="sometimes")
    assert (await kept_answers(db))["listened"] == ("answered", "sometimes")
    assert await db.fetchval("select wording from paper_entries") == words


@pytest.mark.parametrize("words", ["pl", "ur"])
async def test_staff_can_print_a_survey_in_every_language_it_has(client, db, read_page, words):
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get("/staff/paper")).text)
    assert page.select(f"main a[href='{EASY}/booklet.pdf?words={words}']")
    assert page.select(f"main strong span[lang={words}]")
    response = await client.get(f"{EASY}/booklet.pdf?words={words}")
    assert str(pikepdf.open(BytesIO(response.content)).Root.Lang) == words
