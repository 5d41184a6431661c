"""Keep responses that come from a file, batch by batch, so that a crash loses and doubles none."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from voice.answering import store
from voice.answering.store import Imported
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.jobs import queue
from voice.surveys.survey import Survey

AT_ONCE = 100


class Kept(Struct, frozen=True):
    """What became of a batch: how many are new, how many were there already, which differ.

    `differ` has the source references of rows that were there already with other words: they
    are left as they were, and the person who imports is told. `ids` are those of the new ones.
    """

    new: int
    before: int
    differ: list[str]
    ids: list[UUID] = []


async def keep_batch(
    db: Connection,
    survey: Survey,
    batch: Sequence[Imported],
    *,
    vault: Vault,
    wave: str,
    route: str,
    send: bool = True,
) -> Kept:
    """Keep a batch in the caller's transaction, and queue what comes next for the new ones.

    `send` as in `store.keep_imported`.
    """
    new = await store.keep_imported(
        db, survey, batch, vault=vault, wave=wave, route=route, send=send
    )
    with_words = [r for r in batch if r.source_ref in new and _has_words(r, survey)]
    for first in range(0, len(with_words), AT_ONCE):
        ids = [str(new[r.source_ref]) for r in with_words[first : first + AT_ONCE]]
        # Whoever answers now may need help now: thousands of older answers do not come before them.
        await queue.add(db, "enrich", ids, later=route == "import")
    before = [response for response in batch if response.source_ref not in new]
    refs = [response.source_ref for response in before]
    stored = await store.imported_before(db, vault, survey.id, wave, refs) if refs else {}
    differ = [r.source_ref for r in before if _values(r) != stored.get(r.source_ref, {})]
    return Kept(len(new), len(before), differ, list(new.values()))


def _has_words(response: Imported, survey: Survey) -> bool:
    return any(
        question.id in response.answers and response.answers[question.id].state == "answered"
        for question in survey.comments
    )


def _values(response: Imported) -> dict[str, object]:
    return {q: a.value for q, a in response.answers.items() if a.state == "answered"}
