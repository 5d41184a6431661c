"""The second step of signing in: the code, or setting one up."""

import io
import time
from typing import Any, ClassVar

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Redirect, Template
from markupsafe import Markup

from voice.database.pool import Connection
from voice.staff import audit, factor_store, totp
from voice.staff import limits_store as limits
from voice.staff.entry_pages import HALF, Proved, enter
from voice.staff.factor_store import Half
from voice.staff.people import NotSignedIn
from voice.web.forms import one, read_form
from voice.web.views import View, show

Db = NamedDependency[Connection]
AnyRequest = Request[Any, Any, Any]
AGAIN = (
    "That code does not fit, was used already, or there were too many tries. Wait for the next "
    "code, or 15 minutes."
)


class CodePage(View, frozen=True):
    """The form for the code of the app, or a recovery code."""

    template: ClassVar[str] = "staff/code.html"
    problem: str = ""


class SetUpPage(View, frozen=True):
    """A QR code and its letters, to be read by an app; and the form for the app's first code."""

    template: ClassVar[str] = "staff/set_up.html"
    picture: Markup
    letters: str
    problem: str = ""


class RecoveryPage(View, frozen=True):
    """Eight codes, shown this once."""

    template: ClassVar[str] = "staff/recovery.html"
    codes: list[str]
    wanted: str


class FactorController(Controller):
    """For who is half signed in: the password was right."""

    path = "/staff/sign-in"

    @get("/code")
    async def ask(self, request: AnyRequest, db: Db) -> Template:
        """Ask for the code."""
        await _half(request, db)
        return show(CodePage(title="Your code"))

    @post("/code")
    async def check(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Let the person in whose code is right and was not used."""
        half = await _half(request, db)
        typed = one(await read_form(request), "code")
        who = limits.account(state.key, half.email)
        if await limits.over(db, limits.CODES, who) or not await _fits(db, state.key, half, typed):
            await limits.note(db, limits.CODES, who)
            await audit.note(db, half.email, "typed a wrong code")
            return show(CodePage(title="Your code", problem=AGAIN), status=422)
        await limits.forget(db, limits.CODES, who)
        await factor_store.end(db, request.cookies.get(HALF, ""))
        return await enter(db, request, state, _proved(half))

    @get("/set-up")
    async def show_secret(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Show a new secret; it counts once its first code is right."""
        half = await _half(request, db)
        if half.totp_sealed and half.new_totp_sealed is None:
            return Redirect("/staff/sign-in/code", status_code=303)
        return show(await _set_up(request, db, state.key, half))

    @post("/set-up")
    async def set_up(self, request: AnyRequest, db: Db, state: State) -> Template | Redirect:
        """Keep the secret when the app's code is right; show the recovery codes, once."""
        half = await _half(request, db)
        typed = one(await read_form(request), "code")
        who = limits.account(state.key, half.email)
        if half.new_totp_sealed is None:
            return Redirect("/staff/sign-in/set-up", status_code=303)
        secret = totp.unseal(state.key, half.new_totp_sealed, half.person_id)
        step = totp.step_of(secret, typed, now=time.time(), after=0)
        if step is None or await limits.over(db, limits.CODES, who):
            await limits.note(db, limits.CODES, who)
            page = await _set_up(request, db, state.key, half, AGAIN)
            return show(page, status=422)
        codes = totp.new_recovery_codes()
        await factor_store.keep_factor(db, half.person_id, half.new_totp_sealed, step, codes)
        await factor_store.end(db, request.cookies.get(HALF, ""))
        await audit.note(db, half.email, "set up a second factor")
        entered = await enter(db, request, state, _proved(half))
        answer = show(RecoveryPage(title="Keep these codes", codes=codes, wanted=half.wanted))
        answer.cookies = entered.cookies
        return answer


def _proved(half: Half) -> Proved:
    return Proved(half.person_id, half.email, half.wanted, "password and code")


async def _half(request: AnyRequest, db: Connection) -> Half:
    half = await factor_store.half_of(db, request.cookies.get(HALF, ""))
    if half is None:
        raise NotSignedIn("Sign in to go on.")
    return half


async def _fits(db: Connection, key: bytes, half: Half, typed: str) -> bool:
    """Tell whether the code is right, and use it up."""
    if half.totp_sealed is None:
        return False
    secret = totp.unseal(key, half.totp_sealed, half.person_id)
    step = totp.step_of(secret, typed, now=time.time(), after=half.totp_last_step)
    if step is None:
        return await factor_store.use_recovery(db, half.person_id, typed)
    await factor_store.use_step(db, half.person_id, step)
    return True


async def _set_up(
    request: AnyRequest, db: Connection, key: bytes, half: Half, problem: str = ""
) -> SetUpPage:
    """Return the page with the secret that is being set up; make one if there is none yet."""
    sealed = half.new_totp_sealed
    if sealed is None:
        sealed = totp.seal(key, totp.new_secret(), half.person_id)
        await factor_store.offer(db, request.cookies.get(HALF, ""), sealed)
    secret = totp.unseal(key, sealed, half.person_id)
    drawn = io.BytesIO()
    import segno  # Seldom drawn, and a tenth of a second to load.

    segno.make(totp.address(secret, half.email), micro=False).save(
        drawn, kind="svg", scale=5, border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    picture = Markup(drawn.getvalue().decode())
    return SetUpPage(
        title="Set up a second step", picture=picture, letters=totp.letters(secret), problem=problem
    )
