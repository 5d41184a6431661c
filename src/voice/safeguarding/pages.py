"""The safeguarding lead's queue: every answer in words, the most worrying first."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.safeguarding import clock, store
from voice.safeguarding.store import Done, Queue, Waiting
from voice.staff.pages import StaffView
from voice.staff.rota_store import anybody_on_rota
from voice.surveys.catalogue import Catalogue
from voice.web.forms import Form, numbers, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
AT_ONCE = 50
TASK = {"task": "safeguard"}
ACTIONS = {"no_concern": "No concern", "advice_sought": "Advice sought", "referred": "Referred"}


class Entry(Struct, frozen=True):
    """One answer of the queue, with the words of its question and the survey's name.

    `due` is until when a person must have read it.
    """

    asked: str
    survey: str
    answer: Waiting
    due: datetime
    overdue: bool


class Refused(Struct, frozen=True):
    """What was typed about one answer and could not be kept; `place` is the field to look at."""

    answer: str
    place: str
    action: str
    reference: str
    words: str


class QueuePage(StaffView, frozen=True):
    """What waits, 50 answers at a time, and what was done lately."""

    template: ClassVar[str] = "safeguarding/queue.html"
    queue: Queue
    entries: list[Entry]
    done: list[Done]
    actions: dict[str, str]
    anybody_reads: bool
    page: int
    pages: int
    refused: Refused | None = None


class SafeguardingController(Controller):
    """The safeguarding lead's list; nobody else sees words before they are redacted."""

    path = "/staff/safeguarding"

    @get("/", opt=TASK)
    async def show_queue(
        self, request: Request[Any, Any, Any], db: Db, state: State, page: FromQuery[int] = 1
    ) -> Template:
        """Show what waits for a person; the last page where there are fewer than asked for."""
        return show(await _page(request, db, state, page=page))

    @post("/", opt=TASK)
    async def act(
        self, request: Request[Any, Any, Any], db: Db, state: State
    ) -> Template | Redirect:
        """Keep what was done about one answer."""
        form = await read_form(request)
        action, reference = one(form, "action"), one(form, "reference")
        page = next(iter(numbers(form, "page")), 1)
        if action not in ACTIONS or (action == "referred" and not reference):
            refused = _refused(form, action, reference)
            return show(await _page(request, db, state, page=page, refused=refused), status=422)
        response_id = _response(form)
        if response_id is not None:
            person: int = request.user.id
            question = one(form, "question")
            await store.keep_action(db, response_id, question, action, reference, person)
        return Redirect(f"/staff/safeguarding?page={page}", status_code=303)


async def _page(
    request: Request[Any, Any, Any],
    db: Connection,
    state: State,
    *,
    page: int = 1,
    refused: Refused | None = None,
) -> QueuePage:
    now = datetime.now(UTC)
    bound = clock.overdue_before(now)
    queue = await store.how_many_wait(db, bound)
    pages = max(1, -(-queue.answers // AT_ONCE))
    page = min(max(page, 1), pages)
    first = (page - 1) * AT_ONCE
    waiting = await store.waiting(db, state.vault, AT_ONCE, bound, offset=first)
    return QueuePage(
        title="Safeguarding",
        person=request.user,
        queue=queue,
        entries=[_entry(state.catalogue, answer, now) for answer in waiting],
        done=await store.done_lately(db),
        actions=ACTIONS,
        anybody_reads=await anybody_on_rota(db),
        page=page,
        pages=pages,
        refused=refused,
    )


def _entry(catalogue: Catalogue, answer: Waiting, now: datetime) -> Entry:
    survey = catalogue.by_id.get(answer.survey_id)
    page = survey.page(answer.question_id) if survey else None
    return Entry(
        page.ask if page else answer.question_id,
        survey.title if survey else answer.survey_id,
        answer,
        due := clock.due(answer.sent_at),
        due < now,
    )


def _refused(form: Form, action: str, reference: str) -> Refused:
    answer = f"{one(form, 'response')}-{one(form, 'question')}"
    if action == "referred":
        words = "Write the reference of the referral, and when it was."
        return Refused(answer, f"reference-{answer}", action, reference, words)
    return Refused(answer, f"action-{answer}", "", reference, "Choose what you did.")


def _response(form: Form) -> UUID | None:
    try:
        return UUID(one(form, "response"))
    except ValueError:
        return None
