"""The way in, whoever vouched for the person: a session, or half until the code is right."""

import re
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie, State
from litestar.response import Redirect
from msgspec import Struct

from voice.database.pool import Connection
from voice.settings import Settings
from voice.staff import audit, factor_store, guards, store

HALF = "voice_half"
HALF_PATH = "/staff/sign-in"
HOME = "/staff"
SET_UP = "set up"

BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac", "Linux")


class Proved(Struct, frozen=True):
    """Somebody who has proved who they are: how, and where they want to go."""

    person_id: int
    email: str
    wanted: str
    how: str


async def enter(
    db: Connection, request: Request[Any, Any, Any], state: State, proved: Proved
) -> Redirect:
    """Start a session with a new secret, note it, and send the person where they wanted to go."""
    settings: Settings = state.settings
    device = device_of(request.headers.get("user-agent", ""))
    await store.end_session(db, request.cookies.get(guards.COOKIE, ""))
    secret = await store.start_session(db, proved.person_id, settings.session_hours, device)
    await audit.note(db, proved.email, "signed in", proved.how)
    answer = Redirect(inside(proved.wanted), status_code=303)
    answer.set_cookie(
        cookie(guards.COOKIE, secret, "/staff", settings, settings.session_hours * 3600)
    )
    answer.delete_cookie(HALF, path=HALF_PATH)
    return answer


async def enter_half(
    db: Connection, state: State, proved: Proved, new_totp_sealed: bytes | None = None
) -> Redirect:
    """Let the person go on to the second factor, and to no other page.

    That is the code, or setting one up: with `new_totp_sealed`, or where `how` says "set up".
    """
    wanted = inside(proved.wanted)
    secret = await factor_store.begin(db, proved.person_id, wanted, new_totp_sealed)
    page = "set-up" if new_totp_sealed or proved.how == SET_UP else "code"
    answer = Redirect(f"{HALF_PATH}/{page}", status_code=303)
    answer.set_cookie(cookie(HALF, secret, HALF_PATH, state.settings, 600))
    return answer


def device_of(user_agent: str) -> str:
    """Return what a person knows their device by: “Firefox on Windows”."""
    browser = next((name for name in BROWSERS if name in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    names = {"Edg": "Edge", "Mac": "a Mac", "iPhone": "an iPhone", "iPad": "an iPad"}
    known = [names.get(name, name) for name in (browser, system) if name]
    return " on ".join(known) or "a browser that we do not know"


def inside(address: str) -> str:
    """Return the address when it is one of our staff pages, else the staff home."""
    plain = re.fullmatch(r"/staff(?:/[\w./-]*)?(?:\?[\w=&%.+-]*)?", address, re.ASCII)
    away = "//" in address or address.startswith(("/staff/sign-", "/staff/invited"))
    return address if plain and not away and ".." not in address else HOME


def cookie(key: str, value: str, path: str, settings: Settings, seconds: int) -> Cookie:
    """Return a cookie that no script reads and no other site sends with a form."""
    return Cookie(
        key=key,
        value=value,
        path=path,
        httponly=True,
        secure=settings.secure,
        samesite="lax",
        max_age=seconds,
    )
