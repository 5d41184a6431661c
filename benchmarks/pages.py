"""How much CPU a page of a survey takes: to render it, and to answer the whole request.

Run `python benchmarks/pages.py`. It starts a Postgres of its own, opens a response in each survey,
and asks the app for its pages without a network between: CPU of the web process alone, the
database not counted. Medians of five rounds; the range beside them.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from litestar import Litestar

from voice.answering.pages import QuestionPage
from voice.app import create_app
from voice.database import embedded
from voice.database.migrate import migrate
from voice.jobs import queue
from voice.settings import Settings
from voice.surveys.questions import Answer

ROUNDS, TIMES = 5, 200
PAGES = [
    ("support-easy-read", "listened", "faces"),
    ("support-easy-read", "one_change", "comment"),
    ("support-parents-carers", "satisfaction", "scale"),
    ("support-young-people", "setting", "choose one"),
]
LOOKS = {"as it is": "", "Urdu, dark, tap": "language=ur&colours=dark&answers=tap"}


def cpu(work: Callable[[], object], times: int = TIMES) -> float:
    """Return the milliseconds of CPU that one call takes."""
    before = time.process_time()
    for _ in range(times):
        work()
    return 1000 * (time.process_time() - before) / times


async def cpu_of_request(ask: Callable[[], Awaitable[object]], times: int = TIMES) -> float:
    """Return the milliseconds of CPU that one request takes."""
    before = time.process_time()
    for _ in range(times):
        await ask()
    return 1000 * (time.process_time() - before) / times


class Asked:
    """The app, asked without a network between."""

    def __init__(self, app: Litestar) -> None:
        """Ask this app; it must be in its lifespan."""
        self._app = app

    async def __call__(self, path: str, cookie: str = "", body: bytes = b"") -> dict[str, str]:
        """Ask for a page, or send a form; return the headers of the answer."""
        kind = b"application/x-www-form-urlencoded"
        headers = [(b"host", b"localhost"), (b"cookie", cookie.encode()), (b"content-type", kind)]
        scope: Any = {
            "type": "http", "http_version": "1.1", "method": "POST" if body else "GET",
            "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
            "root_path": "", "state": {}, "extensions": {}, "app": self._app,
            "headers": headers, "client": ("127.0.0.1", 1), "server": ("localhost", 80),
        }  # fmt: skip
        found: dict[str, str] = {}

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                found["status"] = str(message["status"])
                for name, value in message["headers"]:
                    found.setdefault(name.decode(), value.decode())

        await self._app(scope, receive, send)
        return found


class Address:
    """Where a page stands, as a template asks a request."""

    path = "/surveys/x/pages/y"


class Asking:
    """As much of a request as a template asks about."""

    cookies: ClassVar[dict[str, str]] = {}
    url = Address()


def shown(values: Iterable[float]) -> str:
    """Return the median and the range."""
    every = sorted(values)
    return f"{statistics.median(every):.2f} ({every[0]:.2f} to {every[-1]:.2f})"


def rendered(app: Litestar, survey_id: str, page_id: str) -> Callable[[], object]:
    """Return what renders a page as it is shown, answered before."""
    survey = app.state.catalogue.find(survey_id)
    page = survey.page(page_id)
    view = QuestionPage(
        title="Question 3 of 8: a question – a survey", survey=survey, page=page,
        kind=str(page.__struct_config__.tag), given=[str(Answer("answered", "yes").value)],
        progress=None, back="/surveys",
    )  # fmt: skip
    assert app.template_engine is not None
    template: Any = app.template_engine.get_template(view.template)
    return lambda: template.render(view=view, request=Asking())


async def measure(app: Litestar) -> None:
    """Print a line for each page and look."""
    ask = Asked(app)
    print(f"{'page':<14}{'look':<18}{'render, ms CPU':<26}whole request, ms CPU")
    for survey_id, page_id, kind in PAGES:
        begun = await ask(f"/surveys/{survey_id}/start", body=b"assent=yes&words=")
        secret = begun["set-cookie"].partition(";")[0]
        render = rendered(app, survey_id, page_id)
        for name, look in LOOKS.items():
            page = partial(
                ask, f"/surveys/{survey_id}/pages/{page_id}", f"{secret}; voice_look={look}"
            )
            assert (await page())["status"] == "200", page_id
            requests = [await cpu_of_request(page) for _ in range(ROUNDS)]
            renders = [cpu(render) for _ in range(ROUNDS)] if not look else []
            print(f"{kind:<14}{name:<18}{shown(renders) if renders else '':<26}{shown(requests)}")


async def main() -> None:
    """Start all that it takes, measure, and leave nothing behind."""
    with tempfile.TemporaryDirectory() as folder:
        address = await embedded.start(Path(folder))
        try:
            await migrate(address)
            await queue.install(address)
            app = create_app(
                Settings(database_url=address, data_dir=Path(folder), secret_key="k" * 40)
            )
            async with app.lifespan():
                await measure(app)
        finally:
            await embedded.stop(Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
