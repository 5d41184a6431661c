"""Who may begin a survey: everybody, or whoever holds a ticket that their code was taken for."""

from datetime import date

from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.inviting import store, ticket
from voice.languages.say import later


class OnlyInvited(VoiceError):
    """The survey is for people who were given a code, and this person has not typed one."""

    status = 403
    title = later("This survey is for people who were asked")
    way = "/invited"
    way_words = later("Type your code")


async def let_in(db: Connection, key: bytes, survey_id: str, held: str) -> None:
    """Let a person begin one answer; `held` is the ticket of their cookie, or nothing.

    Raises:
        OnlyInvited: the survey is for invited people, and this is no ticket, or it was used.
    """
    if not await store.is_only_for_invited(db, survey_id):
        return
    if not ticket.good(key, held, survey_id, date.today()) or not await store.use_ticket(db, held):
        raise OnlyInvited(later("You need a code to start. It is on your card, or in your letter."))


async def shut(db: Connection, key: bytes, survey_id: str, held: str) -> bool:
    """Say whether this person would have to type a code first."""
    only = await store.is_only_for_invited(db, survey_id)
    return only and not ticket.good(key, held, survey_id, date.today())
