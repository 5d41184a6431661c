"""A view is all that one template needs, and its type is the template's contract."""

from typing import ClassVar

from litestar.response import Template
from msgspec import Struct


class View(Struct, frozen=True, kw_only=True):
    """Base of every view. `template` is a path in `templates/`; `title` is the page's name."""

    template: ClassVar[str]
    title: str


def show(view: View, status: int = 200) -> Template:
    """Answer with the view's template; in it, everything is under `view`."""
    return Template(view.template, context={"view": view}, status_code=status)
