"""Where staff begin: what waits for them, and every question that people answered in words."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.enrichment.store import how_many_not_enriched
from voice.review import asked, store
from voice.review.agreement import FEWEST, Agreement, ReadComment, agreement
from voice.review.asked import Asked
from voice.review.seen import Challenged, PledgeAbout, Run, WithoutPledge
from voice.safeguarding.clock import overdue_before
from voice.safeguarding.store import Queue, how_many_wait
from voice.staff.guards import ANYBODY
from voice.staff.pages import StaffView
from voice.web.views import show

Db = NamedDependency[Connection]
JOB = "find_themes"
LONGEST_LIST = 10


class Row(Struct, frozen=True):
    """One question of the list. `found_at` is None until themes were looked for."""

    asked: Asked
    n: int
    waves: list[str]
    found_at: datetime | None
    undecided: int
    agreed: int
    working: bool


class Question(Struct, frozen=True):
    """One question with its rows: all surveys together, then each survey."""

    words: str
    rows: list[Row]


class Measured(Struct, frozen=True):
    """A question with agreed themes: how many comments were read, and what that measured."""

    asked: Asked
    n_read: int
    agreement: Agreement | None


class HomePage(StaffView, frozen=True):
    """What waits for this person; empty lists for one who may not see themes."""

    template: ClassVar[str] = "review/home.html"
    to_decide: list[Row]
    measured: list[Measured]
    fewest: int
    to_answer: list[WithoutPledge]
    more_to_answer: int
    lost: list[PledgeAbout]
    to_read: Queue | None
    pledges: list[PledgeAbout]
    challenges: list[Challenged]


class QuestionsPage(StaffView, frozen=True):
    """Every question that asks for words."""

    template: ClassVar[str] = "review/questions.html"
    questions: list[Question]
    not_enriched: int


class ReviewController(Controller):
    """The first pages after signing in."""

    path = "/staff"

    @get("/", opt={"task": ANYBODY})
    async def home(self, request: Request[Any, Any, Any], db: Db, state: State) -> Template:
        """Show what waits for this person, and nothing that is not theirs."""
        person = request.user
        may_see = person.may("see")
        rows = await _rows(db, asked.every_for(person, state.catalogue)) if may_see else []
        themes = await store.without_pledge(db) if may_see else []
        page = HomePage(
            title="What waits for you",
            person=person,
            to_decide=[row for row in rows if row.undecided],
            measured=await _measured(db, rows) if person.may("review") else [],
            fewest=FEWEST,
            to_answer=themes[:LONGEST_LIST],
            more_to_answer=max(0, len(themes) - LONGEST_LIST),
            lost=await store.lost_theme(db) if may_see else [],
            pledges=await store.pledges_waiting(db) if person.may("pledge") else [],
            challenges=await store.challenges_waiting(db) if person.may("pledge") else [],
            to_read=await _to_read(db) if person.may("safeguard") else None,
        )
        return show(page)

    @get("/questions", opt={"task": "see"})
    async def questions(self, request: Request[Any, Any, Any], db: Db, state: State) -> Template:
        """List every question that asks for words."""
        by_id: dict[tuple[str, str], list[Row]] = {}
        for row in await _rows(db, asked.every_for(request.user, state.catalogue)):
            family = state.catalogue.find(row.asked.survey_ids[0]).family
            by_id.setdefault((family, row.asked.question_id), []).append(row)
        page = QuestionsPage(
            title="Questions and themes",
            person=request.user,
            questions=[Question(rows[0].asked.words, rows) for rows in by_id.values()],
            not_enriched=await how_many_not_enriched(db),
        )
        return show(page)


async def _to_read(db: Connection) -> Queue:
    return await how_many_wait(db, overdue_before(datetime.now(UTC)))


async def _measured(db: Connection, rows: Sequence[Row]) -> list[Measured]:
    read: dict[tuple[str, str], list[ReadComment]] = {}
    for comment in await store.read_comments(db):
        read.setdefault((comment.asked_of, comment.question_id), []).append(comment)
    found = []
    for row in rows:
        mine = read.get((row.asked.asked_of, row.asked.question_id), [])
        if row.agreed or mine:
            found.append(Measured(row.asked, len(mine), agreement(mine)))
    return found


async def _rows(db: Connection, every: Sequence[Asked]) -> list[Row]:
    counts = await store.comment_counts(db)
    runs = await store.runs(db)
    agreed = {(c.asked_of, c.question_id): c.agreed for c in await store.agreed_counts(db)}
    working = {key.rpartition("/")[0] for key in await store.keys_waiting(db, JOB)}
    rows = []
    for one in every:
        mine = [
            count
            for count in counts
            if count.question_id == one.question_id and count.survey_id in one.survey_ids
        ]
        waves = Counter[str]()
        for count in mine:
            waves[count.wave] += count.n
        found = _of(runs, one)
        row = Row(
            asked=one,
            n=waves.total(),
            waves=sorted(waves),
            found_at=max((run.found_at for run in found), default=None),
            undecided=sum(run.undecided for run in found),
            agreed=agreed.get((one.asked_of, one.question_id), 0),
            working=one.job_key(None).rpartition("/")[0] in working,
        )
        rows.append(row)
    return rows


def _of(runs: Sequence[Run], one: Asked) -> list[Run]:
    return [r for r in runs if (r.asked_of, r.question_id) == (one.asked_of, one.question_id)]
