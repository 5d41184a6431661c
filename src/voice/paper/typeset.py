"""The typesetter: a bundle of files in, a tagged PDF out. Never imported by the web process.

As a program (`python -m voice.paper.typeset`) it reads a bundle and writes a PDF. It sees no font
and no file of the machine it runs on, and keeps no time: the same bundle gives the same bytes.
"""

import sys
from pathlib import Path

import typst
from msgspec import msgpack

from voice.errors import BadInput

FONTS = Path(__file__).parent / "fonts"


def typeset(files: dict[str, bytes]) -> bytes:
    """Return the PDF of a bundle: tagged, and held to PDF/UA-1 as it is written.

    Raises:
        BadInput: it cannot be typeset so that everybody can read it.
    """
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    try:
        made: bytes = typst.compile(  # type: ignore[call-overload]  # It takes files by name, too.
            files,
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise BadInput(f"This cannot be printed: {error.message}.") from None
    return made


def main() -> None:
    """Read a bundle, write its PDF; exit with 2 and a sentence when it cannot be typeset."""
    try:
        sys.stdout.buffer.write(
            typeset(msgpack.decode(sys.stdin.buffer.read(), type=dict[str, bytes]))
        )
    except BadInput as problem:
        sys.stderr.write(problem.message)
        sys.exit(2)


if __name__ == "__main__":
    main()
