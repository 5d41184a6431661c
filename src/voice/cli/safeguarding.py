"""Commands about answers that may speak of danger."""

import sys
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from voice import settings as all_settings
from voice.cli import said

AT_ONCE = 256


class Scored(Struct, frozen=True):
    """A line of what is printed."""

    id: str | int
    concern: bool
    score: float
    kinds: list[str]
    because: list[str]


@click.group()
def safeguarding() -> None:
    """Find the comments that a safeguarding lead should read first."""


@safeguarding.command()
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path))
def score(file: Path) -> None:
    """Say of each comment in FILE.jsonl whether it may speak of danger, and why.

    FILE.jsonl has a line {"id", "text"} for each comment. Prints a line {"id", "concern", "score",
    "kinds", "because"} for each, in the same order. The score is from 0 to 1, a concern begins at
    0.3; “because” are the comment’s own words. Nothing found does not mean that all is well.

    \b
    Example: voice safeguarding score comments.jsonl > scored.jsonl
    """
    from voice.enrichment.embed import Embedder  # Loads the language stack: seconds.
    from voice.enrichment.worry import WorryFinder

    comments = said.read(file)
    settings = all_settings.read()
    embedder = Embedder.open(settings.nlp_models, settings.threads)
    finder = WorryFinder.open(settings.nlp_models, embedder)
    for start in range(0, len(comments), AT_ONCE):
        some = comments[start : start + AT_ONCE]
        found = finder.concerns([comment.text for comment in some])
        for comment, concern in zip(some, found, strict=True):
            scored = Scored(
                comment.id, concern.concern, concern.score, concern.kinds, concern.because
            )
            sys.stdout.buffer.write(msgspec.json.encode(scored) + b"\n")
    sys.stdout.buffer.flush()
