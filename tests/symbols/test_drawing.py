"""Drawings: what draws stays and looks the same, what could do harm is gone."""

from contextlib import suppress
from pathlib import Path

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from tests.drawn import drawing
from voice.symbols.drawing import safe_drawing
from voice.symbols.style import plain_sheet, plain_style
from voice.symbols.unfit import Unfit

SHIPPED = sorted((Path(__file__).parents[2] / "surveys/pictures").glob("*.svg"))
OUTSIDE = ("evil.example", "javascript", "alert", "http:", "https:", "//", "/etc", "&#", "data:")

# What someone may try, inside a drawing of a circle.
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "script with a prefix": "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
    "event": "<rect onclick='alert(1)' onload='alert(1)' width='9' height='9'/>",
    "foreign": "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='//evil.example'/>"
    "</foreignObject>",
    "link": "<a href='javascript:alert(1)'><rect width='9'/></a>",
    "animated link": "<a><set attributeName='href' to='javascript:alert(1)'/></a>",
    "animated event": "<rect><animate attributeName='onclick' values='alert(1)'/></rect>",
    "photo from outside": "<image href='https://evil.example/a.png' width='9' height='9'/>",
    "photo of ours": "<image href='/display/words-largest/support-easy-read'/>",
    "copy from outside": "<use href='https://evil.example/a.svg#a'/>",
    "old copy": "<use xmlns:x='http://www.w3.org/1999/xlink' x:href='//evil.example/a.svg#a'/>",
    "filter from outside": "<filter id='f'><feImage href='https://evil.example/a'/></filter>",
    "colour from outside": "<rect fill='url(https://evil.example/a#b)' filter='url(//a)'/>",
    "style from outside": "<rect style='fill:url(https://evil.example/a)'/>",
    "style in disguise": r"<rect style='fill:u\72l(https://evil.example/a)'/>",
    "sheet that imports": "<style>@import url(https://evil.example/a.css); .a{fill:red}</style>",
    "sheet that imports a name": "<style>@import '//evil.example/a.css';</style>",
    "sheet in disguise": r"<style>.a{fill:\75rl(https://evil.example/a)}</style>",
    "sheet with a set of photos": "<style>.a{fill:image-set('https://evil.example/a' 1x)}</style>",
    "sheet with a font": "<style>@font-face{font-family:a;src:url(https://evil.example/a)}</style>",
    "sheet that closes itself": "<style>a{fill:red}&lt;/style>&lt;script>alert(1){x:y}</style>",
    "sheet as data": "<style><![CDATA[.a{fill:url('https://evil.example/a')}]]></style>",
    "sheet of another": "<?xml-stylesheet href='https://evil.example/a.css'?>",
    "comment": "<!-- <script>alert(1)</script> -->",
    "about it": "<metadata><place xmlns='x'>https://evil.example/51.79,-0.20</place></metadata>",
    "unknown": "<handler type='x'>alert(1)</handler><listener handler='javascript:alert(1)'/>",
}  # fmt: skip


def as_drawn(svg: bytes) -> bytes:
    """The drawing in pixels."""
    page = b'#set page(width: 72pt, height: 72pt, margin: 0pt)\n#image("a.svg", width: 72pt)'
    files = {"main.typ": page, "a.svg": svg}
    made: bytes = typst.compile(files, format="png")  # type: ignore[call-overload]  # It takes files by name, too.
    return made


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_drawing_made_safe_looks_as_before_and_made_safe_again_is_the_same(file):
    before = file.read_bytes()
    after = safe_drawing(before)
    assert as_drawn(after) == as_drawn(before)
    assert safe_drawing(after) == after


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_that_runs_or_fetches_comes_through(attack):
    made = safe_drawing(drawing(inside=attack)).decode()
    assert made.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><circle ')
    rest = made.replace("http://www.w3.org/2000/svg", "")
    assert [word for word in OUTSIDE if word in rest] == []
    assert "onclick" not in rest
    assert "script" not in rest


