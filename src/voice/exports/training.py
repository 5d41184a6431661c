"""Comments with the themes and areas that people gave them: rows for `voice labels train`."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from voice.database.pool import Connection
from voice.errors import BadInput
from voice.exports import store
from voice.exports.labelled import Labelled
from voice.exports.spreadsheet import to_csv
from voice.review.asked import Asked

COLUMNS = ("row", "question", "comment", "themes", "areas")
BETWEEN = "|"


class Training(Struct, frozen=True):
    """A table to learn from, and how many comments are in it."""

    content: bytes
    n: int


async def training(db: Connection, this: Asked, *, only_read: bool = False) -> Training:
    """Return a row for each comment of a question that is in an agreed theme.

    Only redacted words, none that the safeguarding lead holds back, and no id.

    Args:
        db: a connection that may read redacted comments.
        this: the question.
        only_read: only comments that a person read one by one.

    Raises:
        BadInput: there is no such comment.
    """
    found = await store.labelled(db, this, only_read=only_read)
    if not found:
        read = " that a person has read one by one" if only_read else ""
        raise BadInput(f"No comment{read} is in an agreed theme of {this.asked_of}.")
    asked = {survey: one.words for survey, one in zip(this.survey_ids, this.wordings, strict=True)}
    rows = [_row(place, one, asked) for place, one in enumerate(found, 1)]
    return Training(to_csv(COLUMNS, rows), len(rows))


def _row(place: int, one: Labelled, asked: Mapping[str, str]) -> dict[str, str | int | None]:
    return {
        "row": place,
        "question": asked[one.survey_id],
        "comment": one.words,
        "themes": _cell(one.themes),
        "areas": _cell(one.areas),
    }


def _cell(labels: Collection[str]) -> str:
    """Return labels in one cell; what parts them stands in none of them."""
    return BETWEEN.join(label.replace(BETWEEN, "/") for label in labels)
