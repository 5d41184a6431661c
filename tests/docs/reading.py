"""What the documents say, taken apart: their links, anchors, commands and settings."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from itertools import pairwise

import click

from docs.site import pages
from voice.cli import main

ROOT = pages.ROOT
CODE = re.compile(r"^(?:```|~~~).*?\n(.*?)^(?:```|~~~)|^((?:(?: {4}|\t)+\S.*\n)+)", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
CUT = re.compile(r"\s+(?:#|>|<|\||&&|;)(?:\s.*|$)")  # What a shell does after the command.
BEFORE = re.compile(r"^(?:(?:docker|podman) compose exec \S+ |[A-Z_]+=\S+ |\.venv/bin/)+")


def documents() -> list[str]:
    """Return every document of the checkout that people read, by its path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [name for name in listed if (ROOT / name).exists()]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as code hosts and the site both make them."""
    found: set[str] = set()
    for start, end in pages.prose(text):
        for heading in re.findall(r"^#+ (.+)$", text[start:end], re.MULTILINE):
            words = re.sub(r"[^\w\s-]", "", heading.lower())
            found.add(re.sub(r"\s", "-", words.strip()))
    return found


def commands(text: str) -> Iterator[str]:
    """Give every command that begins with “voice”, from blocks of code and from within lines."""
    for block in CODE.finditer(text):
        for line in (block[1] or block[2]).splitlines():
            line = re.sub(r"^\$ ", "", line.strip())
            line = BEFORE.sub("", line)
            if line.startswith("voice "):
                yield CUT.sub("", line)
    for code in INLINE.findall(CODE.sub("", text)):
        if code.startswith("voice "):
            yield CUT.sub("", code)


def fault_of(command: str) -> str:
    """Return what is wrong with a command: a name or an option that Voice has not; "" if nothing.

    Gaps such as FILE or “...” may stand for what is to be given, and what must be given may be left
    out: a document names a command as often as it spells it out.
    """
    words = re.sub(r"[\[\]]", " ", command.replace("...", "X"))
    found: click.Command = main
    context = click.Context(found)
    given = shlex.split(words)[1:]
    while given and isinstance(found, click.Group) and not given[0].startswith("-"):
        name = given.pop(0)
        below = found.get_command(context, name)
        if below is None:
            return f"there is no “{name}” in “{found.name or 'voice'}”"
        found = below
    known = {
        name: option
        for option in found.params
        if isinstance(option, click.Option)
        for name in (*option.opts, *option.secondary_opts)
    }
    options = [word.partition("=")[0] for word in given if word.startswith("--")]
    unknown = [word for word in options if word not in known and word != "--help"]
    if unknown:
        return f"“{found.name}” has no {', '.join(unknown)}"
    return _wrong_choice(given, known)


def _wrong_choice(given: list[str], known: dict[str, click.Option]) -> str:
    """Return what is wrong with a value that must be one of a few."""
    for option, value in pairwise(given):
        kind = known[option].type if option in known else None
        if isinstance(kind, click.Choice):
            wrong = [one for one in value.split("|") if one not in kind.choices]
            if wrong and not value.isupper():
                return f"{option} takes no {', '.join(wrong)}"
    return ""