def test_colours_and_shapes_of_a_drawing_program_stay():
    inside = (
        "<defs><linearGradient id='g'><stop offset='0' stop-color='red'/>"
        "<stop offset='1' style='stop-color:#00f'/></linearGradient></defs>"
        "<style type='text/css'><![CDATA[ .st0{fill:url(#g);stroke:#000;stroke-width:2} ]]></style>"
        "<switch><foreignObject requiredExtensions='x'/>"
        "<g><rect class='st0' width='30' height='20'/></g></switch>"
        "<use href='#c' x='9'/><text font-family=\"'Arial MT'\" x='9' y='9'>a &lt; b"
        "</text><g style='fill:rgb(1, 2, 3);-inkscape-font:x;mystery:1'/>"
    )
    made = safe_drawing(drawing(inside=inside)).decode()
    for part in (
        ".st0{fill:url(#g);stroke:#000;stroke-width:2}",
        '<rect class="st0" width="30" height="20">',
        '<use x="9" href="#c">',
        "a &lt; b",
        'style="fill:rgb(1, 2, 3)"',
        'style="stop-color:#00f"',
    ):
        assert part in made
    assert as_drawn(made.encode()) == as_drawn(drawing(inside=inside))


def test_a_drawing_without_a_viewbox_gets_one_from_its_size():
    made = safe_drawing(b'<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="20.5"/>')
    assert b'viewBox="0 0 30 20.5"' in made


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b"", "not a drawing"),
        (b"\x89PNG\r\n\x1a\n", "not a drawing"),
        (b"<svg viewBox='0 0 9 9'/>", "not a drawing"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "not a drawing"),
        (drawing()[:-3], "not a drawing"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "how large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='100%'/>", "how large"),
        (drawing(inside="<image href='data:image/png;base64,AA=='/>"), "photo inside"),
        (drawing(inside="<style>@media print{.a{fill:red}}</style>"), "style sheet"),
        (drawing(inside="<path d='" + "M0 0" * 40_000 + "'/>"), "bytes"),
        (drawing(inside="<g>" * 200 + "</g>" * 200), "too intricate"),
        (drawing(inside="<g/>" * 20_001), "too intricate"),
        (drawing(inside="<use href='#a'/>" * 501), "too intricate"),
    ],
)
def test_what_cannot_be_kept_as_it_is_is_refused_with_what_to_do(written, why):
    with pytest.raises(Unfit, match=why) as caught:
        safe_drawing(written)
    assert caught.value.what_to_do


def test_a_drawing_that_copies_its_own_copies_without_end_is_refused():
    bomb = "<g id='a0'><rect width='1' height='1'/></g>" + "".join(
        f"<g id='a{n}'>" + f"<use href='#a{n - 1}'/>" * 10 + "</g>" for n in range(1, 9)
    )
    with pytest.raises(Unfit, match="copies its own copies"):
        safe_drawing(drawing(inside=bomb))


@pytest.mark.parametrize(
    "shortcuts",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "https://evil.example/a.dtd">',
    ],
)
def test_shortcuts_that_could_grow_or_read_files_are_refused(shortcuts):
    written = f"<!DOCTYPE svg [{shortcuts}]>".encode() + drawing()
    with pytest.raises(Unfit, match="shortcuts"):
        safe_drawing(written)


def test_the_first_line_that_old_programs_write_is_no_harm():
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    assert safe_drawing(b"<?xml version='1.0'?>" + doctype + drawing()) == safe_drawing(drawing())


@given(st.text("urlURL()#'\"\\/*;:{}@<>&! ,.-abfilstroke123\n", max_size=80))
def test_no_style_whatever_is_in_it_can_name_an_address_outside(style):
    made = plain_style(f"fill:{style};stroke:red")
    with suppress(Unfit):
        made += plain_sheet(f".a{{fill:{style}}}")
    for after in made.lower().split("url(")[1:]:
        assert after.lstrip(" \n'\"").startswith("#")
    assert not set("\\<>&@") & set(made)
