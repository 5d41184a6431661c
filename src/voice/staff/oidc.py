"""Signing in with the account of one's organisation: OpenID Connect Core 1.0, code flow with PKCE.

The service says who somebody is; whether they may come in, we say: they must be known, or invited,
under the e-mail address that the service has verified. Loaded only where it is used.
"""

import secrets
from typing import Any

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from voice.errors import VoiceError
from voice.settings import Settings

BACK = "/staff/sign-in/back"
PATIENCE = 10.0
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]


class ServiceAway(VoiceError):
    """The other sign-in service does not answer, or not as it should."""

    status = 502
    title = "The other sign-in service does not answer"


class NotVouchedFor(VoiceError):
    """The other service did not say who this is."""

    status = 403
    title = "We could not sign you in"


class Journey(Struct, frozen=True):
    """What must be remembered until the person comes back, and where to send them now."""

    address: str
    state: str
    nonce: str
    verifier: str


async def leave(settings: Settings) -> Journey:
    """Return where to send a person who signs in with the other service.

    Raises:
        ServiceAway: it does not say where.
    """
    told = await _told(settings)
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    verifier = secrets.token_urlsafe(48)
    address = prepare_grant_uri(
        told["authorization_endpoint"],
        client_id=settings.oidc_client_id,
        response_type="code",
        redirect_uri=settings.address + BACK,
        scope="openid email",
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),  # type: ignore[no-untyped-call]  # The library has no types here.
        code_challenge_method="S256",
    )
    return Journey(address, state, nonce, verifier)


async def who_came(settings: Settings, code: str, nonce: str, verifier: str) -> str:
    """Return the verified e-mail address of a person who came back with this code.

    Raises:
        ServiceAway: the service does not answer.
        NotVouchedFor: the code, the token or its signature is not right, the token is for somebody
            else or of another visit, or the address is not verified.
    """
    told = await _told(settings)
    try:
        token, keys = await _token(settings, told, code, verifier)
        claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_BY).claims
        _must_fit(claims, told, settings, nonce)
    except (JoseError, KeyError, TypeError, ValueError, httpx.HTTPStatusError):
        raise NotVouchedFor("Go back and sign in again.") from None
    except httpx.HTTPError:
        raise ServiceAway("Wait a minute, then try again.") from None
    return str(claims["email"])


async def _token(
    settings: Settings, told: dict[str, Any], code: str, verifier: str
) -> tuple[str, Any]:
    """Return the ID token that the code stands for, and the keys that the service signs with."""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": settings.address + BACK,
        "code_verifier": verifier,
    }
    who = (settings.oidc_client_id, settings.oidc_client_secret)
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        answer = await client.post(told["token_endpoint"], data=asked, auth=who)
        keys = await client.get(told["jwks_uri"])
    return str(answer.raise_for_status().json()["id_token"]), keys.raise_for_status().json()


def _must_fit(claims: dict[str, Any], told: dict[str, Any], settings: Settings, nonce: str) -> None:
    """Check the ID token as OpenID Connect Core, 3.1.3.7, asks."""
    jwt.JWTClaimsRegistry(
        leeway=60,
        iss={"essential": True, "value": told["issuer"]},
        aud={"essential": True, "value": settings.oidc_client_id},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
        email={"essential": True},
    ).validate(claims)
    if claims.get("azp", settings.oidc_client_id) != settings.oidc_client_id:
        raise ValueError("the token is for another client")
    if claims.get("email_verified") is not True:
        raise ValueError("the address is not verified")


async def _told(settings: Settings) -> dict[str, Any]:
    """Return what the service says of itself; its name must be the one that is set."""
    issuer = settings.oidc_issuer.rstrip("/")
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.get(f"{issuer}/.well-known/openid-configuration")
        told: dict[str, Any] = answer.raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        raise ServiceAway("Wait a minute, then try again, or use a password.") from None
    if str(told.get("issuer", "")).rstrip("/") != issuer:
        raise ServiceAway("It says that it is another one. Tell your administrator.")
    return told
