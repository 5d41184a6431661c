"""A pledge: what we did, are doing or could not do about what people said, and by when."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from voice.easy_words.lengths import TOO_LONG_SENTENCE
from voice.easy_words.text import count_words, sentences
from voice.errors import VoiceError
from voice.languages.say import later

Status = Literal["did", "doing", "could_not"]
STATUSES: dict[Status, str] = {
    "did": later("We did"),
    "doing": later("We are doing"),
    "could_not": later("We could not"),
}
Problems = dict[str, str]

FIRST_YEAR = 2014
YEARS_AHEAD = 10
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")

LONGEST = {
    "easy_said": 300,
    "words": 3000,
    "easy_words": 1000,
    "because": 3000,
    "easy_because": 1000,
    "owner_role": 120,
    "owner_organisation": 120,
}
MISSING = {
    "easy_said": "Write what people said, in easy words.",
    "words": "Write what was done, is being done, or could not be done.",
    "easy_words": "Write the same in easy words. Nothing is said in hard words only.",
    "owner_role": "Write the role that is responsible, such as “head of SEND”.",
    "owner_organisation": "Write the organisation, such as “Hertfordshire County Council”.",
}
FIELDS = (
    "easy_said",
    "status",
    "words",
    "easy_words",
    "because",
    "easy_because",
    "owner_role",
    "owner_organisation",
    "on_day",
    "publish",
)
EASY = ("easy_said", "easy_words", "easy_because")

TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Sir|Dame)\b\.?\s+[A-Z]")
LIKE_A_NAME = re.compile(r"[A-Z][a-zà-ÿ'’]+(?:[ -][A-Z][a-zà-ÿ'’]+){1,3}")
OF_A_ROLE = re.compile(
    r"\b(?:advis[eo]r|assistant|board|cabinet|chair|chief|clerk|commission|committee|consultant"
    r"|coordinator|council|deputy|director|doctor|education|executive|forum|governor|group|head"
    r"|health|lead|manager|member|nurse|officer|paediatric|panel|partnership|principal|psycholog"
    r"|quality|school|senco|service|social|special|strategic|support|teacher|team|therap"
    r"|transport|trust|worker)",
    re.IGNORECASE,
)


class PledgeNotFound(VoiceError):
    """There is no such pledge, or not for this reader."""

    status = 404
    title = later("We cannot find that")


class SavedMeanwhile(VoiceError):
    """Another person saved the pledge after this one opened it."""

    status = 409
    title = "Somebody else has saved this"


class Pledge(Struct, frozen=True, kw_only=True):
    """What one version of a pledge says.

    `on_day` is the day it was done, is due, or was decided against, as the status has it. `because`
    and `easy_because` are empty together, and only when something was or is being done.
    """

    status: Status
    easy_said: str
    words: str
    easy_words: str
    because: str = ""
    easy_because: str = ""
    owner_role: str
    owner_organisation: str
    on_day: date
    published: bool

    def overdue(self, today: date) -> bool:
        """Tell whether the day it was due has passed and it is still not done."""
        return self.status == "doing" and self.on_day < today


def read_pledge(
    typed: Mapping[str, str], today: date, *, before: date | None = None
) -> Pledge | Problems:
    """Return the pledge that was typed, or what is wrong with it: {field: problem}, in form order.

    Args:
        typed: each field's text, by name; `publish` is "yes" or anything else.
        today: nothing was done or decided after it, and nothing new is due before it.
        before: the day that stood there before; a day that has passed may be left as it was.
    """
    typed = {name: text.strip() for name, text in typed.items()}
    day = parse_day(typed.get("on_day", ""))
    problems = (
        _status_problem(typed)
        | _text_problems(typed)
        | _because_problems(typed)
        | _owner_problem(typed.get("owner_role", ""))
        | _day_problem(typed, day, today, before)
    )
    if problems or day is None:
        return {field: problems[field] for field in FIELDS if field in problems}
    return Pledge(
        status=_status(typed) or "doing",
        on_day=day,
        published=typed.get("publish") == "yes",
        **{field: typed.get(field, "") for field in LONGEST},
    )


def parse_day(text: str) -> date | None:
    """Return the day that is written as 2027-05-03, 3/5/2027 or 3 May 2027, else None."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def long_sentence(text: str) -> str:
    """Return the first sentence that is too long to be easy, or nothing."""
    too_long = (one for one in sentences(text) if count_words(one) > TOO_LONG_SENTENCE)
    return next(too_long, "")


def _status(typed: Mapping[str, str]) -> Status | None:
    return next((status for status in STATUSES if status == typed.get("status")), None)


def _status_problem(typed: Mapping[str, str]) -> Problems:
    return {} if _status(typed) else {"status": "Choose: we did, we are doing, or we could not."}


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


def _because_problems(typed: Mapping[str, str]) -> Problems:
    """Ask for both reasons when we could not, and for the other one when one is given."""
    must = typed.get("status") == "could_not" or any(
        typed.get(field) for field in ("because", "easy_because")
    )
    if not must:
        return {}
    asks = {
        "because": "Write why. People need to know the reason.",
        "easy_because": "Write why, in easy words too.",
    }
    return {field: ask for field, ask in asks.items() if not typed.get(field)}


def _owner_problem(role: str) -> Problems:
    """Find a person's name where a role should stand; small letters are always taken for a role."""
    like_a_name = LIKE_A_NAME.fullmatch(role) and not OF_A_ROLE.search(role)
    if TITLE.search(role) or "@" in role or like_a_name:
        return {
            "owner_role": "This looks like a person’s name or address. Write the role, in small "
            "letters, such as “head of SEND”: people change, and the public need not know them."
        }
    return {}


def _day_problem(
    typed: Mapping[str, str], day: date | None, today: date, before: date | None
) -> Problems:
    if not typed.get("on_day"):
        return {"on_day": "Give the day: when it was done, is due, or was decided."}
    if day is None:
        return {"on_day": "Write the day like this: 3 May 2027."}
    if not FIRST_YEAR <= day.year <= today.year + YEARS_AHEAD:
        return {"on_day": f"Check the year: it says {day.year}."}
    status = _status(typed)
    if status == "doing":
        late = day < today and day != before
        return {"on_day": "This day has passed. Give the day it will be done."} if late else {}
    if status and day > today:
        return {"on_day": "This day is still to come. Give the day it was done or decided."}
    return {}
