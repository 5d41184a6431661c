"""Keeping measures, as officers do it, and what the public reads of them."""

import pytest

from tests import given
from tests.measures.test_measure import FIGURE, TYPED
from voice.database.pool import Part, connect, see_only
from voice.measures import store
from voice.measures.measure import Asking

NEW = "/staff/measures/new"
ONE = "/staff/measures/1"
PUBLIC = "/you-said/measures"
AREA = f"{PUBLIC}/every-area/heard"
ASKING = f"{given.SURVEY}/listened"
YES = Asking(given.SURVEY, "listened", ("yes",))


async def post(client, address, data, form=""):
    token = await given.token(client, form or address)
    return await client.post(address, data={"_csrf_token": token, **data})


async def save(client, **typed):
    return await post(client, NEW, TYPED | {"what": "outside"} | typed)


async def save_asking(client, *options, **typed):
    form = f"{NEW}?what={ASKING}"
    data = TYPED | {"what": ASKING, "option": list(options)} | typed
    return await post(client, NEW, data, form)


async def change(client, version="1", **typed):
    return await post(client, ONE, TYPED | {"version": version} | typed)


async def add(client, **typed):
    return await post(client, f"{ONE}/figures", FIGURE | typed, ONE)


def cells(page):
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.select("table.measure tbody tr")
    ]


async def test_an_officer_measures_an_outside_figure_and_all_can_read_it(client, db, read_page):
    await given.staff(client, db, "officer")

    response = await save(client)

    assert response.url.path == ONE
    assert "Saved." in read_page(response.text).select_one("[role=status]").text
    await add(client)
    page = read_page((await client.get(AREA)).text)
    assert cells(page) == [
        ["Baseline", "40%", f"31 January 2025 {TYPED['source']}"],
        ["Milestone 1", "50.5% Not reached yet", "by 31 March 2027"],
        ["Milestone 2", "55% Not reached yet", "by 30 September 2027"],
        ["Target", "60% Not reached yet", "by 31 March 2028"],
        ["Actual 1", "44.5% Better than before (31 January 2025)", "31 January 2026 SEN2, 2026"],
    ]
    listed = read_page((await client.get(PUBLIC)).text)
    assert listed.select_one(f"a[href='{AREA}']")
    assert "Better than before (31 January 2025)" in listed.main.text
    assert "officer@example.org" not in page.text


async def test_easy_words_have_the_same_figures(client, db, read_page):
    await given.measure(db)
    page = read_page((await client.get(f"{AREA}?words=easy-read")).text)
    assert "Plans that are ready in time." in page.main.text
    assert "Plans finished" not in page.main.text
    assert cells(page)[0][:2] == ["Where we began", "40%"]
    assert read_page((await client.get(f"{PUBLIC}?words=easy-read")).text).select(".cards a")


async def test_it_stands_on_the_page_of_its_pledge_and_of_its_area(client, db, read_page):
    theme = await given.agreed_theme(db, "News", await given.comments(db, 12))
    pledge = await given.pledge(db, theme)
    await given.measure(db, pledges=(pledge,))
    for address in (f"/you-said/{pledge}", "/you-said/area/every-area/heard"):
        beside = read_page((await client.get(address)).text).select_one(".beside-it")
        assert beside.select_one("h3 a")["href"] == f"{AREA}#measure-1"


async def test_a_draft_is_for_staff_alone(client, db, read_page):
    await given.measure(db, published=False)
    for address in (PUBLIC, AREA, "/you-said/area/every-area/heard"):
        assert "Plans finished" not in (await client.get(address)).text
    await given.staff(client, db, "officer")
    assert "Plans finished" in (await client.get("/staff/measures")).text


async def test_a_mended_figure_is_shown_and_the_one_before_stays_in_the_history(
    client, db, read_page
):
    await given.staff(client, db, "officer")
    await save(client)
    await add(client, value="99")
    await add(client, note="It was typed wrongly.")
    public = read_page((await client.get(AREA)).text)
    [found] = [row[1] for row in cells(public) if row[0].startswith("Actual")]
    assert found.startswith("44.5%")
    page = read_page((await client.get(ONE)).text)
    assert "99" in page.select_one("section[aria-labelledby=history]").text
    assert await db.fetchval("select count(*) from measure_actuals") == 2
    for statement in ("update measure_actuals set value = 1", "delete from measures"):
        with pytest.raises(Exception, match="only ever added to"):
            await db.execute(statement)


