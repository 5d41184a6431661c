"""The style of a drawing, cut down to what colours and draws: nothing in it can fetch anything.

Only what fits a small grammar as a whole is written out again; what does not fit is left out. So a
trick that we do not know of cannot come through.
"""

import re

from voice.easy_words.text import word_set
from voice.symbols.unfit import Unfit

PROPERTIES = word_set(
    "alignment-baseline baseline-shift clip-path clip-rule color color-interpolation "
    "color-interpolation-filters display dominant-baseline fill fill-opacity fill-rule filter "
    "flood-color flood-opacity font-family font-size font-stretch font-style font-variant "
    "font-weight isolation letter-spacing marker-end marker-mid marker-start mask mask-type "
    "mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke "
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-opacity stroke-width text-anchor text-decoration text-rendering transform "
    "transform-origin vector-effect visibility word-spacing"
)
"""Properties that draw; each is an attribute as well."""

LOCAL = r"""url\(\s*(?:#[\w.:-]+|"#[\w.:-]+"|'#[\w.:-]+')\s*\)"""
DRAWS = r"(?:rgba?|hsla?|matrix|translate[XY]?|scale[XY]?|rotate|skew[XY])\([\w\s.,%+-]*\)"
PLAIN = r"""[\w\s.,%#+/!-]|"[\w .,+-]*"|'[\w .,+-]*'"""
VALUE = re.compile(rf"(?:{LOCAL}|{DRAWS}|{PLAIN})*+", re.ASCII | re.IGNORECASE)

COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
FONTS_AND_IMPORTS = re.compile(
    r"@font-face\s*\{[^{}]*\}|@(?:import|charset|namespace)\b[^;{}]*;", re.IGNORECASE
)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
SELECTOR = re.compile(r"[\w\s.#,>+~*-]+", re.ASCII)
PLAIN_SVG = "Save it as a plain SVG, and look whether it still is as you want it."


def is_plain(value: str) -> bool:
    """Tell whether a value draws or colours and does nothing else; it may name a part of itself."""
    return VALUE.fullmatch(value) is not None


def plain_style(style: str) -> str:
    """Return those of the declarations, such as “fill:red;stroke:none”, that draw or colour."""
    kept = []
    for declaration in COMMENT.sub("", style).split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name.lower() in PROPERTIES and value and is_plain(value):
            kept.append(f"{name.lower()}:{value}")
    return ";".join(kept)


def plain_sheet(sheet: str) -> str:
    """Return those of the rules of a style sheet that draw or colour.

    Raises:
        Unfit: it has parts that only some browsers would show, such as @media.
    """
    text = FONTS_AND_IMPORTS.sub("", COMMENT.sub("", sheet))
    if "@" in text or RULE.sub("", text).strip():
        raise Unfit("Its style sheet has parts that cannot be judged.", PLAIN_SVG)
    kept = []
    for selector, declarations in RULE.findall(text):
        style = plain_style(declarations)
        if style and SELECTOR.fullmatch(selector.strip()):
            kept.append(f"{selector.strip()}{{{style}}}")
    return "".join(kept)
