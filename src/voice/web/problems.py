"""Turn an error into a page that says what happened and what to do next."""

import logging
import traceback
from typing import Any, ClassVar

from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response import Template

from voice.errors import VoiceError
from voice.web.views import View, show

log = logging.getLogger("voice.web")

WORDS = {
    400: ("We could not read that", "Go back and try once more."),
    403: ("You cannot do that here", "Go back, refresh the page and try once more."),
    404: ("We cannot find that page", "Check the address, or start again from the first page."),
    405: ("That did not work", "Go back and use the buttons on the page."),
    413: ("That is too much to send at once", "Go back and take some words out."),
}
SORRY = (
    "Sorry, something went wrong",
    "It is not your fault. Go back and try once more in a minute.",
)


class ProblemPage(View, frozen=True):
    """What happened, and what to do next."""

    template: ClassVar[str] = "problem.html"
    message: str


def explain(_: Request[Any, Any, Any], error: VoiceError) -> Template:
    """Answer any `VoiceError` with its own words and status."""
    return show(ProblemPage(title=error.title, message=error.message), status=error.status)


def explain_http(_: Request[Any, Any, Any], error: HTTPException) -> Template:
    """Answer a wrong address or a wrong request in plain words."""
    title, message = WORDS.get(error.status_code, SORRY)
    return show(ProblemPage(title=title, message=message), status=error.status_code)


def explain_fault(request: Request[Any, Any, Any], error: Exception) -> Template:
    """Answer a fault of ours without a word of it; the log gets the place, never the message.

    The message of an error can hold an answer (Postgres quotes values), so only its kind and
    the lines of code are written down.
    """
    lines = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s at %s\n%s", type(error).__name__, request.scope["path_template"], lines)
    title, message = SORRY
    return show(ProblemPage(title=title, message=message), status=500)
