"""The demo's story: labelled by hand, told once, and about made-up answers only."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from tests import given
from voice.challenges import store as challenges
from voice.challenges.challenge import due_on, read_statement
from voice.database.pool import Connection
from voice.demo import responses, story
from voice.easy_words.lengths import LONG_SENTENCE
from voice.easy_words.text import count_words, sentences
from voice.enrichment.redact import Redactor
from voice.safeguarding import store as safeguarding
from voice.safeguarding.detect import Concern, Detector
from voice.staff.people import ROLES
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks
from voice.you_said import store as you_said
from voice.you_said.pledge import Pledge, read_pledge

HOME = Path(__file__).parents[2]
FAMILY = "send-support"
FRAMEWORKS = load_frameworks(HOME / "surveys" / "frameworks")
STORY = story.read()
WRITTEN = {response.id: response for response in responses.read()}
PLEDGES = [pledge for theme in STORY.themes for pledge in theme.pledges]
TABLES = (
    "agreed_themes",
    "agreed_members",
    "agreed_areas",
    "decisions",
    "pledges",
    "flag_actions",
    "challenges",
    "challenge_answers",
)
FLAGGED = ("demo-042", "demo-093", "demo-117", "demo-251", "demo-338")
"""Two to seek advice about, one to refer, one without concern, and one to leave waiting."""

each_theme = pytest.mark.parametrize("theme", STORY.themes, ids=lambda theme: theme.name[:30])
each_pledge = pytest.mark.parametrize("pledge", PLEDGES, ids=lambda pledge: pledge.easy_said[:30])


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.read(HOME / "surveys")


@pytest.fixture
async def people(db: Connection, catalogue: Catalogue) -> dict[str, int]:
    """Who the story is about, beside the demo's answers as if they had been enriched."""
    async with db.transaction():
        await responses.keep(db, given.VAULT, catalogue)
    await db.execute(
        "insert into redacted_comments (response_id, question_id, words, taken_out)"
        " select response_id, question_id, 'something', '{}' from answers"
        " where free_text and state = 'answered'"
    )
    for name in FLAGGED:
        await flag(db, name)
    return {role: await given.person(db, role) for role in ROLES}


async def flag(db: Connection, name: str, question: str = "one_change") -> None:
    response_id = await db.fetchval("select id from responses where source_ref = $1", ref(name))
    await given.flag(db, response_id, question, Concern(True, 0.9, ["bullying"], ["x"]))


def ref(name: str) -> str:
    return f"demo:{name}"


async def tell(db: Connection, people: dict[str, int]) -> None:
    async with db.transaction():
        await story.tell_story(db, FAMILY, people)


async def counts(db: Connection) -> dict[str, int]:
    return {table: await db.fetchval(f"select count(*) from {table}") for table in TABLES}


@each_theme
def test_a_theme_has_eleven_to_forty_comments_each_named_once(theme):
    assert 11 <= len(theme.about) <= 40
    assert sorted(set(theme.about)) == theme.about
    for name in theme.about:
        assert WRITTEN[name].answers["one_change"], name


@each_theme
def test_three_quotes_are_among_a_theme_s_comments_and_may_be_quoted(theme):
    assert len(set(theme.quotes)) == 3
    assert set(theme.quotes) <= set(theme.about)
    for name in theme.quotes:
        assert WRITTEN[name].may_quote, name


def test_no_quote_is_a_worry_and_none_names_anybody():
    quotes = [str(WRITTEN[n].answers["one_change"]) for t in STORY.themes for n in t.quotes]
    detector = Detector.open(HOME / "nlp_models")
    assert [words for words in quotes if detector.concern(words).concern] == []
    redacted = Redactor.open(HOME / "nlp_models").redact(quotes)
    assert [found.words for found in redacted] == quotes


