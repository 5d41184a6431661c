"""Where officers ask people: groups and their codes, and how many have been heard."""

import csv
import io
from collections.abc import Sequence
from typing import Any, ClassVar, get_args

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response, Template

from voice.characters import harmless
from voice.database.pool import Connection
from voice.inviting import store
from voice.inviting.group import Asked, Group, GroupNotFound, Kind, kinds, read_asked
from voice.inviting.store import Door
from voice.staff.guards import NOTED
from voice.staff.pages import StaffView
from voice.surveys.survey import Survey, SurveyNotFound
from voice.web.forms import Form, one, read_form
from voice.web.views import show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]
HOME = "/staff/inviting"
INVITE = {"task": "invite"}
READ_CODES = {**INVITE, NOTED: "read invitation codes"}
FIELDS = ("kind", "names", "codes", "wanted")
DOORS: tuple[Door, ...] = get_args(Door)
COLUMNS = ("kind", "group", "code", "address")


class AllPage(StaffView, frozen=True):
    """The surveys that people can be asked to answer."""

    template: ClassVar[str] = "inviting/all.html"
    surveys: Sequence[Survey]


class SurveyPage(StaffView, frozen=True):
    """Whom a survey is asked: kinds of groups with who has been heard, and the form for more.

    `there` are names that were groups already; `site` is what addresses begin with.
    """

    template: ClassVar[str] = "inviting/survey.html"
    survey: Survey
    kinds: Sequence[Kind]
    door: Door
    typed: dict[str, str]
    problems: dict[str, str]
    there: Sequence[str] = ()
    site: str = ""


class GroupPage(StaffView, frozen=True):
    """One group: its codes to hand out, and how many of them were used."""

    template: ClassVar[str] = "inviting/group.html"
    survey: Survey
    group: Group


class CardsPage(StaffView, frozen=True):
    """Cards to print and cut: a code, its address, and the same as a picture to scan."""

    template: ClassVar[str] = "inviting/cards.html"
    survey: Survey
    group: Group
    cards: Sequence[tuple[str, str, str]]


