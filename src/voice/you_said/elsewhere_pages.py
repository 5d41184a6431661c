"""“You said, we did” for other sites: a feed, and a bare page to stand in a frame."""

from datetime import date
from typing import ClassVar

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Response, Template

from voice.database.pool import Connection
from voice.languages.say import say
from voice.web.protection import frame_headers
from voice.web.views import View, show
from voice.you_said import reply
from voice.you_said.card import HOME, Card, card_of
from voice.you_said.feed import MEDIA_TYPE, feed
from voice.you_said.public_pages import reading
from voice.you_said.said import EASY_WORDING

Db = NamedDependency[Connection]


class EmbedPage(View, frozen=True):
    """All replies in short, without script; `site` is what its links begin with."""

    template: ClassVar[str] = "you_said/embed.html"
    easy: bool
    cards: list[Card]
    site: str


class ElsewhereController(Controller):
    """What other sites show of it."""

    path = HOME

    @get("/feed.xml")
    async def follow(self, db: Db, state: State, words: FromQuery[str] = "") -> Response[bytes]:
        """Answer with an Atom feed of every published reply."""
        cards = await _cards(db, state, words)
        content = feed(cards, state.settings.address, date.today())
        return Response(content, media_type=f"{MEDIA_TYPE}; charset=utf-8")

    @get("/embed")
    async def embed(self, db: Db, state: State, words: FromQuery[str] = "") -> Template:
        """Show every published reply on a page that the sites of the setting may frame."""
        page = EmbedPage(
            title=say("You said, we did"),
            easy=words == EASY_WORDING,
            cards=await _cards(db, state, words),
            site=state.settings.address,
        )
        answer = show(page)
        answer.headers.update(frame_headers(state.settings.embed_origins))
        return answer


async def _cards(db: Connection, state: State, words: str) -> list[Card]:
    replies = await reply.published_replies(db, reading(state), quotes=False)
    return [card_of(one, state.catalogue, easy=words == EASY_WORDING) for one in replies]
