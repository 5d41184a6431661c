"""The replies as an Atom feed (RFC 4287), for readers of news and for other sites."""

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as Xml

from voice.characters import clean
from voice.languages.say import say, spoken
from voice.you_said.card import HOME, Card

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(cards: Sequence[Card], site: str, today: date) -> bytes:
    """Return the feed: one entry for each card, in the order given.

    Args:
        cards: the replies, the last updated first.
        site: what every address begins with, such as “https://voice.example”.
        today: the day of an empty feed.
    """
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed", {LANG: spoken().tag})
    _add(root, "id", f"{site}{HOME}")
    _add(root, "title", say("You said, we did"))
    _add(root, "updated", _at(max((c.reply.kept.updated_on for c in cards), default=today)))
    _add(_add(root, "author"), "name", "Voice")
    _add(root, "link", rel="self", href=f"{site}{HOME}/feed.xml", type=MEDIA_TYPE)
    _add(root, "link", rel="alternate", href=f"{site}{HOME}", type="text/html")
    for card in cards:
        entry = _add(root, "entry")
        _add(entry, "id", f"{site}{HOME}/{card.reply.kept.number}")
        _add(entry, "title", card.words.said)
        _add(entry, "updated", _at(card.reply.kept.updated_on))
        _add(entry, "link", rel="alternate", href=f"{site}{card.address}", type="text/html")
        _add(entry, "summary", _summary(card), type="text")
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _summary(card: Card) -> str:
    """Return how many said it, what came of it, why, and by when; and plainly when it is late."""
    reply = card.reply
    late = say("This is late (overdue).") if reply.overdue else ""
    because = f"{say('Because:')} {card.words.because}" if card.words.because else ""
    day = f"{reply.day_means} {reply.kept.on_day.isoformat()}"
    lines = [f"{reply.said.how_many}", f"{card.status}: {card.words.did}", because, day, late]
    return "\n".join(line for line in lines if line)


def _add(above: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    """Add an element; XML escapes its text, and takes no control characters at all."""
    element = Xml.SubElement(above, f"{{{ATOM}}}{name}", attributes)
    element.text = clean(text) or None
    return element


def _at(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
