"""The survey for the youngest: two pictures, an adult beside, and what was only seen kept apart."""

import pytest

from tests import given
from voice.answering import sending, store
from voice.exports import store as exports
from voice.surveys.questions import Answer

HOME = "/surveys/support-youngest"


async def begin(client) -> None:
    await client.post(f"{HOME}/start", data={"assent": "yes", "words": ""})


async def response(db):
    return await db.fetchrow("select * from responses")


async def answers(db) -> dict[str, Answer]:
    return await store.answers_so_far(db, given.VAULT, (await response(db))["id"])


async def test_an_adult_can_write_down_what_they_saw_and_it_is_kept_apart(client, read_page, db):
    await begin(client)
    await client.post(f"{HOME}/pages/listened", data={"listened": "yes"})
    seen = {"happy_with_help": "good", "adult-saw": "yes"}
    await client.post(f"{HOME}/pages/happy_with_help", data=seen)
    kept = await answers(db)
    assert kept["listened"] == Answer("answered", "yes", observed=False)
    assert kept["happy_with_help"] == Answer("answered", "good", observed=True)

    page = read_page((await client.get(f"{HOME}/pages/happy_with_help")).text)
    assert page.select_one("#adult-saw").has_attr("checked")
    page = read_page((await client.get(f"{HOME}/pages/listened")).text)
    assert not page.select_one("#adult-saw").has_attr("checked")

    await client.post(f"{HOME}/send")
    assert (await response(db))["helped"] == "observed"


async def test_unticking_the_box_makes_it_the_childs_own_answer_again(client, db):
    await begin(client)
    for ticked in ({"adult-saw": "yes"}, {}):
        await client.post(f"{HOME}/pages/listened", data={"listened": "no", **ticked})
    assert (await answers(db))["listened"] == Answer("answered", "no", observed=False)


async def test_what_was_seen_is_not_counted_as_what_a_child_said(client, db):
    await begin(client)
    await client.post(f"{HOME}/pages/listened", data={"listened": "yes", "adult-saw": "yes"})
    await client.post(f"{HOME}/send")
    own, every = await exports.own_voices(db)
    assert (own, every) == (0, 1)


@pytest.mark.parametrize(
    ("helped", "observed", "stored"),
    [
        ("alone", False, "alone"),
        ("said", True, "observed"),
        ("answered", True, "answered"),
        (None, True, "observed"),
        (None, False, None),
    ],
)
def test_how_answers_were_given_is_told_from_all_of_them(helped, observed, stored):
    given = {"listened": Answer("answered", "yes", observed=observed)}
    if helped:
        given["helped"] = Answer("answered", helped)
    assert sending.how_helped(given) == stored


async def test_the_box_is_on_questions_only_and_in_no_other_survey(client, read_page):
    await begin(client)
    page = read_page((await client.get(f"{HOME}/pages/for_the_adult")).text)
    assert not page.select("#adult-saw")
    other = "/surveys/support-easy-read"
    await client.post(f"{other}/start", data={"assent": "yes", "words": ""})
    page = read_page((await client.get(f"{other}/pages/listened")).text)
    assert not page.select("#adult-saw")
    sly = {"listened": "yes", "adult-saw": "yes"}
    await client.post(f"{other}/pages/listened", data=sly)


async def test_half_of_the_people_see_the_faces_in_the_other_order(client, read_page, db):
    orders = set()
    for _ in range(40):
        client.cookies.clear()
        await begin(client)
        page = read_page((await client.get(f"{HOME}/pages/listened")).text)
        orders.add(tuple(box["value"] for box in page.select("input[type=radio]")))
    assert orders == {("yes", "no", "dont_know"), ("no", "yes", "dont_know")}
    kept = {row["swapped"] for row in await db.fetch("select swapped from responses")}
    assert kept == {True, False}


async def test_the_order_stays_the_same_through_a_survey_and_in_another_language(
    client, read_page, db
):
    await begin(client)
    await db.execute("update responses set swapped = true")
    for page_id, first in (("listened", "no"), ("happy_with_help", "bad")):
        page = read_page((await client.get(f"{HOME}/pages/{page_id}")).text)
        assert page.select_one("input[type=radio]")["value"] == first


async def test_a_place_for_a_photo_waits_for_script_and_the_words_say_where_it_stays(
    client, read_page
):
    await begin(client)
    page = read_page((await client.get(f"{HOME}/pages/listened")).text)
    place = page.select_one(".own-photo")
    assert place.has_attr("hidden")
    assert place["data-note"] == "The photo stays on this device."
    assert not page.select("input[type=file]"), "no form ever sends a photo"
