"""Who to call for help now: read from `surveys/help-lines.toml`."""

from pathlib import Path

import msgspec
from msgspec import Struct

from voice.surveys.survey import BadSurvey


class HelpLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One number to call: whose it is, and when to call it, in easy words."""

    name: str
    number: str
    when: str


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    help_lines: list[HelpLine]


def load_help_lines(surveys: Path) -> list[HelpLine]:
    """Return the help lines in the order of the file.

    Raises:
        BadSurvey: the file is missing, is not TOML, or does not fit.
    """
    file = surveys / "help-lines.toml"
    try:
        return msgspec.toml.decode(file.read_bytes(), type=_File).help_lines
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadSurvey(f"{file}: {error}") from error
