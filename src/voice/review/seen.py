"""What reviewers see: suggestions, agreed themes, comments and past decisions, as they are read."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from voice.errors import VoiceError
from voice.review import wording

LARGEST_ID = 10**15  # No row has a larger number, and Postgres reads no number without end.


class SuggestionNotFound(VoiceError):
    """There is no such suggestion, or the machine has suggested anew since."""

    status = 404
    title = "That suggestion is not there any more"


class ThemeNotFound(VoiceError):
    """No agreed theme has this id."""

    status = 404
    title = "We cannot find that theme"


class Run(Struct, frozen=True):
    """The last search for themes of one question, in one wave or (None) in all."""

    id: int
    asked_of: str
    question_id: str
    wave: str | None
    found_at: datetime
    n_comments: int
    n_empty: int
    n_non_answers: int
    n_not_themed: int
    suggested: int
    undecided: int


class CommentCount(Struct, frozen=True):
    """How many comments one survey has for one question, in one wave."""

    survey_id: str
    question_id: str
    wave: str
    voice: str
    n: int


class AgreedCount(Struct, frozen=True):
    """How many themes people agreed to for one question."""

    asked_of: str
    question_id: str
    agreed: int
    without_pledge: int


class WithoutPledge(Struct, frozen=True):
    """An agreed theme that nobody has answered yet."""

    id: int
    asked_of: str
    question_id: str
    name: str
    n: int


class PledgeAbout(Struct, frozen=True):
    """A pledge in a list; `published` says whether the public can read it, or could."""

    number: int
    published: bool
    theme: str


class Challenged(Struct, frozen=True):
    """A challenge that nobody has answered, and the day it was put."""

    number: int
    put_on: date


class Suggested(Struct, frozen=True):
    """A suggestion in a list: how many comments it has, its telling words, a sentence about it.

    `for_theme` is the agreed theme that its comments are near to, if it is that.
    """

    id: int
    name: str
    terms: list[str]
    description: str
    for_theme: int | None
    n: int


class Agreed(Struct, frozen=True):
    """An agreed theme in a list."""

    id: int
    name: str
    version: int
    n: int


class SuggestionHead(Struct, frozen=True):
    """A suggestion and the question it is about."""

    id: int
    name: str
    terms: list[str]
    description: str
    asked_of: str
    question_id: str
    wave: str | None


class ThemeHead(Struct, frozen=True):
    """An agreed theme and the question it is about; `ended_at` is set when it counts no more."""

    id: int
    name: str
    description: str
    quotes_chosen: bool
    asked_of: str
    question_id: str
    version: int
    agreed_at: datetime
    agreed_by: str
    ended_at: datetime | None
    has_pledge: bool


class Quote(Struct, frozen=True):
    """Redacted words that stand for a theme."""

    words: str
    voice: str
    demo: bool

    @property
    def said_by(self) -> str:
        """Who said it: “a parent or carer”."""
        return wording.ONE_VOICE[self.voice]


class Comment(Struct, frozen=True):
    """A redacted comment; `score` is how well it fits the theme it is shown in, or None.

    `quotable`: there is permission, and it is not held back; `publishable`: a person chose it.
    """

    response_id: UUID
    words: str
    voice: str
    wave: str
    demo: bool
    score: float | None
    in_part: bool = False
    by_hand: bool = False
    publishable: bool = False
    quotable: bool = False

    @property
    def said_by(self) -> str:
        """Who said it: “a parent or carer”."""
        return wording.ONE_VOICE[self.voice]

    @property
    def fit(self) -> str:
        """How well it fits, in words; nothing where it is in no theme."""
        if self.by_hand:
            return "put here by a person"
        return "" if self.score is None else wording.fit(self.score)


class Overlap(Struct, frozen=True):
    """How many comments of a suggestion are in an agreed theme already."""

    suggestion_id: int
    theme_id: int
    n: int


class Past(Struct, frozen=True):
    """A decision: who, when, what and why."""

    id: int
    asked_of: str
    question_id: str
    kind: str
    suggestion_ids: list[int]
    theme_ids: list[int]
    made_theme_ids: list[int]
    ended_theme_ids: list[int]
    reason: str
    details: Mapping[str, Any]
    decided_at: datetime
    decided_by: str
    undoable: bool
    undone: bool
    description: str | None
    was: str | None

    @property
    def what(self) -> str:
        """What was decided, in one sentence without its subject."""
        said = {
            "description": f"“{self.description}”" if self.description else "the machine does",
            "before": f"“{self.was}”" if self.was else "the machine’s sentence",
        }
        return wording.what_was_decided(self.kind, self.details, said)

    @property
    def touched(self) -> set[int]:
        """The themes that it made, changed or ended."""
        return {*self.theme_ids, *self.made_theme_ids}


def demo_among(shown: Iterable[Quote | Comment]) -> str:
    """Say whether “all” or “some” of these were made up, or none of them (nothing)."""
    marks = {one.demo for one in shown}
    return {frozenset({True}): "all", frozenset({True, False}): "some"}.get(frozenset(marks), "")
