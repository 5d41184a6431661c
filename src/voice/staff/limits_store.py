"""How often something may be tried, by whom: counted in Postgres, so that all workers share it.

Whoever tries is known by a keyed hash only. The key of an address of the network changes daily, so
that no row leads back to a connection; no row is kept longer than a day.
"""

import hashlib
import hmac
import unicodedata
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any

from litestar import Request
from msgspec import Struct

from voice.database import sql
from voice.database.pool import Connection
from voice.errors import VoiceError
from voice.settings import Settings

SQL = sql.load(__file__)


class TooManyTries(VoiceError):
    """Somebody tried too often."""

    status = 429
    title = "Too many tries just now"


class Limit(Struct, frozen=True):
    """At most `most` tries of one kind in `within`."""

    what: str
    most: int
    within: timedelta


PASSWORDS = Limit("password", 5, timedelta(minutes=15))
CODES = Limit("second factor", 5, timedelta(minutes=15))
FROM_ONE_PLACE = Limit("sign in", 30, timedelta(minutes=15))


async def over(db: Connection, limit: Limit, who: bytes) -> bool:
    """Tell whether no more may be tried."""
    found: int = await db.fetchval(SQL.lately, limit.what, who, limit.within)
    return found >= limit.most


async def note(db: Connection, limit: Limit, who: bytes) -> None:
    """Count a try, and forget what is older than a day."""
    await db.execute(SQL.forget_old)
    await db.execute(SQL.note, limit.what, who)


async def forget(db: Connection, limit: Limit, who: bytes) -> None:
    """Forget the tries of one kind: somebody proved who they are."""
    await db.execute(SQL.forget, limit.what, who)


def account(key: bytes, email: str) -> bytes:
    """Return who an e-mail address is, however it is typed: one address, one count."""
    return hmac.new(key, b"account " + plain_email(email).encode(), hashlib.sha256).digest()


def plain_email(email: str) -> str:
    """Return an e-mail address as it is kept: one form, small letters, no spaces around it."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def place(key: bytes, request: Request[Any, Any, Any], settings: Settings) -> bytes:
    """Return where a request comes from, as a hash that is good for today only.

    What a proxy says of where a request came from is believed only where a proxy is set. One
    connection has 2^64 addresses of the newer kind, so all of them are one place.
    """
    client = request.client.host if request.client else ""
    if settings.behind_proxy:
        # The last of them is what our own proxy saw; anything before it, anybody can write.
        client = request.headers.get("x-forwarded-for", client).rsplit(",", 1)[-1].strip()
    today = datetime.now(UTC).date().isoformat()
    return hmac.new(key, f"place {today} {_network(client)}".encode(), hashlib.sha256).digest()


def _network(client: str) -> str:
    """Return the address, or the network of one connection where it is IPv6."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, 64), strict=False))
