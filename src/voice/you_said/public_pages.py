"""“You said, we did” for everybody: all replies, some, and one, in standard and in easy words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from msgspec import Struct

from voice.database.pool import Connection
from voice.languages.say import later, say
from voice.web.views import View, show
from voice.you_said import reply, store
from voice.you_said.beside import Beside, Place, all_beside
from voice.you_said.card import HOME, Area, Card, address, areas_in_words, card_of, statuses
from voice.you_said.pledge import STATUSES, PledgeNotFound, Status
from voice.you_said.reply import Reading
from voice.you_said.said import EASY_WORDING, VOICE_PLACES, VOICES
from voice.you_said.ways import Ways, ways_through

Db = NamedDependency[Connection]
Words = FromQuery[str]
LOOK = later("Look at the others instead.")


class Wording(Struct, frozen=True):
    """The wording a page is in, and the address of the same page in the other."""

    easy: bool
    other_address: str


class AllPage(View, frozen=True):
    """Replies, perhaps only those of one status, area or voice; `total` counts all of them.

    `about` says which, and is empty where the form says it.
    """

    template: ClassVar[str] = "you_said/all.html"
    wording: Wording
    cards: list[Card]
    total: int
    all_demo: bool
    statuses: Mapping[Status, str]
    areas: Mapping[str, list[Area]]
    status: str
    area: str
    about: str
    ways: Ways
    beside: Sequence[Beside] = ()


class Chosen(Struct, frozen=True):
    """Which replies to list, and the address of the list; `about` names them."""

    path: str = HOME
    about: str = ""
    status: str = ""
    area: str = ""
    voice: str = ""


class OnePage(View, frozen=True):
    """One reply in full."""

    template: ClassVar[str] = "you_said/one.html"
    wording: Wording
    card: Card
    back: str
    beside: Sequence[Beside] = ()


class PublicController(Controller):
    """What people said and what came of it; nobody needs to sign in."""

    path = HOME

    @get("/")
    async def all_replies(
        self,
        db: Db,
        state: State,
        words: Words = "",
        status: FromQuery[str] = "",
        area: FromQuery[str] = "",
    ) -> Template:
        """Show every published reply, or those of a status and an area."""
        return await _list(db, state, words, Chosen(status=status, area=area))

    @get("/status/{status:str}")
    async def of_status(
        self, db: Db, state: State, status: FromPath[str], words: Words = ""
    ) -> Template:
        """Show the replies of one status."""
        if status not in STATUSES:
            raise PledgeNotFound(LOOK)
        about = say(statuses(easy=words == EASY_WORDING)[status])
        return await _list(
            db, state, words, Chosen(f"{HOME}/status/{status}", about, status=status)
        )

    @get("/voice/{place:str}")
    async def of_voice(
        self, db: Db, state: State, place: FromPath[str], words: Words = ""
    ) -> Template:
        """Show the replies that say how many of one voice said it."""
        if place not in VOICE_PLACES:
            raise PledgeNotFound(LOOK)
        voice = VOICE_PLACES[place]
        chosen = Chosen(f"{HOME}/voice/{place}", say(VOICES[voice]), voice=voice)
        return await _list(db, state, words, chosen)

    @get("/area/{framework_id:str}/{area_id:str}")
    async def of_area(
        self,
        db: Db,
        state: State,
        framework_id: FromPath[str],
        area_id: FromPath[str],
        words: Words = "",
    ) -> Template:
        """Show the replies that belong to one area of a framework."""
        frameworks = {framework.id: framework for framework in state.frameworks}
        framework = frameworks.get(framework_id)
        area = framework.area(area_id) if framework else None
        if area is None:
            raise PledgeNotFound(LOOK)
        about = area.easy_read if words == EASY_WORDING else area.name
        key = f"{framework_id}/{area_id}"
        return await _list(db, state, words, Chosen(f"{HOME}/area/{key}", about, area=key))

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
        card = card_of(one, state.catalogue, easy=easy)
        page = OnePage(
            title=f"{card.words.said} – {say('You said, we did')}",
            wording=Wording(easy, address(f"{HOME}/{number}", easy=not easy)),
            card=card,
            back=address(HOME, easy=easy),
            beside=await _beside(db, state, Place(pledge=number), easy=easy),
        )
        return show(page)


async def _list(db: Connection, state: State, words: str, chosen: Chosen) -> Template:
    """Answer with the replies that were chosen; each keeps the numbers it has everywhere."""
    easy = words == EASY_WORDING
    replies = await reply.published_replies(db, reading(state), quotes=False)
    some = reply.filtered(replies, status=chosen.status, area=chosen.area, voice=chosen.voice)
    query = {} if chosen.about else {"status": chosen.status, "area": chosen.area}
    title = say("You said, we did")
    page = AllPage(
        title=f"{chosen.about} – {title}" if chosen.about else title,
        wording=Wording(easy, address(chosen.path, easy=not easy, **query)),
        cards=[card_of(one, state.catalogue, easy=easy) for one in some],
        total=len(replies),
        all_demo=bool(some) and all(one.said.demo for one in some),
        statuses={kind: say(name) for kind, name in statuses(easy=easy).items()},
        areas={
            framework: areas_in_words(places, state.catalogue, easy=easy)
            for framework, places in reply.areas_of(replies).items()
        },
        status=chosen.status,
        area=chosen.area,
        about=chosen.about,
        ways=ways_through(replies, state.catalogue, easy=easy),
        beside=await _beside(db, state, Place(area=chosen.area), easy=easy) if chosen.area else [],
    )
    return show(page)


async def _beside(db: Connection, state: State, place: Place, *, easy: bool) -> list[Beside]:
    return await all_beside(state.beside, db, reading(state), place, easy=easy)


def reading(state: State) -> Reading:
    """Return what it takes to read replies now."""
    return Reading(
        state.catalogue, state.frameworks, state.settings.small_number, today=date.today()
    )
