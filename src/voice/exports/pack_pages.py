"""Evidence packs: staff freeze one with a click, and fetch it in every form, now or in years."""

from asyncio import to_thread
from datetime import date
from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Template

from voice.database.pool import Connection
from voice.exports import pack_store
from voice.exports.document import opened
from voice.exports.forms import FORMS, Form, written
from voice.exports.making import LAYERS, Layer
from voice.exports.pack import pack
from voice.exports.pack_store import Frozen, PackNotFound
from voice.report.pages import sources_of
from voice.staff.guards import NOTED
from voice.staff.pages import StaffView
from voice.staff.people import NotAllowed, Person
from voice.web.forms import one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
Id = FromPath[int]
Asking = Request[Any, Any, Any]
HOME = "/staff/packs"
SEE, MAKE = {"task": "see"}, {"task": "pledge"}
LONGEST_REASON = 500


class PacksPage(StaffView, frozen=True):
    """Every frozen pack that this person may open, the newest first."""

    template: ClassVar[str] = "exports/packs.html"
    packs: list[Frozen]
    layers: dict[Layer, str]


class PackPage(StaffView, frozen=True):
    """One pack. `as_frozen`: what is kept has the hash that was kept; None once it is taken out."""

    template: ClassVar[str] = "exports/pack.html"
    pack: Frozen
    layer: str
    forms: list[Form]
    as_frozen: bool | None
    problem: str
    new: bool


class PacksController(Controller):
    """Packs hold every survey, so they are for people who may see all of them."""

    path = HOME

    @get("/", opt=SEE)
    async def all(self, request: Asking, db: Db) -> Template:
        """List the packs."""
        found = await pack_store.packs(db, _layers(request.user))
        page = PacksPage(title="Evidence packs", person=request.user, packs=found, layers=LAYERS)
        return show(page)

    @post("/", opt=MAKE)
    async def freeze(self, request: Asking, db: Db, state: State) -> Redirect:
        """Make the pack of today, keep it for good, and show it."""
        layers = _layers(request.user)
        chosen = one(await read_form(request), "layer")
        layer: Layer = "confidential" if chosen == "confidential" else "public"
        if layer not in layers:
            raise NotAllowed("Ask your administrator if you need it.")
        made = await pack(db, sources_of(state), state.settings, layer, today=date.today())
        number = await pack_store.freeze(db, made, layer, request.user.id)
        return Redirect(f"{HOME}/{number}?new=true", status_code=303)

    @get("/{number:int}", opt=SEE)
    async def open(
        self, request: Asking, db: Db, number: Id, new: FromQuery[bool] = False
    ) -> Template:
        """Show one pack: what it is, whether it is as it was frozen, and its forms."""
        return await _page(request, db, await _find(request.user, db, number), new=new)

    @get("/{number:int}/{name:str}", opt=SEE | {NOTED: "exported"})
    async def fetch(
        self, request: Asking, db: Db, state: State, number: Id, name: FromPath[str]
    ) -> Response[bytes]:
        """Answer with a pack in one form, such as `evidence-pack.pdf`."""
        found = await _find(request.user, db, number)
        by_name = {f"evidence-pack.{form.ending}": kind for kind, form in FORMS.items()}
        if name not in by_name:
            raise PackNotFound("Open the pack and choose a file there.")
        kind, content = by_name[name], await pack_store.content(db, found.id)
        if kind != "json":  # What is kept goes out as it is.
            document = await to_thread(opened, content)
            templates = state.settings.home / "templates"
            content = await written(document, kind, templates, state.press)
        file = f"evidence-pack-{found.day.isoformat()}-{found.layer}-{found.id}"
        saved = f'attachment; filename="{file}.{FORMS[kind].ending}"'
        headers = {"content-disposition": saved}
        return Response(content, media_type=FORMS[kind].media_type, headers=headers)

    @post("/{number:int}/take-out", opt=MAKE)
    async def take_out(self, request: Asking, db: Db, number: Id) -> Redirect | Template:
        """Take the content of a pack out, for a reason; its hash stays."""
        found = await _find(request.user, db, number)
        because = one(await read_form(request), "because")[:LONGEST_REASON]
        if not because:
            problem = "Write why. Whoever holds a copy will ask."
            return await _page(request, db, found, problem=problem, status=422)
        await pack_store.withdraw(db, found.id, because, request.user.id)
        return Redirect(f"{HOME}/{found.id}", status_code=303)


def _layers(person: Person) -> list[Layer]:
    """Return the layers that a person may open.

    Raises:
        NotAllowed: the person may not see every survey.
    """
    if person.surveys is not None:
        raise NotAllowed("A pack holds every survey. Ask somebody who may see all of them.")
    return ["public", "confidential"] if person.may("pledge") else ["public"]


async def _find(person: Person, db: Connection, number: int) -> Frozen:
    """Return a pack without the quotes that may not be shown any more."""
    layers = _layers(person)
    await pack_store.take_back(db, min(number, pack_store.LARGEST_ID))
    for found in await pack_store.packs(db, layers):
        if found.id == number:
            return found
    raise PackNotFound("Go to the list of packs and choose one there.")


async def _page(
    request: Asking,
    db: Connection,
    found: Frozen,
    *,
    problem: str = "",
    new: bool = False,
    status: int = 200,
) -> Template:
    page = PackPage(
        title=f"{'Problem: ' if problem else ''}Evidence pack {found.id}",
        person=request.user,
        pack=found,
        layer=LAYERS[found.layer],
        forms=list(FORMS.values()),
        as_frozen=await pack_store.as_frozen(db, found),
        problem=problem,
        new=new,
    )
    return show(page, status=status)
