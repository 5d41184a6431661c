"""A test of the tests: a page of ours, broken in one way, is caught by the check for that.

`VOICE_SEEDED` may name a folder of other broken pages, with a `good.html` that is not broken.
"""

import os
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from PIL import Image

from tests.browser import seeded

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

STYLE = """
* { box-sizing: border-box; }
html { font-size: 112.5%; }
body { margin: 0; font: 1rem/1.5 sans-serif; color: #111; background: #fff; }
main, header { padding: 1rem; max-width: 40rem; }
a { color: #00396b; display: inline-flex; align-items: center; min-height: 44px; min-width: 44px; }
fieldset { border: 0; padding: 0; margin: 0; }
.answer { position: relative; margin: .75rem 0; }
.answer input { position: absolute; top: 18px; left: 12px; width: 28px; height: 28px; margin: 0; }
.answer label { display: block; min-height: 64px; padding: 1rem 1rem 1rem 56px; border: 3px solid #111; }
.answer input:focus-visible + label { outline: 4px solid #111; outline-offset: 2px; }
.answer input:focus-visible { outline: none; }
:focus-visible { outline: 4px solid #111; outline-offset: 2px; }
button { font: inherit; min-height: 60px; min-width: 60px; border: 3px solid #111; background: #fff; color: #111; }
"""
GOOD = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Do you like your school? – Our survey</title>
<link rel="stylesheet" href="page.css">
</head>
<body>
<a class="skip" href="#main">Skip to the question</a>
<header><a href="good.html">All questions</a></header>
<main id="main" tabindex="-1">
<form method="post" action="next">
<fieldset>
<legend><h1>Do you like your school?</h1></legend>
<p id="hint">Think about this year.</p>
<div class="answer"><input type="radio" name="school" id="yes" value="yes"><label for="yes">Yes</label></div>
<div class="answer"><input type="radio" name="school" id="no" value="no"><label for="no"><img src="no.svg" alt="" width="24" height="24"> No</label></div>
</fieldset>
<button type="submit">Next</button>
</form>
</main>
</body>
</html>
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><circle r="9"/></svg>'


def styled(css: str) -> tuple[str, str]:
    return "</head>", f"<style>{css}</style></head>"


