"""How answers were given: each voice and each kind of help for itself, and patterns told."""

from tests import given as make
from voice.review.given import Given, how_given


def test_each_voice_and_each_kind_of_help_stands_for_itself():
    tables = how_given(
        [
            Given("child", "web", "alone", [], 3),
            Given("child", "paper", "observed", ["always_first"], 2),
            Given("parent", "web", None, ["always_first", "opposites_alike"], 1),
        ]
    )
    assert tables.voices == ["Children", "Parents and carers"]
    assert [(row.name, row.counts) for row in tables.helped] == [
        ("Alone", [3, 0]),
        ("An adult wrote down what they saw", [2, 0]),
        ("Not said", [0, 1]),
    ]
    assert [(row.name, row.counts) for row in tables.patterns] == [
        ("The same answer to a question and to its opposite", [0, 1]),
        ("Always the answer that stood first", [2, 1]),
    ]
    assert tables.total == [5, 1]


async def test_a_reviewer_sees_it_from_the_question_and_a_pattern_leaves_nothing_out(
    client, db, read_page
):
    await make.response(db, helped="alone", voice="child", survey="support-easy-read")
    odd = await make.response(db, helped="read", voice="child", survey="support-easy-read")
    await db.execute("update responses set patterns = '{always_last}' where id = $1", odd)
    await make.staff(client, db, "reviewer")
    question = read_page((await client.get("/staff/questions/send-support/one_change")).text)
    link = question.select_one("a[href='/staff/answers/send-support']")
    page = read_page((await client.get(link["href"])).text)
    cells = {row.th.text: row.td.text for row in page.select("tbody tr")}
    assert cells["Alone"] == "1"
    assert cells["All"] == "2", "who shows a pattern is counted like everybody"
    assert cells["Always the answer that stood last"] == "1"


async def test_before_anybody_answered_it_says_so_and_an_unknown_survey_is_not_found(
    client, db, read_page
):
    await make.staff(client, db, "reviewer")
    page = read_page((await client.get("/staff/answers/support-easy-read")).text)
    assert "Nobody has sent an answer yet" in page.text
    assert (await client.get("/staff/answers/nope")).status_code == 404
