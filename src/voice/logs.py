"""Logs as lines of JSON, each with the id of its request, for whoever gathers many logs.

No line holds an answer, an address of the network, a query or a part of a path that somebody typed:
a request is named by its route. Of an error only its kind and the lines of code are written, as its
own words can quote an answer.
"""

import logging
import logging.config
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from msgspec import json

from voice.settings import Settings

request_id: ContextVar[str] = ContextVar("request_id", default="")
requests = logging.getLogger("voice.requests")


class AsJson(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said = record.getMessage()
        if not record.name.startswith("voice"):
            # What others add on further lines are values: asyncio shows what a task was doing.
            said = said.partition("\n")[0]
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": said,
        }
        if request_id.get():
            line["request"] = request_id.get()
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = traceback.format_tb(record.exc_info[2])
        line |= getattr(record, "about", {})
        return json.encode(line).decode()


def as_json() -> dict[str, Any]:
    """Return the configuration for lines of JSON on the error stream, for us and the server."""
    to_us = {"handlers": ["json"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": AsJson}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["json"], "level": "WARNING"},
        "loggers": {
            "voice": to_us | {"level": "INFO"},
            "_granian": to_us | {"level": "WARNING"},
            "granian.access": to_us | {"level": "WARNING"},
        },
    }


def configure(settings: Settings) -> None:
    """Write logs as the settings say, from now on; plain ones are Python's own."""
    if settings.log == "json":
        logging.config.dictConfig(as_json())


def note_request(method: str, route: str, status: int, seconds: float) -> None:
    """Write that a request was answered: on which route, how, and how long it took."""
    about = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
    requests.info("answered", extra={"about": about})
