"""Public data: agreed themes and published pledges, with the numbers that public pages show.

A theme is in it while a published pledge answers it: then its page shows it too. Ids never change
and are never given again.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import asdict

from voice.exports import table
from voice.exports.spreadsheet import Cell, to_csv
from voice.languages.language import ENGLISH
from voice.languages.say import speaking
from voice.you_said.card import HOME
from voice.you_said.pledge import Checked, Status
from voice.you_said.reply import Reply
from voice.you_said.said import MOST_QUOTES, Said


class OpenQuote(Struct, frozen=True):
    """Redacted words of one person who allowed it; `voice` is empty where it may not be said."""

    words: str
    voice: str


class OpenArea(Struct, frozen=True):
    """An area that a theme belongs to; `id` is framework/area."""

    id: str
    name: str
    framework: str


class OpenTheme(Struct, frozen=True, kw_only=True):
    """What people said. Numbers of people are to the nearest 5; null is a number not shown."""

    id: int
    theme: str
    question: str
    question_id: str
    asked_of: str
    waves: list[str]
    people_about: int | None
    people_words: str
    children_about: int | None
    young_people_about: int | None
    parents_about: int | None
    practitioners_about: int | None
    quotes: list[OpenQuote]
    areas: list[OpenArea]
    pledges: list[int]
    demo: bool


class OpenPledge(Struct, frozen=True, kw_only=True):
    """What came of a theme. Days are as 2027-05-03; what is empty was not said."""

    number: int
    address: str
    theme_id: int
    theme: str
    theme_easy: str
    status: Status
    status_words: str
    words: str
    words_easy: str
    because: str
    because_easy: str
    instead: str
    instead_easy: str
    owner_role: str
    owner_organisation: str
    day_means: str
    day: date
    overdue: bool
    evidence: str
    evidence_on: date | None
    measure: str
    measure_before: str
    measure_after: str
    measured_on: date | None
    next_update_on: date | None
    update_overdue: bool
    board: str
    board_on: date | None
    checked: Checked
    checked_note: str
    updated_on: date
    demo: bool


class Themes(Struct, frozen=True, kw_only=True):
    """Every theme that a published pledge answers. Under `not_shown_under` no number is shown."""

    read_on: date
    not_shown_under: int
    themes: list[OpenTheme]


class Pledges(Struct, frozen=True, kw_only=True):
    """Every published pledge."""

    read_on: date
    pledges: list[OpenPledge]


THEME_COLUMNS = (
    *OpenTheme.__struct_fields__[:12],
    *(f"quote_{place + 1}" for place in range(MOST_QUOTES)),
    "areas",
    "area_names",
    "pledges",
    "demo",
)
"""The names of the columns of themes.csv; `docs/data-dictionary.md` says what each one means."""


def themes(replies: Sequence[Reply]) -> list[OpenTheme]:
    """Return the themes of these replies by id, each once, in English."""
    said = {reply.said.theme_id: reply.said for reply in replies}
    numbers: dict[int, list[int]] = {}
    for reply in replies:
        numbers.setdefault(reply.said.theme_id, []).append(reply.kept.number)
    with speaking(ENGLISH):
        return [_theme(said[id], sorted(numbers[id])) for id in sorted(said)]


def _theme(said: Said, pledges: list[int]) -> OpenTheme:
    voices = {voice.voice: voice.people.number for voice in said.voices}
    return OpenTheme(
        id=said.theme_id,
        theme=said.theme,
        question=said.asked,
        question_id=said.question_id,
        asked_of=said.asked_of,
        waves=said.waves,
        people_about=said.people.number,
        people_words=said.people.words,
        children_about=voices["child"],
        young_people_about=voices["young_person"],
        parents_about=voices["parent"],
        practitioners_about=voices["practitioner"],
        quotes=[OpenQuote(quote.words, quote.voice) for quote in said.quotes],
        areas=[OpenArea(one.key, one.area.name, one.framework) for one in said.areas],
        pledges=pledges,
        demo=said.demo,
    )


def pledges(replies: Sequence[Reply], site: str) -> list[OpenPledge]:
    """Return the pledges by number, in English; `site` is what their addresses begin with."""
    with speaking(ENGLISH):
        return [_pledge(one, site) for one in sorted(replies, key=lambda one: one.kept.number)]


def _pledge(reply: Reply, site: str) -> OpenPledge:
    kept = reply.kept
    same = {
        name: getattr(kept, name)
        for name in OpenPledge.__struct_fields__
        if name in kept.__struct_fields__
    }
    return OpenPledge(
        **same,
        address=f"{site}{HOME}/{kept.number}",
        theme=reply.said.theme,
        theme_easy=kept.easy_said,
        status_words=reply.heading,
        words_easy=kept.easy_words,
        because_easy=kept.easy_because,
        instead_easy=kept.easy_instead,
        day_means=reply.day_means,
        day=kept.on_day,
        overdue=reply.overdue,
        update_overdue=reply.update_overdue,
        demo=reply.said.demo,
    )


def themes_csv(found: Sequence[OpenTheme]) -> bytes:
    """Return the themes as a table."""
    return to_csv(THEME_COLUMNS, (_row(one) for one in found))


def _row(one: OpenTheme) -> dict[str, Cell]:
    plain = asdict(one)
    quotes = [quote.words for quote in one.quotes] + [None] * MOST_QUOTES
    return {name: plain[name] for name in THEME_COLUMNS if name in plain} | {
        "waves": "; ".join(one.waves),
        **{f"quote_{place + 1}": quotes[place] for place in range(MOST_QUOTES)},
        "areas": "; ".join(area.id for area in one.areas),
        "area_names": "; ".join(area.name for area in one.areas),
        "pledges": "; ".join(map(str, one.pledges)),
        "demo": "yes" if one.demo else "no",
    }


def pledges_csv(replies: Sequence[Reply], today: date) -> bytes:
    """Return the pledges as the table that staff export, in English."""
    with speaking(ENGLISH):
        by_number = sorted(replies, key=lambda reply: reply.kept.number)
        return to_csv(table.NAMES, (table.row(reply, today) for reply in by_number))
