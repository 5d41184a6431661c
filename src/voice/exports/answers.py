"""The answers of one wave as a table that another Voice brings in unchanged.

Choices as they were given; what people wrote as it was redacted, and nothing that is held back or
not yet read. No id of ours: each row has a pseudonym by which a Voice knows its own rows again.
"""

import csv
import io
from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct

from voice.answering import given_store
from voice.answering.given_store import Given
from voice.bringing import own
from voice.bringing.run import pseudonym
from voice.bringing.values import NOT_SHOWN, NOT_SHOWN_WORDS, options_of
from voice.database.pool import Connection
from voice.exports import store
from voice.exports.spreadsheet import BOM
from voice.surveys.questions import Answer, AnyPage, Comment
from voice.surveys.survey import Survey

Words = Mapping[tuple[UUID, str], str]


class Exported(Struct, frozen=True):
    """A table, how many responses it holds, and how many comments of them were kept back."""

    content: bytes
    n: int
    n_kept_back: int


async def answers_of(db: Connection, survey: Survey, wave: str, key: bytes) -> Exported:
    """Return all answers of a wave, in the order of their pseudonyms, which tells nothing."""
    given = await given_store.responses_of(db, survey.id, wave)
    chosen = await given_store.chosen_of(db, survey.id, wave)
    words = await store.shown_words(db, survey.id, wave)
    rows = sorted(
        (_row(survey, wave, one, _ref(one, key), chosen.get(one.id, {}), words) for one in given),
        key=lambda row: row[0],
    )
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*own.ABOUT, *(page.id for page in survey.questions)])
    writer.writerows([own.guarded(cell) for cell in row] for row in rows)
    wrote = {page.id for page in survey.comments}
    kept_back = sum(
        answer.state == "answered" and (one.id, question_id) not in words
        for one in given
        for question_id, answer in chosen.get(one.id, {}).items()
        if question_id in wrote
    )
    return Exported((BOM + out.getvalue()).encode(), len(rows), kept_back)


def _ref(one: Given, key: bytes) -> str:
    """Return the row's pseudonym: the one it came with, if it came from another Voice."""
    before = one.source_ref or ""
    return before.removeprefix("voice:") if before.startswith("voice:") else pseudonym(key, one.id)


def _row(
    survey: Survey,
    wave: str,
    one: Given,
    ref: str,
    answers: Mapping[str, Answer],
    words: Words,
) -> list[str]:
    observed = [page.id for page in survey.questions if _answer(answers, page).observed]
    about = {
        own.REF: ref,
        own.WAVE: wave,
        own.SPEAKS: one.voice,
        own.WORDING: one.wording,
        own.DAY: one.started_on.isoformat(),
        own.HELPED: one.helped or "",
        own.MAY_QUOTE: "yes" if one.may_quote else "no",
        own.OBSERVED: own.BETWEEN.join(observed),
    }
    said = [_cell(page, _answer(answers, page), one.id, words) for page in survey.questions]
    return [*(about[name] for name in own.ABOUT), *said]


def _answer(answers: Mapping[str, Answer], page: AnyPage) -> Answer:
    return answers.get(page.id, NOT_SHOWN)


def _cell(page: AnyPage, answer: Answer, response_id: UUID, words: Words) -> str:
    """Return an answer as our own import reads it."""
    if answer.state == "not_shown":
        return NOT_SHOWN_WORDS
    if answer.state == "skipped":
        return ""
    if answer.state == "dont_know":
        unsure = (option.value for option in options_of(page) if option.dont_know)
        return next(unsure, "dont_know")
    if isinstance(page, Comment):
        return words.get((response_id, page.id), NOT_SHOWN_WORDS).strip()
    if isinstance(answer.value, list):
        return own.BETWEEN.join(answer.value)
    return str(answer.value)
