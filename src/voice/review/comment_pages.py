"""One comment: a reviewer takes more words out of it, and everything that shows it follows."""

import re
from typing import Any, ClassVar
from uuid import UUID, uuid4

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.enrichment import store as enrichment
from voice.enrichment.reads import READS_AS
from voice.enrichment.store import Redactable
from voice.enrichment.take_out import TAKEN_OUT, Phrases
from voice.errors import VoiceError
from voice.jobs import queue
from voice.review import asked, decision_store, decisions, store
from voice.review.asked import Asked
from voice.review.decision_store import Asking
from voice.review.seen import Past
from voice.staff.pages import StaffView
from voice.staff.people import Person
from voice.themes import forget_store
from voice.web.forms import one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[str]
JOB = "read_again"
BACK = re.compile(r"/staff/(?:themes|suggestions|questions)/[\w/-]+(?:\?[\w=&-]*)?")
REVIEW = {"task": "review"}


class CommentNotFound(VoiceError):
    """This question has no such comment, or it was withdrawn."""

    status = 404
    title = "We cannot find that comment"


class CommentPage(StaffView, frozen=True):
    """A comment as everybody reads it now; `typed` is what a reviewer wanted taken out."""

    template: ClassVar[str] = "review/comment.html"
    asked: Asked
    comment: Redactable
    choices: list[str]
    back: str
    done: Past | None = None
    typed: str = ""
    reads_as: str = TAKEN_OUT
    problem: str = ""


class CommentController(Controller):
    """One comment on a question of a survey or a family."""

    path = "/staff/questions/{asked_of:str}/{question_id:str}/comments/{response_id:uuid}"

    @get("/", opt=REVIEW)
    async def comment(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
        response_id: FromPath[UUID],
        *,
        back: FromQuery[str] = "",
        done: FromQuery[str] = "",
    ) -> Template:
        """Show a comment as it reads now."""
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        found = await _found(db, this, response_id)
        past = await store.decisions_about_question(db, asked_of, question_id, 20)
        kept = next((one for one in past if str(one.id) == done), None)
        return show(_page(request.user, this, found, back, done=kept))

    @post("/take-out", opt=REVIEW)
    async def take_out(
        self,
        request: Request[Any, Any, Any],
        db: Db,
        state: State,
        asked_of: Id,
        question_id: Id,
        response_id: FromPath[UUID],
    ) -> Template | Redirect:
        """Take the words out, for everybody and for good; or say why that cannot be."""
        form = await read_form(request)
        this = asked.find_for(request.user, state.catalogue, asked_of, question_id)
        # No sum of the form is kept, as with other decisions: a name could be guessed from it.
        asking = Asking(asked_of, question_id, request.user.id, uuid4().hex)
        await decision_store.begin(db, asking)
        comment = await _found(db, this, response_id)
        typed, reads_as, back = one(form, "words"), one(form, "reads_as"), one(form, "back")
        phrases = Phrases.of(typed.splitlines())
        problem = _problem(comment, phrases)
        if problem:
            view = _page(
                request.user, this, comment, back, typed=typed, reads_as=reads_as, problem=problem
            )
            return show(view, status=422)
        kept = await _keep(db, comment, phrases, _choice(reads_as), asking)
        about = {"done": str(kept)} | ({"back": back} if BACK.fullmatch(back) else {})
        address = f"{this.address}/comments/{response_id}"
        return Redirect(address, status_code=303, query_params=about)


async def _found(db: Connection, this: Asked, response_id: UUID) -> Redactable:
    found = await enrichment.redactable(db, this.survey_ids, this.question_id, response_id)
    if found is None:
        raise CommentNotFound("It may have been withdrawn. Go to the list of questions.")
    return found


def _problem(comment: Redactable, phrases: Phrases) -> str:
    if comment.held:
        return "The safeguarding lead holds this comment back. Wait until it is released."
    if not phrases.patterns:
        return "Type or paste the words to take out."
    if phrases.missing_from(comment.words):
        return "The comment does not say that, or no longer does. Type whole words as they stand."
    return ""


def _choice(reads_as: str) -> str:
    return reads_as if reads_as in READS_AS.values() else TAKEN_OUT


async def _keep(
    db: Connection, comment: Redactable, phrases: Phrases, reads_as: str, asking: Asking
) -> int:
    """Change the comment and all that was made of its words; return the decision."""

    def out(text: str) -> tuple[str, int]:
        return phrases.take_out(text, reads_as)

    words, places = out(comment.words)
    await enrichment.redact_more(db, comment, words, places)
    await forget_store.take_out(db, comment.response_id, comment.question_id, out)
    holding = await store.themes_with(db, comment.response_id, comment.question_id)
    await decision_store.take_out_of_descriptions(db, [theme.id for theme in holding], out)
    await queue.add(db, JOB, None, once=JOB)
    return await decision_store.keep(db, decisions.redact(places, holding, out), asking)


def _page(
    person: Person,
    this: Asked,
    comment: Redactable,
    back: str,
    *,
    done: Past | None = None,
    typed: str = "",
    reads_as: str = TAKEN_OUT,
    problem: str = "",
) -> CommentPage:
    return CommentPage(
        title=f"{'Problem: ' if problem else ''}Take words out of a comment",
        person=person,
        asked=this,
        comment=comment,
        choices=[TAKEN_OUT, *READS_AS.values()],
        back=back if BACK.fullmatch(back) else this.address,
        done=done,
        typed=typed,
        reads_as=_choice(reads_as),
        problem=problem,
    )
