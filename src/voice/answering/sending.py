"""Sending: the answers are closed and a job is queued, all or none; and the three words."""

from collections.abc import Mapping

from msgspec import structs

from voice.answering import codes, journey, store
from voice.answering.patterns import patterns_in
from voice.answering.visit import Visit
from voice.database.pool import Connection
from voice.jobs import queue
from voice.surveys.questions import Answer, Comment

HELPED, MAY_QUOTE = "helped", "may_quote"


async def send(db: Connection, visit: Visit, key: bytes) -> None:
    """Send the visit's answers, once, however often it is asked to."""
    response_id = visit.response.id
    if await store.lock_response(db, response_id):
        return
    # Held from here on: what came since the visit was read counts, too.
    visit = structs.replace(visit, answers=await store.answers_so_far(db, visit.vault, response_id))
    await store.note_not_shown(db, response_id, not_shown(visit))
    await give_code(db, visit, key)
    await store.send(
        db,
        response_id,
        helped=how_helped(visit.answers),
        may_quote=_chosen(visit, MAY_QUOTE) == "yes",
        patterns=patterns_in(visit.survey, visit.answers),
    )
    if _has_words(visit):
        await enrich(db, visit)


async def enrich(db: Connection, visit: Visit) -> None:
    """Have the words of a sent response read: by the machine, for the safeguarding lead."""
    await queue.add(db, "enrich", [str(visit.response.id)])


async def give_code(db: Connection, visit: Visit, key: bytes) -> str:
    """Return the three words of this response; make them if it has none yet."""
    attempt = visit.response.code_try
    if not visit.response.has_code:
        while await store.code_is_taken(db, _hash(key, visit, attempt)):
            attempt += 1
        await store.give_code(db, visit.response.id, _hash(key, visit, attempt), attempt)
    return codes.code_for(key, visit.response.id, attempt)


def not_shown(visit: Visit) -> dict[str, bool]:
    """Return the questions this person did not see, as {id: is it free text}.

    Those that the route left out, those they never came to, and those for words that nobody was
    there to read.
    """
    route = {page.id for page in journey.pages_for(visit.survey, visit.answers)}
    missed = {
        question.id: isinstance(question, Comment)
        for question in visit.survey.questions
        if question.id not in route or question.id not in visit.answers
    }
    return missed | dict.fromkeys(visit.left_out, True)


def how_helped(answers: Mapping[str, Answer]) -> str | None:
    """Return how the answers were given; “observed” where an adult wrote down what they saw.

    An adult who answered in the child's place has told more than what was seen.
    """
    helped = answers.get(HELPED)
    said = str(helped.value) if helped and helped.state == "answered" else None
    observed = any(answer.observed for answer in answers.values() if answer.state != "not_shown")
    return "observed" if observed and said != "answered" else said


def _has_words(visit: Visit) -> bool:
    said = (visit.answers.get(question.id) for question in visit.survey.comments)
    beside = (question_id.endswith(store.BESIDE) for question_id in visit.answers)
    return any(answer and answer.value for answer in said) or any(beside)


def _chosen(visit: Visit, question_id: str) -> str | None:
    answer = visit.answers.get(question_id)
    return str(answer.value) if answer and answer.state == "answered" else None


def _hash(key: bytes, visit: Visit, attempt: int) -> bytes:
    return codes.code_hash(key, codes.code_for(key, visit.response.id, attempt))
