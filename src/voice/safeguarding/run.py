"""Two jobs: tell the people on the rota what is overdue, and forget requests that are done."""

from asyncio import to_thread
from collections.abc import Mapping
from datetime import date, datetime

from voice.database.pool import Connection
from voice.safeguarding import clock, contact_store, mail, store
from voice.safeguarding.alarm import Overdue, overdue_mail
from voice.settings import Settings
from voice.staff import rota_store
from voice.surveys.survey import Survey

KEPT_DAYS = 30
"""Days that a contact request stays after it is done."""


async def raise_alarm(
    db: Connection, settings: Settings, surveys: Mapping[str, Survey], now: datetime
) -> int:
    """Send one mail about the overdue answers that none was sent about today; return how many.

    It goes to the people on the rota; where nobody is on it, to all who may read raw words. Part of
    the caller's transaction: if the mail is not sent, it counts as not sent.
    """
    if not settings.smtp_host:
        return 0
    today = now.astimezone(clock.HERE).date()
    overdue = await store.overdue(db, clock.overdue_before(now), today)
    readers = list((await rota_store.on_rota(db)).values()) or await rota_store.could_be_on_rota(db)
    if not overdue or not readers:
        return 0
    found = [
        Overdue(
            surveys[one.survey_id].title if one.survey_id in surveys else one.survey_id,
            clock.due(one.sent_at),
        )
        for one in overdue
    ]
    message = overdue_mail(
        found,
        sender=settings.mail_from,
        to=list(dict.fromkeys(reader.email for reader in readers)),
        address=settings.address,
    )
    await store.note_alarms(db, overdue, today)
    await to_thread(mail.send, message, settings)
    return len(overdue)


async def forget_contacts(db: Connection, today: date) -> int:
    """Delete the contact requests that were done more than 30 days ago; return how many."""
    return await contact_store.forget_done(db, today, KEPT_DAYS)
