"""Writing a survey, as an officer does it in the browser."""

import asyncio
import io
import zipfile

import pytest

from tests import given
from voice.database.pool import Part, connect

HOME = "/staff/surveys"
ONE = f"{HOME}/short-breaks"


async def post(client, address, form, **data):
    token = await given.token(client, form)
    named = {name.replace("__", "-"): value for name, value in data.items()}
    return await client.post(address, data={"_csrf_token": token, **named})


async def begun(client, title="Short breaks", **said):
    return await post(client, HOME, HOME, title=title, **({"voice": "parent"} | said))


async def added(client, ask="What helps?", kind="comment"):
    return await post(client, f"{ONE}/pages", ONE, ask=ask, kind=kind)


async def version(db):
    return await db.fetchval("select max(version) from survey_drafts")


async def test_a_survey_is_written_from_nothing_and_its_files_are_taken(client, db, read_page):
    await given.staff(client, db, "officer")

    page = read_page((await begun(client)).text)
    assert page.h1.text == "Short breaks"
    response = await added(client)
    read_page(response.text)
    assert response.url.path == f"{ONE}/pages/what_helps"
    typed = {"version": "2", "ask": "What helps you most?", "easy__ask": "What helps?"}
    saved = read_page((await post(client, f"{ONE}/pages/what_helps", ONE, **typed)).text)

    assert saved.select_one("[role=status]").text.startswith("Saved")
    assert saved.h1.text == "What helps you most?"
    answer = await client.get(f"{ONE}/versions/3/files.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == [
            "short-breaks/survey.toml",
            "short-breaks/words/easy-read.toml",
        ]
        assert b"What helps you most?" in packed.read("short-breaks/survey.toml")
    listed = read_page((await client.get(HOME)).text)
    assert listed.select_one(f".cards a[href='{ONE}']").text == "Short breaks"


