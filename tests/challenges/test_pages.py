"""Putting and answering challenges, and what the public reads of them."""

from datetime import date, timedelta

import pytest

from tests import given
from tests.challenges.test_challenge import TYPED
from voice.challenges import store
from voice.database.pool import Part, connect, see_only

NEW = "/staff/challenges/new"
ONE = "/staff/challenges/1"
PUBLIC = "/you-said/challenges"
HIS = {"words": "Four of six.", "easy_words": "Four people are here."}
ANSWER = TYPED | HIS
SECRET = {"confidential": "yes", "confidential_because": "It is about one family."}


@pytest.fixture
async def theme(db):
    said = await given.comments(db, 12, "Tell me when")
    return await given.agreed_theme(
        db, "Waiting without news", said, areas=[("every-area", "heard")]
    )


@pytest.fixture
async def pledge(db, theme):
    return await given.pledge(db, theme)


async def post(client, address, data, form=""):
    token = await given.token(client, form or address)
    return await client.post(address, data={"_csrf_token": token, **data})


async def put(client, about, **typed):
    return await post(client, NEW, TYPED | {"about": about} | typed)


async def answer(client, version="1", answer_version="0", **typed):
    data = ANSWER | {"version": version, "answer_version": answer_version} | typed
    return await post(client, f"{ONE}/answer", data, ONE)


async def change(client, version="1", answer_version="0", **typed):
    data = TYPED | {"version": version, "answer_version": answer_version} | typed
    return await post(client, ONE, data)


async def test_a_reviewer_puts_a_challenge_and_all_can_read_it_at_once(
    client, db, read_page, pledge
):
    await given.staff(client, db, "reviewer")
    await db.execute("update people set organisation = 'HPCI' where email like 'reviewer@%'")

    response = await put(client, f"pledge-{pledge}")

    page = read_page(response.text)
    assert response.url.path == ONE
    assert "Saved." in page.select_one("[role=status]").text
    public = read_page((await client.get(f"{PUBLIC}/1")).text)
    assert TYPED["words"] in public.main.text
    assert "HPCI" in public.main.text
    assert "Not answered yet" in public.main.text
    assert "reviewer@example.org" not in public.text
    assert public.select_one(f"a[href='/you-said/{pledge}']")
    easy = read_page((await client.get(f"{PUBLIC}/1?words=easy-read")).text)
    assert TYPED["easy_words"] in easy.main.text
    assert TYPED["words"] not in easy.main.text


async def test_it_stands_on_the_page_of_the_pledge_and_of_the_area(client, db, read_page, pledge):
    await given.challenge(db, f"pledge-{pledge}")
    forum = await db.fetchval("select id from people where email = 'forum@example.org'")
    await given.challenge(db, "area-every-area/heard", by=forum)
    for address in (f"/you-said/{pledge}", "/you-said/area/every-area/heard"):
        page = read_page((await client.get(address)).text)
        assert TYPED["words"] in page.select_one(".beside-it").text, address
    other = read_page((await client.get("/you-said/area/hertfordshire-2023/IA3")).text)
    assert not other.select(".beside-it")
    listed = read_page((await client.get(PUBLIC)).text)
    assert len(listed.select(".cards > li")) == 2


async def test_each_challenge_in_a_list_is_a_heading_that_says_what_it_is_about(
    client, db, read_page, pledge, theme
):
    await given.challenge(db, f"pledge-{pledge}")
    await given.challenge(db, f"theme-{theme}")
    await given.staff(client, db, "officer")
    for address in ("/staff/challenges", "/you-said/challenges"):
        page = read_page((await client.get(address)).text)
        headings = {one["id"]: one.text for one in page.main.select("h2")}
        assert set(headings) == {"challenge-1", "challenge-2"}, address
        assert all(len(words) > len("Challenge 1: ") for words in headings.values())


async def test_an_officer_answers_and_the_answer_stands_beside_it(client, db, read_page, pledge):
    await given.challenge(db, f"pledge-{pledge}")
    await given.staff(client, db, "officer")

    response = await answer(client)

    assert "Saved." in response.text
    for address in (f"{PUBLIC}/1", f"/you-said/{pledge}"):
        page = read_page((await client.get(address)).text)
        assert HIS["words"] in page.main.text
        assert "Answered" in page.main.text
        assert "officer@example.org" not in page.text


