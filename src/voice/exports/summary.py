"""“You said, we did” as one file: a page to print or hand to a board, or a table."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal

from msgspec import Struct

from voice.database.pool import Connection
from voice.exports import store, table
from voice.exports.spreadsheet import to_csv
from voice.settings import Settings
from voice.small_numbers.count import Shown, share
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Framework
from voice.web.templates import environment
from voice.web.views import View
from voice.you_said.pledge import STATUSES
from voice.you_said.reply import Reading, Reply, published_replies

Format = Literal["html", "csv"]
MEDIA_TYPES: dict[Format, str] = {"html": "text/html", "csv": "text/csv"}


class StatusCount(Struct, frozen=True):
    """How many replies have a status, and how many of those are late: exact, they are no people."""

    name: str
    n_replies: int
    n_overdue: int


class SummaryPage(View, frozen=True):
    """The whole file. `demo`: all of it is made up; `address`: of the public pages, if known."""

    template: ClassVar[str] = "exports/you_said.html"
    today: date
    replies: list[Reply]
    counts: list[StatusCount]
    own_voices: Shown
    threshold: int
    demo: bool
    address: str


async def you_said(
    db: Connection,
    settings: Settings,
    catalogue: Catalogue,
    frameworks: Sequence[Framework],
    format: Format,
    *,
    today: date | None = None,
) -> bytes:
    """Return every published reply as a file: a page that stands alone, or a table (CSV).

    Both hold the same figures, made safe in the same way. `today` dates the file and decides what
    is overdue.
    """
    today = today or date.today()
    reading = Reading(catalogue, frameworks, settings.small_number, today)
    replies = sorted(await published_replies(db, reading), key=lambda reply: reply.kept.number)
    if format == "csv":
        return to_csv(table.NAMES, (table.row(reply, today) for reply in replies))
    own, every = await store.own_voices(db)
    page = SummaryPage(
        title=f"You said, we did: {today.day} {today:%B %Y}",
        today=today,
        replies=replies,
        counts=_counts(replies),
        own_voices=share(own, every, threshold=settings.small_number),
        threshold=settings.small_number,
        demo=bool(replies) and all(reply.said.demo for reply in replies),
        address=settings.public_url.rstrip("/"),
    )
    template = environment(settings.home / "templates").get_template(page.template)
    return template.render(view=page).encode()


def file_name(format: Format, today: date) -> str:
    """Return what the file is called, with its day."""
    return f"you-said-we-did-{today.isoformat()}.{format}"


def _counts(replies: Sequence[Reply]) -> list[StatusCount]:
    by_status = Counter(reply.kept.status for reply in replies)
    late = Counter(reply.kept.status for reply in replies if reply.overdue)
    return [StatusCount(name, by_status[status], late[status]) for status, name in STATUSES.items()]
