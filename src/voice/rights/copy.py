"""A copy of what is held about one person, for that person: subject access.

It is made by staff, who have made sure that the one who asks is the one who answered: the three
words alone could be in the hands of somebody whom an answer is about. What the machine thought of
an answer, and what the safeguarding lead did, are not in it: telling could harm a child (Data
Protection Act 2018, schedule 3). Ask the data protection officer about these.
"""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct, convert, to_builtins

from voice.answering import store as answering
from voice.database import sql
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.surveys.catalogue import Catalogue

SQL = sql.load(__file__)


class About(Struct, frozen=True):
    """What is held beside the answers."""

    id: UUID
    survey_id: str
    wave: str
    voice: str
    route: str
    wording: str
    helped: str | None
    may_quote: bool
    started_on: date
    sent_on: date | None


async def copy_of(
    db: Connection, vault: Vault, catalogue: Catalogue, code_hash: bytes
) -> dict[str, Any] | None:
    """Return all that is held about the response with this code, ready to be written as JSON.

    Its answers in the words they were given, the redacted words that reviewers see, and the themes
    that people put them in. None when no response has the code.
    """
    row = await db.fetchrow(SQL.response_of_code, code_hash)
    if row is None:
        return None
    about = convert(dict(row), About)
    survey = catalogue.by_id.get(about.survey_id)
    answers = await answering.answers_so_far(db, vault, about.id)
    return {
        "about": to_builtins(about),
        "answers": [
            {
                "question": question_id,
                "asked": _asked(survey, question_id),
                "state": answer.state,
                "answer": answer.value,
            }
            for question_id, answer in sorted(answers.items())
        ],
        "without_names": [dict(one) for one in await db.fetch(SQL.comments, about.id)],
        "themes": [dict(one) for one in await db.fetch(SQL.themes, about.id)],
    }


def _asked(survey: Any, question_id: str) -> str:
    page = survey.page(question_id) if survey else None
    return page.ask if page else question_id
