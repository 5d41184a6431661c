"""The alarm about overdue answers: the mail itself, and that it goes out once a day."""

import asyncio
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from msgspec import structs

from tests import given
from tests.safeguarding.test_store import answer
from voice import worker
from voice.safeguarding import run
from voice.safeguarding.alarm import Overdue, overdue_mail
from voice.safeguarding.clock import HERE
from voice.safeguarding.mail import MailProblem, send
from voice.staff import rota_store
from voice.worker import Workshop

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DUE = datetime(2026, 11, 25, 10, 30, tzinfo=HERE)


class Caught:
    """Keeps the mail that comes."""

    def __init__(self) -> None:
        self.mails: list[tuple[Any, Any]] = []
        self.port = 0
        self.came = asyncio.Event()

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope, message_from_bytes(envelope.content, policy=policy.default)))
        self.came.set()
        return "250 OK"


@pytest.fixture
async def catcher():
    """A mail server that keeps what it is sent."""
    caught = Caught()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(caught), "127.0.0.1", 0)
    caught.port = server.sockets[0].getsockname()[1]
    yield caught
    server.close()
    await server.wait_closed()


@pytest.fixture
def mailing(settings, catcher):
    return structs.replace(
        settings, smtp_host="127.0.0.1", smtp_port=catcher.port, mail_from="voice@example.org"
    )


async def late(db, now=NOW):
    response_id = await answer(db, route="web")
    await db.execute("update responses set sent_at = $1", now - timedelta(days=3))
    return response_id


async def on_rota(db):
    for place in ("lead", "deputy"):
        person = await given.person(db, "safeguarding_lead", email=f"{place}@example.org")
        await rota_store.set_rota(db, place, person, person)


async def alarm(db, settings, now=NOW):
    async with db.transaction():
        return await run.raise_alarm(db, settings, {}, now)


async def test_lead_and_deputy_get_one_mail_a_day_without_any_word_of_the_answer(
    db, mailing, catcher
):
    await late(db)
    await on_rota(db)

    assert await alarm(db, mailing) == 1
    assert await alarm(db, mailing, NOW + timedelta(hours=2)) == 0
    assert await alarm(db, mailing, NOW + timedelta(days=1)) == 1

    envelope, message = catcher.mails[0]
    assert len(catcher.mails) == 2
    assert envelope.rcpt_tos == ["lead@example.org", "deputy@example.org"]
    assert message["Subject"] == "Voice: 1 answer is overdue"
    assert "support-parents-carers" in message.get_content()
    assert "/staff/safeguarding" in message.get_content()
    for word in ("hits", "physical", "concern"):
        assert word not in str(message)


async def test_what_is_in_time_or_done_raises_no_alarm(db, mailing, catcher):
    response_id = await late(db)
    await on_rota(db)
    lead = (await rota_store.on_rota(db))["lead"].id
    await db.execute(
        "insert into flag_actions (response_id, question_id, action, done_by)"
        " values ($1, 'one_change', 'no_concern', $2)",
        response_id,
        lead,
    )
    in_time = await answer(db, route="web")
    await db.execute("update responses set sent_at = $2 where id = $1", in_time, NOW)
    assert await alarm(db, mailing) == 0
    assert catcher.mails == []


async def test_without_a_rota_all_who_may_read_get_it(db, mailing, catcher):
    await late(db)
    await given.person(db, "safeguarding_lead")
    await given.person(db, "reviewer")
    assert await alarm(db, mailing) == 1
    assert catcher.mails[0][0].rcpt_tos == ["safeguarding_lead@example.org"]


async def test_without_a_mail_server_nothing_is_sent_and_nothing_is_noted(db, settings):
    await late(db)
    await on_rota(db)
    assert await alarm(db, settings) == 0
    assert await db.fetchval("select count(*) from overdue_alarms") == 0


async def test_a_mail_that_could_not_be_sent_counts_as_not_sent(db, mailing, catcher):
    await late(db)
    await on_rota(db)
    with pytest.raises(ConnectionRefusedError):
        await alarm(db, structs.replace(mailing, smtp_port=1))
    assert await alarm(db, mailing) == 1


async def test_the_worker_sends_it(db, mailing, catcher):
    await late(db, datetime.now(UTC) - timedelta(days=5))
    await on_rota(db)
    stop = asyncio.Event()
    working = asyncio.create_task(worker.run(mailing, shop=Workshop(mailing), stop=stop))
    async with asyncio.timeout(120):
        await catcher.came.wait()
    stop.set()
    await working
    assert "Tell us about SEND support" not in catcher.mails[0][1]["Subject"]


def test_a_title_with_line_ends_or_marks_stays_text_on_one_line():
    title = "Help\r\nBcc: all@example.org\n\n<script>alert(1)</script>\x00\u202e" + "x" * 500
    mail = overdue_mail(
        [Overdue(title, DUE)], sender="a@example.org", to=["b@example.org"], address="http://x"
    )
    assert mail["Bcc"] is None
    assert mail.get_content_type() == "text/plain"
    line = next(line for line in mail.get_content().splitlines() if line.startswith("- "))
    assert "Bcc: all@example.org <script>" in line
    assert line.endswith("…: to be read by 10:30 on 25 November 2026")
    assert "\x00" not in line
    assert "\u202e" not in line


async def test_no_password_goes_to_a_server_without_encryption(mailing, catcher):
    mail = overdue_mail(
        [Overdue("x", DUE)], sender="a@example.org", to=["b@example.org"], address="http://x"
    )
    signed_in = structs.replace(mailing, smtp_user="voice", smtp_password="secret")
    with pytest.raises(MailProblem):
        await asyncio.to_thread(send, mail, signed_in)
    assert catcher.mails == []
