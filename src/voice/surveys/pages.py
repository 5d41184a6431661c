"""The pictures of surveys."""

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Response


@get("/pictures/{survey_id:str}/{name:str}", sync_to_thread=True)
def picture(state: State, survey_id: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """Answer with a picture that this survey may show."""
    file = state.catalogue.picture(survey_id, name)
    kinds = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
    return Response(
        file.read_bytes(),
        media_type=kinds.get(file.suffix, "application/octet-stream"),
        headers={"cache-control": "public, max-age=86400"},
    )
