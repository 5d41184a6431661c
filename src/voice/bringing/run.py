"""Bring a file in: all good rows in one transaction, or none; the others are handed back.

What is sent is counted, and a count is held until its transaction ends. So all rows are kept first
and sent at the very end, and nobody who answers meanwhile has to wait.
"""

import hashlib
import hmac
from asyncio import to_thread
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from itertools import islice
from uuid import UUID

from msgspec import Struct

from voice.answering import store as answering
from voice.answering.run import keep_batch
from voice.bringing import store
from voice.bringing.checking import Checked, Checker, Problem
from voice.bringing.reading import Row
from voice.bringing.rejected import RejectedRows
from voice.bringing.store import CannotUndo, Counts
from voice.bringing.tools import OWN
from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.jobs import queue
from voice.safeguarding import store as safeguarding

AT_ONCE = 1_000
DIFFERS = "it is there already with other answers, and was left as it was"
DIFFERS_DO = "If it is another answer, give it another id; else there is nothing to do"
Tell = Callable[[int], None]


class Outcome(Struct, frozen=True):
    """What came of a file: how many rows, all that is wrong, and the rows to mend.

    `changed` are rows that were there already with other answers; they count as there already.
    `first` are the first good rows, to look at.
    """

    counts: Counts
    problems: list[Problem]
    changed: list[Problem]
    rejected: RejectedRows
    first: list[Checked]
    number: int | None = None


class Gathering:
    """What is gathered while the rows of a file go by."""

    def __init__(self, checker: Checker) -> None:
        """Begin with nothing."""
        self.problems: list[Problem] = []
        self.changed: list[Problem] = []
        self.rejected = RejectedRows(checker.columns)
        self.first: list[Checked] = []
        self.new = self.before = self.not_agreed = 0
        self.ids: list[UUID] = []

    def sort(self, batch: Iterable[Checked]) -> list[Checked]:
        """Return the good rows of a batch, having noted the others."""
        good = []
        for checked in batch:
            if checked.response is not None:
                good.append(checked)
            elif checked.problems:
                self.problems += checked.problems
                self.rejected.add(checked)
            else:
                self.not_agreed += 1
        self.first += good[: 10 - len(self.first)]
        return good

    def outcome(self, number: int | None = None) -> Outcome:
        """Return all of it."""
        counts = Counts(self.new, self.before, self.rejected.n, self.not_agreed)
        return Outcome(
            counts, self.problems, self.changed, self.rejected, self.first, number=number
        )


async def try_out(
    db: Connection, checker: Checker, rows: Iterator[Row], *, wave: str, key: bytes, tell: Tell
) -> Outcome:
    """Check every row and keep nothing; say what bringing it in would do.

    Raises:
        BadInput: the file cannot be read to its end.
    """
    found = Gathering(checker)
    exported = await _exported(db, checker, wave, key)
    async for batch in _batches(checker.check_all(rows)):
        good = found.sort(batch)
        refs = [one.token for one in good]
        there = await store.refs_there(db, checker.survey.id, wave, refs)
        n = sum(ref in there or ref in exported for ref in refs)
        found.before += n
        found.new += len(good) - n
        tell(len(batch))
    return found.outcome()


async def bring_in(
    db: Connection,
    checker: Checker,
    rows: Iterator[Row],
    *,
    vault: Vault,
    wave: str,
    key: bytes,
    by: int | None,
    tell: Tell,
) -> Outcome:
    """Keep every good row in the caller's transaction, sealed and queued as answers on the web are.

    Raises:
        BadInput: the file cannot be read to its end; then the caller's transaction is undone.
    """
    found = Gathering(checker)
    exported = await _exported(db, checker, wave, key)
    async for batch in _batches(checker.check_all(rows)):
        good = [one for one in found.sort(batch) if one.token not in exported]
        found.before += len(exported) and _n_exported(batch, exported)
        await _keep(db, checker, good, found, vault=vault, wave=wave)
        tell(len(batch))
    await answering.send_imported(db, found.ids)
    number = await store.note_import(
        db,
        checker.survey.id,
        wave,
        checker.mapping.tool,
        found.outcome().counts,
        by=by,
        ids=found.ids,
    )
    return found.outcome(number)


async def _keep(
    db: Connection,
    checker: Checker,
    good: list[Checked],
    found: Gathering,
    *,
    vault: Vault,
    wave: str,
) -> None:
    batch = [one.response for one in good if one.response is not None]
    about = {"wave": wave, "route": "import"}
    kept = await keep_batch(db, checker.survey, batch, vault=vault, send=False, **about)
    found.ids += kept.ids
    found.new += kept.new
    found.before += kept.before
    numbers = {one.token: one.row.number for one in good}
    found.changed += [Problem(numbers[ref], "", DIFFERS, DIFFERS_DO) for ref in kept.differ]


async def _batches(checked: Iterator[Checked]) -> AsyncIterator[list[Checked]]:
    """Yield the rows, so many at once; in a thread, so that others are answered meanwhile."""
    while batch := await to_thread(lambda: list(islice(checked, AT_ONCE))):
        yield batch


def _n_exported(batch: Iterable[Checked], exported: frozenset[str]) -> int:
    return sum(one.response is not None and one.token in exported for one in batch)


async def _exported(db: Connection, checker: Checker, wave: str, key: bytes) -> frozenset[str]:
    """Return the tokens that our own export gave to what was answered here.

    Only the one Voice that wrote a file can tell that its rows are there already.
    """
    if checker.mapping.tool != OWN.id:
        return frozenset()
    ids = await store.ids_of(db, checker.survey.id, wave)
    return frozenset(f"voice:{pseudonym(key, one)}" for one in ids)


async def undo(db: Connection, number: int, by: int) -> tuple[str, str]:
    """Delete all responses that came with an import, in the caller's transaction.

    Themes that a machine suggested are found again without them. Return the survey and the wave.

    Raises:
        CannotUndo: it was undone before, or people have begun to work with what it brought.
    """
    survey_id, wave = await store.hold_import(db, number)
    ids = await store.members_of(db, number)
    if await store.in_themes(db, ids):
        raise CannotUndo("Reviewers have agreed to a theme with its comments. Undo that first.")
    if await safeguarding.any_worry(db, ids):
        raise CannotUndo("The safeguarding lead has answers of it to read, or has read some.")
    await answering.forget(db, ids)
    await store.note_undone(db, number, by)
    await queue.add(db, "find_again", [survey_id, wave])
    return survey_id, wave


def pseudonym(key: bytes, response_id: UUID) -> str:
    """Return what stands for a response in an export: always the same, never turned back."""
    made = hmac.new(key, b"export " + response_id.bytes, hashlib.sha256)
    return made.hexdigest()[:32]
