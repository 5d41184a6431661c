"""Templates: each view has one, each kind of question has one, and none is too long."""

import re
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from voice import app, challenges, exports, measures, review, you_said  # noqa: F401  Their views must be loaded.
from voice.surveys.questions import AnyPage
from voice.web.templates import environment
from voice.web.views import View

TEMPLATES = Path(__file__).parent.parent / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
JINJA = environment(TEMPLATES)
# What a page knows of the request: the token of its form, its address, how it should look; and of
# the settings where its way out leads, and whether devices keep it.
OF_THE_REQUEST = {"csrf_input", "request", "display", "leave_to", "offline"}


def every(kind: type[View]) -> list[type[View]]:
    deeper = [found for sub in kind.__subclasses__() for found in every(sub)]
    return [kind, *deeper]


def test_every_view_has_its_template():
    named = [view.template for view in every(View) if getattr(view, "template", "")]
    assert len(named) > 8
    assert [name for name in named if not (TEMPLATES / name).exists()] == []


def test_every_kind_of_page_has_its_template():
    kinds = [kind.__struct_config__.tag for kind in AnyPage.__args__]
    assert [kind for kind in kinds if not (TEMPLATES / f"questions/{kind}.html").exists()] == []


def imported(tree: nodes.Template) -> set[str]:
    """The macros that a template imports, by the names it gives them."""
    return {
        name if isinstance(name, str) else name[1]
        for found in tree.find_all(nodes.FromImport)
        for name in found.names
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_a_template_is_short_and_sees_only_its_view(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    assert "<script" not in text.replace("<script src", "")
    assert not re.search(r'\sstyle="', text)
    tree = JINJA.parse(text)
    targets = [node.target for node in tree.find_all(nodes.Assign)]
    set_here = {target.name for target in targets if isinstance(target, nodes.Name)}
    # A piece that other templates include names what it takes of theirs in its first comment.
    taken = set(re.findall(r"`(\w+)`", text.partition("#}")[0]))
    known = set(JINJA.globals) | imported(tree) | set_here | taken
    assert meta.find_undeclared_variables(tree) - known <= {"view"} | OF_THE_REQUEST


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_a_template_uses_every_macro_it_imports(file):
    tree = JINJA.parse(file.read_text(encoding="utf-8"))
    called = {
        node.node.name for node in tree.find_all(nodes.Call) if isinstance(node.node, nodes.Name)
    }
    assert imported(tree) - called == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_quotes_that_people_read_are_curly(file):
    text = re.sub(
        r"{[{%#].*?[}%#]}|<[^>]*>|\w+=\"[^\"]*\"", " ", file.read_text(encoding="utf-8"), flags=re.S
    )
    assert not re.search(r"\w'\w|\"\w", text)
