"""Receiving an answer: one rule for it, whether a form brings it or a device that was away."""

from msgspec import structs

from voice.answering import store
from voice.answering.crowd_store import Keeper
from voice.answering.parcel import Given, Parcel
from voice.answering.visit import Visit
from voice.database.pool import Connection
from voice.surveys.questions import SKIPPED, Answer, AnswerProblem, AnyPage, Comment, Information
from voice.web.forms import Form, one

OBSERVED = "adult-saw"
"""The tick box of an adult who writes down what they saw; its dash keeps it apart from pages."""


def read_answer(visit: Visit, page: AnyPage, form: Form) -> Answer | None:
    """Return what a form says to a page; None where it says nothing that is to be kept.

    Raises:
        AnswerProblem: the answer cannot be kept as given.
    """
    if isinstance(page, Information):
        return None
    given = form.get(page.id, [])
    if one(form, "go") == "stop" and not "".join(given).strip():
        return None  # Stopping before answering is not missing the question.
    answer = SKIPPED if one(form, "go") == "skip" else page.read(given)
    if visit.survey.adult_beside and one(form, OBSERVED) == "yes" and answer != SKIPPED:
        answer = structs.replace(answer, observed=True)
    return answer


async def keep(keeper: Keeper, visit: Visit, page: AnyPage, answer: Answer) -> bool:
    """Keep what a person who is here now says to a page: it replaces what was said before.

    False when the answers have been sent meanwhile, or are gone.
    """
    words = isinstance(page, Comment)
    about = (visit.response.id, page.id, answer)
    return await keeper.keep(*about, free_text=words, wrapped=visit.wrapped)


async def keep_parcel(db: Connection, visit: Visit, parcel: Parcel) -> int:
    """Keep the answers that waited on a device, each unless a newer one is there.

    Return how many fit no page any more, or came after the answers were sent from elsewhere.
    These are kept beside the others: no report counts them, the safeguarding lead reads the words.
    """
    turns = await store.turns(db, visit.response.id)
    late = [given for given in parcel.given if given.turn > turns.get(given.page, 0)]
    return [await _keep_late(db, visit, given) for given in late].count(False)


async def _keep_late(db: Connection, visit: Visit, given: Given) -> bool:
    page = None if visit.response.sent else _page(visit, given.page)
    try:
        answer = read_answer(visit, page, given.fields) if page else None
    except AnswerProblem:
        page = answer = None
    if page is None:
        await _keep_beside(db, visit, given)
    elif answer is not None:
        words = isinstance(page, Comment)
        await store.save_answer(
            *(db, visit.response.id, page.id, answer),
            vault=visit.vault,
            free_text=words,
            turn=given.turn,
        )
    return page is not None


def _page(visit: Visit, page_id: str) -> AnyPage | None:
    return next((page for page in visit.survey.pages if page.id == page_id), None)


async def _keep_beside(db: Connection, visit: Visit, given: Given) -> None:
    said = given.fields.get(given.page, [])
    if not "".join(said).strip() or one(given.fields, "go") == "skip":
        return
    answer = Answer("answered", "\n".join(said))
    beside = given.page + store.BESIDE
    await store.save_answer(
        *(db, visit.response.id, beside, answer),
        vault=visit.vault,
        free_text=given.words,
        turn=given.turn,
    )