# What is broken: what to look for in the good page, what to put there, and who must notice.
DEFECTS = {
    "no-label": ('<label for="no">', "<label>", "fields have labels"),
    "low-contrast": ('<p id="hint">', '<p style="color:#bbb">', "axe: color-contrast"),
    "contrast-under-7": ('<p id="hint">', '<p style="color:#666">', "axe: color-contrast-enhanced"),
    "no-alt": (' alt=""', "", "axe: image-alt"),
    "alt-is-a-file": (' alt=""', ' alt="no.svg"', "pictures beside words are silent"),
    "no-legend": ("<legend><h1>Do you like your school?</h1></legend>",
        "<h1>Do you like your school?</h1>", "answers stand under their question"),
    "too-wide": ("<main ", '<main style="min-width:900px" ', "reflow at 320 px"),
    "cut-off": ('<p id="hint">', '<p style="height:1.5em;overflow:hidden;width:5em;white-space:nowrap">', "no words cut off"),
    "fixed-line": ('<p id="hint">', '<p style="height:24px;line-height:1;font-size:15px;width:9em;overflow:hidden">', "text spacing"),
    "order-by-hand": ('<button type="submit">', '<button type="submit" tabindex="5">', "tab order"),
    "order-by-style": (*styled("form{display:flex;flex-direction:column-reverse}"), "tab order"),
    "not-by-key": ("</form>", '</form><div onclick="location=1">Stop here</div>', "keyboard reaches all"),
    "no-outline": (*styled(":focus-visible{outline:none!important}"), "focus can be seen"),
    "pale-outline": (*styled(":focus-visible{outline-color:#ddd!important}"), "focus can be seen"),
    "covered": (*styled("header{position:fixed;inset:0 0 40%;background:#fff}"), "focus is not covered"),
    "ten-stops": ("</form>", '</form><p><a href="a">One</a> <a href="b">Two</a> <a href="c">Three</a> '
        '<a href="d">Four</a> <a href="e">Five</a> <a href="f">Six</a> <a href="g">Seven</a></p>', "at most 10 stops"),
    "small": (*styled("button{min-height:30px!important;padding:0}"), "targets of 44 px"),
    "low-answers": (*styled(".answer label{min-height:48px;padding:0 0 0 56px}"), "answers of 60 px"),
    "close": (*styled(".answer{margin:.1rem 0}"), "targets 8 px apart"),
    "vague-title": ("<title>Do you like your school? – Our survey</title>", "<title>Survey</title>", "title says the heading"),
    "two-headings": ("</fieldset>", "</fieldset><h1>Again</h1>", "title says the heading"),
    "no-language": (' lang="en-GB"', "", "language and direction"),
    "wrong-way": ("Think about this year.", "مجھے ابھی مدد چاہیے", "language and direction"),
    "no-zoom": ("initial-scale=1", "initial-scale=1,maximum-scale=1,user-scalable=no", "axe: meta-viewport"),
    "needs-script": ("</head>", "<style>form{display:none}.js form{display:block}</style>"
        "<script>document.documentElement.className='js'</script></head>", "without script"),
    "picture-only": ('<label for="no"><img src="no.svg" alt="" width="24" height="24"> No</label>',
        '<label for="no"><img src="no.svg" alt="No" width="24" height="24"></label>', "without pictures"),
    "words-in-style": (*styled("#hint::after{content:'You must answer'}"), "without style"),
    "moves": (*styled("@keyframes a{to{opacity:.5}}h1{animation:a 1s infinite}"), "no motion when asked"),
    "colour-only": (*styled("input{appearance:none;outline:none}input:checked+label{background:#ffe8e8}"), "chosen shows in grey"),
    "pale-edge": (*styled("button{border-color:#ddd!important}"), "edges of 3:1"),
    "goes-on": ("<title>", '<meta http-equiv="refresh" content="20"><title>', "nothing begins by itself"),
    "elsewhere": ("</main>", '<img src="http://localhost:9/a.png" alt=""></main>', "no outside request"),
    "heavy": ("</main>", '<img src="heavy.png" alt=""></main>', "page weight"),
    "click-here": ("All questions", "Click here", "links say where they lead"),
    "broken-html": ("<p id=\"hint\">", "<p id=\"hint\"><div>", "vnu"),
    "ids-twice": ("</form>", '</form><p id="hint"></p>', "html-validate: no-dup-id"),
    "lost-description": ("<fieldset>", '<fieldset aria-describedby="nothing">', "ace: aria_id_unique"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good page, and one page for each defect."""
    made: Path = tmp_path_factory.mktemp("broken")
    (made / "page.css").write_text(STYLE)
    (made / "no.svg").write_text(PICTURE)
    # A real picture: a browser stops fetching what it cannot draw.
    Image.frombytes("L", (300, 300), Random(1).randbytes(90_000)).save(made / "heavy.png")
    (made / "good.html").write_text(GOOD)
    for name, (found, put, _) in DEFECTS.items():
        assert GOOD.count(found) == 1, name
        (made / f"{name}.html").write_text(GOOD.replace(found, put))
    return made


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def found(chromium, folder):
    """What is wrong with each of the pages: all of it, or until the check for it has spoken."""
    enough = {f"{name}.html": check for name, (_, _, check) in DEFECTS.items()}
    return await seeded.faults_of(chromium, folder, enough)


async def test_nothing_is_wrong_with_the_good_page(found):
    assert found[seeded.GOOD] == []


@pytest.mark.parametrize("name", DEFECTS)
async def test_a_broken_page_is_caught_by_the_check_for_it(found, name):
    assert DEFECTS[name][2] in {fault.check for fault in found[f"{name}.html"]}


@pytest.mark.skipif("VOICE_SEEDED" not in os.environ, reason="VOICE_SEEDED names no folder")
async def test_seeded_defects_of_others_are_caught(chromium):
    assert seeded.caught(await seeded.faults_of(chromium, Path(os.environ["VOICE_SEEDED"])))
