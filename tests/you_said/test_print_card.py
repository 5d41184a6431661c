"""A reply on sheets to print, one for each age."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests import given
from tests.paper.test_typeset import tags
from voice.you_said.print_card import AGES, bundle
from voice.you_said.public_pages import reading
from voice.you_said.reply import published_replies

WHOLE: dict[str, Any] = {
    "status": "partly_done",
    "on_day": date(2026, 1, 2),
    "because": "There is no money for more.\nNot this year.",
    "easy_because": "We have no money for more.",
    "instead": "A drop-in each week.",
    "easy_instead": "You can drop in.",
    "measure": "Weeks of waiting",
    "measure_before": "30 weeks",
    "measure_after": "20 weeks",
    "measured_on": date(2026, 1, 3),
    "evidence": "The waiting list of January.",
    "evidence_on": date(2026, 1, 4),
    "board": "SEND board",
    "checked": "no",
    "checked_note": "Too little.",
}
EASY = ("You wait a long time.", "We are finding more people", "We have no money", "drop in.")
STANDARD = ("Waiting & hoping", "six more therapists", "Not this year.", "A drop-in each week.")
RECORD = ("20 weeks", "waiting list of January", "SEND board", "did not agree", "head of SEND")


@pytest.fixture
async def number(client, db):
    await given.staff(client, db, "officer")
    said = await given.comments(db, 22, "My own words", may_quote=True)
    theme = await given.agreed_theme(db, "Waiting & hoping", said)
    return await given.pledge(db, theme, **WHOLE)


async def sheet(client, number, age):
    answer = await client.get(f"/staff/pledges/{number}/cards/{age}.pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


@pytest.mark.parametrize("age", AGES)
async def test_a_sheet_is_tagged_and_has_a_language_a_title_and_headings(client, number, age):
    pdf = pikepdf.open(BytesIO(await sheet(client, number, age)))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-GB"
    title = str(pdf.docinfo["/Title"])
    easy = AGES[age].easy
    assert title == f"You said, we did: {EASY[0] if easy else STANDARD[0]}"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
    kinds = [kind for kind, _ in tags(pdf)]
    assert (kinds.count("/H1"), kinds.count("/H2")) == (1, 1)
    assert kinds.count("/H3") >= 2


async def words_of(client, db, age) -> str:
    """All that the typesetter is given to print."""
    state = client.app.state
    [one] = await published_replies(db, reading(state))
    files = bundle(
        one,
        age,
        state.catalogue.pictures[state.catalogue.surveys[0].id],
        state.settings.home / "templates",
        address="https://voice.example/you-said/1",
    )
    return files["content.json"].decode()


async def test_each_age_reads_its_own_words_of_the_one_record(client, db, number):
    for age, look in AGES.items():
        words = await words_of(client, db, age)
        for these, told in ((EASY, look.easy), (STANDARD, not look.easy), (RECORD, look.record)):
            assert [one in words for one in these] == [told] * len(these), (age, these)
        assert ("About 20 people" in words) == look.numbers
        assert "My own words" not in words


async def test_small_numbers_and_lateness_are_on_the_sheets_as_on_the_page(client, db):
    few = await given.agreed_theme(db, "Lunch", await given.comments(db, 9))
    await given.pledge(db, few, on_day=date(2026, 1, 2))
    for age, look in AGES.items():
        words = await words_of(client, db, age)
        assert "This is late (overdue)." in words
        assert ("Fewer than 10 people said this." in words) == look.numbers


async def test_what_is_not_published_or_no_age_is_not_printed(client, db, number):
    theme = await db.fetchval("select id from agreed_themes")
    by = await db.fetchval("select id from people where email like 'officer@%'")
    draft = await given.pledge(db, theme, by=by, words="Plan", published=False)
    for place in (f"{draft}/cards/4-7.pdf", f"{number}/cards/5-6.pdf", "99/cards/parents.pdf"):
        assert (await client.get(f"/staff/pledges/{place}")).status_code == 404
    assert "/cards/4-7.pdf" in (await client.get(f"/staff/pledges/{number}")).text
    assert "/cards/4-7.pdf" not in (await client.get(f"/staff/pledges/{draft}")).text


async def test_a_sign_that_the_fonts_lack_does_not_stop_a_sheet(client, db):
    await given.staff(client, db, "officer")
    theme = await given.agreed_theme(db, "Waiting 😀", await given.comments(db, 22))
    number = await given.pledge(db, theme, words="We did 👍 it", easy_words="We did 👍 it")
    for age in AGES:
        assert (await sheet(client, number, age)).startswith(b"%PDF")
        assert "[thumbs up sign]" in await words_of(client, db, age)


def test_letters_are_bigger_the_younger_the_reader():
    sizes = [look.points for look in AGES.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert all(look.points >= 18 for look in AGES.values() if look.easy)
