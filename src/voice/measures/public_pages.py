"""Measures for everybody: the areas that have some, and those of one area, in both wordings."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from voice.challenges.shown import area_of
from voice.database.pool import Connection
from voice.languages.say import later, say
from voice.measures.measure import MeasureNotFound
from voice.measures.shown import HOME, Known, OfArea, published
from voice.web.views import View, show
from voice.you_said.card import HOME as YOU_SAID
from voice.you_said.card import address
from voice.you_said.public_pages import Wording
from voice.you_said.said import EASY_WORDING

Db = NamedDependency[Connection]
Words = FromQuery[str]


class AllMeasuresPage(View, frozen=True):
    """The areas that have measures."""

    template: ClassVar[str] = "measures/all.html"
    wording: Wording
    areas: Sequence[OfArea]
    back: str


class AreaMeasuresPage(View, frozen=True):
    """The measures of one area; `area` is None while it has none. `name` is the area's."""

    template: ClassVar[str] = "measures/area.html"
    wording: Wording
    name: str
    area: OfArea | None
    back: str


class AllMeasuresController(Controller):
    """Where each area began, where it is to be, and where it is; nobody needs to sign in."""

    path = HOME

    @get("/")
    async def all_areas(self, db: Db, state: State, words: Words = "") -> Template:
        """Show every area that has measures."""
        easy = words == EASY_WORDING
        name = say("Is it getting better?") if easy else say("Measures")
        page = AllMeasuresPage(
            title=f"{name} – {say('You said, we did')}",
            wording=Wording(easy, address(HOME, easy=not easy)),
            areas=await published(db, known(state), easy=easy),
            back=address(YOU_SAID, easy=easy),
        )
        return show(page)

    @get("/{framework_id:str}/{area_id:str}")
    async def of_area(
        self,
        db: Db,
        state: State,
        framework_id: FromPath[str],
        area_id: FromPath[str],
        words: Words = "",
    ) -> Template:
        """Show the measures of one area."""
        key, easy = f"{framework_id}/{area_id}", words == EASY_WORDING
        area = area_of(key, state.frameworks)
        if area is None:
            raise MeasureNotFound(later("Look at the others instead."))
        name = area.easy_read if easy else area.name
        every = await published(db, known(state), easy=easy)
        title = say("Is it getting better?") if easy else say("Measures")
        page = AreaMeasuresPage(
            title=f"{name} – {title}",
            wording=Wording(easy, address(f"{HOME}/{key}", easy=not easy)),
            name=name,
            area=next((one for one in every if one.key == key), None),
            back=address(HOME, easy=easy),
        )
        return show(page)


def known(state: State) -> Known:
    """Return what it takes to show measures now."""
    return Known(state.catalogue, state.frameworks, date.today())
