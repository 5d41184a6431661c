"""Which pages the site has, where each stands in it, and how a link leads from one to another."""

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
REST = "More"
# Pages that stand elsewhere, because they lie beside what they are about.
ELSEWHERE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "surveys/README.md": "surveys.md",
    "benchmarks/README.md": "benchmarks.md",
    "nlp_models/README.md": "models/index.md",
}
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)(```|~~~).*?^\1\2[ \t]*$", re.MULTILINE | re.DOTALL)


def places() -> dict[str, str]:
    """Return where each file of the checkout stands in the site: {"docs/a.md": "a.md"}."""
    ours = [
        file
        for file in sorted((ROOT / "docs").rglob("*"))
        if file.suffix in {".md", ".webp", ".png", ".csv"} and HERE not in file.parents
    ]
    docs = {str(f.relative_to(ROOT)): _place(f.relative_to(ROOT / "docs")) for f in ours}
    cards = {
        str(card.relative_to(ROOT)): f"models/{card.parent.name}.md"
        for card in sorted((ROOT / "nlp_models").glob("*/card.toml"))
    }
    return {**ELSEWHERE, **docs, **cards}


def _place(page: Path) -> str:
    """Return where a page of docs/ stands; the site’s builder leaves out a folder “templates”."""
    return re.sub(r"^templates/", "to-fill-in/", str(page))


def navigation() -> list[dict[str, Any]]:
    """Return the parts of the menu, each with its pages; a page that none names comes last."""
    parts = tomllib.loads((HERE / "navigation.toml").read_text(encoding="utf-8"))
    named = [page for pages in parts.values() for page in pages]
    left = [page for page in places().values() if page.endswith(".md") and page not in named]
    menu = [{part: pages} for part, pages in parts.items()]
    return [*menu, {REST: left}] if left else menu


def prose(text: str) -> Iterator[tuple[int, int]]:
    """Give where the text is prose, outside of fenced code."""
    at = 0
    for fence in FENCE.finditer(text):
        yield at, fence.start()
        at = fence.end()
    yield at, len(text)


def links(text: str) -> list[str]:
    """Return what the links and pictures of a page lead to."""
    return [
        found[3] for start, end in prose(text) for found in LINK.finditer(_no_code(text[start:end]))
    ]


def _no_code(text: str) -> str:
    return re.sub(r"(`+)[^`].*?\1", lambda code: " " * len(code[0]), text)


def is_outside(target: str) -> bool:
    """Whether a link leads to another site."""
    return bool(re.match(r"[a-z]+:", target))


def resolved(source: str, target: str) -> tuple[str, str]:
    """Return the file of the checkout that a link leads to, and the anchor in it."""
    path, _, anchor = target.partition("#")
    if not path:
        return source, anchor
    return os.path.normpath(PurePosixPath(source).parent / path), anchor


def for_the_site(source: str, text: str, known: Mapping[str, str]) -> str:
    """Return a page with its links as they are in the site.

    A link to a file that is no page, such as the licence, becomes its words alone.
    """
    here = PurePosixPath(known[source]).parent

    def led(found: re.Match[str]) -> str:
        picture, words, target = found.groups()
        if is_outside(target):
            return found[0]
        file, anchor = resolved(source, target)
        if file not in known:
            return words
        there = os.path.relpath(known[file], here)
        return f"{picture}[{words}]({there}{'#' + anchor if anchor else ''})"

    return _in_lists(_in_prose(text, lambda part: _lists_apart(LINK.sub(led, part))))


def _in_prose(text: str, change: Callable[[str], str]) -> str:
    made, at = [], 0
    for start, end in prose(text):
        made += [text[at:start], change(text[start:end])]
        at = end
    return "".join(made)


def _lists_apart(text: str) -> str:
    """Put an empty line before a list below a line in bold: else it is no list in Markdown."""
    return re.sub(r"(?<=\*\*)\n(?=- )", "\n\n", text)


def _in_lists(text: str) -> str:
    """Indent by four what stands in a numbered list by three, and part the next item from it.

    Code hosts read both; the site’s builder does not.
    """
    text = re.sub(r"^ {3}(?=\S)", "    ", text, flags=re.MULTILINE)
    return re.sub(r"^( {4}.*\n)(?=\d+\. )", r"\1\n", text, flags=re.MULTILINE)