async def test_a_decline_is_told_in_words_in_public(client, db, read_page):
    await given.staff(client, db, "officer")
    await save(client)
    await add(client, value="31")
    assert "Worse than before (31 January 2025)" in (await client.get(AREA)).text
    await add(client, value="80", not_comparable="Counted in another way.")
    text = read_page((await client.get(AREA)).text).main.text
    assert "Not comparable with before (31 January 2025)" in text
    assert "Counted in another way." in text
    assert "Better" not in text


async def test_a_share_of_answers_is_counted_at_once_and_small_groups_are_hidden(
    client, db, read_page
):
    await given.choices(db, "yes", 20)
    await given.choices(db, "sometimes", 20)
    await given.choices(db, "yes", 4, wave="2026-spring")
    await given.choices(db, "no", 40, wave="2026-spring")
    await given.staff(client, db, "officer")

    response = await save_asking(client, "yes")

    assert response.status_code == 200, response.text
    page = read_page((await client.get(AREA)).text)
    assert cells(page)[0] == [
        "Baseline",
        "50% fewer than 50 people sent answers likely between 31% and 69%",
        "autumn 2026",
    ]
    [spring] = [row for row in cells(page) if row[2] == "spring 2026"]
    assert spring[1] == "not shown, so that nobody can be picked out"
    assert "Do people listen to you about the support your child needs?" in page.main.text
    assert "“Yes”" in page.main.text


async def test_an_officer_says_that_a_wave_was_asked_in_the_same_words_and_it_compares(
    client, db, read_page
):
    await given.choices(db, "yes", 100)
    await given.choices(db, "no", 20)
    await given.choices(db, "yes", 20, wave="2026-spring")
    await given.choices(db, "no", 100, wave="2026-spring")
    await given.staff(client, db, "officer")
    await save_asking(client, "yes")
    assert "It is not known whether" in (await client.get(AREA)).text

    said = await post(client, f"{ONE}/same-words", {"wave": "2026-spring"}, ONE)

    assert "Saved." in said.text
    text = (await client.get(AREA)).text
    assert "Better than before (spring 2026)" in text
    assert "An officer said that" in text
    again = await post(client, f"{ONE}/same-words", {"wave": "2026-spring"}, ONE)
    assert again.status_code == 404


async def test_two_counts_of_one_question_cannot_be_subtracted(client, db, read_page):
    await given.measure(db, asking=YES)
    await given.staff(client, db, "officer")
    response = await save_asking(client, "yes", "sometimes", name="Another")
    assert response.status_code == 422
    assert "could be subtracted" in read_page(response.text).select_one("[role=alert]").text
    for nothing in ((), ("yes", "sometimes", "no"), ("nope",)):
        assert (await save_asking(client, *nothing, name="Another")).status_code == 422
    assert "Saved." in (await save_asking(client, "yes", name="Another")).text


async def test_nobody_types_what_people_answered(client, db):
    await given.measure(db, asking=YES)
    await given.staff(client, db, "officer")
    assert (await add(client)).status_code == 404
    assert await db.fetchval("select count(*) from measure_actuals") == 0


async def test_a_problem_shows_the_form_again_as_typed_and_keeps_nothing(client, db, read_page):
    await given.staff(client, db, "officer")
    response = await save(client, name="", target="lots", easy_name="</textarea><b>mine")
    page = read_page(response.text)
    assert response.status_code == 422
    assert page.select_one("#easy_name")["value"] == "</textarea><b>mine"
    assert [link["href"] for link in page.select("[role=alert] a")] == ["#name", "#target"]
    assert await db.fetchval("select count(*) from measures") == 0
    await save(client)
    wrong = read_page((await add(client, value="lots")).text)
    assert [link["href"] for link in wrong.select("[role=alert] a")] == ["#figure-value"]


async def test_pressing_save_twice_keeps_one_measure(client, db):
    await given.staff(client, db, "officer")
    first, second = await save(client), await save(client)
    assert first.url == second.url
    assert await db.fetchval("select count(*) from measures") == 1


async def test_a_measure_with_another_target_is_not_taken_for_the_first(client, db):
    await given.staff(client, db, "officer")
    first, second = await save(client), await save(client, target="71")
    assert first.url != second.url
    assert await db.fetchval("select count(*) from measures") == 2


