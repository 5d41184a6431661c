"""The fonts we ship: of each file where it comes from, its licence, its letters and its sha256.

The records stand in a `fonts.toml` beside the files; `voice.web.subset_fonts` makes the files.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

WEB = Path(__file__).parent / "static" / "fonts"
RECORDS = "fonts.toml"
SHEET = WEB.parent / "fonts.css"
OFL = "https://openfontlicense.org/open-font-license-official-text/"

Sha256 = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$")]


class FontFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file that we ship.

    `made_from` is the file in the package, empty where it was not made by us; `letters` are the
    characters it keeps as `U+0041-005A,U+0061`, empty where all of them stay and it is unchanged;
    `weights` its weight, or the lightest and the heaviest as `400 700`.
    """

    name: str
    made_from: str = ""
    letters: str = ""
    weights: str = "400"
    sha256: Sha256 = ""


class Font(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One font: what it is called, who made it, its licence, its source, and its files.

    `licence_text` is the file beside the record with the words of the licence. `package` is a
    package of npm as `@scope/name@version`, and `integrity` what npm must give for it; both are
    empty for a font that came from elsewhere.
    """

    family: str
    author: str
    licence: str
    licence_text: str
    source: str
    package: str = ""
    integrity: str = ""
    files: tuple[FontFile, ...]


class _Records(Struct, frozen=True, forbid_unknown_fields=True):
    fonts: tuple[Font, ...]


@cache
def read_fonts(folder: Path) -> tuple[Font, ...]:
    """Return the records of the fonts in a folder, in order.

    Raises:
        OSError: there are none.
        msgspec.ValidationError: they do not say what they must.
    """
    return msgspec.toml.decode((folder / RECORDS).read_bytes(), type=_Records).fonts


def shipped_on_pages() -> tuple[Font, ...]:
    """Return the fonts that pages are shown in."""
    return read_fonts(WEB)


def sha256_of(content: bytes) -> str:
    """Return the sha256 of a file, as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def sheet_of(fonts: tuple[Font, ...]) -> str:
    """Return the style sheet that tells a browser which letters are in which file.

    A browser fetches a file when the page has a letter of it. Its address changes when the file
    does, so it can be kept for a year.
    """
    faces = [_face(font, file) for font in fonts for file in font.files]
    return "\n".join(["/* Written by voice.web.subset_fonts: change fonts.toml. */", *faces, ""])


def _face(font: Font, file: FontFile) -> str:
    rules = [
        f'font-family: "{font.family}"',
        f'src: url("fonts/{file.name}?{file.sha256[:12]}") format("woff2")',
        f"font-weight: {file.weights}",
        "font-display: swap",
        *([f"unicode-range: {file.letters}"] if file.letters else []),
    ]
    return "@font-face { " + " ".join(f"{rule};" for rule in rules) + " }"
