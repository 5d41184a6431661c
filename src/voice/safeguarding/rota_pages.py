"""Who reads answers in words, and who stands in: the page where that is set."""

from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from voice.database.pool import Connection
from voice.staff import rota_store
from voice.staff.pages import StaffView
from voice.staff.rota_store import PLACES, Place, Reader
from voice.web.forms import numbers, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
TASK = {"task": "rota"}


class RotaPage(StaffView, frozen=True):
    """The two places, who has each, and who could."""

    template: ClassVar[str] = "safeguarding/rota.html"
    on_rota: dict[Place, Reader]
    could_be: list[Reader]
    places: tuple[Place, ...] = PLACES


class RotaController(Controller):
    """The rota of the people who read answers in words."""

    path = "/staff/safeguarding/rota"

    @get("/", opt=TASK)
    async def show_rota(self, request: Request[Any, Any, Any], db: Db) -> Template:
        """Show who is on the rota."""
        page = RotaPage(
            title="Who reads the answers",
            person=request.user,
            on_rota=await rota_store.on_rota(db),
            could_be=await rota_store.could_be_on_rota(db),
        )
        return show(page)

    @post("/", opt=TASK)
    async def set_rota(self, request: Request[Any, Any, Any], db: Db) -> Redirect:
        """Keep who has each place; a place left empty is nobody's."""
        form = await read_form(request)
        for place in PLACES:
            chosen = numbers(form, place)
            await rota_store.set_rota(db, place, chosen[0] if chosen else None, request.user.id)
        return Redirect("/staff/safeguarding/rota", status_code=303)
