"""A survey that is being written, and what can be changed in it. A draft can always be read."""

import re
import unicodedata
from collections.abc import Collection

from msgspec import Struct, structs

from voice.errors import VoiceError
from voice.surveys.questions import (
    AnyPage,
    ChooseMany,
    ChooseOne,
    Comment,
    Faces,
    Information,
    Option,
    Scale,
)
from voice.surveys.survey import Survey, Voice, Welcome
from voice.surveys.words import PageWords, Words

KINDS = {
    "information": "Something to read",
    "choose_one": "Choose one answer",
    "faces": "Choose one face",
    "choose_many": "Tick answers",
    "scale": "A number from 0 to 10",
    "comment": "In their own words",
}
YES_NO = (
    Option(value="yes", label="Yes", picture="yes.svg"),
    Option(value="no", label="No", picture="no.svg"),
    Option(value="dont_know", label="I’m not sure", picture="not-sure.svg", dont_know=True),
)
FACES = (
    Option(value="good", label="Good", picture="happy.svg"),
    Option(value="ok", label="OK", picture="ok.svg"),
    Option(value="bad", label="Bad", picture="sad.svg"),
    Option(value="dont_know", label="I’m not sure", picture="not-sure.svg", dont_know=True),
)


class DraftNotFound(VoiceError):
    """There is no such draft, version or page."""

    status = 404
    title = "We cannot find that draft"


class LastPage(VoiceError):
    """A survey without a page is none."""

    status = 422
    title = "A survey needs a page"


class Draft(Struct, frozen=True):
    """A survey in its own words, and its words in easy read; None where its own words are easy."""

    survey: Survey
    easy: Words | None = None

    def page(self, page_id: str) -> AnyPage | None:
        """Return the page with this id, or None."""
        return next((page for page in self.survey.pages if page.id == page_id), None)

    def easy_page(self, page_id: str) -> PageWords:
        """Return the easy words of a page: empty where it has none."""
        return self.easy.pages.get(page_id, PageWords()) if self.easy else PageWords()

    def part(self, page_id: str) -> tuple[AnyPage | None, PageWords]:
        """Return all that the form of a page can change, to see whether somebody else did."""
        return self.page(page_id), self.easy_page(page_id)


def begin(survey_id: str, title: str, voice: Voice) -> Draft:
    """Return a new survey with one page to read, and easy words to fill in."""
    first = Information(
        id="about",
        ask="Before you start",
        text=("This is not for emergencies.", "You do not have to give your name."),
        picture="private.svg",
    )
    survey = Survey(
        id=survey_id,
        title=title,
        audience="",
        voice=voice,
        wave="1",
        welcome=Welcome(text=("We want to hear from you.",), picture="talk.svg"),
        pages=(first,),
    )
    return Draft(survey, Words(name="Easy read", easy_read=True))


def copy_of(survey: Survey, easy: Words | None, survey_id: str, title: str) -> Draft:
    """Return a copy under another id. Who checked the first has not checked the copy."""
    copied = structs.replace(survey, id=survey_id, title=title, checked_with=())
    # The first's title in easy words would hide the one that was chosen for the copy.
    return Draft(copied, easy and structs.replace(easy, title=None, checked_with=()))


def new_page(kind: str, ask: str, taken: Collection[str]) -> AnyPage:
    """Return a page of this kind with what it cannot do without.

    Raises:
        DraftNotFound: there is no such kind.
    """
    page_id = free_name(ask, taken, "_", 36) or "page"
    match kind:
        case "information":
            return Information(id=page_id, ask=ask, text=("Write here what people read.",))
        case "choose_one":
            return ChooseOne(id=page_id, ask=ask, options=YES_NO)
        case "faces":
            return Faces(id=page_id, ask=ask, options=FACES)
        case "choose_many":
            return ChooseMany(id=page_id, ask=ask, options=YES_NO)
        case "scale":
            return Scale(id=page_id, ask=ask, low="Not at all", high="Very much")
        case "comment":
            return Comment(id=page_id, ask=ask)
    raise DraftNotFound("Choose a kind of page from the list.")


def with_page(draft: Draft, page: AnyPage, words: PageWords) -> Draft:
    """Return the draft with this page in place of the one of its id, or at the end."""
    pages = tuple(page if old.id == page.id else old for old in draft.survey.pages)
    if draft.page(page.id) is None:
        pages = (*pages, page)
    return _with(draft, pages, {page.id: words})


def without_page(draft: Draft, page_id: str) -> Draft:
    """Return the draft without a page and its words.

    Raises:
        LastPage: it is the only one.
    """
    pages = tuple(page for page in draft.survey.pages if page.id != page_id)
    if not pages:
        raise LastPage("Add another page first, then take this one out.")
    return _with(draft, pages, {page_id: PageWords()})


def moved(draft: Draft, page_id: str, by: int) -> Draft:
    """Return the draft with a page moved up (-1) or down (1); at the end it stays."""
    pages = list(draft.survey.pages)
    here = next((n for n, page in enumerate(pages) if page.id == page_id), None)
    if here is not None and 0 <= here + by < len(pages):
        pages[here], pages[here + by] = pages[here + by], pages[here]
    return _with(draft, tuple(pages), {})


def free_name(words: str, taken: Collection[str], join: str, longest: int) -> str:
    """Return an id made of these words that nobody has; "" where they have no letters."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", join, plain.replace("'", "")).lstrip("0123456789" + join)
    name = name[:longest].rstrip(join)
    if not name:
        name = "x" if words.strip() else ""
    tries = [name, *(f"{name}{join}{n}" for n in range(2, len(taken) + 3))]
    return next(one for one in tries if one not in taken)


def _with(draft: Draft, pages: tuple[AnyPage, ...], words: dict[str, PageWords]) -> Draft:
    survey = structs.replace(draft.survey, pages=pages)
    if draft.easy is None:
        return Draft(survey)
    changed = {**draft.easy.pages, **words}
    kept = {name: one for name, one in changed.items() if one != PageWords()}
    return Draft(survey, structs.replace(draft.easy, pages=kept))
