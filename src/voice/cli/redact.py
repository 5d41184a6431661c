"""The command that says what to take out of comments before others read them."""

import sys
from pathlib import Path

import click
import msgspec
from msgspec import Struct

from voice import settings as all_settings
from voice.cli import said
from voice.enrichment.patterns import Span

AT_ONCE = 256


class Marked(Struct, frozen=True):
    """A line of what is printed; `words` are the comment fit to be read, if they were asked for."""

    id: str | int
    text: str
    spans: list[Span]


@click.command()
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path))
@click.option(
    "--take-out", is_flag=True, help="Print the comments with the names and places taken out."
)
def redact(file: Path, take_out: bool) -> None:
    """Say of each comment in FILE.jsonl what points at somebody, or take it out.

    FILE.jsonl has a line {"id", "text"} for each comment. Prints a line {"id", "text", "spans"} for
    each, in the same order. A span has "start", "end" and "label"; start and end count the
    characters of the text as it came. With --take-out the text has “[a name]”, “[a school]” in
    their place, and the spans are those of the text that came. Some names will be missed.

    \b
    Example: voice redact comments.jsonl > spans.jsonl
    """
    from voice.enrichment.redact import Redactor  # Loads the language stack: seconds.

    comments = said.read(file)
    redactor = Redactor.open(all_settings.read().nlp_models)
    for start in range(0, len(comments), AT_ONCE):
        some = comments[start : start + AT_ONCE]
        found = redactor.redact([comment.text for comment in some])
        for comment, redacted in zip(some, found, strict=True):
            text = redacted.words if take_out else comment.text
            line = Marked(comment.id, text, redacted.spans)
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()