async def test_a_measure_needs_an_area_and_days_in_their_order(client, db):
    await given.staff(client, db, "officer")
    nowhere = await save(client, area="")
    assert nowhere.status_code == 422
    assert "Choose an area." in nowhere.text
    early = await save(client, target_on="31 January 2025")
    assert early.status_code == 422
    assert "after the day of the baseline" in early.text
    assert await db.fetchval("select count(*) from measures") == 0


@pytest.mark.parametrize("version", ["1", "0", "7", "x", ""])
async def test_a_change_by_somebody_else_meanwhile_is_not_undone_unseen(
    client, db, read_page, version
):
    await given.staff(client, db, "officer")
    await save(client)
    await change(client, name="Theirs")
    response = await change(client, version, name="Mine")
    page = read_page(response.text)
    assert response.status_code == 409
    assert "Somebody else" in page.select_one("[role=alert]").text
    assert page.select_one("#name")["value"] == "Mine"
    assert "Theirs" in page.select_one("section[aria-labelledby=history]").text
    assert page.select_one("[name=version]")["value"] == "2"
    assert "Saved." in (await change(client, "2", name="Mine")).text


async def test_what_is_measured_stays_whatever_is_sent(client, db):
    await given.measure(db, asking=YES)
    await given.staff(client, db, "officer")
    await change(client, what="outside", option="no", unit="weeks")
    kept = await store.one(db, 1)
    assert (kept.version, kept.asking, kept.unit) == (2, YES, "")


async def test_a_reviewer_reads_measures_and_changes_none(client, db, read_page):
    await given.measure(db)
    await given.staff(client, db, "reviewer")
    page = read_page((await client.get(ONE)).text)
    assert not page.select("main form")
    assert (await client.get(NEW)).status_code == 403
    for address in (NEW, ONE, f"{ONE}/figures", f"{ONE}/same-words"):
        response = await post(client, address, TYPED, "/staff/account")
        assert response.status_code == 403
    assert await db.fetchval("select count(*) from measures") == 1


async def test_who_may_not_see_a_survey_sees_nothing_that_was_counted_from_it(
    client, db, clean, read_page
):
    await given.measure(db, asking=YES)
    forum = await db.fetchval("select id from people where email = 'measurer@example.org'")
    await given.measure(db, by=forum, name="From outside")
    web = await connect(clean, Part.WEB)
    try:
        for surveys, n in (([given.SURVEY], 2), (["support-easy-read"], 1)):
            async with web.transaction():
                await see_only(web, surveys)
                assert len(await store.every(web)) == n
    finally:
        await web.close()
    await given.staff(client, db, "officer")
    await db.execute(
        "update people set surveys = array['support-easy-read'] where email like 'officer@%'"
    )
    page = read_page((await client.get("/staff/measures")).text)
    assert "From outside" in page.text
    assert "Plans finished" not in page.text
    assert not [o for o in page.select("#what option") if "parents-carers" in o["value"]]
    assert (await client.get(f"{NEW}?what={ASKING}")).status_code == 404


@pytest.mark.parametrize("nobody", ["999", "99999999999999999999"])
async def test_what_is_not_there_is_not_found(client, db, nobody):
    await given.staff(client, db, "officer")
    assert (await client.get(f"/staff/measures/{nobody}")).status_code == 404
    for address in (f"{PUBLIC}/every-area/nope", f"{PUBLIC}/nope/heard", f"{NEW}?what=x/y"):
        assert (await client.get(address)).status_code == 404
    assert (await client.get(f"{PUBLIC}/hertfordshire-2023/IA3")).status_code == 200


async def test_reports_read_measures_and_no_answer(clean, db):
    await given.choices(db, "yes", 30)
    await given.measure(db, asking=YES)
    reports = await connect(clean, Part.REPORTS)
    try:
        assert len(await store.published(reports)) == 1
        assert await store.actuals(reports, [1]) == {1: []}
    finally:
        await reports.close()


async def test_made_up_figures_say_so(client, db):
    await given.measure(db, demo=True, target=None)
    assert "made up" in (await client.get(AREA)).text
    assert "made up" in (await client.get("/you-said/measures")).text
    assert "No target has been set." in (await client.get(AREA)).text
