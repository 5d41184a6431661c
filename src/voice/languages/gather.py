"""Collect our own words for translators, from templates and code, into one file a language.

A tool for developers: `make words` after a change to any of them, and
`python -m voice.languages.gather cy` to begin another language.
"""

import sys
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from voice.languages.messages import FOLDER

CODE = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parents[3] / "templates"
KEYWORDS = {
    **{name: None for name in ("_", "gettext", "say", "later")},
    **{name: (1, 2) for name in ("ngettext", "say_many")},
}
HEADER = """\
# Voice’s own words in this language. To change one, write it between the quotes after msgstr.
# %(name)s and the like stay as they are: the page puts something in their place.
# Once a native speaker has read all of it, X-Voice-Status may say "checked"."""


@cache
def gathered() -> Catalog:
    """Return all our words, in alphabetical order, untranslated."""
    found = Catalog()
    for folder, files, method in ((CODE, "**.py", "python"), (TEMPLATES, "**.html", "jinja2")):
        options = {"trimmed": "true", "silent": "false"}
        for _, _, words, _, _ in extract_from_dir(
            folder, [(files, method)], {files: options}, keywords=KEYWORDS, directory_filter=_plain
        ):
            found.add(words)
    return found


def with_new_words(file: Path) -> bytes:
    """Return a language's file with our words as they are now: new ones empty, lost ones gone."""
    language = file.stem
    kept = Catalog(locale=language)
    status = "draft"
    if file.exists():
        with file.open("rb") as opened:
            kept = read_po(opened, locale=language)
        status = dict(kept.mime_headers).get("X-Voice-Status", "draft")
    kept.update(gathered(), no_fuzzy_matching=True)
    return _written(kept, language, status)


def _written(catalog: Catalog, language: str, status: str) -> bytes:
    """Return the file without any date: the same words, the same bytes."""
    body = BytesIO()
    write_po(body, catalog, omit_header=True, ignore_obsolete=True, sort_output=True, width=0)
    header = (
        f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n"X-Voice-Status: {status}\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return header.encode() + body.getvalue()


def _plain(folder: str) -> bool:
    """Leave out what is not ours to translate: caches."""
    return not Path(folder).name.startswith(("__", "."))


def main(codes: list[str]) -> None:
    """Write every language's file anew, and begin one for each of these codes."""
    files = {FOLDER / f"{code}.po" for code in codes} | set(FOLDER.glob("*.po"))
    for file in sorted(files):
        file.write_bytes(with_new_words(file))


if __name__ == "__main__":
    main(sys.argv[1:])
