"""Videos over the web: from the disk piece by piece, whole or in parts that a player asks for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from litestar import Request, get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Response, Stream

from voice.errors import VoiceError
from voice.languages.say import later
from voice.signing.videos import Kept, Videos
from voice.web.byte_range import ByteRange, part_of

PIECE = 262_144  # Bytes that are in memory at once, for each video that is being sent.


class VideoNotFound(VoiceError):
    """There is no such video, or it is not what the page says any more."""

    status = 404
    title = later("There is nothing to watch here")


@get("/signing/{name:str}")
async def video(
    request: Request[Any, Any, Any], state: State, name: FromPath[str]
) -> Stream | Response[bytes]:
    """Answer with a video or its picture, or a part of it; its address changes with its bytes.

    Raises:
        VideoNotFound: there is none, or the file was changed since Voice started.
    """
    videos: Videos = state.videos
    kept: Kept | None = videos.by_name.get(name)
    if kept is None or not kept.as_judged:
        raise VideoNotFound(later("Go back and read the page."))
    part = part_of(request.headers, kept.size, kept.sha256)
    if part.bytes is None:
        return Response(b"", status_code=416, media_type=kept.kind, headers=part.headers)
    length = part.bytes.last - part.bytes.first + 1
    return Stream(
        pieces(kept.path, part.bytes),
        status_code=part.status,
        media_type=kept.kind,
        headers={**part.headers, "content-length": str(length)},
    )


def pieces(path: Path, asked: ByteRange) -> Iterator[bytes]:
    """Yield these bytes of a file, piece by piece."""
    left = asked.last - asked.first + 1
    with path.open("rb") as file:
        file.seek(asked.first)
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
