"""Who to call for help now: read from `surveys/help-lines.toml`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct, structs

from voice.languages.language import Foreign, Language
from voice.surveys.survey import BadSurvey


class OtherWords(Struct, frozen=True, forbid_unknown_fields=True):
    """A help line in another language."""

    name: str
    when: str


class HelpLine(Struct, frozen=True, forbid_unknown_fields=True):
    """One number to call: whose it is, and when to call it, in easy words.

    `other` has the same in other languages, by their codes.
    """

    name: str
    number: str
    when: str
    other: Mapping[str, OtherWords] = {}

    def said_in(self, language: Language) -> Self:
        """Return the help line in a language, or in English where it is not told in it."""
        words = self.other.get(language.code)
        if words is None:
            return self
        name, when = Foreign(words.name, language), Foreign(words.when, language)
        return structs.replace(self, name=name, when=when)


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
