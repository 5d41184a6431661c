"""Where staff fetch files to hand on."""

from datetime import date

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Response

from voice.database.pool import Connection
from voice.exports import summary
from voice.exports.summary import MEDIA_TYPES, Format
from voice.staff.guards import NOTED

Db = NamedDependency[Connection]
SEE = {"task": "see", NOTED: "exported"}


class ExportsController(Controller):
    """“You said, we did” as files; each comes as a download, to be opened away from the site."""

    path = "/staff/exports"

    @get("/you-said.html", opt=SEE)
    async def page(self, db: Db, state: State) -> Response[bytes]:
        """Answer with a page that stands alone."""
        return await _file(db, state, "html")

    @get("/you-said.csv", opt=SEE)
    async def table(self, db: Db, state: State) -> Response[bytes]:
        """Answer with a table."""
        return await _file(db, state, "csv")


async def _file(db: Connection, state: State, format: Format) -> Response[bytes]:
    today = date.today()
    content = await summary.you_said(
        db, state.settings, state.catalogue, state.frameworks, format, today=today
    )
    name = summary.file_name(format, today)
    return Response(
        content,
        media_type=MEDIA_TYPES[format],
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
