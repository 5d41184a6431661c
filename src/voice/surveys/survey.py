"""A survey: pages in order, read from `surveys/<id>/survey.toml`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from voice.easy_words.text import Explained
from voice.errors import VoiceError
from voice.languages.say import later
from voice.surveys.questions import AnyPage, ChooseOne, Comment, Faces, Question

Voice = Literal["child", "young_person", "parent", "practitioner"]
"""Who speaks. Voices are never pooled silently."""

AgeGroup = Literal["4-7", "8-11", "11-17", "severe learning disability"]
"""Who a survey is for, where it decides how many questions they can bear."""

Reason = Annotated[str, Meta(min_length=10)]

SurveyId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,59}$")]


class SurveyNotFound(VoiceError):
    """No survey has this id, or it is closed."""

    status = 404
    title = later("We cannot find that survey")


class BadSurvey(VoiceError):
    """A survey file says something we cannot ask. The message names the file and the place."""

    status = 500
    title = "There is a mistake in a survey file"


class Welcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of the start page: what it is about, then whether it is OK to ask."""

    text: Annotated[tuple[str, ...], Meta(min_length=1)]
    assent: str = "Is it OK to ask you some questions?"
    picture: str = ""


class Accepted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why one rule of easy words is broken in one place: it is shown, and stops nothing.

    `rule` is R1 to R23; `place` is the id of a page, "title", "welcome" or "survey".
    """

    rule: Annotated[str, Meta(pattern=r"^R([1-9]|1[0-9]|2[0-3])$")]
    place: str
    reason: Reason


class CheckedWith(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People who read these words and said whether they are easy: who, how many, when."""

    who: Annotated[str, Meta(min_length=1)]
    how_many: Annotated[int, Meta(ge=1)]
    when: date
    what_changed: str


class Survey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked, of whom, in which order.

    Surveys with the same `family` share questions: the same page id means the same question,
    so that a child's and a parent's answers can be put side by side. `glossary` explains words
    that stay though they are hard; `accepted` says why a rule is broken.

    `practice` is a question to try, never kept. With `adult_beside` an adult answers together
    with the child, and may write down what they saw. With `swap_order` half of the people see
    the answers of each question in the other order. With `contact`, who has sent their answers can
    ask to be contacted, apart from the answers.
    """

    id: SurveyId
    title: str
    audience: str
    voice: Voice
    wave: str
    welcome: Welcome
    pages: Annotated[tuple[AnyPage, ...], Meta(min_length=1)]
    family: str = ""
    easy_read: bool = False
    age_group: AgeGroup | None = None
    glossary: Mapping[str, Explained] = {}
    accepted: tuple[Accepted, ...] = ()
    checked_with: tuple[CheckedWith, ...] = ()
    practice: ChooseOne | Faces | None = None
    adult_beside: bool = False
    swap_order: bool = False
    contact: bool = False

    @property
    def all_pages(self) -> tuple[AnyPage, ...]:
        """Every page that people see: the practice, then the pages of the survey."""
        return (*((self.practice,) if self.practice else ()), *self.pages)

    def page(self, page_id: str) -> AnyPage | None:
        """Return the page with this id, the practice too, or None."""
        return next((page for page in self.all_pages if page.id == page_id), None)

    @property
    def questions(self) -> list[AnyPage]:
        """The pages that can be answered, in order."""
        return [page for page in self.pages if isinstance(page, Question)]

    @property
    def comments(self) -> list[Comment]:
        """The pages that ask for words, in order."""
        return [page for page in self.pages if isinstance(page, Comment)]


def load(folder: Path) -> Survey:
    """Read one survey in its own words.

    Raises:
        BadSurvey: the file is not TOML, or does not fit `Survey`.
    """
    file = folder / "survey.toml"
    try:
        survey = msgspec.toml.decode(file.read_bytes(), type=Survey)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"{file}: {error}") from error
    if survey.id != folder.name:
        raise BadSurvey(f"{file}: the id is “{survey.id}”, but the folder is “{folder.name}”.")
    return survey
