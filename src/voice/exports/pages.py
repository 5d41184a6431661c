"""Where staff fetch files to hand on."""

from datetime import date

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.exports import summary
from voice.exports.summary import MEDIA_TYPES, From
from voice.staff.guards import NOTED

Db = NamedDependency[Connection]


class NoSuchFile(VoiceError):
    """No file has this name."""

    status = 404
    title = "We cannot find that file"


class ExportsController(Controller):
    """“You said, we did” as files; each comes as a download, to be opened away from the site."""

    path = "/staff/exports"

    @get("/{name:str}", opt={"task": "see", NOTED: "exported"})
    async def fetch(self, db: Db, state: State, name: FromPath[str]) -> Response[bytes]:
        """Answer with all that is published in one form, such as `you-said.pdf`."""
        formats = {f"you-said.{format}": format for format in MEDIA_TYPES}
        if name not in formats:
            raise NoSuchFile("Go to You said, we did, and choose a file there.")
        format, today = formats[name], date.today()
        of = From(state.settings, state.catalogue, state.frameworks, state.press, today)
        saved = f'attachment; filename="{summary.file_name(format, today)}"'
        return Response(
            await summary.you_said(db, of, format),
            media_type=MEDIA_TYPES[format],
            headers={"content-disposition": saved},
        )
