"""Turn an error into a page that says what happened and what to do next."""

import logging
import traceback
from typing import Any, ClassVar

from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response import Template

from voice.errors import VoiceError
from voice.languages.say import later, say
from voice.web.views import View, show

log = logging.getLogger("voice.web")

WORDS = {
    400: (later("We could not read that"), later("Go back and try once more.")),
    403: (
        later("You cannot do that here"),
        later("Go back, refresh the page and try once more."),
    ),
    404: (
        later("We cannot find that page"),
        later("Check the address, or start again from the first page."),
    ),
    405: (later("That did not work"), later("Go back and use the buttons on the page.")),
    413: (later("That is too much to send at once"), later("Go back and take some words out.")),
}
SORRY = (
    later("Sorry, something went wrong"),
    later("It is not your fault. Go back and try once more in a minute."),
)


class ProblemPage(View, frozen=True):
    """What happened, and what to do next."""

    template: ClassVar[str] = "problem.html"
    message: str
    way: str
    way_words: str


def explain(_: Request[Any, Any, Any], error: VoiceError) -> Template:
    """Answer any `VoiceError` with its own words and status."""
    return show(_page(error.title, error.message, error), status=error.status)


def explain_http(_: Request[Any, Any, Any], error: HTTPException) -> Template:
    """Answer a wrong address or a wrong request in plain words."""
    title, message = WORDS.get(error.status_code, SORRY)
    return show(_page(title, message), status=error.status_code)


def explain_fault(request: Request[Any, Any, Any], error: Exception) -> Template:
    """Answer a fault of ours without a word of it; the log gets the place, never the message.

    The message of an error can hold an answer (Postgres quotes values), so only its kind and
    the lines of code are written down.
    """
    lines = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s at %s\n%s", type(error).__name__, request.scope["path_template"], lines)
    title, message = SORRY
    return show(_page(title, message), status=500)


def _page(title: str, message: str, way: VoiceError | None = None) -> ProblemPage:
    """Return the page in the language that is spoken."""
    leads = way or VoiceError
    return ProblemPage(
        title=say(title), message=say(message), way=leads.way, way_words=say(leads.way_words)
    )
