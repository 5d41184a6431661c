"""What every answer of the web app carries, and which posts it refuses.

Posts are checked by the browser's own `Sec-Fetch-Site` header, or by `Origin` where a browser
is too old to send it: no hidden token in a child's form, nothing that could expire.
"""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.types import Message, Scope

from voice.errors import VoiceError
from voice.languages.say import later
from voice.settings import Settings

# blob: is a photo that never leaves its page, as `photo.js` shows it.
POLICY = (
    "default-src 'self'; img-src 'self' blob:; base-uri 'none'; object-src 'none'; "
    "form-action 'self'; frame-ancestors 'none'; "
    # No script of ours writes HTML; the one that starts the offline worker names its address.
    "require-trusted-types-for 'script'; trusted-types voice"
)
A_YEAR = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
NOT_KEPT = (b"cache-control", b"no-store")
NO_FRAME = "frame-ancestors 'none'"
SAFE = {"GET", "HEAD", "OPTIONS"}


class FromElsewhere(VoiceError):
    """Another site tried to send a form of ours."""

    status = 403
    title = later("That came from another site")


def frame_headers(origins: str) -> dict[str, str]:
    """Return the policy of a page without script that these origins may frame; none when empty."""
    ancestors = " ".join(origins.split()) or "'none'"
    policy = POLICY.replace(NO_FRAME, f"frame-ancestors {ancestors}")
    return {"content-security-policy": f"{policy}; script-src 'none'"}


async def add_headers(message: Message, scope: Scope) -> None:
    """Put the protecting headers on every answer; keep pages out of shared caches.

    A header that the answer has already is left as it is: with two policies a browser would hold
    to both, and what one of them allows the other would take away.
    """
    if message["type"] != "http.response.start":
        return
    headers = list(message.get("headers", []))
    own = {name.lower(): value for name, value in headers}
    ours = [*HEADERS, NOT_KEPT, *([A_YEAR] if _is_secure(scope) else [])]
    if b"frame-ancestors http" in own.get(b"content-security-policy", b""):
        # It knows only all or nothing, and some browsers heed it beside the policy.
        ours = [header for header in ours if header[0] != b"x-frame-options"]
    headers += [header for header in ours if header[0] not in own]
    message["headers"] = headers


def _is_secure(scope: Scope) -> bool:
    """Tell whether people reach this app by https: then browsers are told to use nothing else."""
    settings: Settings = scope["litestar_app"].state.settings
    return settings.secure


async def refuse_other_sites(request: Request[Any, Any, Any]) -> None:
    """Refuse a post that a page of another site made the browser send.

    Raises:
        FromElsewhere: the browser says that the form was not ours.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site in ("same-origin", "none"):
        return
    if site is None and (not origin or urlsplit(origin).netloc == request.headers.get("host")):
        return
    raise FromElsewhere(later("Open the page again from its own address and fill it in there."))
