"""What people decided stays when the machine looks for themes again."""

import numpy as np
import pytest

from tests import given
from tests.review.test_themes import decide, decisions
from tests.review.test_undo import undo
from voice.themes.run import find_themes
from voice.themes.store import Question

HERE = Question(given.SURVEY, given.QUESTION)
QUESTION = f"/staff/questions/{given.SURVEY}/{given.QUESTION}"


async def hear(db, n, words, place, wave=given.WAVE):
    """`n` comments that mean nearly the same."""
    rng = np.random.default_rng(place * 1000 + n)
    found = []
    for number in range(n):
        vector = np.eye(384)[place] + rng.normal(0, 0.01, 384)
        vector /= np.linalg.norm(vector)
        found.append(await given.comment(db, f"{words} {number}", vector=vector, wave=wave))
    return found


async def look(db):
    """Let the machine look; return {name: members} of what it suggests."""
    async with db.transaction():
        await find_themes(db, [given.SURVEY], HERE, smallest=5)
    rows = await db.fetch(
        "select t.name, array_agg(m.response_id) as said from suggested_themes t"
        " join suggested_members m on m.theme_id = t.id group by t.id"
    )
    return {row["name"]: set(row["said"]) for row in rows}


async def agreed(db):
    rows = await db.fetch(
        "select t.id, t.name, t.description, t.quotes_chosen, m.response_id, m.publishable,"
        " m.by_hand from agreed_themes t left join agreed_members m on m.theme_id = t.id"
        " where t.ended_at is null order by 1, 5"
    )
    return [tuple(row) for row in rows]


@pytest.fixture
async def themes(client, db):
    """Two themes that the machine found in a first wave and a person agreed to."""
    await given.staff(client, db, "reviewer")
    taxis = await hear(db, 12, "the taxi never comes on time", 1)
    phones = await hear(db, 14, "nobody answers the phone", 2)
    await look(db)
    rows = await db.fetch("select id from suggested_themes order by place")
    for row, name in zip(rows, ("Phones", "Taxis"), strict=True):
        data = {"name": name, "_csrf_token": await given.token(client, QUESTION)}
        await client.post(f"/staff/suggestions/{row['id']}/agree", data=data)
    named = {r["name"]: r["id"] for r in await db.fetch("select id, name from agreed_themes")}
    return named | {"taxis": taxis, "phones": phones}


async def test_described_moved_made_and_chosen_stay_as_people_left_them(client, db, themes):
    taxis, phones = themes["taxis"], themes["phones"]
    await decide(client, themes["Taxis"], "describe", description="Taxis are late.")
    move = {"do": "move", "to": str(themes["Phones"]), "comment": [str(taxis[0])]}
    await decide(client, themes["Taxis"], "ticked", "2", **move)
    out = {"do": "out", "comment": [str(taxis[1])]}
    await decide(client, themes["Taxis"], "ticked", "3", **out)
    make = {"do": "make", "new": "Switchboard", "comment": [str(one) for one in phones[:6]]}
    await decide(client, themes["Phones"], "ticked", "2", **make)
    await db.execute("update responses set may_quote = true")
    mark = {"do": "mark", "comment": [str(taxis[2])]}
    await decide(client, themes["Taxis"], "ticked", "4", **mark)
    assert [one["kind"] for one in await decisions(db)][2:] == [
        "describe",
        "move",
        "move",
        "make",
        "publish",
    ]
    before = await agreed(db)
    new = await hear(db, 9, "the taxi is late again", 1, wave="2027-spring")

    suggested = await look(db)

    assert await agreed(db) == before
    assert suggested["Taxis"] <= set(new)
    assert len(suggested["Taxis"]) >= 5
    everywhere = set().union(*suggested.values())
    assert taxis[0] not in everywhere, "moved by a person: it is where it belongs"
    assert not set(phones) & everywhere
    assert set(suggested) <= {"Taxis"}


async def test_what_a_person_took_out_of_a_theme_is_not_offered_to_it_again(client, db, themes):
    out = {"do": "out", "comment": [str(one) for one in themes["taxis"][:3]]}
    await decide(client, themes["Taxis"], "ticked", **out)
    assert await look(db) == {}
    await undo(client, (await decisions(db))[-1]["id"])
    await decide(client, themes["Taxis"], "withdraw", "3", reason="A mistake")
    assert [len(said) for said in (await look(db)).values()] == [12]


async def test_what_was_put_in_and_undone_is_offered_again(client, db, themes):
    [new] = await hear(db, 1, "the taxi is late again", 1, wave="2027-spring")
    put = {"do": "in", "to": str(themes["Taxis"]), "comment": str(new)}
    put["_csrf_token"] = await given.token(client, QUESTION)
    await client.post(f"{QUESTION}/rest/ticked", data=put)
    assert await look(db) == {}
    await undo(client, (await decisions(db))[-1]["id"])
    assert await look(db) == {"Taxis": {new}}


async def test_what_was_undone_is_suggested_again(client, db, themes):
    agreed_to = next(one for one in await decisions(db) if one["details"]["name"] == "Taxis")
    await undo(client, agreed_to["id"])
    assert [said for said in (await look(db)).values()] == [set(themes["taxis"])]
