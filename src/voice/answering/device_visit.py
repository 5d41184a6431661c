"""Who speaks when a device sends: the response under its key, begun by it or taken up by it."""

from litestar.datastructures import State
from msgspec import ValidationError, convert

from voice.answering import device_store, store
from voice.answering.parcel import Key, cookie_secret
from voice.answering.visit import Visit, visit_of
from voice.database.pool import Connection
from voice.inviting.door import let_in
from voice.surveys.survey import Survey
from voice.web.forms import Form, one


async def begin(db: Connection, state: State, survey: Survey, form: Form, *, ticket: str) -> str:
    """Open a response as the start page asks; return the value of the person's cookie.

    A device that sends its key begins one response with it, however often it sends. `ticket` is
    what the person holds who came with a code.

    Raises:
        OnlyInvited: the survey is for invited people, and this person holds no good ticket.
    """
    words, key = one(form, "words"), one(form, "device")
    try:
        convert(key, Key)
    except ValidationError:
        await let_in(db, state.key, survey.id, ticket)
        return await store.start_response(db, survey, words)
    swapped = one(form, "swapped") == "yes"
    await begin_once(db, state, survey, key, wording=words, swapped=swapped, ticket=ticket)
    return cookie_secret(state.key, key)


async def begin_once(
    db: Connection,
    state: State,
    survey: Survey,
    key: str,
    *,
    wording: str,
    swapped: bool,
    ticket: str,
) -> None:
    """Open a response under a device's key, unless there is or was one.

    Raises:
        OnlyInvited: as `begin`.
    """
    if await device_store.claim(db, key):
        await let_in(db, state.key, survey.id, ticket)
        secret = cookie_secret(state.key, key)
        await device_store.begin(db, survey, key, wording=wording, secret=secret, swapped=swapped)


async def visit_of_key(db: Connection, state: State, survey_id: str, key: str) -> Visit | None:
    """Return the visit under a key, held until the transaction ends; None when it is gone."""
    response = await device_store.response_of_key(db, survey_id, key)
    return await visit_of(db, state, response) if response else None