def test_every_area_is_one_of_a_framework_and_both_frameworks_are_used():
    offered = {(framework.id, area.id) for framework in FRAMEWORKS for area in framework.areas}
    used = [area for theme in STORY.themes for area in theme.areas]
    assert set(used) <= offered
    assert all(theme.areas for theme in STORY.themes)
    assert {framework for framework, _ in used} == {framework.id for framework in FRAMEWORKS}


@each_pledge
def test_a_pledge_of_the_story_could_have_been_typed(pledge):
    today = date(2027, 3, 1)
    said = pledge.on(today)
    typed = {name: value for name, value in asdict(said).items() if isinstance(value, str)}
    typed |= {name: d.isoformat() for name, d in asdict(said).items() if isinstance(d, date)}
    assert read_pledge(typed | {"publish": "yes"}, today, before=said) == replace(
        said, published=True
    )


def test_a_challenge_of_the_story_could_have_been_typed_and_answered_in_time():
    [told] = [pledge.challenge for pledge in PLEDGES if pledge.challenge]
    for said in (told, told.answer):
        typed = {"words": said.words, "easy_words": said.easy_words, "confidential": "no"}
        assert read_statement(typed) == said.statement
        easy = sentences(said.easy_words)
        assert [one for one in easy if count_words(one) > LONG_SENTENCE] == []
    today = date(2027, 3, 1)
    assert told.answer.on(today) <= due_on(told.on(today), 20)


async def test_the_challenge_of_the_story_is_marked_as_made_up(db, people):
    await tell(db, people)
    [one] = await challenges.published(db)
    assert one.demo
    assert one.answer is not None


@each_pledge
def test_easy_words_are_ten_to_a_sentence_at_most(pledge):
    easy = sentences(
        f"{pledge.easy_said} {pledge.easy_words} {pledge.easy_because} {pledge.easy_instead}"
    )
    assert [one for one in easy if count_words(one) > LONG_SENTENCE] == []


def test_something_was_done_something_is_due_something_is_late_and_something_could_not_be():
    public = [pledge for pledge in PLEDGES if pledge.published]
    assert Counter(p.status for p in public) == {
        "done": 1,
        "partly_done": 1,
        "doing": 2,
        "cannot_do": 1,
    }
    assert len(PLEDGES) == len(public) + 1
    today = date(2027, 3, 1)
    assert [p.on(today).on_day for p in public if p.on(today).overdue(today)] == [date(2027, 2, 15)]
    assert all(p.days < 0 for p in PLEDGES if p.status != "doing")


def test_it_is_plain_that_the_organisations_are_made_up():
    assert all(pledge.owner_organisation.startswith("Demo County ") for pledge in PLEDGES)


async def test_the_story_is_told_once_however_often(db, people):
    await tell(db, people)
    once = await counts(db)
    assert once["agreed_themes"] == once["decisions"] == len(STORY.themes)
    assert once["agreed_members"] == sum(len(theme.about) for theme in STORY.themes)
    assert once["pledges"] == len(PLEDGES)

    await db.execute("update agreed_themes set name = 'Renamed' where id = 1")
    await db.execute("update agreed_themes set ended_at = now() where id = 2")
    await db.execute("update pledges set superseded_at = now() where theme_id = 1")
    await tell(db, people)
    assert await counts(db) == once


async def test_a_theme_that_somebody_agreed_to_under_the_same_name_is_not_made_again(db, people):
    name = STORY.themes[0].name
    await given.agreed_theme(db, name.upper(), [], asked_of=FAMILY)
    await tell(db, people)
    same = await db.fetchval(
        "select count(*) from agreed_themes where lower(name) = lower($1)", name
    )
    assert same == 1


