"""A reply as a card, in standard or in easy words: what a page, a feed or a frame shows of it."""

from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import Struct

from voice.languages.say import later, say
from voice.surveys.catalogue import Catalogue
from voice.you_said.pledge import STATUSES, Status
from voice.you_said.reply import Reply, Words
from voice.you_said.said import EASY_WORDING, InArea, Quote

HOME = "/you-said"
PICTURES: dict[Status, str] = {
    "listening": "ear.svg",
    "doing": "waiting.svg",
    "done": "yes.svg",
    "partly_done": "growing.svg",
    "cannot_do": "no.svg",
}
EASY_STATUSES: dict[Status, str] = {
    "listening": later("We are thinking about it"),
    "doing": later("We are doing it"),
    "done": later("We did it"),
    "partly_done": later("We did some of it"),
    "cannot_do": later("We cannot do it"),
}


class Area(Struct, frozen=True):
    """An area in the words of the page, and the address of its picture or ""."""

    place: InArea
    words: str
    picture: str


class Card(Struct, frozen=True, kw_only=True):
    """One reply in one wording. `picture` is the address of the status's; easy quotes are short."""

    reply: Reply
    words: Words
    status: str
    picture: str
    address: str
    quotes: list[Quote]
    areas: list[Area]


def card_of(one: Reply, catalogue: Catalogue, *, easy: bool) -> Card:
    """Return a reply in one wording."""
    status = one.kept.status
    return Card(
        reply=one,
        words=one.words(easy=easy),
        status=say(statuses(easy=easy)[status]),
        picture=picture(catalogue, PICTURES[status]) if easy else "",
        address=address(f"{HOME}/{one.kept.number}", easy=easy),
        quotes=one.said.easy_quotes if easy else one.said.quotes,
        areas=areas_in_words(one.said.areas, catalogue, easy=easy),
    )


def statuses(*, easy: bool) -> dict[Status, str]:
    """Return the name of each status, to be said in the language that is spoken."""
    return EASY_STATUSES if easy else STATUSES


def areas_in_words(places: Sequence[InArea], catalogue: Catalogue, *, easy: bool) -> list[Area]:
    """Return the areas in one wording."""
    return [
        Area(
            place,
            place.area.easy_read if easy else place.words,
            picture(catalogue, place.area.picture) if easy else "",
        )
        for place in places
    ]


def picture(catalogue: Catalogue, name: str) -> str:
    """Return the address of a picture that all surveys share, or nothing when there is none."""
    for survey in catalogue.surveys[:1]:
        if name in catalogue.pictures[survey.id]:
            return f"/pictures/{survey.id}/{name}"
    return ""


def address(path: str, *, easy: bool, **chosen: str) -> str:
    """Return an address of ours in one wording, with what was chosen."""
    query = {name: value for name, value in chosen.items() if value}
    if easy:
        query["words"] = EASY_WORDING
    return f"{path}?{urlencode(query)}" if query else path
