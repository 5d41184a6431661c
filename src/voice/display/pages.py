"""The page where a person chooses how pages look, and the link that chooses for them."""

from typing import Any, ClassVar

from jinja2 import pass_context
from jinja2.runtime import Context
from litestar import Controller, Request, get, post
from litestar.datastructures import Cookie, State
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct
from msgspec.structs import asdict

from voice.display.preferences import (
    COOKIE,
    OFFERED,
    Preferences,
    chosen_from,
    from_cookie,
    to_cookie,
)
from voice.web.forms import one, read_form
from voice.web.views import View, show

YEAR = 365 * 86400


class Choice(Struct, frozen=True):
    """One thing to choose: its field, its question, and [(value, words)]."""

    field: str
    ask: str
    options: list[tuple[str, str]]


CHOICES = [
    Choice(
        "words",
        "How big are the words?",
        [
            ("", "As the page thinks best"),
            ("normal", "Normal"),
            ("large", "Big"),
            ("larger", "Bigger"),
            ("largest", "Biggest"),
        ],
    ),
    Choice("spacing", "How far apart are the lines?", [("normal", "Normal"), ("wide", "Far")]),
    Choice(
        "colours",
        "Which colours?",
        [("cream", "Cream"), ("white", "White"), ("blue", "Blue"), ("dark", "Dark")],
    ),
    Choice("pictures", "Pictures?", [("on", "Yes"), ("big", "Yes, big"), ("off", "No")]),
    Choice(
        "answers",
        "How do you answer?",
        [("pick", "Pick, then press Next"), ("tap", "Tap once and go on")],
    ),
    Choice("signing", "Sign language (BSL) films?", [("off", "No"), ("on", "Yes")]),
]


class DisplayPage(View, frozen=True):
    """All choices with what is chosen now; `back` is where the person came from."""

    template: ClassVar[str] = "display/choose.html"
    choices: list[Choice]
    now: dict[str, str]
    back: str


class DisplayController(Controller):
    """How it looks."""

    path = "/display"

    @get("/")
    async def ask(self, request: Request[Any, Any, Any], back: FromQuery[str] = "/") -> Template:
        """Show the choices."""
        now = of_request(request)
        view = DisplayPage(
            title="How this looks",
            choices=CHOICES,
            now={field: str(getattr(now, field)) for field in OFFERED},
            back=inside(back),
        )
        return show(view)

    @post("/")
    async def choose(self, request: Request[Any, Any, Any], state: State) -> Redirect:
        """Keep the choices and go back; what the form does not ask stays as it was."""
        form = await read_form(request)
        now = asdict(of_request(request))
        chosen = chosen_from(now | {field: one(form, field) for field in form})
        return _kept(Redirect(inside(one(form, "back")), status_code=303), chosen, state)

    @get("/{chosen:str}/{survey_id:str}")
    async def choose_by_link(
        self, chosen: FromPath[str], survey_id: FromPath[str], state: State
    ) -> Redirect:
        """Keep the choices of an invitation's link, then open its survey.

        `chosen` names them as `words-largest,colours-dark`; what is not on offer is left out.
        """
        fields = dict(part.partition("-")[::2] for part in chosen.split(","))
        answer = Redirect(f"/surveys/{survey_id}", status_code=303)
        return _kept(answer, chosen_from(fields), state)


def of_request(request: Request[Any, Any, Any]) -> Preferences:
    """Return the preferences of whoever sent this request."""
    return from_cookie(request.cookies.get(COOKIE, ""))


@pass_context
def display(context: Context) -> Preferences:
    """Return the preferences of whoever reads the page. For templates."""
    return of_request(context["request"])


def inside(address: str) -> str:
    """Return the address when it is a page of ours, else the first page."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if plain else "/"


def _kept(answer: Redirect, chosen: Preferences, state: State) -> Redirect:
    answer.set_cookie(
        Cookie(
            key=COOKIE,
            value=to_cookie(chosen),
            path="/",
            httponly=True,
            secure=state.settings.secure,
            samesite="lax",
            max_age=YEAR,
        )
    )
    return answer
