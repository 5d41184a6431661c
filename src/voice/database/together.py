"""Many requests that wait for the same kind of statement, served by one.

While the database works for some, those who come meanwhile gather, and go together next. Nobody
waits for company: who comes alone goes alone, at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from voice.database.pool import LOST

Asked = TypeVar("Asked")
Got = TypeVar("Got")

AT_MOST = 64
LANES = 2  # While one commits, the other gathers; more would split into small groups again.


class Together(Generic[Asked, Got]):
    """Does what each asks in as few goes as can be, and gives each what came of it."""

    def __init__(self, do: Callable[[Sequence[Asked]], Awaitable[Sequence[Got]]]) -> None:
        """Keep `do`, which returns one thing for each that it is given, in their order.

        What it writes must be committed when it returns: then each is told that all is well.
        """
        self._do = do
        self._waiting: list[tuple[Asked, asyncio.Future[Got]]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, asked: Asked) -> Got:
        """Return what came of `asked`. Whoever stops waiting does not stop the others.

        Raises:
            Exception: what `do` raised when it was given this one alone.
        """
        answer: asyncio.Future[Got] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if len(self._tasks) < LANES:
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await answer

    async def _work(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting[:AT_MOST], self._waiting[AT_MOST:]
            await self._serve(group)

    async def _serve(self, group: Sequence[tuple[Asked, "asyncio.Future[Got]"]]) -> None:
        try:
            came = await self._do([asked for asked, _ in group])
        except Exception as error:
            if len(group) > 1 and not isinstance(error, LOST):
                # One of them is to blame: alone, the others go through, and it gets its own error.
                await asyncio.gather(*(self._serve([one]) for one in group))
                return
            for _, answer in group:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), one in zip(group, came, strict=True):
            if not answer.done():
                answer.set_result(one)
