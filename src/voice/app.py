"""The web app: the one place where the rooms are joined together."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg
from litestar import Litestar, Request, Router
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.logging import LoggingConfig
from litestar.plugins import PluginProtocol
from litestar.plugins.core import MsgspecDIPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig
from litestar.types import ControllerRouterHandler, Guard

from voice import logs
from voice import settings as all_settings
from voice.answering.crowd_store import KINDS, Keeper, begun_of_cookies
from voice.answering.shelf import Shelf
from voice.answering.visit import NotStarted, find_visit, find_visit_again, to_start
from voice.challenges.shown import beside_within
from voice.database.master_key import vault
from voice.database.pool import (
    AWAY,
    Connection,
    DatabaseAway,
    Part,
    address,
    open_pool,
    request_transaction,
    see_only,
)
from voice.database.replica import open_reports
from voice.database.together import LANES
from voice.display.pages import display, speak_to
from voice.doors import PUBLIC, REPORTS, SIGNING_IN, STAFF, STAFF_REPORTS, WATCHED
from voice.errors import VoiceError
from voice.measures.shown import beside_measures
from voice.paper.press import Press
from voice.report.population import load_population
from voice.secret_key import secret_key
from voice.settings import Settings
from voice.signing.videos import Videos
from voice.staff.guards import must_be_allowed, to_sign_in
from voice.staff.people import NotSignedIn, Person
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import load_frameworks
from voice.surveys.help_lines import load_help_lines
from voice.upkeep.observed import Watch
from voice.web import protection
from voice.web.parent import end_with_parent
from voice.web.problems import explain, explain_fault, explain_http
from voice.web.static_files import static_file
from voice.web.templates import environment

Explanation = Callable[[Request[Any, Any, Any], Any], Any]

LARGEST_FORM = 1_000_000  # Bytes: fifty times the longest comment, and little for memory.

# A respondent's form holds no token, so that nothing in it can expire: `protection` guards it.
NO_TOKEN = {"exclude_from_csrf": True}


async def in_transaction(
    request: Request[Any, Any, Any], state: State
) -> AsyncGenerator[Connection, None]:
    """Give a request one connection and one transaction; an error undoes it all.

    The transaction is committed before the answer is sent. Of the surveys that a signed-in person
    may not see, the database shows nothing.
    """
    async with request_transaction(state.pool, state.settings) as db:
        person: Person | None = request.scope.get("user")
        if person is not None and person.surveys is not None:
            await see_only(db, state.catalogue.asked_within(person.surveys))
        yield db


async def for_reports(state: State) -> AsyncGenerator[Connection, None]:
    """As `in_transaction`, with the rights to read what may be published and nothing else."""
    async with state.reports.transaction(state.settings) as db:
        yield db


def hold_pool(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Hold three pools open as long as the app runs: of the web, for reports, and for crowds.

    What is done for many at once has connections of its own: requests that hold all the others
    may be waiting for it.
    """

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None, None]:
        dsn = await address(settings)
        async with (
            open_pool(dsn, settings.pool_size, Part.WEB) as pool,
            open_reports(dsn, settings) as reports,
            open_pool(dsn, KINDS * LANES, Part.WEB) as crowd,
        ):
            app.state.update({"pool": pool, "reports": reports})
            begin = begun_of_cookies(crowd, settings, app.state.vault)
            keeper = Keeper(crowd, pool, settings, app.state.vault)
            app.state.update({"begin": begin, "keeper": keeper})
            yield

    return lifespan


class App(Litestar):
    """Litestar without what it loads for pydantic and attrs, which no page of ours uses.

    It would load pydantic wherever that is installed, and spaCy brings it: a quarter of a second of
    each start. Litestar has no setting for this; a test holds that it still works.
    """

    @staticmethod
    def _get_default_plugins(plugins: list[PluginProtocol]) -> list[PluginProtocol]:
        return [*plugins, MsgspecDIPlugin()]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve one connection; of a request it is noted how it went."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        watch: Watch = self.state.watch
        await watch.over(scope, send, lambda mine: super(App, self).__call__(scope, receive, mine))


