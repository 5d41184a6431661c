"""A survey: pages in order, read from `surveys/<id>/survey.toml`."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from voice.errors import VoiceError
from voice.surveys.questions import AnyPage, Comment, Question

Voice = Literal["child", "young_person", "parent", "practitioner"]
"""Who speaks. Voices are never pooled silently."""

SurveyId = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,59}$")]


class SurveyNotFound(VoiceError):
    """No survey has this id, or it is closed."""

    status = 404
    title = "We cannot find that survey"


class BadSurvey(VoiceError):
    """A survey file says something we cannot ask. The message names the file and the place."""

    status = 500
    title = "There is a mistake in a survey file"


class Welcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of the start page: what it is about, then whether it is OK to ask."""

    text: Annotated[tuple[str, ...], Meta(min_length=1)]
    assent: str = "Is it OK to ask you some questions?"
    picture: str = ""


class Survey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked, of whom, in which order.

    Surveys with the same `family` share questions: the same page id means the same question,
    so that a child's and a parent's answers can be put side by side.
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

    def page(self, page_id: str) -> AnyPage | None:
        """Return the page with this id, or None."""
        return next((page for page in self.pages if page.id == page_id), None)

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
