"""Where officers add a figure to a measure, and say in which words a wave was asked."""

from datetime import date

from litestar import Controller, post
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Redirect, Template

from voice.measures import store
from voice.measures.editing import Typed, typed_figure
from voice.measures.measure import Found, MeasureNotFound, read_found
from voice.measures.pages import HOME, PLEDGE, AnyRequest, Db, measure_page, saved
from voice.measures.run import say_same_words
from voice.web.forms import one, read_form
from voice.web.views import show


class FiguresController(Controller):
    """What was found."""

    path = HOME

    @post("/{number:int}/figures", opt=PLEDGE)
    async def add_figure(
        self, request: AnyRequest, db: Db, state: State, number: FromPath[int]
    ) -> Template | Redirect:
        """Keep an outside figure; a share of answers is counted by the machine alone."""
        form = await read_form(request)
        kept, typed = await store.one(db, number), typed_figure(form)
        if kept.asking is not None:
            raise MeasureNotFound("This measure counts answers. Nobody types its figures.")
        found = read_found(typed, date.today())
        if not isinstance(found, Found):
            page = await measure_page(request, db, state, number, figure=Typed(typed, found))
            return show(page, status=422)
        await store.add_found(db, number, found, request.user.id)
        return saved(number)

    @post("/{number:int}/same-words", opt=PLEDGE)
    async def same_words(
        self, request: AnyRequest, db: Db, state: State, number: FromPath[int]
    ) -> Redirect:
        """Keep that a wave was asked in the words of today, as this person says."""
        wave = one(await read_form(request), "wave")
        await say_same_words(db, number, wave, state.catalogue, request.user.id)
        return saved(number)
