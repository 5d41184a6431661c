"""Make the fonts that we ship from packages of npm: the same packages give the same bytes.

A tool for developers, after a change to a `fonts.toml`: `make fonts`. It takes each package by
`npm pack`, refuses one that is not what its record says, keeps the letters that the record names,
and writes the files, the licences, the sha256 of each file, and the style sheet of the pages.
"""

import hashlib
import subprocess
import sys
import tarfile
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from voice.errors import BadInput
from voice.web.fonts import RECORDS, SHEET, WEB, Font, FontFile, read_fonts, sha256_of, sheet_of

FOLDERS = (WEB, Path(__file__).parents[1] / "paper" / "fonts")

Fetch = Callable[[str], bytes]
"""Returns the bytes of a package."""


def fetch_package(package: str) -> bytes:
    """Return a package as npm gives it: a tar archive."""
    with TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        [archive] = Path(folder).glob("*.tgz")
        return archive.read_bytes()


def make_fonts(folder: Path, fetch: Fetch = fetch_package) -> None:
    """Write every file of a folder's records that is made from a package, and their sha256.

    Raises:
        BadInput: a package is not the one that its record means.
    """
    records = (folder / RECORDS).read_text(encoding="utf-8")
    for font in read_fonts(folder):
        if not font.package:
            continue
        archive = fetch(font.package)
        check_integrity(font, archive)
        (folder / font.licence_text).write_bytes(_member(archive, "LICENSE"))
        for file in font.files:
            made = make_file(file, _member(archive, file.made_from))
            (folder / file.name).write_bytes(made)
            records = _with_sha256(records, file, sha256_of(made))
    (folder / RECORDS).write_text(records, encoding="utf-8")
    read_fonts.cache_clear()


def check_integrity(font: Font, archive: bytes) -> None:
    """Refuse a package that is not the one that was looked at.

    Raises:
        BadInput: its sha512 is another.
    """
    found = "sha512-" + b64encode(hashlib.sha512(archive).digest()).decode()
    if found != font.integrity:
        raise BadInput(f"{font.package} has integrity {found}, but {font.integrity} is recorded.")


def make_file(file: FontFile, content: bytes) -> bytes:
    """Return a font with the letters and weights that its record keeps, and how they join.

    A record without letters keeps the file as it is: so it must be for a font whose licence
    reserves its name, and lets nobody change it under that name.
    """
    if not file.letters:
        return content
    font = _opened(content)
    # Hints are for screens of long ago; all that shapes letters by their neighbours stays.
    options = subset.Options(hinting=False, recalc_timestamp=False, name_IDs=["*"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(file.letters))
    subsetter.subset(font)
    font = _opened(_saved(font, None))
    if "fvar" in font:
        lightest, *_, heaviest = map(float, file.weights.split())
        font = instancer.instantiateVariableFont(font, {"wght": (lightest, heaviest)})
    return _saved(font, "woff2" if file.name.endswith(".woff2") else None)


def _opened(content: bytes) -> TTFont:
    return TTFont(BytesIO(content), recalcTimestamp=False)


def _saved(font: TTFont, flavour: str | None) -> bytes:
    font.flavor = flavour
    written = BytesIO()
    font.save(written, reorderTables=False)
    return written.getvalue()


def _member(archive: bytes, name: str) -> bytes:
    with tarfile.open(fileobj=BytesIO(archive)) as opened:
        found = opened.extractfile(f"package/{name}")
        assert found is not None, f"{name} is no file"
        return found.read()


def _with_sha256(records: str, file: FontFile, sha256: str) -> str:
    """Return the records with the sha256 of one file as it is now, and all else as it was."""
    before, found, after = records.partition(f'name = "{file.name}"')
    line, end, rest = after.partition('\nsha256 = "')
    assert end, f"{found or file.name} has no line for its sha256"
    return before + found + line + end + sha256 + rest[rest.index('"') :]


def main(folders: tuple[Path, ...] = FOLDERS) -> None:
    """Make the fonts of every folder, and the style sheet of the pages."""
    for folder in folders:
        make_fonts(folder)
    SHEET.write_text(sheet_of(read_fonts(WEB)), encoding="utf-8")
    sys.stdout.write("".join(f"{file.name}\n" for f in FOLDERS for file in sorted(f.iterdir())))


if __name__ == "__main__":
    main()
