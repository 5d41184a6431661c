"""The page that says how answers were given, and what may be a misunderstanding."""

from typing import Any, ClassVar

from litestar import Request, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from voice.database.pool import Connection
from voice.review import store
from voice.review.given import HowGiven, how_given
from voice.staff.pages import StaffView
from voice.surveys.catalogue import Catalogue
from voice.web.views import show


class GivenPage(StaffView, frozen=True):
    """How the answers to one survey, or to all of a family, were given."""

    template: ClassVar[str] = "review/given.html"
    name: str
    given: HowGiven


@get("/staff/answers/{asked_of:str}", opt={"task": "see"})
async def given(
    request: Request[Any, Any, Any],
    db: NamedDependency[Connection],
    state: State,
    asked_of: FromPath[str],
) -> Template:
    """Say who helped, which way answers came, and how many show a pattern."""
    catalogue: Catalogue = state.catalogue
    surveys = catalogue.members(asked_of)
    name = surveys[0].title if asked_of in catalogue.by_id else "All surveys together"
    found = await store.how_given(db, [survey.id for survey in surveys])
    view = GivenPage(
        title=f"How the answers were given: {name}",
        person=request.user,
        name=name,
        given=how_given(found),
    )
    return show(view)
