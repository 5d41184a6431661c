"""Signing in with another service: a real provider, started for the tests."""

import json
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from msgspec import structs

from tests import given

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # The provider's own, not ours.
    from oidc_provider_mock import User, run_server_in_thread

# The provider warns of what it uses itself.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
KNOWN, UNKNOWN, UNVERIFIED = "known@hpci.example", "new@hpci.example", "odd@hpci.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address."""
    users = [
        User(sub=email, claims={"email": email, "email_verified": email != UNVERIFIED})
        for email in (KNOWN, UNKNOWN, UNVERIFIED)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with run_server_in_thread(user_claims=users) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def service(app, provider) -> Iterator[str]:
    """The app, told of the provider."""
    before = app.state.settings
    app.state.settings = structs.replace(
        before,
        oidc_issuer=provider,
        oidc_client_id="voice",
        oidc_client_secret="secret",
        oidc_name="council account",
    )
    yield provider
    app.state.settings = before


async def out(client):
    """Leave for the provider; returns the address one is sent to."""
    sent = await client.get("/staff/sign-in/away", follow_redirects=False)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


async def vouched(address, email):
    """Sign in there; returns the path and query that one comes back with."""
    async with httpx.AsyncClient() as elsewhere:
        back = await elsewhere.post(address, data={"sub": email})
    assert back.status_code in (302, 303), back.text
    came = urlsplit(back.headers["location"])
    return f"{came.path}?{came.query}"


async def come(client, path):
    return await client.get(path, follow_redirects=False)


async def test_who_is_known_comes_in_with_a_new_session(client, db, service):
    await given.person(db, "reviewer", email=KNOWN)
    address = await out(client)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"][0] != asked["state"][0]

    answer = await come(client, await vouched(address, KNOWN))

    assert answer.headers["location"] == "/staff"
    assert (await client.get("/staff/questions")).status_code == 200


async def test_who_is_invited_comes_in_and_the_invitation_is_used_up(client, db, service):
    by = await given.person(db, "administrator")
    await db.execute(
        "insert into invitations (token_sha256, email, roles, organisation, invited_by, ends_at)"
        " values ('x', $1, '{officer}', 'HPCI', $2, now() + interval '1 day')",
        UNKNOWN,
        by,
    )
    await come(client, await vouched(await out(client), UNKNOWN))
    row = await db.fetchrow("select * from people where email = $1", UNKNOWN)
    assert (row["roles"], row["organisation"], row["password_hash"]) == (["officer"], "HPCI", None)
    assert await db.fetchval("select used_at from invitations") is not None


@pytest.mark.parametrize("email", [UNKNOWN, UNVERIFIED])
async def test_who_is_unknown_or_not_verified_stays_out(client, db, service, email):
    await given.person(db, "reviewer", email=UNVERIFIED)
    answer = await come(client, await vouched(await out(client), email))
    assert answer.status_code == 403
    assert await db.fetchval("select count(*) from staff_sessions") == 0


async def test_a_way_back_is_good_once_and_for_its_own_journey_only(client, db, service):
    await given.person(db, "reviewer", email=KNOWN)
    back = await vouched(await out(client), KNOWN)
    assert (await come(client, back)).status_code == 303
    client.cookies.clear()
    assert (await come(client, back)).status_code == 403

    first, second = await out(client), await out(client)
    mixed = (await vouched(first, KNOWN)).replace(
        parse_qs(urlsplit(first).query)["state"][0], parse_qs(urlsplit(second).query)["state"][0]
    )
    assert (await come(client, mixed)).status_code == 403
    assert (await come(client, "/staff/sign-in/back?code=x&state=made-up")).status_code == 403
    assert await db.fetchval("select count(*) from staff_sessions") == 1


async def test_another_browser_is_not_signed_in_by_somebody_s_way_back(client, db, service):
    """Else a link could sign a person in as whoever sent it."""
    await given.person(db, "reviewer", email=KNOWN)
    back = await vouched(await out(client), KNOWN)
    client.cookies.clear()
    assert (await come(client, back)).status_code == 403
    assert await db.fetchval("select count(*) from staff_sessions") == 0


async def test_a_service_that_is_away_is_said_in_a_sentence(client, db, app, service):
    app.state.settings = structs.replace(app.state.settings, oidc_issuer="http://127.0.0.1:9")
    answer = await client.get("/staff/sign-in/away")
    assert answer.status_code == 502
    assert "does not answer" in answer.text


async def test_a_service_that_names_another_issuer_is_not_believed(client, db, app, service):
    class Other(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"issuer": service}).encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Other) as server:
        Thread(target=server.handle_request, daemon=True).start()
        other = f"http://127.0.0.1:{server.server_port}"
        app.state.settings = structs.replace(app.state.settings, oidc_issuer=other)
        answer = await client.get("/staff/sign-in/away", follow_redirects=False)
    assert answer.status_code == 502
    assert "another one" in answer.text


async def test_where_none_is_set_there_is_no_such_page_and_no_link(client):
    assert (await client.get("/staff/sign-in/away")).status_code == 404
    assert "/away" not in (await client.get("/staff/sign-in")).text


async def test_nobody_without_a_password_comes_in_by_one(client, db):
    await db.execute("insert into people (email, roles) values ($1, '{reviewer}')", KNOWN)
    token = await given.token(client, "/staff/sign-in")
    for typed in ("", "nobody has this password"):
        data = {"email": KNOWN, "password": typed, "_csrf_token": token}
        answer = await client.post("/staff/sign-in", data=data)
        assert answer.status_code == 422
