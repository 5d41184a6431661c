"""Commands about words that are not in a survey yet: are they easy?"""

import sys
from pathlib import Path
from typing import Literal

import click
import msgspec
from msgspec import Struct

from voice import settings as all_settings
from voice.characters import clean
from voice.cli.screen import tell_problem
from voice.easy_words.check import faults
from voice.easy_words.lists import read_lists
from voice.easy_words.text import Text, text_of
from voice.errors import BadInput

NAMED_AT_MOST = 5


class Line(Struct, frozen=True):
    """One line of the file: a text and what to call it.

    `kind` is guessed from the question mark where it is not given; "answer" is another word for
    "option". `lang` other than English leaves out the rules about English words.
    """

    id: str | int
    text: str
    kind: Literal["question", "text", "option", "answer"] | None = None
    lang: str = "en"


@click.group()
def words() -> None:
    """Look whether words are easy."""


@words.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def check(file: Path) -> None:
    """Say which rules of easy words each text of the JSON lines in FILE breaks; “-” reads stdin.

    A line in is {"id": …, "text": …}; it may have "kind": "question", "text" or "option", and
    "lang". A line out is {"id": …, "faults": [{"rule", "level", "why"}, …]}, in the same order.
    Exits with 1 if any fault is an error, with 0 if there are none or only warnings. No faults
    means that no problem was found by machine, not that the words are easy to read.

    \b
    Example: voice words check questions.jsonl
    """
    lines = _read(file)
    lists = read_lists(all_settings.read().nlp_models / "words")
    errors = 0
    for line in lines:
        found = faults(_text(line), lists)
        errors += any(fault.level == "error" for fault in found)
        written = [
            {"rule": f.rule, "level": f.level, "why": f"{f.why} {f.what_to_do}"} for f in found
        ]
        click.echo(msgspec.json.encode({"id": line.id, "faults": written}))
    if errors:
        tell_problem(f"{errors} of {len(lines)} texts break a rule that stops.")
    raise SystemExit(1 if errors else 0)


def _text(line: Line) -> Text:
    kind = "option" if line.kind == "answer" else line.kind
    english = line.lang.lower().split("-")[0] == "en"
    return text_of(clean(line.text), kind, english=english)


def _read(file: Path) -> list[Line]:
    """Return the lines of the file, without those that are empty.

    Raises:
        BadInput: the file cannot be read, or a line does not fit; every such line is counted.
    """
    lines: list[Line] = []
    bad: list[str] = []
    for number, row in enumerate(_bytes(file).splitlines(), 1):
        if not row.strip():
            continue
        try:
            lines.append(msgspec.json.decode(row, type=Line))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            bad.append(f"line {number}: {error}")
    if bad:
        more = f"; and {len(bad) - NAMED_AT_MOST} more" if len(bad) > NAMED_AT_MOST else ""
        wanted = 'Each line has to be like {"id": "q1", "text": "Do you like school?"}.'
        raise BadInput(f"{file}: {'; '.join(bad[:NAMED_AT_MOST])}{more}. {wanted}")
    return lines


def _bytes(file: Path) -> bytes:
    try:
        read = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}.") from None
    return read.removeprefix(b"\xef\xbb\xbf")
