"""Who may begin a survey: everybody, or whoever holds a ticket that their code was taken for."""

from datetime import date

from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.inviting import store, ticket
from voice.inviting.store import Door
from voice.languages.say import later


class OnlyInvited(VoiceError):
    """The survey is for people who were given a code, and this person has not typed one."""

    status = 403
    title = later("This survey is for people who were asked")
    way = "/invited"
    way_words = later("Type your code")


class SurveyClosed(VoiceError):
    """Nobody can begin this survey any more."""

    status = 410
    title = later("This survey is closed")
    way = "/you-said"
    way_words = later("You said, we did")


async def let_in(db: Connection, key: bytes, survey_id: str, held: str) -> None:
    """Let a person begin one answer; `held` is the ticket of their cookie, or nothing.

    Raises:
        OnlyInvited: the survey is for invited people, and this is no ticket, or it was used.
        SurveyClosed: it takes no more answers.
    """
    state = await store.door(db, survey_id)
    if state == "closed":
        raise SurveyClosed(later("Thank you. You can see what came of it."))
    if state == "open":
        return
    if not ticket.good(key, held, survey_id, date.today()) or not await store.use_ticket(db, held):
        raise OnlyInvited(later("You need a code to start. It is on your card, or in your letter."))


async def shut(db: Connection, key: bytes, survey_id: str, held: str) -> Door:
    """Return "open" when this person may begin, else why not: "invited" or "closed"."""
    state = await store.door(db, survey_id)
    invited = state == "invited" and ticket.good(key, held, survey_id, date.today())
    return "open" if invited else state
