"""Bringing a file in by the pages: who may, each step, and what is kept of the file meanwhile."""

import asyncio
import csv
import io
import re

import pytest

from tests import given
from tests.attacks.naughty import NAUGHTY
from tests.bringing import samples

HOME = "/staff/imports"


async def post(client, address, form="", files=None, **typed):
    token = await given.token(client, form or HOME)
    data = {"_csrf_token": token, **typed}
    return await client.post(address, data=data, files=files)


async def take(client, content, survey=given.SURVEY, name="answers.csv", **typed):
    return await post(client, HOME, files={"file": (name, content)}, survey=survey, **typed)


def chosen(page):
    """What the page's selects say, as a browser would send it."""
    found = {}
    for select in page.select("form.wide select"):
        option = select.select_one("option[selected]") or select.select_one("option")
        found[select["name"]] = option["value"]
    return found


def file_of(response):
    return response.url.path.removesuffix("/check")


async def test_a_file_comes_in_step_by_step(client, db, read_page):
    officer = await given.staff(client, db, "officer")
    page = read_page((await client.get(HOME)).text)
    assert page.select_one("nav a[href='/staff/imports']")

    response = await take(client, samples.microsoft_forms(), name="answers.xlsx")
    page = read_page(response.text)
    assert "looks like an export of Microsoft Forms" in page.main.text
    said = chosen(page)
    assert said["column-0"] == "@id"
    assert said["column-3"] == ""
    assert said["column-5"] == "satisfaction"

    address = file_of(response)
    response = await post(client, address, address, **said)
    page = read_page(response.text)
    assert response.url.path == f"{address}/check"
    assert await db.fetchval("select count(*) from responses") == 0
    text = " ".join(page.main.text.split())
    assert "2 rows can come in" in text
    assert "The nursery" not in text, "words of people are not shown"
    assert "5 words" in text
    assert "An autism or ADHD assessment, Speech and language" in text

    response = await post(client, f"{address}/bring", f"{address}/check")
    page = read_page(response.text)
    assert "All rows are in" in page.select_one("[role=status]").text
    assert await db.fetchval("select count(*) from brought_files") == 0
    rows = await db.fetch("select * from responses where sent_at is not null")
    assert len(rows) == 2
    assert await db.fetchval("select brought_by from imports") == officer
    assert "officer@example.org" in page.main.text
    deeds = [row["did"] for row in await db.fetch("select did from audit order by id")]
    assert deeds[-1] == "imported"


async def test_bad_rows_are_said_fetched_mended_and_brought_in(client, db, read_page):
    await given.staff(client, db, "officer")
    rows = [[samples.LISTENED, samples.CHANGE], ["Yes", "quiddle"], ["Tom Baker", "b"]]
    response = await take(client, samples.to_csv(rows))
    address, page = file_of(response), read_page(response.text)
    assert page.select_one("label[for='word-listened-0']").text == "“Tom Baker” means"
    response = await post(client, address, address, **chosen(page))
    page = read_page(response.text)
    assert "Row 3, column “Do people listen" in page.main.text
    fetched = await client.get(f"{address}/rejected.csv")
    assert fetched.headers["cache-control"] == "no-store"

    page = read_page((await post(client, f"{address}/bring", f"{address}/check")).text)
    assert "What came of it" in page.h1.text
    kept = await client.get(f"{address}/rejected.csv")
    assert kept.content == fetched.content
    [names, row] = csv.reader(io.StringIO(kept.content.decode("utf-8-sig")))
    assert dict(zip(names, row, strict=True))[samples.LISTENED] == "Tom Baker"
    assert await given.tables_with(db, "quiddle") == []
    assert (await client.get(address)).url.path == f"{address}/check"

    mended = kept.content.replace(b"Tom Baker", b"No")
    response = await take(client, mended)
    address, page = file_of(response), read_page(response.text)
    await post(client, address, address, **chosen(page))
    await post(client, f"{address}/bring", f"{address}/check")
    assert await db.fetchval("select count(*) from responses") == 2
    again = await take(client, mended)
    address, page = file_of(again), read_page(again.text)
    page = read_page((await post(client, address, address, **chosen(page))).text)
    assert "1 are there already" in " ".join(page.main.text.split())
    assert not page.select_one("form[action$='/bring']")


