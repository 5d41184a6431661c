"""The doors to the street: which surveys are open, help now, and taking answers back."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Template

from voice.answering import codes, store
from voice.database.pool import Connection
from voice.surveys.help_lines import HelpLine
from voice.surveys.survey import Survey
from voice.web.forms import one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]


class HomePage(View, frozen=True):
    """The surveys that are open."""

    template: ClassVar[str] = "answering/home.html"
    surveys: list[Survey]


class HelpPage(View, frozen=True):
    """Who to call now."""

    template: ClassVar[str] = "answering/help.html"
    lines: list[HelpLine]


class WithdrawPage(View, frozen=True):
    """The form for three words; `outcome` is "gone" or "unknown" once they were sent."""

    template: ClassVar[str] = "answering/withdraw.html"
    typed: str = ""
    outcome: str = ""


class FrontController(Controller):
    """Pages that belong to no survey."""

    path = "/"

    @get("/")
    async def home(self, state: State) -> Template:
        """Show which surveys are open."""
        return show(HomePage(title="Have your say", surveys=state.catalogue.surveys))

    @get("/help")
    async def help(self, state: State) -> Template:
        """Show who to call now."""
        return show(HelpPage(title="I need help now", lines=state.help_lines))

    @get("/withdraw")
    async def ask_for_code(self) -> Template:
        """Ask for the three words."""
        return show(WithdrawPage(title="Take your answers back"))

    @post("/withdraw")
    async def withdraw(self, request: Request[Any, Any, Any], db: Db, state: State) -> Template:
        """Delete the response with these three words, and all that came of it."""
        typed = one(await read_form(request), "code")
        if await store.withdraw(db, codes.code_hash(state.key, typed)):
            return show(WithdrawPage(title="Your answers are gone", outcome="gone"))
        page = WithdrawPage(title="Take your answers back", typed=typed, outcome="unknown")
        return show(page, status=422)