def create_app(settings: Settings | None = None) -> Litestar:
    """Build the app: read the surveys, join the rooms."""
    settings = settings or all_settings.read()
    key = secret_key(settings)
    jinja = environment(settings.home / "templates")
    jinja.globals["display"] = display
    jinja.globals["offline"] = lambda: settings.offline
    jinja.globals["leave_to"] = lambda: settings.leave_to
    return App(
        route_handlers=_routes(),
        dependencies={
            "db": Provide(in_transaction),
            "visit": Provide(find_visit),
            "visit_again": Provide(find_visit_again),
        },
        exception_handlers=_handlers(),
        before_request=before_request,
        before_send=[protection.add_headers],
        csrf_config=_csrf(settings, key),
        lifespan=[hold_pool(settings)],
        request_max_body_size=LARGEST_FORM,
        state=_state(settings, key),
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(jinja)),
        openapi_config=None,
        # Litestar's own would take the place of ours.
        logging_config=None if settings.log == "json" else LoggingConfig(),
    )


def _routes() -> list[ControllerRouterHandler]:
    of_reports = {"db": Provide(for_reports)}
    may: list[Guard] = [must_be_allowed]
    return [
        Router("/", route_handlers=PUBLIC, opt=NO_TOKEN),
        Router("/", route_handlers=REPORTS, opt=NO_TOKEN, dependencies=of_reports),
        *SIGNING_IN,
        Router("/", route_handlers=STAFF, guards=may),
        Router("/", route_handlers=STAFF_REPORTS, guards=may, dependencies=of_reports),
        Router("/", route_handlers=[static_file, *WATCHED], opt=NO_TOKEN),
    ]


def served_app() -> Litestar:
    """Build the app in a process that `voice serve` started, to end when `voice serve` does."""
    end_with_parent()
    settings = all_settings.read()
    logs.configure(settings)
    return create_app(settings)


def _state(settings: Settings, key: bytes) -> State:
    catalogue = Catalogue.read(settings.surveys, settings.pictures)
    return State(
        {
            "settings": settings,
            "key": key,
            "vault": vault(settings),
            "catalogue": catalogue,
            "videos": Videos.read(settings.surveys, catalogue),
            "frameworks": load_frameworks(settings.surveys / "frameworks"),
            "help_lines": load_help_lines(settings.surveys),
            "population": load_population(settings.population),
            "beside": [beside_measures(), beside_within(settings.challenge_days)],
            "press": Press(),
            "shelf": Shelf(),
            "watch": Watch(settings),
        }
    )


def _handlers() -> dict[int | type[Exception], Any]:
    return {
        NotStarted: to_start,
        NotSignedIn: to_sign_in,
        VoiceError: _in_their_language(explain),
        HTTPException: _in_their_language(explain_http),
        asyncpg.PostgresConnectionError: _in_their_language(explain_away),
        asyncpg.InterfaceError: _in_their_language(explain_away),
        Exception: _in_their_language(explain_fault),
    }


async def before_request(request: Request[Any, Any, Any]) -> None:
    """Speak the person's language, and refuse what another site sent."""
    speak_to(request)
    await protection.refuse_other_sites(request)


def _in_their_language(explanation: Explanation) -> Explanation:
    """Return an explanation in the person's language, also where no page was found."""

    def explained(request: Request[Any, Any, Any], error: Any) -> Any:
        speak_to(request)
        return explanation(request, error)

    return explained


def explain_away(request: Request[Any, Any, Any], _: Exception) -> Template:
    """Answer when the database went away in the middle of a request."""
    return explain(request, DatabaseAway(AWAY))


def _csrf(settings: Settings, key: bytes) -> CSRFConfig:
    """Protect the forms of staff by a token too."""
    return CSRFConfig(
        secret=key.decode(),
        cookie_name="voice_csrf",
        cookie_path="/staff",
        cookie_httponly=True,
        cookie_secure=settings.secure,
    )
