"""The ways through the replies: one page for each status, voice and area that has a reply."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from voice.languages.say import say
from voice.surveys.catalogue import Catalogue
from voice.you_said.card import HOME, address, areas_in_words, statuses
from voice.you_said.reply import Reply, areas_of, filtered
from voice.you_said.said import VOICE_PLACES, VOICES


class Way(Struct, frozen=True):
    """One page that lists some of the replies."""

    name: str
    address: str


class Ways(Struct, frozen=True):
    """All of them; areas stand under the name of their framework."""

    statuses: Sequence[Way]
    voices: Sequence[Way]
    areas: Mapping[str, Sequence[Way]]


def ways_through(replies: Sequence[Reply], catalogue: Catalogue, *, easy: bool) -> Ways:
    """Return a way to each list that is not empty."""
    return Ways(
        statuses=[
            Way(say(name), address(f"{HOME}/status/{status}", easy=easy))
            for status, name in statuses(easy=easy).items()
            if filtered(replies, status=status)
        ],
        voices=[
            Way(say(VOICES[voice]), address(f"{HOME}/voice/{place}", easy=easy))
            for place, voice in VOICE_PLACES.items()
            if filtered(replies, voice=voice)
        ],
        areas={
            framework: [
                Way(
                    one.words if easy else one.place.area.name,
                    address(f"{HOME}/area/{one.place.key}", easy=easy),
                )
                for one in areas_in_words(places, catalogue, easy=easy)
            ]
            for framework, places in areas_of(replies).items()
        },
    )
