"""Whoever may see some surveys only sees nothing of the others, and not that there is anything."""

import pytest

from tests import given
from voice.settings import shipped_home
from voice.staff import rota_store
from voice.surveys.catalogue import Catalogue

OTHERS, THEIRS = "support-parents-carers", "support-easy-read"


@pytest.fixture
async def guest(client, db):
    """A reviewer of another organisation, who sees one survey."""
    person_id = await given.person(db, "reviewer", "officer")
    await db.execute(
        "update people set organisation = 'HPCI', surveys = $2 where id = $1", person_id, [THEIRS]
    )
    await given.sign_in(client, "reviewer@example.org")
    return person_id


async def test_what_is_not_theirs_is_as_if_it_were_not_there(client, db, guest, read_page):
    said = await given.comments(db, 6, survey=OTHERS)
    suggestion = await given.suggestion(db, "Taxis", said)
    theme = await given.agreed_theme(db, "Taxis", said)
    number = await given.pledge(db, theme)
    for hidden, missing in (
        (f"/staff/suggestions/{suggestion}", "/staff/suggestions/999999"),
        (f"/staff/themes/{theme}", "/staff/themes/999999"),
        (f"/staff/pledges/{number}", "/staff/pledges/999999"),
        (f"/staff/pledges/new?theme={theme}", "/staff/pledges/new?theme=999999"),
        (f"/staff/paper/{OTHERS}", "/staff/paper/no-such-survey"),
    ):
        here, there = await client.get(hidden), await client.get(missing)
        assert here.status_code == there.status_code == 404, hidden
        assert read_page(here.text).main == read_page(there.text).main
    for page in (
        f"/staff/questions/{OTHERS}/one_change",
        "/staff/questions/send-support/one_change",
    ):
        assert (await client.get(page)).status_code == 404
    for page in ("/staff", "/staff/questions", "/staff/pledges"):
        assert "Taxis" not in (await client.get(page)).text


async def test_what_is_theirs_is_there(client, db, guest):
    said = await given.comments(db, 6, survey=THEIRS)
    theme = await given.agreed_theme(db, "Taxis", said, asked_of=THEIRS)
    assert (await client.get(f"/staff/themes/{theme}")).status_code == 200
    assert "Taxis" in (await client.get(f"/staff/questions/{THEIRS}/one_change")).text


async def test_they_cannot_act_on_what_is_not_theirs(client, db, guest):
    said = await given.comments(db, 6, survey=OTHERS)
    theme = await given.agreed_theme(db, "Taxis", said)
    data = {"name": "Mine", "_csrf_token": await given.token(client, "/staff/account")}
    answer = await client.post(f"/staff/themes/{theme}/rename", data=data)
    assert answer.status_code == 404
    assert await db.fetchval("select name from agreed_themes") == "Taxis"


async def test_the_rest_of_the_day_nobody_else_is_limited(client, db, guest):
    """What one request was not to see, the next one over the same connection sees."""
    await given.agreed_theme(db, "Taxis", await given.comments(db, 6, survey=OTHERS))
    for _ in range(20):
        await client.get("/staff/questions")
    client.cookies.clear()
    await given.staff(client, db, "administrator")
    for _ in range(20):
        assert "Taxis" in (await client.get(f"/staff/questions/{OTHERS}/one_change")).text


def test_a_family_is_seen_by_who_sees_all_of_it():
    catalogue = Catalogue.read(shipped_home() / "surveys")
    family = [one.id for one in catalogue.members("send-support")]
    assert "send-support" in catalogue.asked_within(family)
    assert catalogue.asked_within(family[:1]) == family[:1]
    assert catalogue.asked_within(["no-such-survey"]) == []


async def test_who_sees_some_surveys_lets_nobody_in_whatever_the_role(client, db):
    person_id = await given.person(db, "administrator")
    await db.execute("update people set surveys = $2 where id = $1", person_id, [THEIRS])
    await given.sign_in(client, "administrator@example.org")
    assert (await client.get("/staff/people")).status_code == 403
    data = {"email": "x@y.example", "role": "administrator"}
    data["_csrf_token"] = await given.token(client, "/staff/account")
    assert (await client.post("/staff/people/invite", data=data)).status_code == 403
    assert await db.fetchval("select count(*) from invitations") == 0


async def test_a_lead_of_some_surveys_is_nobody_s_reader(clean, db):
    """Words of the other surveys would wait for nobody."""
    await given.reader_on_rota(clean)
    assert await rota_store.anybody_on_rota(db)
    await db.execute("update people set surveys = $1", [THEIRS])
    assert not await rota_store.anybody_on_rota(db)
