"""The mail that says answers are overdue: how many, of which surveys, and where to read them.

It holds no word of any answer, nor whether one was flagged: a mailbox is not the place for that.
"""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage

from msgspec import Struct

from voice.characters import clean

LONGEST_TITLE = 120


class Overdue(Struct, frozen=True):
    """An answer that should have been read by `due`, without its words."""

    survey: str
    due: datetime


def overdue_mail(
    overdue: Sequence[Overdue], *, sender: str, to: Sequence[str], address: str
) -> EmailMessage:
    """Return the mail to the lead and the deputy.

    Args:
        overdue: one at least, the oldest first.
        sender: the address it comes from.
        to: the addresses it goes to.
        address: that of the web app.
    """
    message = EmailMessage()
    message["From"], message["To"] = sender, ", ".join(to)
    are = "answer is" if len(overdue) == 1 else "answers are"
    message["Subject"] = f"Voice: {len(overdue)} {are} overdue"
    lines = [f"- {plain(one.survey)}: to be read by {one.due:%H:%M on %d %B %Y}" for one in overdue]
    message.set_content(
        f"{len(overdue)} {are} waiting for longer than one working day:\n\n"
        + "\n".join(lines)
        + f"\n\nRead them here: {address}/staff/safeguarding\n\n"
        "You get this mail because you are on the rota of those who read answers in words.\n"
    )
    return message


def plain(title: str) -> str:
    """Return a title on one line, without control characters, cut where it is very long.

    A title comes from a file that anybody may have written; in a mail it must be nothing but text.
    """
    line = " ".join(clean(title).split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