async def test_a_theme_is_kept_with_its_comments_quotes_areas_and_a_reason(db, people):
    await tell(db, people)
    theme = STORY.themes[0]
    rows = await db.fetch(
        "select r.source_ref, m.quote_place, m.score from agreed_members m"
        " join responses r on r.id = m.response_id where m.theme_id = 1"
        " order by m.quote_place nulls last, r.source_ref"
    )
    assert {row["source_ref"] for row in rows} == {ref(name) for name in theme.about}
    assert [row["source_ref"] for row in rows[:3]] == [ref(name) for name in theme.quotes]
    assert {row["score"] for row in rows} == {1.0}
    areas = await db.fetch("select framework_id, area_id from agreed_areas where theme_id = 1")
    assert {tuple(row) for row in areas} == set(theme.areas)
    decision = await db.fetchrow("select kind, reason, decided_by from decisions where id = 1")
    assert tuple(decision) == ("agree", "Put together by hand, for the demo.", people["reviewer"])


async def test_days_are_counted_from_the_day_of_telling(db, people):
    before = date.today()
    await tell(db, people)
    after = date.today()
    kept = await you_said.current(db)
    assert len(kept) == len(PLEDGES)
    for pledge, told in zip(kept, PLEDGES, strict=True):
        days = timedelta(days=told.days)
        assert before + days <= pledge.on_day <= after + days
        plain = {name: getattr(pledge, name) for name in Pledge.__struct_fields__}
        assert Pledge(**plain) == told.on(pledge.on_day - days)


async def test_the_lead_leaves_true_worries_and_finds_no_concern_in_the_others(db, people):
    await flag(db, "demo-338", "going_well")
    await tell(db, people)
    rows = await db.fetch(
        "select r.source_ref, d.question_id, d.action, d.done_by from flag_actions d"
        " join responses r on r.id = d.response_id order by r.source_ref"
    )
    assert [tuple(row)[:3] for row in rows] == [
        (ref("demo-042"), "one_change", "advice_sought"),
        (ref("demo-093"), "one_change", "referred"),
        (ref("demo-117"), "one_change", "no_concern"),
        (ref("demo-251"), "one_change", "advice_sought"),
        (ref("demo-338"), "going_well", "no_concern"),
    ]
    assert {row["done_by"] for row in rows} == {people["safeguarding_lead"]}
    left = await safeguarding.worries(db, "demo")
    assert [(w.source_ref, w.question_id) for w in left] == [(ref("demo-338"), "one_change")]


async def test_nobody_but_the_demo_s_answers_is_looked_after_by_the_story(db, people):
    real = await given.comment(db, "he hits me", route="web")
    await given.answer(db, real, "he hits me")
    await given.flag(db, real, "one_change", Concern(True, 0.9, ["x"], ["hits"]))
    await tell(db, people)
    assert [w.response_id for w in await safeguarding.worries(db, "web")] == [real]
    assert await db.fetchval("select count(*) from flag_actions where response_id = $1", real) == 0
    made_up = "select count(*) from agreed_members where response_id = $1"
    assert await db.fetchval(made_up, real) == 0


def test_what_the_lead_did_is_about_responses_that_are_there():
    acted = [one.id for one in STORY.safeguarding.acted]
    named = [*STORY.safeguarding.waits, *acted]
    assert len(set(named)) == len(named)
    for name in named:
        assert WRITTEN[name].answers["one_change"], name
    assert [one.id for one in STORY.safeguarding.acted if one.action == "referred"] == ["demo-093"]
    assert all(one.reference for one in STORY.safeguarding.acted if one.action == "referred")


async def test_the_public_reads_the_published_pledges_and_not_the_draft(
    client, db, people, read_page
):
    await tell(db, people)
    page = read_page((await client.get("/you-said")).text).text
    drafts = [pledge for pledge in PLEDGES if not pledge.published]
    assert all(pledge.words in page for pledge in PLEDGES if pledge.published)
    assert len(drafts) == 1
    assert drafts[0].words not in page
    assert drafts[0].easy_words not in page


async def test_the_reviewer_reads_what_was_put_together_by_hand(client, db, people, read_page):
    await tell(db, people)
    await given.sign_in(client, "reviewer@example.org")
    page = read_page((await client.get("/staff/themes/1")).text).text
    assert "agreed to" in page
    assert "by hand, for the demo" in page
    assert "which the machine called" not in page
