"""What the documents say of the code is so: commands, settings, links, pictures, easy words."""

import re
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from docs.site import pages
from tests.browser import screens
from tests.docs.reading import (
    ROOT,
    anchors,
    commands,
    documents,
    fault_of,
    text_of,
)
from voice import settings
from voice.easy_words.check import faults
from voice.easy_words.lists import read_lists
from voice.easy_words.text import text_of as text
from voice.settings import Settings

DOCUMENTS = documents()
COMMANDS = [(name, command) for name in DOCUMENTS for command in commands(text_of(name))]
EASY = ("docs/for/young-people.md", "docs/templates/privacy-notice-easy-read.md")
# Read by tests and commands alone; whoever runs Voice does not set them.
OTHERS = re.compile(r"\bVOICE_(?:NEW_PASSWORD|SEEDED|SPOKEN|FAULT_ROUNDS)\b")
LARGEST = 1_500_000  # Bytes of all pictures together.


@pytest.mark.parametrize(
    ("name", "command"), sorted(set(COMMANDS)), ids=[c for _, c in sorted(set(COMMANDS))]
)
def test_a_command_exists_with_these_options(name, command):
    assert fault_of(command) == "", f"{name}: {command}"


def test_commands_are_found_and_wrong_ones_noticed():
    assert len(set(COMMANDS)) > 50
    found = list(
        commands("Say `voice work --once`.\n\n    $ VOICE_PORT=1 voice serve  # it runs\n")
    )
    assert found == ["voice serve", "voice work --once"]
    assert list(commands("    docker compose exec web voice work\n")) == ["voice work"]
    assert fault_of("voice serve") == ""
    assert "no “serves”" in fault_of("voice serves")
    assert "--twice" in fault_of("voice work --twice")
    assert "takes no king" in fault_of("voice staff add A@B.C --role king")


def test_every_setting_that_a_document_names_exists():
    known = {settings.variable(field) for field in Settings.__struct_fields__}
    known |= set(re.findall(r"\$\{([A-Z_]+)", text_of("compose.yaml")))
    for name in DOCUMENTS:
        found = set(re.findall(r"\b(?:VOICE_[A-Z_]+[A-Z]|DATABASE_URL)\b", text_of(name)))
        strangers = {one for one in found - known if not OTHERS.fullmatch(one)}
        assert strangers == set(), name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    for target in pages.links(text_of(name)):
        if pages.is_outside(target):
            assert target.startswith("https://"), target
            continue
        file, anchor = pages.resolved(name, target)
        assert (ROOT / file).exists(), f"{name}: no {target}"
        if anchor:
            assert anchor in anchors(text_of(file)), f"{name}: no heading for {target}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_are_named_exist(name):
    """Paths in code, such as `src/voice/settings.py`."""
    tops = "docs|src|tests|surveys|templates|nlp_models|benchmarks"
    for path in re.findall(rf"`((?:{tops})/[\w./-]+)`", text_of(name)):
        assert (ROOT / path).exists(), f"{name}: no {path}"


def test_every_make_verb_that_a_document_names_exists():
    verbs = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    for name in DOCUMENTS:
        found = set(re.findall(r"(?:^    |`)make ([a-z-]+)", text_of(name), re.MULTILINE))
        assert found <= verbs, name


def test_every_page_of_the_navigation_exists_once_and_none_is_left_out():
    menu = [page for part in pages.navigation() for page in next(iter(part.values()))]
    assert len(menu) == len(set(menu))
    assert set(menu) == {place for place in pages.places().values() if place.endswith(".md")}


def test_every_picture_is_one_that_the_script_takes_and_is_shown_with_words():
    there = {file.stem for file in (ROOT / "docs/pictures").iterdir()}
    assert there == {screen.name for screen in screens.every()}
    assert sum(file.stat().st_size for file in (ROOT / "docs/pictures").iterdir()) < LARGEST
    shown: set[str] = set()
    for name in DOCUMENTS:
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text_of(name)):
            assert len(words) > 15, f"{name}: {target} needs words for who cannot see it"
            shown.add(target.rpartition("/")[2].removesuffix(".webp"))
    assert there - shown == set(), "pictures that no page shows"


@pytest.mark.parametrize("name", EASY)
def test_easy_pages_break_no_rule_of_easy_words(name):
    lists = read_lists(ROOT / "nlp_models/words")
    words = text_of(name).partition("\n---\n")
    part = words[2] if name.startswith("docs/templates") else words[0]
    lines = [
        line.lstrip("# ").replace("[", "").replace("]", "")
        for line in part.splitlines()
        if line and not line.startswith("![")
    ]
    assert len(lines) > 20
    wrong = {
        line: [f"{fault.rule} {fault.why}" for fault in faults(text(line, "text"), lists)]
        for line in lines
    }
    assert {line: why for line, why in wrong.items() if any(why)} == {}


def broken_pieces(html: str) -> list[str]:
    """Return what was a list, a table or a link in Markdown and did not become one."""
    page = BeautifulSoup(html, "html.parser").select_one("article")
    raw = re.compile(r"\n\s*(?:[-*]|\d\.) |\|---|\]\(|\*\*|```")
    pieces = page.select("p, li, td") if page else []
    return [
        piece.get_text()
        for piece in pieces
        if raw.search(piece.get_text()) and not piece.select("ul, ol, pre")
    ]


@pytest.mark.slow
def test_the_site_builds_without_warnings_and_asks_no_other_site(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "docs.site.build", str(tmp_path / "made")], cwd=ROOT, check=True
    )
    made = sorted((tmp_path / "made/site").rglob("*.html"))
    assert len(made) > 60
    for page in made:
        html = page.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|img|iframe|source)[^>]*\bsrc=\"?([^\s\">]+)", html)
        fetched += re.findall(r"<link[^>]*rel=\"?(?:style|pre|icon)[^>]*>", html)
        assert [one for one in fetched if re.search(r"(?:\"|=|^)(?:https?:)?//", one)] == []
        assert broken_pieces(html) == [], page.name
    card = (tmp_path / "made/site/models/embedding.html").read_text(encoding="utf-8")
    assert "Where it fails" in card
    assert "NMI 0.777" in card
