"""A challenge and its answer: what may be written, about what, and until when it is answered.

Both are published unless they are marked confidential, and then the reason is kept. Whoever put a
challenge never answers it, and once it is answered its words stay as they were.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from voice.easy_words.lengths import TOO_LONG_SENTENCE
from voice.easy_words.text import count_words
from voice.errors import VoiceError
from voice.languages.say import later
from voice.safeguarding.clock import next_working_day
from voice.you_said.pledge import long_sentence

Kind = Literal["theme", "area", "pledge"]
Standing = Literal["waiting", "overdue", "answered"]
STANDINGS: dict[Standing, str] = {
    "waiting": later("Not answered yet"),
    "overdue": later("Not answered yet, and late (overdue)"),
    "answered": later("Answered"),
}
Problems = dict[str, str]
LONGEST = {"words": 3000, "easy_words": 1000, "confidential_because": 500}
FIELDS = ("about", *LONGEST, "confidential")
KEY = re.compile(r"(theme|pledge)-(\d{1,9})|(area)-([a-z][a-z0-9-]{0,59}/[A-Za-z]\w{0,39})", re.A)
MISSING = {
    "words": "Write what you want to say.",
    "easy_words": "Write the same in easy words. Nothing is said in hard words only.",
}
ANSWERED = (
    "It has been answered in the words it had, so they stay as they are. Put another challenge."
)


class ChallengeNotFound(VoiceError):
    """There is no such challenge, or not for this reader."""

    status = 404
    title = later("We cannot find that")


class AnsweredByItself(VoiceError):
    """Who put the challenge wants to answer it."""

    status = 403
    title = "Somebody else must answer this"


class About(Struct, frozen=True):
    """What a challenge is about: a theme's id, a pledge's number, or "framework/area"."""

    kind: Kind
    key: str

    @property
    def name(self) -> str:
        """What it is called in forms and addresses: pledge-3."""
        return f"{self.kind}-{self.key}"


class Statement(Struct, frozen=True, kw_only=True):
    """What a challenge or an answer says. `confidential_because` is empty where all may read it."""

    words: str
    easy_words: str
    confidential_because: str = ""

    @property
    def confidential(self) -> bool:
        """Whether the public may not read it."""
        return bool(self.confidential_because)


def read_about(name: str) -> About | None:
    """Return what a name such as pledge-3 or area-every-area/heard means; None when nothing."""
    found = KEY.fullmatch(name)
    if found is None:
        return None
    if found[3]:
        return About("area", found[4])
    return About("theme" if found[1] == "theme" else "pledge", str(int(found[2])))


def read_statement(
    typed: Mapping[str, str], *, answered: Statement | None = None
) -> Statement | Problems:
    """Return the statement that was typed, or what is wrong with it: {field: problem}.

    Args:
        typed: each field's text, by name; `confidential` is "yes" or "no".
        answered: the challenge as it was answered; its words may not change any more.
    """
    typed = {name: text.strip() for name, text in typed.items()}
    problems = {
        field: problem
        for field in LONGEST
        if (problem := _text_problem(field, typed.get(field, ""), typed))
    }
    problems |= _secrecy_problem(typed)
    if problems:
        return {field: problems[field] for field in FIELDS if field in problems}
    secret = typed["confidential"] == "yes"
    said = Statement(
        words=typed["words"],
        easy_words=typed["easy_words"],
        confidential_because=typed.get("confidential_because", "") if secret else "",
    )
    changed = answered and (said.words, said.easy_words) != (answered.words, answered.easy_words)
    return {"words": ANSWERED} if changed else said


def due_on(put_on: date, working_days: int) -> date:
    """Return the last day on which an answer is in time: so many working days after it was put."""
    day = put_on
    for _ in range(working_days):
        day = next_working_day(day)
    return day


def standing(answered: bool, due: date, today: date) -> Standing:
    """Tell how a challenge stands today; late is late from the day after it was due."""
    if answered:
        return "answered"
    return "overdue" if today > due else "waiting"


def _text_problem(field: str, text: str, typed: Mapping[str, str]) -> str:
    if not text:
        return MISSING.get(field, "")
    over = len(text) - LONGEST[field]
    if over > 0:
        return f"This is too long. Take out {over:,} letters or more."
    sentence = long_sentence(text) if field == "easy_words" else ""
    if sentence and typed.get("confidential") != "yes":
        return (
            f"“{sentence}” has {count_words(sentence)} words. Make two sentences of it, with "
            f"{TOO_LONG_SENTENCE} words at most each."
        )
    return ""


def _secrecy_problem(typed: Mapping[str, str]) -> Problems:
    """Ask for the reason of what is confidential; what has none is public, or not decided."""
    secret, reason = typed.get("confidential"), typed.get("confidential_because")
    if secret not in ("yes", "no"):
        return {"confidential": "Choose whether the public may read this."}
    if secret == "yes" and not reason:
        return {"confidential_because": "Write why the public may not read this. It is kept."}
    if secret == "no" and reason:
        return {"confidential": "There is a reason why it is confidential: choose, or delete it."}
    return {}
