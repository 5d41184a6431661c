"""What was said, as the public may see it: no small number, no quote without permission."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from voice.languages.say import later, say
from voice.small_numbers.count import Shown, by_voice, people
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Area, Framework
from voice.surveys.survey import Survey, SurveyNotFound, Voice

VOICES: dict[Voice, str] = {
    "child": later("Children"),
    "young_person": later("Young people"),
    "parent": later("Parents and carers"),
    "practitioner": later("People who work with families"),
}
A_VOICE: dict[Voice, str] = {
    "child": later("a child"),
    "young_person": later("a young person"),
    "parent": later("a parent or carer"),
    "practitioner": later("a person who works with families"),
}
VOICE_PLACES: dict[str, Voice] = {
    "children": "child",
    "young-people": "young_person",
    "parents": "parent",
    "practitioners": "practitioner",
}
"""The voices by their names in addresses."""
MOST_QUOTES = 3
EASY_WORDING = "easy-read"
SEASON = re.compile(r"(\d{4})-(spring|summer|autumn|winter)")
SEASONS = {
    "spring": later("spring"),
    "summer": later("summer"),
    "autumn": later("autumn"),
    "winter": later("winter"),
}


class Quote(Struct, frozen=True):
    """Redacted words that may be quoted; `voice` is empty where it may not be said."""

    words: str
    voice: str


class Heard(Struct, frozen=True, kw_only=True):
    """An agreed theme with exact counts: for `safe_to_say`, and never for a page.

    `counts` is people by voice; `quotes` are redacted words with permission, those of the report,
    and `easy_quotes` those with short sentences;
    `areas` are (framework id, area id); `ended` when the theme was merged, split or taken back.
    """

    theme_id: int
    theme: str
    asked_of: str
    question_id: str
    ended: bool
    counts: dict[Voice, int] = {}
    waves: list[str] = []
    demo: bool = False
    quotes: list[tuple[str, Voice]] = []
    easy_quotes: list[tuple[str, Voice]] = []
    areas: list[tuple[str, str]] = []


class VoiceCount(Struct, frozen=True):
    """How many of one voice said it, as the public may see it."""

    voice: Voice
    name: str
    people: Shown


class InArea(Struct, frozen=True):
    """An area that the theme belongs to, with the framework that its words come from."""

    framework_id: str
    framework: str
    area: Area

    @property
    def key(self) -> str:
        """The area's name in addresses and exports."""
        return f"{self.framework_id}/{self.area.id}"

    @property
    def words(self) -> str:
        """The published wording, or ours where we have not seen one."""
        return self.area.official or self.area.plain

    @property
    def come_from(self) -> str:
        """Where the area's words come from, as a sentence."""
        if self.area.official:
            return say("Where these words come from: %(where)s.", where=self.area.provenance)
        where = self.area.provenance
        return say("The name: %(where)s. The sentence: written for Voice.", where=where)


class Said(Struct, frozen=True, kw_only=True):
    """A theme as the public may see it. `some_hidden`: small or empty groups are not shown."""

    theme_id: int
    theme: str
    asked_of: str
    question_id: str
    asked: str
    asked_easy: str
    people: Shown
    voices: list[VoiceCount]
    some_hidden: bool
    quotes: list[Quote]
    easy_quotes: list[Quote]
    areas: list[InArea]
    waves: list[str]
    demo: bool
    ended: bool

    @property
    def how_many(self) -> str:
        """How many people said it, as a sentence."""
        said = say("%(people)s said this.", people=self.people.words)
        return said[0].upper() + said[1:]

    @property
    def shown_voices(self) -> list[VoiceCount]:
        """The groups whose number is shown."""
        return [voice for voice in self.voices if voice.people.number is not None]


def safe_to_say(
    heard: Heard, catalogue: Catalogue, frameworks: Sequence[Framework], threshold: int
) -> Said:
    """Return what the public may see of a theme; under `threshold` people, no quote either."""
    counts: dict[str, int] = {voice: heard.counts.get(voice, 0) for voice in VOICES}
    total = people(sum(counts.values()), threshold=threshold)
    parts = by_voice(counts, threshold=threshold)
    hidden = any(part.number is None for part in parts.values())
    return Said(
        theme_id=heard.theme_id,
        theme=heard.theme,
        asked_of=heard.asked_of,
        question_id=heard.question_id,
        asked=_asked(catalogue, heard, easy=False),
        asked_easy=_asked(catalogue, heard, easy=True),
        people=total,
        voices=[VoiceCount(voice, say(VOICES[voice]), parts[voice]) for voice in VOICES],
        some_hidden=hidden and total.number is not None,
        quotes=[] if total.number is None else _quotes(heard.quotes, parts),
        easy_quotes=[] if total.number is None else _quotes(heard.easy_quotes, parts),
        areas=_areas(heard, frameworks),
        waves=[season(wave) for wave in heard.waves] if total.number is not None else [],
        demo=heard.demo,
        ended=heard.ended,
    )


def _quotes(quotes: Sequence[tuple[str, Voice]], parts: Mapping[str, Shown]) -> list[Quote]:
    """Name a quote's voice only where the voice's number is shown: it says that there is one."""
    return [
        Quote(words, say(A_VOICE[voice]) if parts[voice].number is not None else "")
        for words, voice in quotes[:MOST_QUOTES]
    ]


def _areas(heard: Heard, frameworks: Sequence[Framework]) -> list[InArea]:
    """Return the areas in the frameworks' order; one that a framework lost is left out."""
    return [
        InArea(framework.id, framework.name, area)
        for framework in frameworks
        for area in framework.areas
        if (framework.id, area.id) in heard.areas
    ]


def _asked(catalogue: Catalogue, heard: Heard, *, easy: bool) -> str:
    """Return what was asked, in easy words where there are some; empty when it is asked no more."""
    try:
        members = catalogue.members(heard.asked_of)
    except SurveyNotFound:
        return ""
    asks = [
        page.ask
        for survey in sorted(members, key=lambda survey: survey.easy_read != easy)
        if (page := _worded(catalogue, survey, easy=easy).page(heard.question_id))
    ]
    return asks[0] if asks else ""


def _worded(catalogue: Catalogue, survey: Survey, *, easy: bool) -> Survey:
    return catalogue.worded.get((survey.id, EASY_WORDING), survey) if easy else survey


def season(wave: str) -> str:
    """Return a wave as people say it: “autumn 2026” for 2026-autumn, others as they are."""
    found = SEASON.fullmatch(wave)
    return f"{say(SEASONS[found[2]])} {found[1]}" if found else wave
