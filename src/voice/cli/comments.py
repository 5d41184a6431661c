"""The import of comments alone: one column of a CSV file, a batch in each transaction."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import click

from voice import settings as all_settings
from voice.answering.run import Kept, keep_batch
from voice.answering.store import Imported
from voice.characters import clean
from voice.cli.screen import Tell, bar, database, note_alone, run, tell_problem
from voice.csv_file import Comment, open_csv, read_comments
from voice.database.master_key import vault
from voice.database.pool import connect
from voice.surveys.questions import SKIPPED, Answer
from voice.surveys.survey import Survey, Voice

AT_ONCE = 500
NEXT = "They are read for worries and names by “voice work”; then “voice themes find”."


def bring_comments(
    file: Path,
    asked: Survey,
    question_id: str,
    *,
    text: str,
    id: str | None,
    voice: Voice | None,
    wave: str,
) -> None:
    """Keep the comments of one column; exit with 1 where some are there with other words."""
    total = sum(1 for _ in read_comments(file, text=text, id=id))
    prefix = prefix_of(file, id)
    with bar() as tell:
        counts = run(
            _keep_all(
                (
                    _imported(comment, prefix, question_id, voice or asked.voice)
                    for comment in read_comments(file, text=text, id=id)
                ),
                asked,
                wave=wave,
                total=total,
                tell=tell,
            )
        )
    click.echo(f"{counts.new} rows kept, {counts.before} were there already. {NEXT}")
    if counts.differ:
        names = ", ".join(ref.split(":", 1)[1] for ref in counts.differ[:10])
        tell_problem(
            f"{len(counts.differ)} of them are there with other words and were left as they "
            f"were: {names}{' …' if len(counts.differ) > 10 else ''}. Give changed rows new ids."
        )
        raise SystemExit(1)


async def _keep_all(
    imported: Iterator[Imported], asked: Survey, *, wave: str, total: int, tell: Tell
) -> Kept:
    """Keep all rows, a batch in each transaction: a row that was told of is safe."""
    settings = all_settings.read()
    keys = vault(settings)
    db = await connect(await database(settings))
    new, before = 0, 0
    differ: list[str] = []
    batch: list[Imported] = []
    try:
        for place, response in enumerate(imported, 1):
            batch.append(response)
            if len(batch) == AT_ONCE or place == total:
                async with db.transaction():
                    kept = await keep_batch(db, asked, batch, vault=keys, wave=wave, route="import")
                new, before = new + kept.new, before + kept.before
                differ += kept.differ
                batch = []
                tell("Keeping", place, total)
    finally:
        await db.close()
    await note_alone(settings, "imported", f"{asked.id}, {wave}: {new} rows")
    return Kept(new, before, differ)


def _imported(comment: Comment, prefix: str, question_id: str, voice: Voice) -> Imported:
    words = clean(comment.text).strip()
    answer = Answer("answered", words) if words else SKIPPED
    return Imported(source_ref=f"{prefix}:{comment.id}", voice=voice, answers={question_id: answer})


def prefix_of(file: Path, id: str | None, content: bytes | None = None) -> str:
    """Return what makes a row's id its own: row numbers mean something in one file only."""
    if id is not None:
        return "id"
    if content is None:
        with open_csv(file) as opened:
            if "comment_id" in opened.columns:
                return "id"
        content = file.read_bytes()
    return hashlib.sha256(content).hexdigest()[:16]
