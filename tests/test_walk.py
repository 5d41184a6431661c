"""One comment, the whole corridor: from a child's answer to “You said, we did” and the export.

The real app, database, worker and models. What each room does in detail, its own tests say.
"""

import csv
import io
import re

import pytest

from tests import given
from voice import worker
from voice.database.pool import transaction
from voice.demo import responses

pytestmark = pytest.mark.slow

EASY = "/surveys/support-easy-read"
WORDS = "My name is Zainab. Its too loud in the dinner hall and my ears hurt. I want a quiddlenook"
# Words that only this child wrote: a name, which is taken out, and one that is not.
CANARIES = ("Zainab", "quiddlenook")
NAME = "Too loud, and nowhere quiet"
ASKED = "/staff/questions/send-support/one_change"


async def answer_as_a_child(client, read_page) -> str:
    """Answer the easy-read survey and send it; returns the three words."""
    await client.post(f"{EASY}/start", data={"assent": "yes", "words": ""})
    await client.post(f"{EASY}/pages/listened", data={"listened": "no", "go": "next"})
    await client.post(f"{EASY}/pages/one_change", data={"one_change": WORDS, "go": "next"})
    await client.post(f"{EASY}/pages/helped", data={"helped": "read", "go": "next"})
    await client.post(f"{EASY}/pages/may_quote", data={"may_quote": "yes", "go": "next"})
    sent = await client.post(f"{EASY}/send")
    return str(read_page(sent.text).select_one(".code").text)


async def fill(client, page: str, address: str, **fields) -> str:
    """Send a form of a staff page with its token; returns the page that follows."""
    data = {**fields, "_csrf_token": await given.token(client, page)}
    response = await client.post(address, data=data)
    assert response.status_code == 200, response.text
    return str(response.text)


async def enriched(db):
    """The child's comment as it travels on: the name is gone, the words are there."""
    comment = await db.fetchrow(
        "select c.* from redacted_comments c join responses r on r.id = c.response_id"
        " where r.route = 'web'"
    )
    assert "[a name]" in comment["words"]
    assert "dinner hall" in comment["words"]
    assert "Zainab" not in comment["words"]
    return comment


async def safeguarded(client, db, response_id) -> None:
    """The safeguarding lead has every answer in the queue, and clears the child's."""
    await given.staff(client, db, "safeguarding_lead")
    page = "/staff/safeguarding"
    assert "<strong>594</strong> answers wait" in (await client.get(page)).text
    fields = {"response": str(response_id), "question": "one_change", "action": "no_concern"}
    assert "<strong>593</strong> answers wait" in await fill(client, page, page, **fields)


async def agreed(client, db, read_page, response_id):
    """A reviewer finds the comment in a suggestion and agrees to it under a better name."""
    suggestion = await db.fetchval(
        "select theme_id from suggested_members where response_id = $1", response_id
    )
    assert suggestion, "the child's comment is in a theme"
    themes = read_page((await client.get(ASKED)).text)
    assert "Nothing counts until a person agrees" in themes.main.text
    page = f"/staff/suggestions/{suggestion}"
    assert "dinner hall" in read_page((await client.get(page)).text).main.text
    await fill(client, page, f"{page}/agree", name=NAME, area="hertfordshire-2023/IA3")
    theme = await db.fetchrow("select * from agreed_themes")
    decision = await db.fetchrow("select kind, decided_by from decisions")
    assert theme["name"] == NAME
    assert tuple(decision) == ("agree", theme["agreed_by"])
    return theme


async def answered_back(client, db, theme_id: int) -> None:
    """An officer answers the theme: we cannot, because."""
    await given.staff(client, db, "officer")
    new = f"/staff/pledges/new?theme={theme_id}"
    await fill(
        client,
        new,
        new,
        theme=str(theme_id),
        status="cannot_do",
        easy_said="Our school is too loud.",
        words="We cannot rebuild every dinner hall.",
        easy_words="We cannot build new dinner halls.",
        because="There is no money for buildings this year.",
        easy_because="There is no money for it this year.",
        owner_role="head of SEND",
        owner_organisation="the demo council",
        on_day="2026-10-01",
        publish="yes",
    )


async def published(client, read_page) -> None:
    """Everybody can read it, in both wordings; the exports say the same."""
    for wording, words in (("", "no money for buildings"), ("easy-read", "no money for it")):
        public = read_page((await client.get(f"/you-said?words={wording}")).text)
        assert words in public.main.text
    one = read_page((await client.get("/you-said/1")).text)
    assert NAME in one.main.text
    assert re.search(r"[Aa]bout \d*[05] people|[Ff]ewer than 10", one.main.text)

    file = (await client.get("/staff/exports/you-said.csv")).content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(file)))
    assert len(table) == 1
    assert NAME in table[0].values()
    page = (await client.get("/staff/exports/you-said.html")).text
    assert "no money for buildings" in page
    assert "Zainab" not in one.text + file + page


async def test_one_comment_goes_all_the_way(client, db, clean, settings, read_page, caplog):
    async with transaction(clean) as other:  # Others said things too: themes need company.
        await responses.keep(other, given.VAULT, worker.Workshop(settings).catalogue)
    code = await answer_as_a_child(client, read_page)
    await worker.run(settings, drain=True)

    comment = await enriched(db)
    assert "redacted_comments" in await given.tables_with(db, CANARIES[1]), "the search finds it"
    assert await given.tables_with(db, CANARIES[0]) == []
    await safeguarded(client, db, comment["response_id"])
    await given.staff(client, db, "reviewer")
    await fill(client, "/staff/questions", f"{ASKED}/themes", wave="")
    await worker.run(settings, drain=True)
    theme = await agreed(client, db, read_page, comment["response_id"])
    await answered_back(client, db, theme["id"])
    await published(client, read_page)

    gone = await client.post("/withdraw", data={"code": code})
    assert "deleted" in gone.text
    for table in ("answers", "redacted_comments", "agreed_members", "suggested_members"):
        left = f"select count(*) from {table} where response_id = $1"
        assert await db.fetchval(left, comment["response_id"]) == 0
    await worker.run(settings, drain=True)
    exports = (await client.get("/staff/exports/you-said.html")).text
    for canary in CANARIES:
        assert await given.tables_with(db, canary) == []
        assert canary not in exports + caplog.text
    assert "dinner hall" not in caplog.text
