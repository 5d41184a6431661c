"""The page where a person chooses how pages look, and the link that chooses for them."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from jinja2 import pass_context
from jinja2.runtime import Context
from litestar import Controller, Request, get, post
from litestar.datastructures import Cookie, State
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from msgspec import Struct, structs

from voice.display.preferences import (
    COOKIE,
    OFFERED,
    Preferences,
    chosen_from,
    from_cookie,
    to_cookie,
)
from voice.languages.language import ENGLISH, Foreign, Language
from voice.languages.messages import offered
from voice.languages.say import later, say, speak
from voice.web.forms import one, read_form
from voice.web.views import View, show

YEAR = 365 * 86400


class Choice(Struct, frozen=True):
    """One thing to choose: its field, its question, and [(value, words)], all in English.

    The names of languages are in their own, that of a font is its maker’s.
    """

    field: str
    ask: str
    options: list[tuple[str, str]]


CHOICES = [
    Choice(
        "words",
        later("How big are the words?"),
        [
            ("", later("As the page thinks best")),
            ("normal", later("Normal")),
            ("large", later("Big")),
            ("larger", later("Bigger")),
            ("largest", later("Biggest")),
        ],
    ),
    Choice(
        "spacing",
        later("How far apart are the lines?"),
        [("normal", later("Normal")), ("wide", later("Far"))],
    ),
    Choice(
        "colours",
        later("Which colours?"),
        [
            ("cream", later("Cream")),
            ("white", later("White")),
            ("blue", later("Blue")),
            ("dark", later("Dark")),
        ],
    ),
    Choice(
        "font",
        later("Which letters?"),
        [
            ("atkinson", later("Clear letters")),
            ("device", later("The letters of your device")),
            ("opendyslexic", "OpenDyslexic"),
        ],
    ),
    Choice(
        "pictures",
        later("Pictures?"),
        [("on", later("Yes")), ("big", later("Yes, big")), ("off", later("No"))],
    ),
    Choice(
        "answers",
        later("How do you answer?"),
        [("pick", later("Pick, then press Next")), ("tap", later("Tap once and go on"))],
    ),
    Choice(
        "listening",
        later("Do you want to listen?"),
        [
            ("press", later("When I press Listen")),
            ("auto", later("On every page")),
            ("off", later("No")),
        ],
    ),
    Choice(
        "signing",
        later("Sign language (BSL) films?"),
        [("off", later("No")), ("on", later("Yes"))],
    ),
    Choice(
        "language",
        later("Which language?"),
        [(language.code, Foreign(language.name, language)) for language in offered()],
    ),
]


FIRST = ("words", "colours", "pictures", "listening")
"""What is asked once, before a survey in easy words; the rest is behind “How this looks”."""


class DisplayPage(View, frozen=True):
    """Choices with what is chosen now; `back` is where the person came from, or goes on to.

    `first`: it comes before a survey, and can be skipped.
    """

    template: ClassVar[str] = "display/choose.html"
    choices: list[Choice]
    now: dict[str, str]
    back: str
    first: bool = False


class DisplayController(Controller):
    """How it looks."""

    path = "/display"

    @get("/")
    async def ask(self, request: Request[Any, Any, Any], back: FromQuery[str] = "/") -> Template:
        """Show the choices."""
        return show(_choices(request, CHOICES, back))

    @get("/first")
    async def ask_first(
        self, request: Request[Any, Any, Any], back: FromQuery[str] = "/"
    ) -> Template:
        """Show the few choices that come before a survey."""
        few = [choice for choice in CHOICES if choice.field in FIRST]
        return show(structs.replace(_choices(request, few, back), first=True))

    @post("/")
    async def choose(self, request: Request[Any, Any, Any], state: State) -> Redirect:
        """Keep the choices and go back; what the form does not ask stays as it was."""
        form = await read_form(request)
        chosen = chosen_from({field: one(form, field) for field in form}, of_request(request))
        return _kept(Redirect(inside(one(form, "back")), status_code=303), chosen, state)

    @get("/{chosen:str}")
    async def choose_by_press(
        self,
        request: Request[Any, Any, Any],
        chosen: FromPath[str],
        state: State,
        back: FromQuery[str] = "/",
    ) -> Redirect:
        """Keep one choice more and go back: how a link changes the language."""
        return _kept(Redirect(inside(back), status_code=303), _more(request, chosen), state)

    @get("/{chosen:str}/{survey_id:str}")
    async def choose_by_link(
        self,
        request: Request[Any, Any, Any],
        chosen: FromPath[str],
        survey_id: FromPath[str],
        state: State,
    ) -> Redirect:
        """Keep the choices of an invitation's link, then open its survey."""
        answer = Redirect(f"/surveys/{quote(survey_id)}", status_code=303)
        return _kept(answer, _more(request, chosen), state)


def of_request(request: Request[Any, Any, Any]) -> Preferences:
    """Return the preferences of whoever sent this request."""
    return from_cookie(request.cookies.get(COOKIE, ""))


@pass_context
def display(context: Context) -> Preferences:
    """Return the preferences of whoever reads the page. For templates."""
    return of_request(context["request"])


def speak_to(request: Request[Any, Any, Any]) -> None:
    """Speak the language of whoever sent this request; staff pages are in English."""
    staff = request.url.path.startswith("/staff")
    speak(ENGLISH if staff else of_request(request).speaks)


def keep_language(
    request: Request[Any, Any, Any], answer: Redirect, language: Language, state: State
) -> Redirect:
    """Let pages be in this language from now on, where our own words are in it."""
    before = of_request(request)
    if language == ENGLISH or language.code not in OFFERED["language"]:
        return answer
    return _kept(answer, chosen_from({"language": language.code}, before), state)


def inside(address: str) -> str:
    """Return the address when it is a page of ours, else the first page."""
    plain = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if plain else "/"


def asks_first(request: Request[Any, Any, Any], *, back: str) -> str:
    """Return the address to ask at how pages should look, or `back` for who has been asked."""
    if COOKIE in request.cookies:
        return back
    return f"/display/first?{urlencode({'back': back})}"


def _choices(request: Request[Any, Any, Any], choices: Sequence[Choice], back: str) -> DisplayPage:
    now = of_request(request)
    return DisplayPage(
        title=say("How this looks"),
        choices=list(choices),
        now={field: str(getattr(now, field)) for field in OFFERED},
        back=inside(back),
    )


def _more(request: Request[Any, Any, Any], chosen: str) -> Preferences:
    """Return the choices of this request, and those that a link names.

    A link names them as `words-largest,colours-dark`; what is not on offer is left out.
    """
    fields = dict(part.partition("-")[::2] for part in chosen.split(","))
    return chosen_from(fields, of_request(request))


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
