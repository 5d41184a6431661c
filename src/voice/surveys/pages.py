"""The pictures of surveys."""

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Response

from voice.surveys.pictures import KINDS, PictureNotFound

OTHERWISE = "application/octet-stream"

# A drawing can hold script. In a page it never runs; opened by its own address it would, so here it
# may neither run nor fetch anything. Its own style is let be: many drawings are coloured by it.
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@get("/pictures/{survey_id:str}/{name:str}", sync_to_thread=True)
def picture(state: State, survey_id: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """Answer with a picture that this survey may show.

    Raises:
        PictureNotFound: it may show none of this name, or the file is gone.
    """
    file = state.catalogue.picture(survey_id, name)
    kind = KINDS.get(file.suffix.lower(), OTHERWISE)
    headers = {"cache-control": "public, max-age=86400"}
    if kind == KINDS[".svg"]:
        headers["content-security-policy"] = DRAWING
    try:
        return Response(file.read_bytes(), media_type=kind, headers=headers)
    except OSError:
        raise PictureNotFound("The page works without it.") from None
