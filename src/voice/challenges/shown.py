"""Challenges as everybody may read them: named, dated, answered or late, in both wordings."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from voice.challenges import store
from voice.challenges.challenge import STANDINGS, About, Standing, due_on, standing
from voice.challenges.store import Kept
from voice.database.pool import Connection
from voice.languages.say import later, say
from voice.surveys.framework import Area, Framework
from voice.web.templates import day
from voice.you_said.beside import Beside, Find, Note, Place
from voice.you_said.card import HOME as YOU_SAID
from voice.you_said.card import address
from voice.you_said.reply import Reading

HOME = f"{YOU_SAID}/challenges"
NOT_NAMED: Mapping[str, str] = {
    "theme": later("A theme that has changed since"),
    "area": later("An area that is not used any more"),
    "pledge": later("A reply that is not published"),
}
EASY_STANDINGS: dict[Standing, str] = {
    "waiting": later("Nobody has answered yet"),
    "overdue": later("Nobody has answered yet, and it is late"),
    "answered": later("Here is the answer"),
}


class Challenge(Struct, frozen=True, kw_only=True):
    """A challenge in one wording.

    `about` names what it is about; `about_address` is "" where that has no page of its own.
    `by` is whom the writer spoke for, or "". `secret_answer`: there is an answer, for staff only.
    """

    kept: Kept
    about: str
    about_address: str
    due: date
    standing: Standing
    standing_words: str
    words: str
    answer: str
    secret_answer: bool
    address: str

    @property
    def late(self) -> bool:
        """Whether the answer is overdue."""
        return self.standing == "overdue"


class Clock(Struct, frozen=True):
    """What it takes to tell how a challenge stands: today, and the working days to answer in."""

    today: date
    working_days: int


def shown(
    kept: Kept, frameworks: Sequence[Framework], clock: Clock, *, easy: bool = False
) -> Challenge:
    """Return a challenge in one wording; staff read what is confidential, so mind what is given."""
    due = due_on(kept.put_on, clock.working_days)
    stands = standing(kept.answer is not None, due, clock.today)
    answer = kept.answer
    return Challenge(
        kept=kept,
        about=_name(kept, frameworks, easy=easy) or say(NOT_NAMED[kept.about.kind]),
        about_address=_address(kept, easy=easy),
        due=due,
        standing=stands,
        standing_words=say((EASY_STANDINGS if easy else STANDINGS)[stands]),
        words=kept.easy_words if easy else kept.words,
        answer=(answer.easy_words if easy else answer.words) if answer else "",
        secret_answer=answer is not None and answer.confidential,
        address=address(f"{HOME}/{kept.number}", easy=easy),
    )


async def published(
    db: Connection, frameworks: Sequence[Framework], clock: Clock, *, easy: bool = False
) -> list[Challenge]:
    """Return every challenge that all may read, the newest first."""
    return [shown(one, frameworks, clock, easy=easy) for one in await store.published(db)]


def beside_within(working_days: int) -> Find:
    """Return what finds the challenges about a pledge or an area, to stand on its page."""

    async def beside(db: Connection, reading: Reading, place: Place, easy: bool) -> Beside:
        about = About("area", place.area)
        if place.pledge is not None:
            about = About("pledge", str(place.pledge))
        clock = Clock(reading.today, working_days)
        every = await published(db, reading.frameworks, clock, easy=easy)
        notes = [_note(one) for one in every if one.kept.about == about]
        return Beside(say("Questions that were put to us") if easy else say("Challenges"), notes)

    return beside


def area_of(key: str, frameworks: Sequence[Framework]) -> Area | None:
    """Return the area “framework/area”, or None where no framework has it."""
    framework_id, _, area_id = key.partition("/")
    found = (framework for framework in frameworks if framework.id == framework_id)
    return next((area for one in found if (area := one.area(area_id))), None)


def _note(one: Challenge) -> Note:
    return Note(
        name=_title(one),
        address=one.address,
        theirs=[words for words in (one.words, one.answer) if words],
        ours=_stands(one),
        demo=one.kept.demo,
        named_by_us=True,
    )


def _title(one: Challenge) -> str:
    return say("Challenge of %(day)s", day=day(one.kept.put_on))


def _stands(one: Challenge) -> list[str]:
    if one.secret_answer:
        return [say("There is an answer. It is confidential.")]
    if one.kept.answer:
        return [say("Answered on %(day)s", day=day(one.kept.answer.on))]
    return [one.standing_words, say("To be answered by %(day)s", day=day(one.due))]


def _name(kept: Kept, frameworks: Sequence[Framework], *, easy: bool) -> str:
    if kept.about.kind == "area":
        area = area_of(kept.about.key, frameworks)
        return (area.easy_read if easy else area.name) if area else ""
    return (kept.theme if kept.about.kind == "theme" else kept.pledge) or ""


def _address(kept: Kept, *, easy: bool) -> str:
    """Return where more of what it is about can be read by everybody, or nothing."""
    if kept.about.kind == "area":
        return address(f"{YOU_SAID}/area/{kept.about.key}", easy=easy)
    if kept.about.kind == "pledge" and kept.pledge_public:
        return address(f"{YOU_SAID}/{kept.about.key}", easy=easy)
    return ""
