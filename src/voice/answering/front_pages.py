"""The doors to the street: which surveys are open, help now, and taking answers back."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from voice.answering import codes, store
from voice.answering import guesses_store as guesses
from voice.answering.visit import remember
from voice.characters import clean
from voice.database.pool import Connection
from voice.display.pages import keep_language
from voice.inviting import store as doors
from voice.jobs import queue
from voice.languages.language import Language, language_of_wording
from voice.languages.messages import offered
from voice.languages.say import say, spoken
from voice.surveys.catalogue import Catalogue
from voice.surveys.credits import Credits, credits
from voice.surveys.help_lines import HelpLine
from voice.surveys.survey import Survey
from voice.web.fonts import Font, shipped_on_pages
from voice.web.forms import one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]


class HomePage(View, frozen=True):
    """The surveys that are open, in the language of the page where they are in it."""

    template: ClassVar[str] = "answering/home.html"
    surveys: list[Survey]
    languages: tuple[Language, ...]


class HelpPage(View, frozen=True):
    """Who to call now."""

    template: ClassVar[str] = "answering/help.html"
    lines: list[HelpLine]


class WithdrawPage(View, frozen=True):
    """The form for three words; `outcome` is "gone", "unknown", or "sent" for who came to go on."""

    template: ClassVar[str] = "answering/withdraw.html"
    typed: str = ""
    outcome: str = ""


class ComeBackPage(View, frozen=True):
    """The form for three words, to carry on; `unknown` once they were sent and nobody has them."""

    template: ClassVar[str] = "answering/come_back.html"
    typed: str = ""
    unknown: bool = False


class CreditsPage(View, frozen=True):
    """Every picture that is shown and every font, with who made it."""

    template: ClassVar[str] = "answering/credits.html"
    sources: list[Credits]
    fonts: tuple[Font, ...]


class FrontController(Controller):
    """Pages that belong to no survey."""

    path = "/"

    @get("/")
    async def home(self, db: Db, state: State) -> Template:
        """Show which surveys are open."""
        catalogue: Catalogue = state.catalogue
        shut = await doors.closed(db)
        surveys = [
            catalogue.find(survey.id, catalogue.wording_in(survey.id, spoken()))
            for survey in catalogue.surveys
            if survey.id not in shut
        ]
        view = HomePage(title=say("Have your say"), surveys=surveys, languages=offered())
        return show(view)

    @get("/help")
    async def help(self, state: State) -> Template:
        """Show who to call now."""
        lines = [line.said_in(spoken()) for line in state.help_lines]
        return show(HelpPage(title=say("I need help now"), lines=lines))

    @get("/withdraw")
    async def ask_for_code(self) -> Template:
        """Ask for the three words."""
        return show(WithdrawPage(title=say("Take your answers back")))

    @post("/withdraw")
    async def withdraw(self, request: AnyRequest, db: Db, state: State) -> Template:
        """Delete the response with these three words, and all that came of it."""
        typed = one(await read_form(request), "code")
        await guesses.not_too_often(db, request, state)
        if gone := await store.withdraw(db, codes.code_hash(state.key, typed)):
            # Names and telling words of themes were made from many answers, this one among them.
            await queue.add(db, "find_again", gone)
            return show(WithdrawPage(title=say("Your answers are gone"), outcome="gone"))
        await guesses.note_wrong(db, request, state)
        page = WithdrawPage(title=say("Take your answers back"), typed=typed, outcome="unknown")
        return show(page, status=422)

    @get("/come-back")
    async def ask_to_come_back(self, code: FromQuery[str] = "") -> Template:
        """Ask for the three words; a scanned picture has filled them in already."""
        return show(ComeBackPage(title=say("Carry on"), typed=clean(code.replace("-", " "))))

    @post("/come-back")
    async def come_back(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Go on with the response of these three words, on this device."""
        typed = one(await read_form(request), "code")
        await guesses.not_too_often(db, request, state)
        found = await store.come_back(db, codes.code_hash(state.key, typed))
        if found is None and await store.code_is_taken(db, codes.code_hash(state.key, typed)):
            return show(
                WithdrawPage(title=say("Your answers are sent"), typed=typed, outcome="sent")
            )
        if found is None:
            await guesses.note_wrong(db, request, state)
            page = ComeBackPage(title=say("Carry on"), typed=typed, unknown=True)
            return show(page, status=422)
        survey_id, wording, secret = found
        answer = Redirect(f"/surveys/{survey_id}/carry-on", status_code=303)
        answer = keep_language(request, answer, language_of_wording(wording), state)
        return remember(answer, survey_id, secret, secure=state.settings.secure)

    @get("/credits")
    async def credits(self, state: State) -> Template:
        """Say who made the pictures and the fonts, and under which licences."""
        sources = credits(state.catalogue, state.frameworks)
        fonts = shipped_on_pages()
        return show(CreditsPage(title=say("Who made the pictures"), sources=sources, fonts=fonts))