async def test_words_can_be_said_to_mean_an_answer(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await take(client, samples.to_csv([[samples.WAITING], ["Yep"], ["Nah"]]))
    address, page = file_of(response), read_page(response.text)
    said = chosen(page) | {"word-waiting-0": "yes", "word-waiting-1": "no"}
    page = read_page((await post(client, address, address, **said)).text)
    assert "2 rows can come in" in " ".join(page.main.text.split())
    page = read_page((await client.get(address)).text)
    assert chosen(page)["word-waiting-0"] == "yes"


async def test_whatever_people_typed_under_other_can_mean_one_answer(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await take(client, samples.to_csv([[samples.WAITING], ["Tom"], ["Ann"]]))
    address, page = file_of(response), read_page(response.text)
    said = chosen(page) | {"word-waiting-any": "no"}
    page = read_page((await post(client, address, address, **said)).text)
    assert "2 rows can come in" in " ".join(page.main.text.split())
    assert chosen(read_page((await client.get(address)).text))["word-waiting-any"] == "no"


async def test_a_column_mapped_by_hand_asks_for_its_words_before_the_check(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await take(client, samples.to_csv([["Q", samples.CHANGE], ["Yep", "x"]]))
    address, page = file_of(response), read_page(response.text)
    said = chosen(page) | {"column-0": "waiting"}
    response = await post(client, address, address, **said)
    page = read_page(response.text)
    assert response.url.path == address
    assert page.select_one("label[for='word-waiting-0']")


async def test_two_columns_for_one_question_are_told_and_nothing_is_lost(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await take(client, samples.to_csv([["a", "b"], ["x", "y"]]))
    address = file_of(response)
    both = {"column-0": "one_change", "column-1": "one_change"}
    response = await post(client, address, address, **both)
    page = read_page(response.text)
    assert response.status_code == 422
    assert "Two columns lead to" in page.select_one("[role=alert]").text
    assert chosen(page)["column-1"] == "one_change"
    none = await post(client, address, address, **{"column-0": "", "column-1": ""})
    assert "No column leads to a question" in none.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"a,b\n", "no rows below"),
        (b"%PDF-1.7 x", "PDF"),
        (b"a\n" + b"x\n" * 20_001, "more than 20,000 rows"),
        (b",".join(b"c%d" % n for n in range(151)) + b"\n1\n", "150 columns"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_told_in_a_sentence(
    client, db, read_page, content, words
):
    await given.staff(client, db, "officer")
    response = await take(client, content, wave="2024-spring")
    page = read_page(response.text)
    assert response.status_code == 422
    assert words in page.select_one("[role=alert]").text
    assert page.select_one("#wave")["value"] == "2024-spring"
    assert await db.fetchval("select count(*) from brought_files") == 0


async def test_no_file_and_no_survey_are_told(client, db, read_page):
    await given.staff(client, db, "officer")
    assert "Choose a file" in (await post(client, HOME, survey=given.SURVEY)).text
    assert "longer than 40" in (await take(client, b"a\n1\n", wave="x" * 41)).text
    response = await take(client, b"a\n1\n", survey="nope")
    assert "Choose the survey" in read_page(response.text).select_one("[role=alert]").text


async def test_more_than_ten_megabytes_are_refused(client, db):
    await given.staff(client, db, "officer")
    response = await take(client, b"a\n" + b"x" * 11_000_000)
    assert response.status_code in (413, 422)
    assert await db.fetchval("select count(*) from brought_files") == 0


async def test_a_file_is_there_for_who_brought_it_alone(client, db):
    await given.staff(client, db, "officer")
    address = file_of(await take(client, samples.google_forms()))
    await given.person(db, "administrator")
    await given.sign_in(client, "administrator@example.org")
    for path in ("", "/check", "/rejected.csv"):
        assert (await client.get(f"{address}{path}")).status_code == 404
    await post(client, f"{address}/throw-away")
    assert await db.fetchval("select count(*) from brought_files") == 1


async def test_a_file_can_be_thrown_away(client, db, read_page):
    await given.staff(client, db, "officer")
    address = file_of(await take(client, samples.google_forms()))
    page = read_page((await post(client, f"{address}/throw-away", address)).text)
    assert "thrown away" in page.select_one("[role=status]").text
    assert await db.fetchval("select count(*) from brought_files") == 0
    assert (await client.get(address)).status_code == 404


@pytest.mark.parametrize(
    ("role", "may"),
    [("reviewer", 403), ("officer", 200), ("administrator", 200), ("safeguarding_lead", 403)],
)
async def test_who_may_bring_answers_in(client, db, role, may):
    await given.staff(client, db, role)
    assert (await client.get(HOME)).status_code == may
    token = await given.token(client, "/staff")
    sent = {"_csrf_token": token, "survey": given.SURVEY}
    answer = await client.post(HOME, data=sent)
    assert answer.status_code == (422 if may == 200 else 403)


async def test_who_sees_some_surveys_brings_answers_into_these_only(client, db):
    await given.staff(client, db, "officer")
    await db.execute("update people set surveys = '{support-easy-read}'")
    assert "Choose the survey" in (await take(client, samples.google_forms())).text
    page = (await client.get(HOME)).text
    assert given.SURVEY not in re.findall(r'<option value="([^"]+)"', page)


async def test_a_button_pressed_twice_brings_a_file_in_once(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await take(client, samples.google_forms())
    address = file_of(response)
    await post(client, address, address, **chosen(read_page(response.text)))
    token = {"_csrf_token": await given.token(client, f"{address}/check")}
    both = await asyncio.gather(*(client.post(f"{address}/bring", data=token) for _ in "ab"))
    assert {one.status_code for one in both} == {200}
    assert {one.url.params["told"] for one in both} == {"brought", "look"}
    assert await db.fetchval("select count(*) from imports") == 1
    assert await db.fetchval("select count(*) from responses") == 2


async def test_an_import_is_undone_by_its_page(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await take(client, samples.google_forms())
    address = file_of(response)
    await post(client, address, address, **chosen(read_page(response.text)))
    page = read_page((await post(client, f"{address}/bring", f"{address}/check")).text)
    undo = page.select_one("main a[href*='/done/']")["href"]
    page = read_page((await client.get(undo)).text)
    assert "2 rows" in page.main.text
    page = read_page((await post(client, f"{undo}/undo", undo)).text)
    assert "undone" in page.select_one("[role=status]").text
    assert await db.fetchval("select count(*) from responses") == 0
    again = await post(client, f"{undo}/undo")
    assert again.status_code == 409
    assert (await client.get(f"{HOME}/done/99")).status_code == 404


async def test_whatever_a_file_says_is_shown_as_text(client, db, read_page):
    await given.staff(client, db, "officer")
    # A file with a NUL is refused, and what is no character makes no valid page anywhere.
    left_out = ("null", "not a character")
    names = [words for name, words in NAUGHTY.items() if name not in left_out]
    rows = [[*names, samples.LISTENED], *([""] * len(names) + [word] for word in names)]
    response = await take(client, samples.to_csv(rows), name="<b>.csv")
    address, page = file_of(response), read_page(response.text)
    assert NAUGHTY["script"] in [label.text for label in page.select("label")]
    assert f"“{NAUGHTY['script']}” means" in [label.text for label in page.select("label")]
    checked = await post(client, address, address, **chosen(page))
    page = read_page(checked.text)
    assert page.select("script") == []
    assert page.select_one("#problems")
    read_page((await client.get(address)).text)
    assert (await client.get(f"{address}/rejected.csv")).status_code == 200


async def test_nothing_of_a_file_is_written_to_the_log(client, db, caplog):
    caplog.set_level("DEBUG")
    await given.staff(client, db, "officer")
    rows = [[samples.LISTENED], ["quiddle"]]
    response = await take(client, samples.to_csv(rows), name="quiddle.csv")
    address = file_of(response)
    await post(client, address, address, **{"column-0": "listened"})
    assert "quiddle" not in caplog.text
    assert "quiddle" not in address
