"""A survey as a bundle of files for the typesetter: its words, its pictures, one template.

Nothing is typeset here, so a page may use this module. The same survey gives the same bundle.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, json

from voice.languages.language import Language, language_of_wording
from voice.languages.say import say, speaking, spoken
from voice.paper import codes
from voice.paper.words import fixed_words
from voice.surveys.help_lines import HelpLine
from voice.surveys.pictures import KINDS
from voice.surveys.questions import AnyPage, ChooseMany, Comment, Information, Question, Scale
from voice.surveys.survey import Survey

Kind = Literal["booklet", "cards"]
STANDARD, EASY = 14, 18  # Points.

Bundle = dict[str, bytes]
"""Files by name. `main.typ` is typeset; it reads the others."""


class Card(Struct, frozen=True):
    """One answer to point at: its word, its picture, and smaller words under a big number."""

    label: str
    picture: str = ""
    under: str = ""
    big: bool = False


class Printer(Struct, frozen=True):
    """What every sheet needs beside the survey.

    `address` is where the web survey stands, `templates` the folder of our templates.
    """

    address: str
    templates: Path
    help_lines: Sequence[HelpLine]


def bundle(
    kind: Kind,
    survey: Survey,
    pictures: Mapping[str, Path],
    printer: Printer,
    *,
    wording: str = "",
    give_to: str = "",
) -> Bundle:
    """Return the files that make a survey's booklet, or its answer cards, in its language.

    Args:
        kind: which of the two.
        survey: the survey, in the wording to print.
        pictures: the files that the survey may show, by name.
        printer: what is the same for all surveys.
        wording: the name of that wording, which says the language.
        give_to: who takes the paper back; empty leaves a line to write on.
    """
    language = language_of_wording(wording)
    address = f"{printer.address}/surveys/{survey.id}" + (f"?words={wording}" if wording else "")
    with speaking(language):
        content = {
            "size": EASY if survey.easy_read else STANDARD,
            "language": _in_short(language),
            "survey": survey,
            "pages": sheet_sets(survey) if kind == "cards" else pages(survey),
            "words": fixed_words(),
            "words_are_in": _in_short(spoken()),
            "help_lines": [line.said_in(language) for line in printer.help_lines],
            "address": printer.address,
            "survey_address": address,
            "give_to": give_to,
        }
    files = {
        "main.typ": (printer.templates / f"paper/{kind}.typ").read_bytes(),
        "look.typ": (printer.templates / "paper/look.typ").read_bytes(),
        "content.json": json.encode(content, enc_hook=str),
        "qr.svg": _qr(address),
    }
    shown = sorted({name for name in _pictures(survey) if name})
    return files | {f"pictures/{name}": as_drawing(pictures[name]) for name in shown}


def fingerprint(files: Bundle) -> str:
    """Return 64 hex digits that stand for the bundle: the same for the same sheets."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name} {len(content)} ".encode() + content)
    return digest.hexdigest()


def pages(survey: Survey) -> list[dict[str, Any]]:
    """Return what each page of the booklet shows, in order, between its front and its back."""
    numbered = codes.numbers(survey)
    return [_page(survey, page, numbered.get(page.id, 0)) for page in survey.pages]


def sheet_sets(survey: Survey) -> list[dict[str, Any]]:
    """Return one sheet of cards for each set of answers: the cards, and the questions they fit."""
    numbered = codes.numbers(survey)
    sheets: dict[tuple[Card, ...], list[str]] = {}
    for page in survey.questions:
        cards = tuple(_cards(page))
        if cards:
            sheets.setdefault(cards, []).append(f"{numbered[page.id]}. {page.ask}")
    return [{"asks": asks, "cards": cards} for cards, asks in sheets.items()]


def _page(survey: Survey, page: AnyPage, number: int) -> dict[str, Any]:
    return {
        "kind": str(page.__struct_config__.tag),
        "number": number,
        "ask": page.ask,
        "hint": page.hint,
        "picture": page.picture,
        "only_if": codes.only_if(survey, page),
        "how": _how(page),
        "text": page.text if isinstance(page, Information) else (),
        "options": [
            {"code": code, "label": option.label, "picture": option.picture}
            for code, option in codes.coded(page, number)
        ],
        "adult_saw": survey.adult_beside and isinstance(page, Question),
        "ends": [page.low, page.high, page.dont_know] if isinstance(page, Scale) else (),
    }


def _in_short(language: Language) -> dict[str, str]:
    return {"code": language.code, "dir": language.direction}


def _how(page: AnyPage) -> str:
    if isinstance(page, Information) or page.hint.startswith("Tick"):
        return ""
    if isinstance(page, Comment):
        return say("Write here.")
    return say("Tick all that fit.") if isinstance(page, ChooseMany) else say("Tick one box.")


def _cards(page: AnyPage) -> list[Card]:
    if isinstance(page, Scale):
        ends = {0: page.low, 10: page.high}
        numbers = [Card(str(number), under=ends.get(number, ""), big=True) for number in range(11)]
        return [*numbers, Card(page.dont_know)]
    return [Card(option.label, option.picture) for _, option in codes.coded(page, 0)]


def _pictures(survey: Survey) -> Iterable[str]:
    yield survey.welcome.picture
    for page in survey.pages:
        yield page.picture
        yield from (option.picture for _, option in codes.coded(page, 0))


def as_drawing(picture: Path) -> bytes:
    """Return a picture as SVG: a photo with a drawing around it, since files must be text here."""
    kind = KINDS.get(picture.suffix.lower(), KINDS[".svg"])
    if kind == KINDS[".svg"]:
        return picture.read_bytes()
    pixels = b64encode(picture.read_bytes()).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<image width="100" height="100" href="data:{kind};base64,{pixels}"/></svg>'
    ).encode()


def _qr(address: str) -> bytes:
    drawn = BytesIO()
    import segno  # Seldom drawn, and a tenth of a second to load.

    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4)
    return drawn.getvalue()
