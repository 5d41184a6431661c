"""“You said, we did” for everybody: all replies, and one reply, in standard and in easy words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar
from urllib.parse import urlencode

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.languages.say import later, say
from voice.surveys.catalogue import Catalogue
from voice.web.views import View, show
from voice.you_said import reply, store
from voice.you_said.pledge import STATUSES, PledgeNotFound, Status, long_sentence
from voice.you_said.reply import Reading, Reply, Words
from voice.you_said.said import EASY_WORDING, InArea, Quote

Db = NamedDependency[Connection]

HOME = "/you-said"
PICTURES: dict[Status, str] = {
    "listening": "ear.svg",
    "doing": "waiting.svg",
    "done": "yes.svg",
    "partly_done": "growing.svg",
    "cannot_do": "no.svg",
}
EASY_STATUSES: dict[Status, str] = {
    "listening": later("We are thinking about it"),
    "doing": later("We are doing it"),
    "done": later("We did it"),
    "partly_done": later("We did some of it"),
    "cannot_do": later("We cannot do it"),
}


class Area(Struct, frozen=True):
    """An area in the words of the page, and the address of its picture or ""."""

    place: InArea
    words: str
    picture: str


class Card(Struct, frozen=True, kw_only=True):
    """One reply in one wording. `picture` is the address of the status's; easy quotes are short."""

    reply: Reply
    words: Words
    status: str
    picture: str
    address: str
    quotes: list[Quote]
    areas: list[Area]


class Wording(Struct, frozen=True):
    """The wording a page is in, and the address of the same page in the other."""

    easy: bool
    other_address: str


class AllPage(View, frozen=True):
    """Replies, perhaps only those of one status or area; `total` counts all of them."""

    template: ClassVar[str] = "you_said/all.html"
    wording: Wording
    cards: list[Card]
    total: int
    all_demo: bool
    statuses: Mapping[Status, str]
    areas: Mapping[str, list[Area]]
    status: str
    area: str


class OnePage(View, frozen=True):
    """One reply in full."""

    template: ClassVar[str] = "you_said/one.html"
    wording: Wording
    card: Card
    back: str


class PublicController(Controller):
    """What people said and what came of it; nobody needs to sign in."""

    path = HOME

    @get("/")
    async def all_replies(
        self,
        db: Db,
        state: State,
        words: FromQuery[str] = "",
        status: FromQuery[str] = "",
        area: FromQuery[str] = "",
    ) -> Template:
        """Show every published reply, or those of a status and an area."""
        easy = words == EASY_WORDING
        replies = await reply.published_replies(db, reading(state))
        chosen = reply.filtered(replies, status=status, area=area)
        page = AllPage(
            title=say("You said, we did"),
            wording=Wording(easy, _address(HOME, easy=not easy, status=status, area=area)),
            cards=[_card(one, state.catalogue, easy=easy) for one in chosen],
            total=len(replies),
            all_demo=bool(chosen) and all(one.said.demo for one in chosen),
            statuses={kind: say(name) for kind, name in _statuses(easy=easy).items()},
            areas={
                framework: _areas(places, state.catalogue, easy=easy)
                for framework, places in reply.areas_of(replies).items()
            },
            status=status,
            area=area,
        )
        return show(page)

    @get("/{number:int}")
    async def one_reply(
        self, db: Db, state: State, number: FromPath[int], words: FromQuery[str] = ""
    ) -> Template:
        """Show one published reply in full."""
        easy = words == EASY_WORDING
        found = [kept for kept in await store.published(db) if kept.number == number]
        if not found:
            raise PledgeNotFound(later("It may have been taken down. Look at the others instead."))
        [one] = await reply.with_what_was_said(db, found, reading(state))
        card = _card(one, state.catalogue, easy=easy)
        page = OnePage(
            title=f"{card.words.said} – {say('You said, we did')}",
            wording=Wording(easy, _address(f"{HOME}/{number}", easy=not easy)),
            card=card,
            back=_address(HOME, easy=easy),
        )
        return show(page)


def reading(state: State) -> Reading:
    """Return what it takes to read replies now."""
    return Reading(
        state.catalogue, state.frameworks, state.settings.small_number, today=date.today()
    )


def _card(one: Reply, catalogue: Catalogue, *, easy: bool) -> Card:
    status = one.kept.status
    return Card(
        reply=one,
        words=one.words(easy=easy),
        status=say(_statuses(easy=easy)[status]),
        picture=_picture(catalogue, PICTURES[status]) if easy else "",
        address=_address(f"{HOME}/{one.kept.number}", easy=easy),
        quotes=[quote for quote in one.said.quotes if not easy or not long_sentence(quote.words)],
        areas=_areas(one.said.areas, catalogue, easy=easy),
    )


def _statuses(*, easy: bool) -> dict[Status, str]:
    return EASY_STATUSES if easy else STATUSES


def _areas(places: Sequence[InArea], catalogue: Catalogue, *, easy: bool) -> list[Area]:
    return [
        Area(
            place,
            place.area.easy_read if easy else place.words,
            _picture(catalogue, place.area.picture) if easy else "",
        )
        for place in places
    ]


def _picture(catalogue: Catalogue, name: str) -> str:
    """Return the address of a picture that all surveys share, or nothing when there is none."""
    for survey in catalogue.surveys[:1]:
        if name in catalogue.pictures[survey.id]:
            return f"/pictures/{survey.id}/{name}"
    return ""


def _address(path: str, *, easy: bool, **chosen: str) -> str:
    query = {name: value for name, value in chosen.items() if value}
    if easy:
        query["words"] = EASY_WORDING
    return f"{path}?{urlencode(query)}" if query else path
