"""Keep a paper: the answers, who typed them in, the code and the job, all or none."""

from uuid import UUID

from voice.answering import codes
from voice.answering import store as answering
from voice.answering.sending import MAY_QUOTE, how_helped
from voice.answering.store import Imported
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.jobs import queue
from voice.paper import store
from voice.paper.entry import Entry
from voice.surveys.questions import Answer
from voice.surveys.survey import Survey


def source_ref(number: str) -> str:
    """Return what stands for a paper among the responses of its survey and wave."""
    return f"paper:{number}"


async def keep(
    db: Connection,
    key: bytes,
    survey: Survey,
    wording: str,
    entry: Entry,
    *,
    vault: Vault,
    by: int,
) -> bool:
    """Keep a paper in the caller's transaction; False when its number is there already."""
    response = Imported(
        source_ref=source_ref(entry.number),
        voice=survey.voice,
        answers=entry.answers,
        helped=how_helped(entry.answers),
        may_quote=_chosen(entry.answers, MAY_QUOTE) == "yes",
    )
    new = await answering.keep_imported(
        db, survey, [response], vault=vault, wave=survey.wave, route="paper"
    )
    if not new:
        return False
    response_id = new[response.source_ref]
    await _give_code(db, key, response_id)
    await store.note_entry(db, response_id, wording, by)
    if any(_has_words(entry.answers, question.id) for question in survey.comments):
        await queue.add(db, "enrich", [str(response_id)])
    return True


async def three_words(db: Connection, key: bytes, survey: Survey, number: str) -> str:
    """Return the three words of a paper that was typed in, or nothing when there is none."""
    paper = await store.find_paper(db, survey.id, survey.wave, source_ref(number))
    return codes.code_for(key, paper.response_id, paper.code_try) if paper else ""


async def _give_code(db: Connection, key: bytes, response_id: UUID) -> None:
    attempt = 0
    while await answering.code_is_taken(db, _hash(key, response_id, attempt)):
        attempt += 1
    await answering.give_code(db, response_id, _hash(key, response_id, attempt), attempt)


def _hash(key: bytes, response_id: UUID, attempt: int) -> bytes:
    return codes.code_hash(key, codes.code_for(key, response_id, attempt))


def _chosen(answers: dict[str, Answer], question_id: str) -> str | None:
    answer = answers.get(question_id)
    return str(answer.value) if answer and answer.state == "answered" else None


def _has_words(answers: dict[str, Answer], question_id: str) -> bool:
    return question_id in answers and answers[question_id].state == "answered"
