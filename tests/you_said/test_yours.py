"""What a person sees who comes back with their three words."""

from pathlib import Path

import pytest

from tests import given
from voice.answering import codes
from voice.answering import store as answering
from voice.answering.guesses_store import BY_EVERYBODY, FROM_ONE_PLACE, WITHIN

YOURS = "/you-said/yours"


async def words_of(client, db, response_id):
    """The three words of a response, kept as the product keeps them."""
    key = client.app.state.key
    words = codes.code_for(key, response_id)
    await answering.give_code(db, response_id, codes.code_hash(key, words), 0)
    return words


async def shown(client, read_page, code):
    answer = await client.post(YOURS, data={"code": code})
    page = read_page(answer.text)
    return answer, page, [a["href"].split("?")[0] for a in page.select(".replies h2 a")]


@pytest.fixture
async def said(db):
    """Mine, of somebody who said it too, and of somebody who said something else."""
    mine = await given.comments(db, 12, "My own words", may_quote=False)
    other = await given.comments(db, 12, "Other words", may_quote=False)
    by = await given.person(db, "officer")
    loud = await given.agreed_theme(db, "Too loud", mine)
    taxis = await given.agreed_theme(db, "Taxis", other)
    await given.pledge(db, loud, by=by, easy_said="It is loud.")
    await given.pledge(db, taxis, by=by, easy_said="Taxis are late.")
    await given.pledge(db, loud, by=by, easy_said="A draft.", words="Plan", published=False)
    return mine, other, loud


async def test_three_words_show_the_replies_to_what_they_said_and_no_other(
    client, db, read_page, said
):
    mine, other, _ = said
    first, second = [await words_of(client, db, one[0]) for one in (mine, other)]
    for code, number, name in ((first, 1, "It is loud."), (second, 2, "Taxis are late.")):
        answer, page, links = await shown(client, read_page, code)
        assert answer.status_code == 200
        assert links == [f"/you-said/{number}"]
        assert [h.text for h in page.select(".replies h2")] == [name]
        public = read_page((await client.get("/you-said?words=easy-read")).text)
        [same] = [li for li in public.select(".replies > li") if name in li.text]
        [card] = page.select(".replies > li")
        assert " ".join(card.text.split()) == " ".join(same.text.split())


async def test_nothing_else_is_revealed_and_nothing_is_kept(client, db, read_page, said):
    mine, _, _ = said
    code = await words_of(client, db, mine[0])
    answer, page, _ = await shown(client, read_page, code)
    row = await db.fetchrow("select * from responses where id = $1", mine[0])
    for secret in (str(mine[0]), code, row["survey_id"], row["wave"], "My own words", "A draft."):
        assert secret not in answer.text
    assert str(row["sent_at"].date()) not in page.main.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert not page.select("main form, main input")


async def test_another_in_the_same_theme_sees_the_very_same_page(client, db, read_page, said):
    mine, _, _ = said
    pages = [
        (await shown(client, read_page, await words_of(client, db, one)))[0].text
        for one in mine[:2]
    ]
    assert pages[0] == pages[1]


async def test_who_has_no_reply_yet_is_told_so(client, db, read_page, said):
    mine, _, theme = said
    alone = await given.comment(db, "Something else")
    await db.execute("update agreed_themes set ended_at = now() where id = $1", theme)
    for response_id in (alone, mine[0]):
        answer, page, links = await shown(
            client, read_page, await words_of(client, db, response_id)
        )
        assert (answer.status_code, links) == (200, [])
        assert "nothing here yet" in page.main.text


async def test_who_took_their_answers_back_has_words_no_more(client, db, read_page, said):
    mine, _, _ = said
    code = await words_of(client, db, mine[0])
    await client.post("/withdraw", data={"code": code})
    answer, _, links = await shown(client, read_page, code)
    assert (answer.status_code, links) == (422, [])


async def test_unknown_words_are_typed_again_and_cannot_be_guessed_without_end(
    client, db, read_page, said
):
    mine, _, _ = said
    code = await words_of(client, db, mine[0])
    answer, page, links = await shown(client, read_page, "no such words")
    assert (answer.status_code, links) == (422, [])
    assert page.select_one("#code")["value"] == "no such words"
    for _ in range(FROM_ONE_PLACE.most - 1):
        await client.post(YOURS, data={"code": "no such words"})
    assert (await client.post(YOURS, data={"code": code})).status_code == 429
    assert (await client.post("/withdraw", data={"code": code})).status_code == 429


def test_the_documentation_says_how_many_words_there_are():
    n = len(codes.WORDS)
    combinations = n * (n - 1) * (n - 2)
    text = Path("docs/you-said.md").read_text(encoding="utf-8")
    assert f"{combinations:,}" in text
    for most in (FROM_ONE_PLACE.most, BY_EVERYBODY):
        days = combinations / 1000 / most * WITHIN.total_seconds() / 60 / 60 / 24
        assert f"{days:.0f} days" in text