async def test_what_is_late_says_so_to_everybody_in_words(client, db, read_page, pledge):
    await given.challenge(db, f"pledge-{pledge}", put_on=date.today() - timedelta(days=60))
    await given.staff(client, db, "officer")
    for address in (PUBLIC, f"{PUBLIC}/1", "/staff/challenges", ONE):
        assert "overdue" in read_page((await client.get(address)).text).main.text
    await answer(client)
    for address in (PUBLIC, f"{PUBLIC}/1", ONE):
        assert "overdue" not in read_page((await client.get(address)).text).main.text


async def test_a_confidential_challenge_is_nowhere_in_public_and_its_reason_is_kept(
    client, db, read_page, pledge
):
    await given.staff(client, db, "reviewer")
    await put(client, f"pledge-{pledge}", **SECRET)
    for address in (PUBLIC, f"/you-said/{pledge}"):
        assert TYPED["words"] not in (await client.get(address)).text
    assert (await client.get(f"{PUBLIC}/1")).status_code == 404
    assert SECRET["confidential_because"] in read_page((await client.get(ONE)).text).main.text
    assert await store.published(db) == []


async def test_of_a_confidential_answer_the_public_reads_only_that_there_is_one(
    client, db, read_page, pledge
):
    await given.challenge(db, f"pledge-{pledge}")
    await given.staff(client, db, "officer")
    await answer(client, **SECRET)
    for address in (f"{PUBLIC}/1", f"/you-said/{pledge}"):
        text = (await client.get(address)).text
        assert "It is confidential." in text
        assert HIS["words"] not in text
        assert SECRET["confidential_because"] not in text
    [one] = await store.published(db)
    assert one.answer is not None
    assert one.answer.words == ""
    assert SECRET["confidential_because"] not in repr(one)


async def test_a_draft_pledge_is_not_told_by_a_challenge_about_it(client, db, theme):
    draft = await given.pledge(db, theme, published=False, easy_said="A secret heading.")
    await given.challenge(db, f"pledge-{draft}")
    text = (await client.get(PUBLIC)).text
    assert "A reply that is not published" in text
    assert "A secret heading." not in text


async def test_a_theme_that_is_agreed_no_more_is_named_no_more(client, db, theme):
    await given.challenge(db, f"theme-{theme}")
    assert "Waiting without news" in (await client.get(PUBLIC)).text
    await db.execute("update agreed_themes set ended_at = now()")
    text = (await client.get(PUBLIC)).text
    assert "Waiting without news" not in text
    assert "A theme that has changed since" in text


async def test_a_problem_shows_the_form_again_as_typed_and_keeps_nothing(client, db, read_page):
    await given.staff(client, db, "reviewer")
    response = await put(client, "pledge-99", words="</textarea><b>mine", confidential="")
    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("#new-words").text.strip() == "</textarea><b>mine"
    problems = [link["href"] for link in page.select("[role=alert] a")]
    assert problems == ["#about", "#new-confidential"]
    assert await db.fetchval("select count(*) from challenges") == 0


async def test_pressing_the_button_twice_puts_one_challenge(client, db, theme):
    await given.staff(client, db, "reviewer")
    first, second = await put(client, f"theme-{theme}"), await put(client, f"theme-{theme}")
    assert first.url == second.url
    assert await db.fetchval("select count(*) from challenges") == 1


async def test_each_saving_is_a_version_and_no_row_is_ever_changed(client, db, read_page, theme):
    await given.challenge(db, f"theme-{theme}")
    await given.staff(client, db, "reviewer")
    page = read_page((await change(client, words="Better words")).text)
    assert [li.h3.text.split(",")[1].strip() for li in page.select("ol.cards > li")] == [
        "version 2",
        "version 1",
    ]
    assert TYPED["words"] in page.select("ol.cards > li")[1].text
    for statement in ("update challenges set words = 'x'", "delete from challenges"):
        with pytest.raises(Exception, match="only ever added to"):
            await db.execute(statement)


