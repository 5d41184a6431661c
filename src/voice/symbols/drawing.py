"""Make a drawing (SVG) safe: what draws is written anew, all else is left out.

No script, no event handler, no address of anything outside, no foreign content. What could change
how it looks, such as a photo inside, is refused and not left out in silence.
"""

from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from voice.easy_words.text import word_set
from voice.symbols.style import PLAIN_SVG, PROPERTIES, is_plain, plain_sheet, plain_style
from voice.symbols.unfit import MOST_BYTES, Unfit

SVG = "http://www.w3.org/2000/svg"
LINK = "http://www.w3.org/1999/xlink href"
SPACE = "http://www.w3.org/XML/1998/namespace space"

ELEMENTS = word_set(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath "
    "linearGradient radialGradient stop clipPath mask pattern marker style filter feBlend "
    "feColorMatrix feComposite feDropShadow feFlood feGaussianBlur feMerge feMergeNode "
    "feOffset"
)
OPENED_UP = frozenset(("a", "switch"))  # What is in them is drawn; they themselves are not.
WITH_WORDS = frozenset(("text", "tspan", "textPath"))
ATTRIBUTES = PROPERTIES | word_set(
    "class clipPathUnits cx cy d dx dy filterUnits fr fx fy gradientTransform "
    "gradientUnits height id in in2 k1 k2 k3 k4 lengthAdjust markerHeight markerUnits markerWidth "
    "maskContentUnits maskUnits mode offset operator orient pathLength patternContentUnits "
    "patternTransform patternUnits points preserveAspectRatio primitiveUnits r refX refY result "
    "rotate rx ry spreadMethod startOffset stdDeviation textLength type values viewBox width x x1 "
    "x2 y y1 y2"
)
MOST_ELEMENTS = 20_000
MOST_COPIES = 500
DEEPEST = 100
NOT_ONE = "It is not a drawing that can be read."


def safe_drawing(written: bytes) -> bytes:
    """Return the drawing, safe to be shown and to be opened by its address.

    Raises:
        Unfit: it is no SVG, too large or too intricate, or shows what cannot be kept.
    """
    pen = _Pen()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = pen.start
    parser.EndElementHandler = pen.end
    parser.CharacterDataHandler = pen.words
    parser.EntityDeclHandler = pen.entity
    try:
        parser.Parse(written, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit(NOT_ONE, PLAIN_SVG) from None
    made = pen.drawn()
    if len(made) > MOST_BYTES:
        raise Unfit(
            f"It has {len(made):,} bytes, and a drawing may have {MOST_BYTES:,}.",
            "Make it simpler, or save it as PNG.",
        )
    return made


class _Pen:
    """Writes the parts of a drawing that may stay, as they come."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._open: list[str] = []  # The elements we are in; empty for one that is not drawn.
        self._left_out = 0  # How deep we are in something that is left out.
        self._sheet: list[str] | None = None
        self._count = 0
        self._ids: list[str] = []
        self._with_copies: set[str] = set()
        self._copied: list[str] = []

    def entity(self, *_: object) -> None:
        raise Unfit("It has shortcuts (entities) that could hide anything.", PLAIN_SVG)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if not self._open and not self._left_out and (space, element) != (SVG, "svg"):
            raise Unfit(NOT_ONE, PLAIN_SVG)
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) + self._left_out > DEEPEST:
            raise Unfit("It is too intricate.", "Make it simpler, or save it as PNG.")
        if self._left_out or space != SVG or element not in ELEMENTS | OPENED_UP:
            self._leave_out(element, attributes)
            return
        self._open.append("" if element in OPENED_UP else element)
        self._ids.append(attributes.get("id", ""))
        if element == "style":
            self._sheet = []
        elif element in ELEMENTS:
            self._draw(element, attributes)

    def end(self, _: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        element = self._open.pop()
        self._ids.pop()
        if element == "style":
            sheet = plain_sheet("".join(self._sheet or ()))
            self._sheet = None
            self._out.append(f"<style>{escape(sheet)}</style>" if sheet else "")
        elif element:
            self._out.append(f"</{element}>")

    def words(self, words: str) -> None:
        if self._left_out:
            return
        if self._sheet is not None:
            self._sheet.append(words)
        elif WITH_WORDS & set(self._open):
            self._out.append(escape(words))

    def drawn(self) -> bytes:
        """Return the whole drawing.

        Raises:
            Unfit: what it copies has copies in it, which may draw without an end.
        """
        if len(self._copied) > MOST_COPIES or self._with_copies & set(self._copied):
            raise Unfit("It is too intricate: it copies its own copies.", PLAIN_SVG)
        return "".join(self._out).encode()

    def _leave_out(self, element: str, attributes: dict[str, str]) -> None:
        address = attributes.get("href", attributes.get(LINK, ""))
        if element == "image" and address.strip().lower().startswith("data:"):
            raise Unfit("There is a photo inside the drawing.", "Save the whole as PNG or JPEG.")
        self._left_out += 1

    def _draw(self, element: str, attributes: dict[str, str]) -> None:
        kept = _kept(attributes)
        if element == "use":
            self._with_copies |= {one for one in self._ids if one}
            self._copied.append(kept.get("href", "").removeprefix("#"))
        if len(self._open) == 1:
            kept = {"xmlns": SVG, **_with_a_size(kept)}
        self._out.append(f"<{element}")
        self._out += [f" {name}={quoteattr(value)}" for name, value in kept.items()]
        self._out.append(">")


def _kept(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes that draw, and links to other parts of the same drawing."""
    kept = {name: value for name, value in attributes.items() if name in ATTRIBUTES}
    kept = {name: value for name, value in kept.items() if is_plain(value) or name == "id"}
    address = attributes.get("href", attributes.get(LINK, ""))
    if address.startswith("#"):
        kept["href"] = address
    style = plain_style(attributes.get("style", ""))
    if style:
        kept["style"] = style
    if attributes.get(SPACE) == "preserve":
        kept["xml:space"] = "preserve"
    return kept


def _with_a_size(kept: dict[str, str]) -> dict[str, str]:
    """Return the attributes of the whole drawing with a viewBox, so that it can be made smaller.

    Raises:
        Unfit: it does not say how large it is.
    """
    if "viewBox" in kept:
        return kept
    sides = [kept.get(side, "").removesuffix("px") for side in ("width", "height")]
    if not all(side.replace(".", "", 1).isdigit() for side in sides):
        raise Unfit("It does not say how large it is (no viewBox).", PLAIN_SVG)
    return {**kept, "viewBox": f"0 0 {' '.join(sides)}"}
