"""Style, script and fonts: read and packed once in the life of a process, good for a year."""

import gzip
from functools import cache
from mimetypes import guess_type
from typing import Any

from litestar import Request, route
from litestar.enums import HttpMethod
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response
from msgspec import Struct

from voice.web.templates import STATIC

A_YEAR = "public, max-age=31536000, immutable"  # Its address changes when a file does.
PACKED_ALREADY = (".woff2",)


class File(Struct, frozen=True):
    """One file as it travels; `gzipped` is empty where packing would gain nothing."""

    plain: bytes
    gzipped: bytes
    media_type: str


@route("/static/{name:path}", http_method=[HttpMethod.GET, HttpMethod.HEAD], sync_to_thread=False)
def static_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """Answer with a file, packed for who can unpack.

    Raises:
        NotFoundException: there is no such file.
    """
    file = files().get(name.lstrip("/"))
    if file is None:
        raise NotFoundException
    headers = {"cache-control": A_YEAR}
    body = file.plain
    if file.gzipped:
        headers["vary"] = "accept-encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["content-encoding"] = "gzip"
            body = file.gzipped
    return Response(body, media_type=file.media_type, headers=headers)


@cache
def files() -> dict[str, File]:
    """Return every file of `static/` by its name, so that nothing else is ever answered with."""
    return {
        path.relative_to(STATIC).as_posix(): _file(path.name, path.read_bytes())
        for path in sorted(STATIC.rglob("*"))
        if path.is_file()
    }


def _file(name: str, plain: bytes) -> File:
    gzipped = b"" if name.endswith(PACKED_ALREADY) else gzip.compress(plain, 9, mtime=0)
    kind = "font/woff2" if name.endswith(".woff2") else guess_type(name)[0]
    return File(plain, gzipped, kind or "application/octet-stream")
