"""Reading files back, each by a library other than the one that wrote it, to one plain form."""

import csv
import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as Xml

import openpyxl
import pikepdf
from bs4 import BeautifulSoup

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Rows = list[list[str]]


class Back:
    """What a file says: its title, language, headings as (level, words), and tables by caption.

    `texts` is all that stands between; a table's first row is its header.
    """

    def __init__(self) -> None:
        self.title = ""
        self.language = ""
        self.headings: list[tuple[int, str]] = []
        self.tables: dict[str, list[Rows]] = {}
        self.texts: list[str] = []


def plain(text: str) -> str:
    return " ".join(text.split())


def html(content: bytes) -> Back:
    page: Any = BeautifulSoup(content, "html.parser")
    back = Back()
    back.title, back.language = page.title.text, page.html["lang"]
    for heading in page.select("h1, h2, h3, h4, h5, h6"):
        back.headings.append((int(heading.name[1]), plain(heading.text)))
    for table in page.select("table"):
        assert all(cell["scope"] == "col" for cell in table.select("thead th"))
        assert all(row.th["scope"] == "row" for row in table.select("tbody tr"))
        rows = [[plain(c.text) for c in row.select("th, td")] for row in table.select("tr")]
        back.tables.setdefault(plain(table.caption.text), []).append(rows)
    back.texts = [plain(e.text) for e in page.select("p, li, blockquote, figcaption")]
    return back


def docx(content: bytes) -> Back:
    """Read by the XML itself: styles, not looks, say what is a heading."""
    back = Back()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        body = Xml.fromstring(file.read("word/document.xml"))[0]
        styles = Xml.fromstring(file.read("word/styles.xml"))
        about = Xml.fromstring(file.read("docProps/core.xml"))
    back.title = next(e.text or "" for e in about if e.tag.endswith("}title"))
    [back.language] = {e.get(f"{W}val", "") for e in styles.iter(f"{W}lang")}
    for element in body:
        if element.tag == f"{W}p":
            _paragraph(element, back)
        elif element.tag == f"{W}tbl":
            _table(element, back)
    return back


def _paragraph(element: Any, back: Back) -> None:
    style = element.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else style.get(f"{W}val")
    words = plain(_words(element))
    if name.startswith("Heading"):
        back.headings.append((int(name[-1]), words))
    elif words:
        back.texts.append(words)


def _words(element: Any) -> str:
    parts = [
        part.text or "" if part.tag == f"{W}t" else "\n"
        for part in element.iter()
        if part.tag in (f"{W}t", f"{W}br", f"{W}tab")
    ]
    return "".join(parts)


def _table(element: Any, back: Back) -> None:
    lines = element.findall(f"{W}tr")
    heads = [line.find(f"{W}trPr/{W}tblHeader") is not None for line in lines]
    assert heads == [True] + [False] * (len(lines) - 1), "the first line alone is a header"
    caption = element.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
    assert back.texts[-1] == plain(caption), "the caption stands above its table"
    rows = [[plain(_words(cell)) for cell in line.findall(f"{W}tc")] for line in lines]
    back.tables.setdefault(plain(caption), []).append(rows)


