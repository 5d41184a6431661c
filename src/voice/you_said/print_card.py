"""A reply as a sheet to print, for one age: the same record, in fewer or in more words.

Nothing is typeset here. The youngest read what was said, what came of it and why, in easy words and
big letters; parents read all of the record.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct, json

from voice.languages.language import ENGLISH
from voice.languages.say import say, speaking
from voice.paper.letters import all_printable
from voice.paper.sheets import Bundle, as_drawing
from voice.web.templates import day
from voice.you_said.card import PICTURES, statuses
from voice.you_said.reply import Reply

Age = Literal["4-7", "8-11", "11-18", "parents"]


class Look(Struct, frozen=True):
    """How a sheet looks: letters in points, whether in easy words, and what else it tells."""

    name: str
    points: int
    easy: bool
    numbers: bool
    record: bool


AGES: dict[Age, Look] = {
    "4-7": Look("4 to 7 years", 28, easy=True, numbers=False, record=False),
    "8-11": Look("8 to 11 years", 22, easy=True, numbers=True, record=False),
    "11-18": Look("11 to 18 years", 16, easy=False, numbers=True, record=False),
    "parents": Look("Parents and carers", 14, easy=False, numbers=True, record=True),
}

Part = tuple[str, str]
"""A heading and the words under it."""


def bundle(
    reply: Reply, age: Age, pictures: Mapping[str, Path], templates: Path, *, address: str
) -> Bundle:
    """Return the files that make the sheet of one reply for one age, in English.

    Args:
        reply: what people said and what came of it, as the public may read it.
        age: for whom.
        pictures: the files that may be shown, by name.
        templates: the folder of our templates.
        address: where the reply can be read on the web.
    """
    look = AGES[age]
    with speaking(ENGLISH):
        said = reply.words(easy=look.easy).said
        content = {
            "size": look.points,
            "language": {"code": ENGLISH.code, "dir": ENGLISH.direction},
            "survey": None,
            "title": f"{say('You said, we did')}: {said}",
            "said": said,
            "status": say(statuses(easy=look.easy)[reply.kept.status]),
            "picture": PICTURES[reply.kept.status] if look.easy else "",
            "parts": parts(reply, look),
            "address": address,
            "demo": reply.said.demo,
        }
    files = {
        "main.typ": (templates / "you_said/card.typ").read_bytes(),
        "look.typ": (templates / "paper/look.typ").read_bytes(),
        "content.json": json.encode(all_printable(content)),
    }
    shown = content["picture"]
    return files | ({f"pictures/{shown}": as_drawing(pictures[str(shown)])} if shown else {})


def parts(reply: Reply, look: Look) -> list[Part]:
    """Return what the sheet says, in order; the first part has no heading of its own."""
    words, kept = reply.words(easy=look.easy), reply.kept
    late = f" {say('This is late (overdue).')}" if reply.overdue else ""
    found = [
        ("", words.did),
        (say("Because"), words.because),
        (say("What you can have instead"), words.instead),
        (say("How many people"), reply.said.how_many if look.numbers else ""),
        (say("When"), f"{reply.day_means} {day(kept.on_day)}.{late}" if look.numbers else late),
    ]
    found += _record(reply) if look.record else []
    return [(heading, text.strip()) for heading, text in found if text.strip()]


def _record(reply: Reply) -> list[Part]:
    kept = reply.kept
    difference = ""
    if kept.measured_on:
        difference = (
            f"{kept.measure}. {say('Before')}: {kept.measure_before}. "
            f"{say('Afterwards')}: {kept.measure_after}. ({day(kept.measured_on)})"
        )
    evidence = f"{kept.evidence} ({day(kept.evidence_on)})" if kept.evidence_on else ""
    board = f"{kept.board} ({day(kept.board_on)})" if kept.board_on else kept.board
    late = f" {say('This is late (overdue).')}" if reply.update_overdue else ""
    more = f"{day(kept.next_update_on)}.{late}" if kept.next_update_on else ""
    return [
        (say("How we know"), evidence),
        (say("The difference it made"), difference),
        (say("Who is responsible"), reply.owner),
        (say("Board or meeting:").rstrip(":"), board),
        (
            say("Did a young person or parent agree that this is so?"),
            f"{reply.checked}. {kept.checked_note}",
        ),
        (say("We will say more by"), more),
    ]
