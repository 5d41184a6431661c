"""One young person on the way through a survey: what they choose, and what they look at."""

import asyncio
import random
import re
import time
from collections.abc import Callable
from html import unescape

from msgspec import Struct, field

from benchmarks.load.wire import Answer, Browser
from voice.surveys.questions import SKIPPED, Comment, Information, Option
from voice.surveys.survey import Survey

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
CHOICE = re.compile(r'<input type="(?:radio|checkbox)" name="([^"]+)" id="[^"]+" value="([^"]+)">')
CODE = re.compile(r'<p class="code"[^>]*>(\w+ \w+ \w+)</p>')
MISSED = 0.06
"""The share of questions that are missed."""


class Wrong(Exception):
    """A page was not as it should be; the message says which and why."""


class Done(Struct):
    """What came of one person: `typed` is {question: what was typed}, in the order of answering."""

    secret: str = ""
    typed: dict[str, object] = {}
    kept: int = 0
    sent: bool = False
    problem: str = ""
    took: list[tuple[str, float]] = field(default_factory=list)


class Person:
    """Somebody who answers, page by page. `pause` gives the seconds they look at a page."""

    def __init__(self, port: int, survey: Survey, seed: int, pause: Callable[[], float]) -> None:
        """Make up who they are: the same seed says the same."""
        self._browser = Browser(port)
        self._survey = survey
        self._pause = pause
        self._chance = random.Random(seed)
        self._name = f"person {seed}"
        self.done = Done()

    @property
    def _home(self) -> str:
        return f"/surveys/{self._survey.id}"

    async def answer_all(self) -> None:
        """Go the whole way, and look at each page."""
        try:
            await self._answer_all()
        except Exception as problem:
            self.done.problem = f"{type(problem).__name__}: {problem}"
        finally:
            self._browser.close()

    async def _answer_all(self) -> None:
        page = await self._get("start page", self._home, self._survey.title)
        await self._look()
        where = await self._begin(_hidden(page))
        while "/pages/" in where:
            where = await self._answer(where)
        await self._send(where)

    async def answer_forms(self, until: Callable[[], bool]) -> None:
        """Send the form of question after question, from the first, without looking at a page."""
        try:
            await self._begin([("words", "")])
            where = f"{self._home}/pages/{self._survey.questions[0].id}"
            while "/pages/" in where and not until():
                where = await self._post_answer(where, self._options(where))
        except Exception as problem:
            self.done.problem = f"{type(problem).__name__}: {problem}"
        finally:
            self._browser.close()

    async def _begin(self, hidden: list[tuple[str, str]]) -> str:
        to = await self._post("begin", f"{self._home}/start", [*hidden, ("assent", "yes")])
        self.done.secret = self._browser.cookies["voice_answers"]
        return to

    async def _answer(self, where: str) -> str:
        asked = self._survey.page(where.rpartition("/")[2])
        if asked is None:
            raise Wrong(f"{where} is no page of the survey")
        page = await self._get("question page", where, asked.ask)
        if f'action="{where}"' not in page or " checked" in page:
            raise Wrong(f"{where} has another form, or an answer already")
        await self._look()
        offered = [unescape(value) for name, value in CHOICE.findall(page) if name == asked.id]
        if offered != self._options(where):
            raise Wrong(f"{where} offers {offered}")
        return await self._post_answer(where, offered, _hidden(page))

    def _options(self, where: str) -> list[str]:
        page = self._survey.page(where.rpartition("/")[2])
        options: tuple[Option, ...] = getattr(page, "options", ())
        return [option.value for option in options]

    async def _post_answer(
        self, where: str, offered: list[str], hidden: list[tuple[str, str]] | None = None
    ) -> str:
        page_id = where.rpartition("/")[2]
        page = self._survey.page(page_id)
        said = self._chance.choice(offered) if offered else None
        if isinstance(page, Comment):
            said = f"{self._name}: <{page_id}> & “more” {self._chance.random()}"
        fields = [*(hidden or []), ("go", "next")]
        missed = self._chance.random() < MISSED
        if missed:
            fields = [*(hidden or []), ("go", "skip")]
        elif said is not None:
            fields.append((page_id, said))
        to = await self._post("reading on" if said is None else "answer", where, fields)
        if page is not None and not isinstance(page, Information):
            answer = SKIPPED if missed else page.read([said] if said else [])
            self.done.typed[page_id] = [answer.state, answer.value]
            self.done.kept += 1
        return to

    async def _send(self, where: str) -> None:
        page = await self._get("check page", where, "Check your answers")
        for said in self.done.typed.values():
            assert isinstance(said, list)
            if isinstance(said[1], str) and said[1].startswith(self._name):
                _expect(page, said[1], where)
        await self._look()
        to = await self._post("send", f"{self._home}/send", [])
        self.done.sent = True
        page = await self._get("thank-you page", to, "Thank you")
        if not CODE.search(page):
            raise Wrong(f"{to} has no three words")

    async def _look(self) -> None:
        await asyncio.sleep(self._pause())

    async def _get(self, kind: str, path: str, telling: str) -> str:
        started = time.perf_counter()
        answer = await self._browser.get(path)
        self._note(kind, started)
        if answer.status != 200:
            raise Wrong(f"{path}: {answer.status}")
        _expect(answer.body, telling, path)
        return answer.body

    async def _post(self, kind: str, path: str, fields: list[tuple[str, str]]) -> str:
        started = time.perf_counter()
        answer: Answer = await self._browser.post(path, fields)
        self._note(kind, started)
        if answer.status != 303 or not answer.location.startswith(self._home):
            raise Wrong(f"{path}: {answer.status} to {answer.location}")
        return answer.location

    def _note(self, kind: str, started: float) -> None:
        self.done.took.append((kind, 1000 * (time.perf_counter() - started)))


def _expect(page: str, words: str, where: str) -> None:
    if words not in unescape(page):
        raise Wrong(f"{where} does not say “{words}”")


def _hidden(page: str) -> list[tuple[str, str]]:
    return [(name, unescape(value)) for name, value in HIDDEN.findall(page)]
