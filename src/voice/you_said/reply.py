"""A reply: what people said, and the pledge that answers it, side by side."""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from voice.database.pool import Connection
from voice.languages.say import later, say
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Framework
from voice.you_said import store
from voice.you_said.pledge import CHECKED, STATUSES, Status
from voice.you_said.said import InArea, Said, safe_to_say
from voice.you_said.store import Kept

DAY_MEANS: dict[Status, str] = {
    "listening": later("We will say more by"),
    "doing": later("To be done by"),
    "done": later("Done on"),
    "partly_done": later("Partly done on"),
    "cannot_do": later("Decided on"),
}


class Words(Struct, frozen=True, kw_only=True):
    """A reply in one wording."""

    said: str
    did: str
    because: str
    instead: str
    asked: str


class Reply(Struct, frozen=True):
    """What people said and what came of it, as the public may read it.

    `overdue`: it is not done, and its day has passed; `update_overdue`: more was to be said by now.
    """

    kept: Kept
    said: Said
    overdue: bool
    update_overdue: bool = False

    @property
    def heading(self) -> str:
        """The status as a heading, such as We did or We are doing."""
        return STATUSES[self.kept.status]

    @property
    def day_means(self) -> str:
        """What the pledge's day is, such as Done on or To be done by."""
        return say(DAY_MEANS[self.kept.status])

    @property
    def owner(self) -> str:
        """Who is responsible: a role and an organisation."""
        return f"{self.kept.owner_role}, {self.kept.owner_organisation}"

    @property
    def checked(self) -> str:
        """Whether a young person or parent agreed that it is so."""
        return say(CHECKED[self.kept.checked])

    def words(self, *, easy: bool) -> Words:
        """Return the reply in easy words, or in standard words."""
        kept, said = self.kept, self.said
        if easy:
            return Words(
                said=kept.easy_said,
                did=kept.easy_words,
                because=kept.easy_because,
                instead=kept.easy_instead,
                asked=said.asked_easy,
            )
        return Words(
            said=said.theme,
            did=kept.words,
            because=kept.because,
            instead=kept.instead,
            asked=said.asked,
        )


class Reading(Struct, frozen=True):
    """What it takes to turn rows into replies. `threshold`: smaller numbers are not shown."""

    catalogue: Catalogue
    frameworks: Sequence[Framework]
    threshold: int
    today: date


async def what_was_said(
    db: Connection, theme_ids: Iterable[int], reading: Reading, *, quotes: bool = True
) -> dict[int, Said]:
    """Return what the public may see of the themes that there are, by theme id."""
    found = await store.heard(db, set(theme_ids), quotes=quotes)
    return {
        theme_id: safe_to_say(heard, reading.catalogue, reading.frameworks, reading.threshold)
        for theme_id, heard in found.items()
    }


async def published_replies(
    db: Connection, reading: Reading, *, quotes: bool = True
) -> list[Reply]:
    """Return every published reply, the last updated first; a list needs no quotes."""
    return await with_what_was_said(db, await store.published(db), reading, quotes=quotes)


async def with_what_was_said(
    db: Connection, pledges: Sequence[Kept], reading: Reading, *, quotes: bool = True
) -> list[Reply]:
    """Return the pledges in the same order, each with what was said."""
    ids = (kept.theme_id for kept in pledges)
    said = await what_was_said(db, ids, reading, quotes=quotes)
    today = reading.today
    return [
        Reply(kept, said[kept.theme_id], kept.overdue(today), kept.update_overdue(today))
        for kept in pledges
    ]


def filtered(
    replies: Iterable[Reply], *, status: str = "", area: str = "", voice: str = ""
) -> list[Reply]:
    """Return the replies of this status, in this area ("framework/area") and of this voice.

    Empty means any. No person is counted again: a reply keeps the numbers of its theme, and it is
    of a voice only where the number of that voice is shown beside it, so that no list tells more
    than the replies themselves.
    """
    return [
        reply
        for reply in replies
        if status in ("", reply.kept.status)
        and (not area or area in {place.key for place in reply.said.areas})
        and (not voice or voice in {count.voice for count in reply.said.shown_voices})
    ]


def areas_of(replies: Iterable[Reply]) -> dict[str, list[InArea]]:
    """Return the areas of these replies by the name of their framework, each once, by id."""
    places = {place.key: place for reply in replies for place in reply.said.areas}
    found: dict[str, list[InArea]] = {}
    for key in sorted(places):
        found.setdefault(places[key].framework, []).append(places[key])
    return found
