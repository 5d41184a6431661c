"""Public data for programs, read only: JSON and CSV, described by OpenAPI. Nobody signs in."""

from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar

from litestar import Controller, Litestar, MediaType, Request, get
from litestar.datastructures import CacheControlHeader, ResponseHeader, State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Server
from litestar.params import FromPath, PathParameter
from litestar.response import Response, Template
from msgspec import Struct, json

from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.exports import open_data, open_measures
from voice.exports.open_data import OpenPledge, OpenTheme, Pledges, Themes
from voice.exports.open_measures import Measures
from voice.languages.language import ENGLISH
from voice.languages.say import say, speaking
from voice.measures.shown import Known, OfArea, published
from voice.web.views import View, show
from voice.you_said.public_pages import reading
from voice.you_said.reply import Reply, published_replies

Db = NamedDependency[Connection]
# As text, so that whatever is no number is told of by us, and not as a page that is not there.
Id = Annotated[str, PathParameter(pattern=r"^[1-9][0-9]{0,9}$", description="A whole number.")]
HOME = "/data"
VERSION = f"{HOME}/v1"
CSV = "text/csv"
PROBLEM = "application/problem+json"
ABOUT = (
    "What children and young people with SEND, their families and the people who work with them"
    " said, as themes that people agreed to, and what came of it. Read only. Numbers of people are"
    " those of the public pages: to the nearest 5, and null where few people could be picked out."
    " docs/data.md and docs/data-dictionary.md of Voice say what each field means."
)


class Problem(Struct, frozen=True):
    """What was wrong (RFC 9457)."""

    status: int
    title: str
    detail: str


class NotInTheData(VoiceError):
    """No theme or pledge with this id is published now."""

    status = 404
    title = "There is nothing with this id"


class DataPage(View, frozen=True):
    """What there is, for people; `version` is what all addresses begin with."""

    template: ClassVar[str] = "exports/data.html"
    version: str


def told(_: Request[Any, Any, Any], error: VoiceError | HTTPException) -> Response[Problem]:
    """Answer a program with what was wrong."""
    if isinstance(error, VoiceError):
        problem = Problem(error.status, error.title, error.message)
    else:
        problem = Problem(error.status_code, "We could not read that", "Look at openapi.json.")
    return Response(problem, media_type=PROBLEM, status_code=problem.status)


PROBLEMS: Any = {VoiceError: told, HTTPException: told}
MISSING = {
    400: ResponseSpec(Problem, description="No id looks like this.", media_type=PROBLEM),
    404: ResponseSpec(Problem, description="Nothing with this id.", media_type=PROBLEM),
}


class DataController(Controller):
    """The page about the data."""

    path = HOME

    @get("/")
    async def about(self) -> Template:
        """Say what there is."""
        return show(DataPage(title=say("Data"), version=VERSION))


class OpenDataController(Controller):
    """Agreed themes, published pledges and measures; any site may read and keep them awhile."""

    path = VERSION
    cache_control = CacheControlHeader(public=True, max_age=300)
    response_headers = (ResponseHeader(name="access-control-allow-origin", value="*"),)
    exception_handlers = PROBLEMS

    @get("/themes.json", operation_id="themes", summary="Every agreed theme, as JSON")
    async def themes(self, db: Db, state: State) -> Themes:
        """Answer with every theme that a published pledge answers, by id."""
        found = open_data.themes(await _replies(db, state))
        under = state.settings.small_number
        return Themes(read_on=date.today(), not_shown_under=under, themes=found)

    @get(
        "/themes.csv",
        operation_id="themes_csv",
        summary="Every agreed theme, as CSV",
        media_type=CSV,
    )
    async def themes_csv(self, db: Db, state: State) -> bytes:
        """Answer with the same as a table."""
        return open_data.themes_csv(open_data.themes(await _replies(db, state)))

    @get("/themes/{number:str}", operation_id="theme", summary="One theme", responses=MISSING)
    async def theme(self, db: Db, state: State, number: FromPath[Id]) -> OpenTheme:
        """Answer with one theme."""
        for found in open_data.themes(await _replies(db, state)):
            if str(found.id) == number:
                return found
        raise NotInTheData("It may have been merged or taken back. Look at themes.json.")

    @get("/pledges.json", operation_id="pledges", summary="Every published pledge, as JSON")
    async def pledges(self, db: Db, state: State) -> Pledges:
        """Answer with every published pledge, by number."""
        found = open_data.pledges(await _replies(db, state), state.settings.address)
        return Pledges(read_on=date.today(), pledges=found)

    @get(
        "/pledges.csv",
        operation_id="pledges_csv",
        summary="Every published pledge, as CSV",
        media_type=CSV,
    )
    async def pledges_csv(self, db: Db, state: State) -> bytes:
        """Answer with the same as a table, with the numbers of its theme."""
        return open_data.pledges_csv(await _replies(db, state), date.today())

    @get("/pledges/{number:str}", operation_id="pledge", summary="One pledge", responses=MISSING)
    async def pledge(self, db: Db, state: State, number: FromPath[Id]) -> OpenPledge:
        """Answer with one pledge."""
        for found in open_data.pledges(await _replies(db, state), state.settings.address):
            if str(found.number) == number:
                return found
        raise NotInTheData("It may have been taken down. Look at pledges.json.")

    @get("/measures.json", operation_id="measures", summary="Every published measure, as JSON")
    async def measures(self, db: Db, state: State) -> Measures:
        """Answer with every published measure and its lines, by number."""
        found = open_measures.measures(await _measured(db, state))
        return Measures(read_on=date.today(), measures=found)

    @get(
        "/measures.csv",
        operation_id="measures_csv",
        summary="Every published measure, as CSV",
        media_type=CSV,
    )
    async def measures_csv(self, db: Db, state: State) -> bytes:
        """Answer with the same as a table, a row for each line."""
        return open_measures.measures_csv(open_measures.measures(await _measured(db, state)))

    @get("/openapi.json", media_type=MediaType.JSON, include_in_schema=False)
    async def description(self) -> Response[bytes]:
        """Answer with this description."""
        return Response(openapi(), media_type="application/json")


async def _replies(db: Connection, state: State) -> list[Reply]:
    """Return what is published, in English, whatever the reader's browser speaks."""
    with speaking(ENGLISH):
        return await published_replies(db, reading(state))


async def _measured(db: Connection, state: State) -> list[OfArea]:
    known = Known(state.catalogue, state.frameworks, date.today())
    with speaking(ENGLISH):
        return await published(db, known)


@cache
def openapi() -> bytes:
    """Return the OpenAPI description of the handlers above, made from them."""
    about = OpenAPIConfig(
        title="Voice: public data",
        version="1",
        description=ABOUT,
        servers=[Server(url="/")],
        use_handler_docstrings=True,
    )
    only = Litestar(
        [OpenDataController], openapi_config=about, dependencies={"db": Provide(_no_database)}
    )
    return json.encode(only.openapi_schema.to_schema(), order="sorted")


async def _no_database() -> None:
    """Stand for the database where handlers are only described."""