def fields_in(content: bytes) -> list[str]:
    """The parts of a Word file that Word would work out or fetch."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        xml = Xml.fromstring(file.read("word/document.xml"))
        links = Xml.fromstring(file.read("word/_rels/document.xml.rels"))
    runs = ("fldChar", "fldSimple", "instrText", "object", "hyperlink")
    found = [e.tag for e in xml.iter() if e.tag.removeprefix(W) in runs]
    return found + [e.get("Target", "") for e in links if e.get("TargetMode") == "External"]


def pdf(content: bytes) -> Back:
    """Read by the structure tree, the words of each tag from the marked content of its pages."""
    file = pikepdf.open(io.BytesIO(content))
    assert file.Root.MarkInfo.Marked
    back = Back()
    back.title, back.language = str(file.docinfo["/Title"]), str(file.Root.Lang)
    reader = _Tags(file)
    for kind, node in reader.walk(file.Root.StructTreeRoot):
        if kind in ("/H1", "/H2", "/H3", "/H4"):
            back.headings.append((int(kind[2]), plain(reader.words(node))))
        elif kind == "/Table":
            rows = reader.rows(node)
            back.tables.setdefault("", []).append(rows)
        elif kind in ("/P", "/LBody", "/BlockQuote"):
            back.texts.append(plain(reader.words(node)))
    return back


class _Tags:
    """The tags of a PDF, and the words that each one holds."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self._said = {
            page.objgen: _marked(page, _letters(page)) for page in (p.obj for p in file.pages)
        }

    def walk(self, node: Any, within: bool = False) -> Any:
        """Each tag in reading order, tables as one."""
        for kid in _kids(node):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                kind = str(kid.S)
                yield kind, kid
                if kind != "/Table":
                    yield from self.walk(kid)

    def words(self, node: Any, page: Any = None) -> str:
        page = node.get("/Pg", page) if isinstance(node, pikepdf.Dictionary) else page
        said = []
        for kid in _kids(node):
            if isinstance(kid, int):
                said.append(self._said[page.objgen].get(kid, ""))
            elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                on = kid.get("/Pg", page)
                said.append(self._said[on.objgen].get(int(kid.MCID), ""))
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                said.append(self.words(kid, page))
        return " ".join(said)

    def rows(self, table: Any) -> Rows:
        """The cells of a table; its first row must be of header cells, told to be of columns."""
        rows: Rows = []
        for kind, row in self.walk(table):
            if kind == "/TR":
                cells = [kid for kid in _kids(row) if isinstance(kid, pikepdf.Dictionary)]
                kinds = {str(cell.S) for cell in cells}
                assert kinds == ({"/TH"} if not rows else {"/TD"}), kinds
                rows.append([plain(self.words(cell)) for cell in cells])
        return rows


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _letters(page: Any) -> dict[str, dict[int, str]]:
    """{font: {code: letters}} of a page, as its fonts say."""
    found = {}
    for name, font in page.Resources.get("/Font", {}).items():
        found[name] = _to_unicode(font.ToUnicode.read_bytes().decode("latin-1"))
    return found


def _to_unicode(cmap: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, letters in re.findall(r"<(\w+)>\s*<(\w+)>", body):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for low, high, letters in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
            first = int.from_bytes(bytes.fromhex(letters), "big")
            for code in range(int(low, 16), int(high, 16) + 1):
                found[code] = chr(first + code - int(low, 16))
    return found


def _marked(page: Any, letters: dict[str, dict[int, str]]) -> dict[int, str]:
    """{mark: words} of what a page shows within each mark."""
    said: dict[int, str] = {}
    open_marks: list[int | None] = []
    font = ""
    for step in pikepdf.parse_content_stream(page):
        operator, given = str(step.operator), step.operands
        if operator in ("BDC", "BMC"):
            about = given[1] if operator == "BDC" else None
            mark = about.get("/MCID") if isinstance(about, pikepdf.Dictionary) else None
            open_marks.append(None if mark is None else int(mark))
        elif operator == "EMC":
            open_marks.pop()
        elif operator == "Tf":
            font = str(given[0])
        elif operator in ("Tj", "TJ") and open_marks and open_marks[-1] is not None:
            said[open_marks[-1]] = said.get(open_marks[-1], "") + _shown(given[0], letters[font])
    return said


def _shown(given: Any, letters: dict[int, str]) -> str:
    parts = given if isinstance(given, pikepdf.Array) else [given]
    out = ""
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
            out += "".join(letters.get(code, "") for code in codes)
    return out


def xlsx(content: bytes) -> dict[str, Rows]:
    """{sheet: rows}, a header first; None is ""."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }


def csv_zip(content: bytes) -> dict[str, Rows]:
    """{sheet: rows}, a header first; the apostrophe of what could run is taken off."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name.removesuffix(".csv"): [
                [_bare(cell) for cell in row]
                for row in csv.reader(
                    io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")
                )
            ]
            for name in archive.namelist()
        }


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r\n＝＋－＠") else cell