class InvitingController(Controller):
    """Who is asked."""

    path = HOME

    @get("/", opt=INVITE)
    async def list_surveys(self, request: AnyRequest, state: State) -> Template:
        """Show the surveys of this person."""
        may = [one for one in state.catalogue.surveys if request.user.may_see([one.id])]
        return show(AllPage(title="Inviting", person=request.user, surveys=may))

    @get("/surveys/{survey_id:str}", opt=INVITE)
    async def of_survey(
        self, request: AnyRequest, db: Db, state: State, survey_id: FromPath[str]
    ) -> Template:
        """Show whom a survey is asked."""
        survey = _survey(request, state, survey_id)
        return show(await _survey_page(request, db, state, survey))

    @post("/surveys/{survey_id:str}", opt=INVITE)
    async def make(
        self, request: AnyRequest, db: Db, state: State, survey_id: FromPath[str]
    ) -> Template | Redirect:
        """Make groups with their codes."""
        survey, form = _survey(request, state, survey_id), await read_form(request)
        typed = _typed(form)
        asked = read_asked(typed)
        if not isinstance(asked, Asked):
            page = await _survey_page(request, db, state, survey, typed=typed, problems=asked)
            return show(page, status=422)
        there = await store.make(db, survey.id, asked, request.user.id)
        if there:
            page = await _survey_page(request, db, state, survey, there=there)
            return show(page)
        return Redirect(f"{HOME}/surveys/{survey.id}", status_code=303)

    @post("/surveys/{survey_id:str}/door", opt=INVITE)
    async def set_door(
        self, request: AnyRequest, db: Db, state: State, survey_id: FromPath[str]
    ) -> Redirect:
        """Keep who may answer: everybody, only people with a code, or nobody any more."""
        survey = _survey(request, state, survey_id)
        chosen = one(await read_form(request), "door")
        if chosen in DOORS:
            await store.set_door(db, survey.id, chosen, request.user.id)
        return Redirect(f"{HOME}/surveys/{survey.id}", status_code=303)

    @get("/surveys/{survey_id:str}/codes.csv", opt=READ_CODES)
    async def all_codes(
        self,
        request: AnyRequest,
        db: Db,
        state: State,
        survey_id: FromPath[str],
        unused: FromQuery[bool] = False,
    ) -> Response[bytes]:
        """Answer with all codes of a survey, to be merged into letters; or those not used yet."""
        survey = _survey(request, state, survey_id)
        groups = await store.groups(db, survey.id)
        codes = await store.codes_of(db, state.key, groups, unused=unused)
        lines = [
            (group.kind, group.name, code, _address(state, code))
            for group in groups
            for code in codes[group.id]
        ]
        name = f"codes-{survey.id}{'-not-used' if unused else ''}.csv"
        return _csv(lines, name)

    @get("/groups/{group_id:int}", opt=INVITE)
    async def one_group(
        self, request: AnyRequest, db: Db, state: State, group_id: FromPath[int]
    ) -> Template:
        """Show one group."""
        group, survey = await _group(request, db, state, group_id)
        page = GroupPage(title=group.name, person=request.user, survey=survey, group=group)
        return show(page)

    @post("/groups/{group_id:int}/end", opt=INVITE)
    async def end(
        self, request: AnyRequest, db: Db, state: State, group_id: FromPath[int]
    ) -> Redirect:
        """End a group: its codes are not taken any more."""
        group, _ = await _group(request, db, state, group_id)
        await store.end(db, group.id, request.user.id)
        return Redirect(f"{HOME}/groups/{group.id}", status_code=303)

    @get("/groups/{group_id:int}/cards", opt=READ_CODES)
    async def cards(
        self, request: AnyRequest, db: Db, state: State, group_id: FromPath[int]
    ) -> Template:
        """Show the cards of a group that were not used, to print and cut."""
        group, survey = await _group(request, db, state, group_id)
        codes = await store.codes(db, state.key, group, unused=True)
        page = CardsPage(
            title=f"Cards for {group.name}",
            person=request.user,
            survey=survey,
            group=group,
            cards=[(code, _address(state, code), _drawn(_address(state, code))) for code in codes],
        )
        return show(page)


async def _survey_page(
    request: AnyRequest,
    db: Connection,
    state: State,
    survey: Survey,
    *,
    typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    there: Sequence[str] = (),
) -> SurveyPage:
    found = await store.groups(db, survey.id)
    return SurveyPage(
        title=f"{'Problem: ' if problems else ''}Inviting: {survey.title}",
        person=request.user,
        survey=survey,
        kinds=kinds(found, await store.wanted(db, survey.id)),
        door=await store.door(db, survey.id),
        typed=typed or dict.fromkeys(FIELDS, ""),
        problems=problems or {},
        there=there,
        site=state.settings.address,
    )


async def _group(
    request: AnyRequest, db: Connection, state: State, group_id: int
) -> tuple[Group, Survey]:
    group = await store.group(db, group_id)
    return group, _survey(request, state, group.survey_id)


def _survey(request: AnyRequest, state: State, survey_id: str) -> Survey:
    try:
        survey: Survey = state.catalogue.find(survey_id)
    except SurveyNotFound:
        raise GroupNotFound(store.NOWHERE) from None
    if not request.user.may_see([survey_id]):
        raise GroupNotFound(store.NOWHERE)
    return survey


def _typed(form: Form) -> dict[str, str]:
    return {name: one(form, name) for name in FIELDS}


def _address(state: State, code: str) -> str:
    return f"{state.settings.address}/invited/{code}"


def _drawn(address: str) -> str:
    import segno  # Seldom drawn, and a tenth of a second to load.

    picture = io.BytesIO()
    segno.make(address, micro=False).save(picture, kind="svg", scale=3, border=2, xmldecl=False)
    return picture.getvalue().decode()


def _csv(lines: Sequence[Sequence[str]], name: str) -> Response[bytes]:
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([[harmless(cell) for cell in line] for line in lines])
    return Response(
        ("\ufeff" + out.getvalue()).encode(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
