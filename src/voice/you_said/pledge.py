"""A pledge: what came of what people said, or why nothing did, and by when.

The rules of publishing stand here: nothing is partly done or impossible without a reason, nothing
is done without a day and evidence, nothing is said in hard words only, and what is late is late.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct, convert

from voice.easy_words.lengths import TOO_LONG_SENTENCE
from voice.easy_words.text import count_words, sentences
from voice.errors import VoiceError
from voice.languages.say import later
from voice.you_said.days import day_problems, parse_day
from voice.you_said.owner import is_like_a_name

Status = Literal["listening", "doing", "done", "partly_done", "cannot_do"]
STATUSES: dict[Status, str] = {
    "listening": later("We are listening"),
    "doing": later("We are doing"),
    "done": later("We did"),
    "partly_done": later("We did a part"),
    "cannot_do": later("We cannot do this"),
}
Checked = Literal["yes", "not_yet", "no"]
CHECKED: dict[Checked, str] = {
    "yes": later("Yes, a young person or parent agreed"),
    "not_yet": later("Not yet"),
    "no": later("No, they did not agree"),
}
OPEN: tuple[Status, ...] = ("listening", "doing")
NEED_A_REASON: tuple[Status, ...] = ("partly_done", "cannot_do")
Problems = dict[str, str]

LONGEST = {
    "easy_said": 300,
    "words": 3000,
    "easy_words": 1000,
    "because": 3000,
    "easy_because": 1000,
    "instead": 3000,
    "easy_instead": 1000,
    "measure": 200,
    "measure_before": 60,
    "measure_after": 60,
    "evidence": 3000,
    "owner_role": 120,
    "owner_organisation": 120,
    "board": 200,
    "checked_note": 500,
}
DAYS = ("on_day", "measured_on", "evidence_on", "next_update_on", "board_on")
MISSING = {
    "easy_said": "Write what people said, in easy words.",
    "words": "Write what was done, is being done, or cannot be done.",
    "easy_words": "Write the same in easy words. Nothing is said in hard words only.",
    "owner_role": "Write the role that is responsible, such as “head of SEND”.",
    "owner_organisation": "Write the organisation, such as “Hertfordshire County Council”.",
}
DIFFERENCE = {
    "measure": "Write what was measured.",
    "measure_before": "Write how it was before.",
    "measure_after": "Write how it was afterwards.",
    "measured_on": "Give the day it was measured.",
}
FIELDS = (
    "easy_said",
    "status",
    "words",
    "easy_words",
    "because",
    "easy_because",
    "instead",
    "easy_instead",
    "on_day",
    "evidence",
    "evidence_on",
    *DIFFERENCE,
    "owner_role",
    "owner_organisation",
    "next_update_on",
    "board",
    "board_on",
    "checked",
    "checked_note",
    "publish",
)
EASY = ("easy_said", "easy_words", "easy_because", "easy_instead")


class PledgeNotFound(VoiceError):
    """There is no such pledge, or not for this reader."""

    status = 404
    title = later("We cannot find that")
    way = "/you-said"
    way_words = later("All of “You said, we did”")


class SavedMeanwhile(VoiceError):
    """Another person saved the pledge after this one opened it."""

    status = 409
    title = "Somebody else has saved this"


class Pledge(Struct, frozen=True, kw_only=True):
    """What one version of a pledge says.

    `on_day` is the day it was done, is due, or was decided, as the status has it. `because` and
    `easy_because` are empty together, and so are `instead` and `easy_instead`; the four fields of
    the difference that was made come together or not at all. `evidence` is empty for what was
    done before evidence was asked for.
    """

    status: Status
    easy_said: str
    words: str
    easy_words: str
    because: str = ""
    easy_because: str = ""
    instead: str = ""
    easy_instead: str = ""
    measure: str = ""
    measure_before: str = ""
    measure_after: str = ""
    measured_on: date | None = None
    evidence: str = ""
    evidence_on: date | None = None
    owner_role: str
    owner_organisation: str
    on_day: date
    next_update_on: date | None = None
    board: str = ""
    board_on: date | None = None
    checked: Checked = "not_yet"
    checked_note: str = ""
    published: bool

    def overdue(self, today: date) -> bool:
        """Tell whether the day it was due has passed and it is still not done."""
        return self.status in OPEN and self.on_day < today

    def update_overdue(self, today: date) -> bool:
        """Tell whether the day on which more was to be said has passed."""
        return self.next_update_on is not None and self.next_update_on < today


def read_pledge(
    typed: Mapping[str, str], today: date, *, before: Pledge | None = None
) -> Pledge | Problems:
    """Return the pledge that was typed, or what is wrong with it: {field: problem}, in form order.

    Args:
        typed: each field's text, by name; `publish` is "yes" or anything else.
        today: nothing was done or decided after it, and nothing new is due before it.
        before: the pledge that stood there; a due day of it that has passed may be left as it was.
    """
    typed = {name: text.strip() for name, text in typed.items()}
    days = {name: parse_day(typed.get(name, "")) for name in DAYS}
    problems = (
        _choice_problems(typed)
        | _text_problems(typed)
        | _pair_problems(typed)
        | _evidence_problems(typed)
        | _owner_problem(typed.get("owner_role", ""))
        | day_problems(typed, days, today, _due_before(before))
    )
    if problems or days["on_day"] is None:
        return {field: problems[field] for field in FIELDS if field in problems}
    fields: dict[str, object] = {field: typed.get(field, "") for field in LONGEST}
    fields |= days | {"status": typed["status"], "checked": typed.get("checked") or "not_yet"}
    return convert(fields | {"published": typed.get("publish") == "yes"}, Pledge)


def _due_before(before: Pledge | None) -> set[date | None]:
    """Return the days that were still to come when they were written."""
    return {before.on_day, before.next_update_on} if before else set()


def long_sentence(text: str) -> str:
    """Return the first sentence that is too long to be easy, or nothing."""
    too_long = (one for one in sentences(text) if count_words(one) > TOO_LONG_SENTENCE)
    return next(too_long, "")


def _choice_problems(typed: Mapping[str, str]) -> Problems:
    problems = {}
    if typed.get("status") not in STATUSES:
        problems["status"] = "Choose what came of it."
    if (typed.get("checked") or "not_yet") not in CHECKED:
        problems["checked"] = "Choose: yes, not yet, or no."
    return problems


def _text_problems(typed: Mapping[str, str]) -> Problems:
    """Find texts that are missing or too long, and easy words that are not easy."""
    problems: Problems = {}
    for field, longest in LONGEST.items():
        text = typed.get(field, "")
        if not text and field in MISSING:
            problems[field] = MISSING[field]
        elif len(text) > longest:
            over = len(text) - longest
            problems[field] = f"This is too long. Take out {over:,} letters or more."
        elif field in EASY and typed.get("publish") == "yes":
            problems |= _easy_problem(field, text)
    return problems


def _easy_problem(field: str, text: str) -> Problems:
    sentence = long_sentence(text)
    if not sentence:
        return {}
    return {
        field: f"“{sentence}” has {count_words(sentence)} words. Make two sentences of it, with "
        f"{TOO_LONG_SENTENCE} words at most each, or save it unpublished for now."
    }


def _pair_problems(typed: Mapping[str, str]) -> Problems:
    """Ask for the reason where there must be one, and for whatever comes together with the rest."""
    reason = {
        "because": "Write why. People need to know the reason.",
        "easy_because": "Write why, in easy words too.",
    }
    instead = {
        "instead": "Write what people can have instead.",
        "easy_instead": "Write what people can have instead, in easy words too.",
    }
    board = {"board": "Write which board or meeting it was."}
    must = typed.get("status") in NEED_A_REASON
    return (
        _all_or_none(typed, reason, must=must)
        | _all_or_none(typed, instead)
        | _all_or_none(typed, DIFFERENCE)
        | _all_or_none(typed, board, must=bool(typed.get("board_on")))
    )


def _all_or_none(
    typed: Mapping[str, str], asks: Mapping[str, str], *, must: bool = False
) -> Problems:
    if not must and not any(typed.get(field) for field in asks):
        return {}
    return {field: ask for field, ask in asks.items() if not typed.get(field)}


def _evidence_problems(typed: Mapping[str, str]) -> Problems:
    """Ask how we know what is done, and since when; evidence without a day is none."""
    asks = {
        "evidence": "Write how we know that it is done: what was counted, seen or published.",
        "evidence_on": "Give the day of the evidence.",
    }
    return _all_or_none(typed, asks, must=typed.get("status") == "done")


def _owner_problem(role: str) -> Problems:
    if not is_like_a_name(role):
        return {}
    return {
        "owner_role": "This looks like a person’s name or address. Write the role, in small "
        "letters, such as “head of SEND”: people change, and the public need not know them."
    }