@pytest.mark.parametrize("version", ["1", "0", "7", "x", ""])
async def test_a_change_by_somebody_else_meanwhile_is_not_undone_unseen(
    client, db, read_page, theme, version
):
    await given.challenge(db, f"theme-{theme}")
    await given.staff(client, db, "reviewer")
    await change(client, words="Theirs")
    response = await change(client, version, words="Mine")
    page = read_page(response.text)
    assert response.status_code == 409
    assert "Somebody else" in page.select_one("[role=alert]").text
    assert page.select_one("#mine-words").text.strip() == "Mine"
    assert "Theirs" in page.select_one("ol.cards").text
    assert page.select_one("[name=version]")["value"] == "2"


async def test_an_answer_to_words_that_have_changed_meanwhile_is_not_kept(
    client, db, read_page, theme
):
    await given.challenge(db, f"theme-{theme}")
    await given.staff(client, db, "reviewer")
    await change(client, words="Something else")
    await given.staff(client, db, "officer")
    response = await answer(client, version="1")
    assert response.status_code == 409
    assert read_page(response.text).select_one("#answer-words").text.strip() == HIS["words"]
    assert await db.fetchval("select count(*) from challenge_answers") == 0
    assert "Saved." in (await answer(client, version="2")).text


async def test_what_was_answered_keeps_its_words_and_can_be_made_confidential(
    client, db, read_page, theme
):
    await given.challenge(db, f"theme-{theme}")
    await given.staff(client, db, "officer")
    await answer(client)
    await given.staff(client, db, "reviewer")
    response = await change(client, "1", "1", words="Something else")
    assert response.status_code == 422
    assert "stay as they are" in read_page(response.text).select_one("[role=alert]").text
    assert "Saved." in (await change(client, "1", "1", **SECRET)).text
    assert (await client.get(f"{PUBLIC}/1")).status_code == 404


async def test_nobody_answers_their_own_challenge(client, db, read_page, theme):
    await given.staff(client, db, "administrator")
    await put(client, f"theme-{theme}")
    assert not read_page((await client.get(ONE)).text).select("form[action$='/answer']")
    assert (await answer(client)).status_code == 403
    assert await db.fetchval("select count(*) from challenge_answers") == 0


async def test_each_role_does_its_part_only(client, db, read_page, theme):
    await given.challenge(db, f"theme-{theme}")
    await given.staff(client, db, "officer")
    assert (await client.get(NEW)).status_code == 403
    assert not read_page((await client.get(ONE)).text).select("form[action='/staff/challenges/1']")
    data = TYPED | {"version": "1", "answer_version": "0", "about": f"theme-{theme}"}
    for address in (NEW, ONE):
        assert (await post(client, address, data, ONE)).status_code == 403
    await given.staff(client, db, "reviewer")
    assert not read_page((await client.get(ONE)).text).select("form[action$='/answer']")
    assert (await answer(client)).status_code == 403
    assert await db.fetchval("select count(*) from challenges") == 1


async def test_who_may_not_see_a_theme_sees_no_challenge_about_it(client, db, clean, pledge, theme):
    await given.challenge(db, f"pledge-{pledge}")
    web = await connect(clean, Part.WEB)
    try:
        for surveys, n in (([given.SURVEY], 1), (["another-survey"], 0)):
            async with web.transaction():
                await see_only(web, surveys)
                assert len(await store.every(web)) == n
                assert (await web.fetchval("select count(*) from challenges")) == n
    finally:
        await web.close()


@pytest.mark.parametrize("nobody", ["999", "99999999999999999999"])
async def test_a_challenge_that_is_not_there_is_not_found(client, db, nobody):
    await given.staff(client, db, "reviewer")
    for home in ("/staff/challenges", PUBLIC):
        assert (await client.get(f"{home}/{nobody}")).status_code == 404


async def test_what_was_done_is_noted_without_a_word_of_it(client, db, theme):
    await given.staff(client, db, "reviewer")
    await put(client, f"theme-{theme}", **SECRET)
    row = await db.fetchrow("select * from audit where did = 'put a challenge'")
    assert (row["who"], row["about"]) == ("reviewer@example.org", "challenge 1, confidential")
