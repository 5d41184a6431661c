"""Clips over the web: for those who listen, and a page where an author hears every one of them."""

from typing import Any, ClassVar

from litestar import Controller, Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response, Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.languages.say import later
from voice.listening import store
from voice.listening.clip import NAMES, Form, Listen, Place, Published
from voice.listening.spoken import Spoken, all_said, said_at
from voice.listening.store import Stored
from voice.staff.pages import StaffView
from voice.surveys.catalogue import Catalogue
from voice.surveys.survey import Survey, SurveyNotFound
from voice.web.byte_range import part_of
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[str]
KINDS: dict[str, tuple[Form, str]] = {
    "opus": ("opus", 'audio/ogg; codecs="opus"'),
    "mp3": ("mp3", "audio/mpeg"),
}


class ClipNotFound(VoiceError):
    """There is no such clip, or it is not what the page says any more."""

    status = 404
    title = later("There is nothing to listen to here")


class Row(Struct, frozen=True):
    """One page of a wording, what it says, and the clip it has, if any."""

    spoken: Spoken
    clip: Published | None

    @property
    def listen(self) -> Listen | None:
        """What a respondent would hear; None when there is no clip that fits."""
        return Listen(self.clip.key) if self.clip and self.state == "fits" else None

    @property
    def state(self) -> str:
        """ "fits", "stale", "broken" (its bytes were changed) or "none"."""
        if self.clip is None:
            return "none"
        if not self.clip.whole:
            return "broken"
        same = (self.clip.words, self.clip.language) == (self.spoken.words, self.spoken.language)
        return "fits" if same else "stale"

    @property
    def source(self) -> str:
        """Where the clip comes from, in words."""
        return NAMES[self.clip.source] if self.clip else ""


class Worded(Struct, frozen=True):
    """The pages of one wording."""

    name: str
    wording: str
    rows: list[Row]


class ListeningPage(StaffView, frozen=True):
    """Every page of a survey, in every wording, to be heard; `others` are the other surveys."""

    template: ClassVar[str] = "listening/survey.html"
    survey: Survey
    wordings: list[Worded]
    others: list[Survey]


@get("/listening/{name:str}")
async def clip(request: Request[Any, Any, Any], db: Db, state: State, name: Id) -> Response[bytes]:
    """Answer with a clip, or the part of it that is asked for; its address changes with its words.

    Raises:
        ClipNotFound: there is none, its bytes were changed, or no page says these words now.
    """
    key, _, form = name.partition(".")
    known = KINDS.get(form)
    stored = await store.clip_bytes(db, key, known[0]) if known else None
    if known is None or stored is None or not stored.whole:
        raise ClipNotFound(later("Go back and read the page."))
    if not _still_said(state.catalogue, stored, await store.places_of(db, key)):
        raise ClipNotFound(later("Go back and read the page."))
    return _part(stored, known[1], request.headers)


class ListeningController(Controller):
    """Where an author hears what respondents hear."""

    path = "/staff/listening"

    @get("/", opt={"task": "see"})
    async def first(self, state: State) -> Redirect:
        """Go to the first survey."""
        return Redirect(f"/staff/listening/{state.catalogue.surveys[0].id}", status_code=303)

    @get("/{survey_id:str}", opt={"task": "see"})
    async def survey(
        self, request: Request[Any, Any, Any], db: Db, state: State, survey_id: Id
    ) -> Template:
        """Show every page with its clip."""
        catalogue: Catalogue = state.catalogue
        survey = catalogue.find(survey_id)
        names = {"": "The survey’s own words", **catalogue.wordings(survey_id)}
        clips = {(c.wording, c.place): c for c in await store.published(db, survey_id)}
        view = ListeningPage(
            title=f"Listening – {survey.title}",
            person=request.user,
            survey=survey,
            wordings=[
                Worded(
                    names[wording],
                    wording,
                    [Row(spoken, clips.get((wording, spoken.place))) for spoken in pages],
                )
                for wording, pages in all_said(catalogue, survey_id).items()
            ],
            others=[other for other in catalogue.surveys if other.id != survey_id],
        )
        return show(view)


def _still_said(catalogue: Catalogue, stored: Stored, places: list[Place]) -> bool:
    """Tell whether one of the places still says just what the clip says."""
    for place in places:
        try:
            survey = catalogue.find(place.survey_id, place.wording)
        except SurveyNotFound:
            continue
        spoken = said_at(survey, place.place, place.wording)
        if spoken and (spoken.words, spoken.language) == (stored.words, stored.language):
            return True
    return False


def _part(stored: Stored, media_type: str, headers: Any) -> Response[bytes]:
    """Return the whole, or the range that is asked for; both may be kept for a year."""
    part = part_of(headers, len(stored.bytes), stored.sha256)
    cut = stored.bytes[part.bytes.first : part.bytes.last + 1] if part.bytes else b""
    return Response(cut, status_code=part.status, media_type=media_type, headers=part.headers)
