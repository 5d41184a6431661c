"""Comments with the themes that people gave them, as rows to learn from."""

import pytest

from tests import given
from tests.exports.test_spreadsheet import read
from voice.csv_file import read_comments
from voice.database.pool import Part, transaction
from voice.errors import BadInput
from voice.exports.training import training
from voice.labels.labelled import Columns, read_labelled
from voice.review import asked
from voice.safeguarding.detect import Concern
from voice.surveys.catalogue import Catalogue


@pytest.fixture
def export(clean, settings):
    catalogue = Catalogue.read(settings.surveys)
    this = asked.find(catalogue, given.SURVEY, given.QUESTION)

    async def export(**chosen):
        async with transaction(clean, Part.REPORTS) as db:
            return await training(db, this, **chosen)

    return export


async def test_each_comment_has_its_themes_and_their_areas(db, export, tmp_path):
    waits = await given.comments(db, 6, "The wait is long")
    buses = await given.comments(db, 5, "=The bus, it is late")
    areas = [("hertfordshire-2023", "PA1"), ("every-area", "heard")]
    await given.agreed_theme(db, "Waiting", waits, areas=areas)
    await given.agreed_theme(db, "Buses | taxis", [*buses, waits[0]])
    ended = await given.agreed_theme(db, "Ended", waits)
    await db.execute("update agreed_themes set ended_at = now() where id = $1", ended)
    await given.comments(db, 3, "In no theme")

    made = await export()

    rows = read(made.content)
    assert made.n == len(rows) == 11
    by_words = {row["comment"]: row for row in rows}
    assert by_words["The wait is long 0"]["themes"] == "Buses / taxis|Waiting"
    assert by_words["The wait is long 0"]["areas"] == "every-area/heard|hertfordshire-2023/PA1"
    assert by_words["'=The bus, it is late 0"]["areas"] == ""
    assert {row["question"] for row in rows} != {""}
    assert not any(str(one) in made.content.decode() for one in [*waits, *buses])

    file = tmp_path / "rows.csv"
    file.write_bytes(made.content)
    columns = Columns(text="comment", context="question", id="row", labels="themes")
    learnt = read_labelled(file, columns, 5)
    assert learnt.labels == ["Buses / taxis", "Waiting"]
    assert len(learnt.comments) == 11
    assert len(list(read_comments(file, text="comment", id="row"))) == 11


async def test_what_is_held_back_or_was_not_read_stays_out(db, export):
    comments = await given.comments(db, 6)
    await given.agreed_theme(db, "Waiting", comments)
    await given.flag(db, comments[0], given.QUESTION, Concern(True, 0.9, ["x"], ["y"]))
    assert (await export()).n == 5
    with pytest.raises(BadInput, match="read one by one"):
        await export(only_read=True)
    decision = await db.fetchval(
        "insert into decisions (asked_of, question_id, kind, decided_by)"
        " select $1, $2, 'read', id from people limit 1 returning id",
        given.SURVEY,
        given.QUESTION,
    )
    await db.execute(
        "insert into read_comments values ($1, $2, $3, $4)",
        given.SURVEY,
        comments[1],
        given.QUESTION,
        decision,
    )
    made = await export(only_read=True)
    assert [row["themes"] for row in read(made.content)] == ["Waiting"]


async def test_a_question_without_agreed_themes_says_so(export):
    with pytest.raises(BadInput, match="No comment is in an agreed theme"):
        await export()