async def test_a_copy_has_the_pages_of_the_first_and_another_id(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await begun(client, **{"from": "support-young-people"})
    page = read_page(response.text)
    assert page.h1.text == "Short breaks"
    assert page.select_one(f"a[href='{ONE}/pages/listened']")
    for link in page.select("ol.cards h3 a"):
        read_page((await client.get(link["href"])).text)
    read_page((await client.get(f"{ONE}/about")).text)


async def test_two_of_one_title_get_two_ids(client, db):
    await given.staff(client, db, "officer")
    assert (await begun(client)).url.path == ONE
    assert (await begun(client)).url.path == f"{ONE}-2"
    assert (
        await begun(client, "Support, young people")
    ).url.path == f"{HOME}/support-young-people-2"


async def test_what_was_missed_is_said_and_what_was_typed_stays(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await begun(client, voice="")
    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("[role=alert] a")["href"] == "#voice"
    assert page.select_one("#title")["value"] == "Short breaks"
    await begun(client)
    assert (await added(client, ask="")).status_code == 422
    response = await post(client, f"{ONE}/about", ONE, version="1", title="", audience="Families")
    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("#audience")["value"] == "Families"


async def test_two_who_change_two_pages_do_not_disturb_each_other(client, db):
    await given.staff(client, db, "officer")
    await begun(client)
    await added(client)
    await post(client, f"{ONE}/pages/about", ONE, version="2", ask="First", text="Read this.")
    await post(client, f"{ONE}/pages/what_helps", ONE, version="2", ask="What else?")
    page = (await client.get(ONE)).text
    assert "First" in page
    assert "What else?" in page


async def test_of_two_who_change_one_page_the_second_loses_nothing(client, db, read_page):
    await given.staff(client, db, "officer")
    await begun(client)
    await added(client)
    where = f"{ONE}/pages/what_helps"
    await post(client, where, ONE, version="2", ask="Theirs", hint="Their hint")
    response = await post(client, where, ONE, version="2", ask="Mine")
    page = read_page(response.text)
    assert response.status_code == 409
    assert page.select_one("#ask")["value"] == "Mine"
    assert "Theirs" in page.select_one("#ask-now").text
    assert "Their hint" in page.select_one("#hint-now").text
    assert "officer@example.org saved this meanwhile" in page.select_one("[role=alert]").text
    newest = page.select_one("form[aria-label='This page'] [name=version]")["value"]
    await post(client, where, ONE, version=newest, ask="Mine", hint="Their hint")
    page = read_page((await client.get(where)).text)
    assert page.select_one("#ask")["value"] == "Mine"
    assert page.select_one("#hint")["value"] == "Their hint"


async def test_a_page_is_shown_to_those_who_gave_an_answer(client, db, read_page):
    await given.staff(client, db, "officer")
    await begun(client)
    await added(client, "Did it help?", "choose_one")
    await added(client)
    where = f"{ONE}/pages/what_helps"
    ticked = {"when/did_it_help": ["yes", "dont_know"]}
    page = read_page((await post(client, where, ONE, version="3", ask="What?", **ticked)).text)
    boxes = page.select("[name='when/did_it_help'][checked]")
    assert [box["value"] for box in boxes] == ["yes", "dont_know"]
    assert "Shown to some" in (await client.get(ONE)).text


async def test_two_who_change_what_it_is_about_are_told_too(client, db, read_page):
    await given.staff(client, db, "officer")
    await begun(client)
    about = {"voice": "parent", "wave": "1", "audience": "All", "text": "Hello", "assent": "OK?"}
    await post(client, f"{ONE}/about", ONE, version="1", title="Theirs", **about)
    response = await post(client, f"{ONE}/about", ONE, version="1", title="Mine", **about)
    page = read_page(response.text)
    assert response.status_code == 409
    assert page.select_one("#title")["value"] == "Mine"
    assert "Theirs" in page.select_one("#title-now").text


async def test_a_page_taken_out_meanwhile_can_be_put_back_as_it_was_typed(client, db, read_page):
    await given.staff(client, db, "officer")
    await begun(client)
    await added(client)
    where = f"{ONE}/pages/what_helps"
    await post(client, f"{ONE}/order", ONE, page="what_helps", what="out")
    response = await post(client, where, ONE, version="2", ask="Mine")
    page = read_page(response.text)
    assert response.status_code == 409
    assert page.select_one("#ask")["value"] == "Mine"
    hidden = {one["name"]: one["value"] for one in page.select("form [type=hidden]")}
    assert hidden["put-back"] == "yes"
    again = {"version": hidden["version"], "put__back": "yes"}
    await post(client, where, ONE, ask="Mine", **again)
    assert "Mine" in (await client.get(ONE)).text


async def test_an_earlier_version_comes_back_and_none_is_lost(client, db, read_page):
    await given.staff(client, db, "officer")
    await begun(client)
    await added(client)
    await post(client, f"{ONE}/order", ONE, page="what_helps", what="up")
    await post(client, f"{ONE}/order", ONE, page="what_helps", what="out")
    page = read_page((await post(client, f"{ONE}/restore", ONE, version="3")).text)
    assert page.select_one("ol.cards h3 a").text == "What helps?"
    assert await version(db) == 5
    for statement in ("update survey_drafts set version = 9", "delete from survey_drafts"):
        with pytest.raises(Exception, match="only ever added to"):
            await db.execute(statement)


async def test_saving_what_nobody_changed_makes_no_version(client, db):
    await given.staff(client, db, "officer")
    await begun(client)
    await post(client, f"{ONE}/order", ONE, page="about", what="up")
    await post(client, f"{ONE}/restore", ONE, version="1")
    assert await version(db) == 1


async def test_many_who_add_at_once_all_find_their_page_there(client, db):
    await given.staff(client, db, "officer")
    await begun(client)
    token = await given.token(client, ONE)
    said = [{"_csrf_token": token, "ask": f"Page {n}", "kind": "comment"} for n in range(8)]
    await asyncio.gather(*(client.post(f"{ONE}/pages", data=one) for one in said))
    page = (await client.get(ONE)).text
    assert all(f">Page {n}</a>" in page for n in range(8))
    assert await version(db) == 9


@pytest.mark.parametrize("role", ["reviewer", "safeguarding_lead"])
async def test_who_does_not_write_surveys_sees_no_draft(client, db, role):
    await given.staff(client, db, role)
    for address in (HOME, ONE, f"{ONE}/about", f"{ONE}/versions/1/files.zip"):
        assert (await client.get(address)).status_code == 403


async def test_who_may_see_some_surveys_only_writes_none(client, db):
    who = await given.person(db, "officer")
    await db.execute("update people set surveys = '{support-youngest}' where id = $1", who)
    await given.sign_in(client, "officer@example.org")
    assert (await client.get(HOME)).status_code == 403


@pytest.mark.parametrize("rest", ["", "/about", "/pages/about", "/versions/1/files.zip"])
async def test_a_draft_that_is_not_there_is_explained(client, db, rest):
    await given.staff(client, db, "officer")
    response = await client.get(f"{HOME}/nothing{rest}")
    assert response.status_code == 404
    assert "We cannot find that draft" in response.text


@pytest.mark.parametrize("part", [Part.REPORTS, Part.WORKER])
async def test_no_other_part_of_voice_reads_drafts(clean, part):
    other = await connect(clean, part)
    with pytest.raises(Exception, match="permission denied"):
        await other.fetch("select * from survey_drafts")
    await other.close()
