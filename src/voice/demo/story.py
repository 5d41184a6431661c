"""What the demo's lead, reviewer and officer did, so that every page has something to look at."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from voice.challenges import store as challenges
from voice.challenges.challenge import About, Statement
from voice.challenges.store import Seen
from voice.database import sql
from voice.database.pool import Connection
from voice.review import decision_store
from voice.review.decision_store import Asking
from voice.review.theme import AreaKey, Decision, Member, NewTheme
from voice.safeguarding import store as safeguarding
from voice.you_said import store as you_said
from voice.you_said.pledge import Checked, Pledge, Status

FILE = Path(__file__).parent / "story.toml"
SQL = sql.load(__file__)
QUESTION = "one_change"
BY_HAND = "Put together by hand, for the demo."


class Acted(Struct, frozen=True, forbid_unknown_fields=True):
    """What the lead did about the comment of one demo response."""

    id: str
    action: str
    reference: str = ""


class Safeguarding(Struct, frozen=True, forbid_unknown_fields=True):
    """The flagged comments that the lead left waiting, and those that needed more than reading."""

    waits: list[str]
    acted: list[Acted]


class Put(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody wrote in a challenge, so many days from the day on which it is told."""

    days: int
    words: str
    easy_words: str

    @property
    def statement(self) -> Statement:
        """What it says."""
        return Statement(words=self.words, easy_words=self.easy_words)

    def on(self, today: date) -> date:
        """Return its day."""
        return today + timedelta(days=self.days)


class ChallengeTold(Put, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A challenge of the story to its pledge, and the officer's answer."""

    answer: Put


class PledgeTold(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pledge of the story: its days are so many days from the day on which it is told."""

    status: Status
    days: int
    published: bool
    easy_said: str
    words: str
    easy_words: str
    because: str = ""
    easy_because: str = ""
    instead: str = ""
    easy_instead: str = ""
    measure: str = ""
    measure_before: str = ""
    measure_after: str = ""
    measured_days: int | None = None
    evidence: str = ""
    evidence_days: int | None = None
    owner_role: str
    owner_organisation: str
    next_update_days: int | None = None
    board: str = ""
    board_days: int | None = None
    checked: Checked = "not_yet"
    checked_note: str = ""
    challenge: ChallengeTold | None = None

    def on(self, today: date) -> Pledge:
        """Return the pledge as it is kept when the story is told today."""
        said = asdict(self)
        del said["challenge"]
        day = today + timedelta(days=said.pop("days"))
        for name in ("measured", "evidence", "next_update", "board"):
            after = said.pop(f"{name}_days")
            said[f"{name}_on"] = None if after is None else today + timedelta(days=after)
        return Pledge(**said, on_day=day)


class ThemeTold(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agreed theme of the story: demo responses by their ids, three of them quotes in order."""

    name: str
    about: list[str]
    quotes: list[str]
    areas: list[AreaKey]
    pledges: list[PledgeTold] = []

    def decision(self, responses: Mapping[str, UUID]) -> Decision:
        """Return the decision that agrees to it, given the responses by their demo ids."""
        places = {name: place for place, name in enumerate(self.quotes, 1)}
        members = tuple(Member(responses[name], 1.0, places.get(name)) for name in self.about)
        return Decision(
            kind="agree",
            reason=BY_HAND,
            details={
                "name": self.name,
                "suggested": self.name,
                "comments": len(members),
                "by_hand": True,
            },
            made=(NewTheme(self.name, members, frozenset(self.areas)),),
        )


class Story(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    safeguarding: Safeguarding
    themes: list[ThemeTold]


def read() -> Story:
    """Read the story."""
    return msgspec.toml.decode(FILE.read_bytes(), type=Story)


async def tell_story(db: Connection, family: str, people: dict[str, int]) -> None:
    """Do what the story says, in the caller's transaction: what was told before is left alone.

    `people` has who did it, by role. The demo's responses must be there, and be enriched.
    """
    story = read()
    await _look_after(db, story.safeguarding, people["safeguarding_lead"])
    rows = await db.fetch(SQL.demo_responses)
    responses = {row["source_ref"].removeprefix("demo:"): row["id"] for row in rows}
    for theme in story.themes:
        asking = Asking(family, QUESTION, people["reviewer"], f"demo: {theme.name}")
        theme_id = await _agree_once(db, theme.decision(responses), asking)
        for pledge in theme.pledges if theme_id else ():
            number = await you_said.save_new(
                db, theme_id, pledge.on(date.today()), people["officer"]
            )
            if pledge.challenge:
                await _challenge(db, number, pledge.challenge, people)


async def _challenge(
    db: Connection, pledge: int, told: ChallengeTold, people: dict[str, int]
) -> None:
    """Put a challenge to a pledge and answer it."""
    about, today = About("pledge", str(pledge)), date.today()
    number = await challenges.save_new(
        db, about, told.statement, people["reviewer"], put_on=told.on(today)
    )
    seen = Seen(1, 0)
    answer, officer = told.answer, people["officer"]
    await challenges.save_answer(db, number, seen, answer.statement, officer, on=answer.on(today))


async def _look_after(db: Connection, told: Safeguarding, lead: int) -> None:
    """Find no concern in the flagged demo answers that wait, but for those the story names."""
    acted = {f"demo:{one.id}": one for one in told.acted}
    waits = {f"demo:{name}" for name in told.waits}
    for worry in await safeguarding.worries(db, "demo"):
        named = worry.source_ref if worry.question_id == QUESTION else ""
        if named in waits:
            continue
        done = acted.get(named, Acted(named, "no_concern"))
        await safeguarding.keep_action(
            db, worry.response_id, worry.question_id, done.action, done.reference, lead
        )


async def _agree_once(db: Connection, decision: Decision, asking: Asking) -> int:
    """Keep the decision and return the id of its theme; 0 when it was there, whatever its name."""
    name = decision.made[0].name
    before = await decision_store.begin(db, asking)
    there = await db.fetchval(SQL.theme_of_that_name, asking.asked_of, asking.question_id, name)
    if before or there:
        return 0
    kept = await decision_store.keep(db, decision, asking)
    theme_id: int = await db.fetchval(SQL.made_by, kept)
    return theme_id
