"""“You said, we did” as one file: what is published today, in every form, or as a plain table."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from voice.database.pool import Connection
from voice.exports import pledged, store, table
from voice.exports.document import Block, Document, Points, Section, Words, cleaned
from voice.exports.forms import FORMS, written
from voice.exports.making import LAYERS
from voice.exports.spreadsheet import to_csv
from voice.paper.press import Press
from voice.settings import Settings
from voice.small_numbers.count import share
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Framework
from voice.web.templates import day
from voice.you_said.reply import Reading, Reply, published_replies

Format = Literal["html", "csv", "pdf", "docx", "xlsx"]
MEDIA_TYPES: dict[Format, str] = {
    "html": FORMS["html"].media_type,
    "csv": "text/csv",
    "pdf": FORMS["pdf"].media_type,
    "docx": FORMS["docx"].media_type,
    "xlsx": FORMS["xlsx"].media_type,
}
ABOUT = (
    "What children and young people with special educational needs or disabilities (SEND), their"
    " families and the people who work with them told us, and what came of it. Each theme was"
    " agreed by a person who read the comments. Each reply says what was done, is being done or"
    " cannot be done, who is responsible, and by when. Drafts are not in this file."
)
HOW_WE_COUNT = (
    "Numbers of people are rounded to the nearest 5. Fewer than {threshold} people are never"
    " counted out, and nobody’s words are quoted from so few.",
    "A group with few people looks the same as a group with nobody. Where the missing number could"
    " be worked out from the others, more numbers are left out.",
    "Words are quoted only with permission, and after names, places and numbers that we found were"
    " taken out. A quote says at most who it is from: a child, a young person, a parent or carer,"
    " or a person who works with families.",
    "One person can have said several things, so the numbers of several themes do not add up to a"
    " number of people. People chose to answer: the numbers do not stand for everybody.",
    "Answers that an adult gave for a child, or that say what an adult saw, are counted with the"
    " voice of the survey, and not among those that children and young people gave themselves.",
    "“Overdue” means that the day has passed on which it was to be done, or more was to be said;"
    " the summary counts the first. Figures of a difference made are as the officer wrote them."
    " Numbers of replies in the summary are exact.",
)


class From(Struct, frozen=True):
    """What a summary is made from. `today` dates the file and decides what is overdue."""

    settings: Settings
    catalogue: Catalogue
    frameworks: Sequence[Framework]
    press: Press
    today: date

    @property
    def templates(self) -> Path:
        """Return the folder of our templates."""
        return self.settings.home / "templates"


async def you_said(db: Connection, of: From, format: Format) -> bytes:
    """Return every published reply as a file: in one of the forms, or as a table (CSV).

    All hold the same figures, made safe in the same way.
    """
    reading = Reading(of.catalogue, of.frameworks, of.settings.small_number, of.today)
    replies = sorted(await published_replies(db, reading), key=lambda reply: reply.kept.number)
    if format == "csv":
        return to_csv(table.NAMES, (table.row(reply, of.today) for reply in replies))
    own, every = await store.own_voices(db)
    own_voices = share(own, every, threshold=of.settings.small_number).words
    return await written(document(replies, own_voices, of), format, of.templates, of.press)


def document(replies: Sequence[Reply], own_voices: str, of: From) -> Document:
    """Return what the file says."""
    site = of.settings.public_url.rstrip("/")
    about = [ABOUT, *([f"The public reads the same at {site}/you-said."] if site else [])]
    own = f"Answers that children and young people gave themselves, of all answers: {own_voices}."
    said: list[Block] = [pledged.whole(replies, of.today)] if replies else []
    none = () if replies else (Words("Nothing has been published yet."),)
    how = [one.format(threshold=of.settings.small_number) for one in HOW_WE_COUNT]
    return cleaned(
        Document(
            kind="you-said",
            title=f"You said, we did: {day(of.today)}",
            day=of.today.isoformat(),
            layer=LAYERS["public"],
            about=tuple(about),
            demo=any(reply.said.demo for reply in replies),
            sections=(
                Section("Summary", (pledged.in_short(replies), Words(own))),
                Section(
                    "What was said, and what came of it",
                    (*said, *none),
                    tuple(pledged.section(reply) for reply in replies),
                ),
                Section("How we count", (Points(tuple(how)),)),
            ),
        )
    )


def file_name(format: Format, today: date) -> str:
    """Return what the file is called, with its day."""
    return f"you-said-we-did-{today.isoformat()}.{format}"
