"""Enrich comments: check for worries, redact, embed, keep. Read, think, write.

Raw words stop here. What goes on is a redacted comment and its vector.
"""

from asyncio import to_thread
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from voice.database.pool import Connection
from voice.database.vault import Vault
from voice.enrichment import store
from voice.enrichment.embed import Embedder, pack, unpack
from voice.enrichment.redact import Redactor
from voice.enrichment.sentiment import Sentiment
from voice.enrichment.store import RawComment, RedactedComment
from voice.enrichment.worry import WorryFinder
from voice.safeguarding import store as safeguarding
from voice.safeguarding.detect import Concern
from voice.safeguarding.store import Flag


class Machines(Struct, frozen=True):
    """The models that enrichment needs, opened once for each process."""

    worries: WorryFinder
    redactor: Redactor
    embedder: Embedder
    sentiment: Sentiment

    @classmethod
    def open(cls, nlp_models: Path, threads: int = 0) -> "Machines":
        """Open the models.

        Raises:
            ModelProblem: a file does not match its card.
        """
        embedder = Embedder.open(nlp_models, threads)
        return cls(
            WorryFinder.open(nlp_models, embedder),
            Redactor.open(nlp_models),
            embedder,
            Sentiment.open(nlp_models),
        )


async def enrich(
    db: Connection, vault: Vault, machines: Machines, response_ids: Sequence[UUID]
) -> int:
    """Enrich the comments of these responses in the caller's transaction; return how many.

    Doing it twice does it once: what has been enriched is left alone.
    """
    raw = await store.raw_comments(db, vault, response_ids)
    if not raw:
        return 0
    concerns, redacted = await to_thread(think, machines, raw)
    flags = [
        Flag(comment.response_id, comment.question_id, concern)
        for comment, concern in zip(raw, concerns, strict=True)
    ]
    await safeguarding.keep_flags(db, vault, flags)
    await store.keep_redacted(db, redacted)
    return len(raw)


async def read_again(db: Connection, embedder: Embedder, sentiment: Sentiment, limit: int) -> int:
    """Make the vectors that are missing, `limit` at most, from words that are redacted already.

    They are missing after a change of the model, and where more words were taken out. Returns
    how many were made.
    """
    waiting = await store.without_vector(db, limit)
    if waiting:
        read = await to_thread(embedder.read, [comment.words for comment in waiting])
        feelings = sentiment.feelings(read.vectors).tolist()
        await store.keep_vectors(db, waiting, pack(read), feelings)
    return len(waiting)


async def hear_again(db: Connection, sentiment: Sentiment, limit: int) -> int:
    """Hear how comments sound that were read before this was kept, `limit` at most.

    Returns how many were heard.
    """
    waiting = await store.not_heard(db, limit)
    if waiting:
        vectors = unpack([comment.vector for comment in waiting]).vectors
        await store.keep_feelings(db, waiting, sentiment.feelings(vectors).tolist())
    return len(waiting)


def think(
    machines: Machines, raw: Sequence[RawComment]
) -> tuple[list[Concern], list[RedactedComment]]:
    """Return a concern and a redacted comment for each raw one, in order. Writes nothing."""
    words = [comment.words for comment in raw]
    read = machines.embedder.read(words)
    concerns = machines.worries.concerns(words, read)
    redacted = machines.redactor.redact(words)
    # Raw vectors stop here too: where a word was taken out, what goes on is made afresh.
    changed = [place for place, found in enumerate(redacted) if found.words != words[place]]
    if changed:
        again = machines.embedder.read([redacted[place].words for place in changed])
        read.vectors[changed], read.domain[changed] = again.vectors, again.domain
    vectors, feelings = pack(read), machines.sentiment.feelings(read.vectors).tolist()
    comments = [
        RedactedComment(
            comment.response_id,
            comment.question_id,
            found.words,
            dict(sorted(Counter(span.label for span in found.spans).items())),
            vector,
            feeling,
        )
        for comment, found, vector, feeling in zip(raw, redacted, vectors, feelings, strict=True)
    ]
    return concerns, comments
