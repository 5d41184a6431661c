"""What a list of suggestions or agreed themes shows of each, read with one query for all."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from voice.database.pool import Connection
from voice.review import store, wording
from voice.review.asked import Asked
from voice.review.row import Inside, inside_of
from voice.review.seen import Agreed, Quote, Run, Suggested
from voice.review.wording import FrameworkChoices, VoiceCount
from voice.surveys.framework import Framework

AT_ONCE = 50
WHOLE = 5000  # Lines of a page that is asked for whole.
MANY = 100_000  # More pages than any list has.


class SuggestionCard(Struct, frozen=True):
    """One suggestion. `n_new` are its comments that the theme it is mostly in does not hold."""

    suggestion: Suggested
    percent: str
    voices: list[VoiceCount]
    quotes: list[Quote]
    frameworks: list[FrameworkChoices]
    inside: Inside | None
    n_new: int


class AgreedCard(Struct, frozen=True):
    """One agreed theme."""

    theme: Agreed
    percent: str
    voices: list[VoiceCount]
    frameworks: list[FrameworkChoices]


async def bases(db: Connection, this: Asked, wave: str) -> tuple[dict[str, int], list[str]]:
    """Return {voice: how many comments the question has} in the wave, and all its waves."""
    counts = [
        count
        for count in await store.comment_counts(db)
        if count.question_id == this.question_id and count.survey_id in this.survey_ids
    ]
    voices = Counter[str]()
    for count in counts:
        if wave in ("", count.wave):
            voices[count.voice] += count.n
    return dict(voices), sorted({count.wave for count in counts})


async def suggestion_cards(
    db: Connection,
    run: Run,
    voices: Mapping[str, int],
    frameworks: Sequence[Framework],
    agreed: Sequence[AgreedCard],
) -> list[SuggestionCard]:
    """Return the run's suggestions that nobody has decided about, largest first."""
    found = await store.suggestions(db, run.id)
    ids = [one.id for one in found]
    counts = await store.suggested_voices(db, ids)
    quotes = await store.suggested_quotes(db, ids)
    areas = await store.suggested_areas(db, ids)
    names = {card.theme.id: card.theme.name for card in agreed}
    inside = inside_of(found, await store.overlaps(db, run, ids), names)
    base = sum(voices.values())
    return [
        SuggestionCard(
            suggestion=one,
            percent=wording.percent(one.n, base),
            voices=wording.by_voice(counts.get(one.id, {}), voices),
            quotes=quotes.get(one.id, []),
            frameworks=wording.area_choices(
                frameworks, areas.get(one.id, {}), areas.get(one.id, {})
            ),
            inside=inside.get(one.id),
            n_new=one.n - (inside[one.id].n if one.id in inside else 0),
        )
        for one in found
    ]


async def agreed_cards(
    db: Connection, this: Asked, frameworks: Sequence[Framework]
) -> list[AgreedCard]:
    """Return the question's agreed themes, largest first."""
    found = await store.themes(db, this.asked_of, this.question_id)
    ids = [one.id for one in found]
    counts = await store.agreed_voices(db, ids)
    areas = await store.agreed_areas(db, ids)
    voices, _ = await bases(db, this, "")
    base = sum(voices.values())
    return [
        AgreedCard(
            theme=one,
            percent=wording.percent(one.n, base),
            voices=wording.by_voice(counts.get(one.id, {}), voices),
            frameworks=wording.area_choices(frameworks, {}, areas.get(one.id, set())),
        )
        for one in found
    ]


class Span(Struct, frozen=True):
    """Which part of a list is shown: page `page`, `at_once` lines from line `offset` on."""

    page: int
    at_once: int
    offset: int

    def pages(self, n: int) -> int:
        """Return how many pages a list of n has, at least 1."""
        return max(1, -(-n // self.at_once))


WHOLE_SPAN = Span(1, WHOLE, 0)


def span(page: int, *, whole: bool = False) -> Span:
    """Return what a page of a list shows, whatever number was asked for; or the whole list."""
    if whole:
        return WHOLE_SPAN
    page = min(max(page, 1), MANY)
    return Span(page, AT_ONCE, (page - 1) * AT_ONCE)
