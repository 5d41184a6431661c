"""“What happened to what I said”: for a person who comes back with their three words."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Template

from voice.answering import codes
from voice.answering import guesses_store as guesses
from voice.answering import store as answering
from voice.database.pool import Connection
from voice.languages.say import later, say
from voice.web.forms import one, read_form
from voice.web.views import View, show
from voice.you_said import reply, store
from voice.you_said.card import HOME, Card, card_of
from voice.you_said.public_pages import reading

Db = NamedDependency[Connection]

TITLE = later("What happened to what I said")


class YoursPage(View, frozen=True):
    """The form for three words; `cards` is None until they are known, and may then be empty."""

    template: ClassVar[str] = "you_said/yours.html"
    typed: str = ""
    unknown: bool = False
    cards: list[Card] | None = None


class YoursController(Controller):
    """The return of a person whom nobody knows."""

    path = f"{HOME}/yours"

    @get("/")
    async def ask(self) -> Template:
        """Ask for the three words."""
        return show(YoursPage(title=say(TITLE)))

    @post("/")
    async def yours(self, request: Request[Any, Any, Any], db: Db, state: State) -> Template:
        """Show the published replies to what the person with these words said; nothing else.

        What is shown is public already; only which of it belongs to the words is not. Nothing is
        kept on the device, and neither words nor answers are sent back.
        """
        typed = one(await read_form(request), "code")
        await guesses.not_too_often(db, request, state)
        code = codes.code_hash(state.key, typed)
        if not await answering.code_is_taken(db, code):
            await guesses.note_wrong(db, request, state)
            return show(YoursPage(title=say(TITLE), typed=typed, unknown=True), status=422)
        themes = await store.themes_of_code(db, code)
        theirs = [kept for kept in await store.published(db) if kept.theme_id in themes]
        replies = await reply.with_what_was_said(db, theirs, reading(state))
        cards = [card_of(one, state.catalogue, easy=True) for one in replies]
        return show(YoursPage(title=say(TITLE), cards=cards))
